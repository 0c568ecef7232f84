"""The page of figures as plain values: twelve figures, sections with their charts, definitions."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from infitah.design.parts import Bar
from infitah.design.text import grouped
from infitah.information.queries.figures.told import NOTHING, All, Told, number_of, told_of
from infitah.information.rules import figures
from infitah.kernel.localized import LocalizedText

SHARES: Final = frozenset(
    {"in-time", "silent", "given", "outcome-refused", "extended", "published-5"}
)
"""Figures that are told by their share first, once there are enough to tell one."""
STARS: Final = {"in-time": "done", "late": "late", "silent": "late", "given": "done"}
COMPLAINED: Final = LocalizedText(ar="قدمت", fr="déposées")
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as a page tells it; `number` is text, since a share has its sign."""

    code: str
    number: str
    name: LocalizedText
    note: str
    definition: LocalizedText
    url: str

    @property
    def is_told(self) -> bool:
        """Whether there is enough to say a number."""
        return bool(self.number)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under one heading."""

    title: LocalizedText | str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that are told together: charts, what they count, a sentence where it is empty."""

    name: str
    title: str
    charts: Sequence[Chart]
    told: Sequence[Told]
    definitions: Sequence[tuple[LocalizedText, LocalizedText]]
    empty: str = ""


def share_words(percent: int) -> str:
    """Return a share with its sign."""
    return _("%(n)s%%") % {"n": percent}


def address_in(year: int) -> Address:
    """Return where the list behind a code of a year stands."""
    return lambda code: reverse("information:figure", args=[year, code])


def figure_view(one: Told, url: str) -> FigureView:
    """Return a figure in words. No query."""
    number = "" if one.value.number is None else grouped(one.value.number)
    if one.code in SHARES and one.value.percent is not None:
        number = share_words(one.value.percent)
    return FigureView(one.code, number, one.name, note_of(one), one.definition, url)


def note_of(one: Told) -> str:
    """Return what goes with the number: of how many, which share, or why there is none."""
    value = one.value
    if value.number is None:
        return _("Too few answers to tell this figure.")
    if value.of is None:
        return ""
    said = {"n": grouped(value.number), "of": grouped(value.of)}
    if value.percent is None or one.code in SHARES:
        return _("%(n)s of %(of)s") % said
    return _("%(percent)s of %(of)s") % {**said, "percent": share_words(value.percent)}


def twelve(told: All, address: Address) -> list[FigureView]:
    """Return the twelve figures that come first."""
    known = [told[code] for code in figures.TWELVE if code in told]
    return [figure_view(one, address(one.list_code)) for one in known]


def headline(told: All) -> str:
    """Return the sentence with which the page answers; empty before the first request."""
    received, due = number_of(told, "received"), number_of(told, "due")
    if not received:
        return ""
    if not due:
        words = ngettext(
            "One request came in; its last day has not passed yet.",
            "%(n)s requests came in; the last day of none has passed yet.",
            received,
        )
        return words % {"n": grouped(received)}
    words = ngettext(
        "Of the one request whose last day has passed: answered in time %(in_time)s, answered late "
        "%(late)s, without an answer %(silent)s.",
        "Of %(n)s requests whose last day has passed: answered in time %(in_time)s, answered late "
        "%(late)s, without an answer %(silent)s.",
        due,
    )
    names = {"n": "due", "in_time": "in-time", "late": "late", "silent": "silent"}
    return words % {name: grouped(number_of(told, code)) for name, code in names.items()}


TITLES: Final[Mapping[str, Promise]] = {
    "time": gettext_lazy("Answers in time, and late ones"),
    "bands": gettext_lazy("How long people waited for an answer"),
    "flow": gettext_lazy("Where the requests stand"),
    "outcomes": gettext_lazy("What the answers came to"),
    "grounds": gettext_lazy("Why things were not given"),
    "exceptions": gettext_lazy("Which exceptions of article 7 were used"),
    "extensions": gettext_lazy("Periods that were extended, and why"),
    "urgency": gettext_lazy("Requests said to be urgent"),
    "complaints": gettext_lazy("Complaints, and what was decided on them"),
    "publication": gettext_lazy("Publication of the answers"),
    "channels": gettext_lazy("How the requests came in"),
}
CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "time": ("due", "in-time", "late", "silent"),
    "bands": (*(band.code for band in figures.BANDS), "silent"),
    "flow": ("answered", "waiting", "silent", "withdrawn", "transferred"),
    "outcomes": (*figures.OUTCOME_CODES, "reopened"),
    "grounds": tuple(figures.GROUND_CODES),
    "exceptions": tuple(figures.EXCEPTION_CODES),
    "extensions": ("extended", *figures.EXTENSION_CODES),
    "urgency": ("urgent", "urgent-accepted", "urgent-refused"),
    "complaints": tuple(code for code in figures.FIGURES if code.startswith("complaint-")),
    "publication": ("published", "to-publish", "published-5"),
    "channels": tuple(f"channel-{one}" for one in figures.CHANNELS),
}
EMPTY: Final[Mapping[str, Promise]] = {
    "grounds": gettext_lazy("Nothing was refused or withheld."),
    "exceptions": gettext_lazy("No exception was used."),
    "extensions": gettext_lazy("No period was extended."),
    "urgency": gettext_lazy("No request was said to be urgent."),
    "complaints": gettext_lazy("Nobody complained."),
}
"""Sections of which only what happened is shown, with the sentence where nothing did."""


def sections(told: All, address: Address) -> Iterator[Section]:
    """Yield the sections of a page of figures in their order. No query."""
    for name, codes in CODES.items():
        known = [told[code] for code in codes if code in told]
        shown = [one for one in known if one.number or name not in EMPTY]
        charts = [Chart(_("Number of requests"), [_bar(one, told, address) for one in shown])]
        if name == "complaints":
            charts = list(_complaints(shown, told, address))
        yield Section(
            name=name,
            title=str(TITLES[name]),
            charts=charts if shown else (),
            told=shown,
            definitions=list(_definitions(known)),
            empty=str(EMPTY[name]) if name in EMPTY and not shown else "",
        )


def _complaints(shown: Sequence[Told], told: All, address: Address) -> Iterator[Chart]:
    """Yield a chart for each level that somebody turned to: all of them, then by decision."""
    for level in figures.Level:
        whole = f"complaint-{level}"
        here = [one for one in shown if whole in {one.code, one.of}]
        words = [figures.RULINGS.get(one.code.rpartition("-")[2]) or COMPLAINED for one in here]
        labelled = zip(here, words, strict=True)
        if here:
            bars = [replace(_bar(one, told, address), label=label) for one, label in labelled]
            yield Chart(told[whole].name, bars)


def _bar(one: Told, told: All, address: Address) -> Bar:
    return Bar(
        label=_label(one, told),
        value=one.number,
        url=address(one.list_code) if one.number else "",
        state=STARS.get(one.code, ""),
    )


def _label(one: Told, told: All) -> LocalizedText:
    """Return the name of a figure with its code of the law, its share, and of what it is one."""
    name = one.name
    if one.law_code:
        name = LocalizedText(ar=f"{name.ar} ({one.law_code})", fr=f"{name.fr} ({one.law_code})")
    n = one.value.percent
    if n is None:
        return name
    base, of = told.get(one.of, NOTHING).name, grouped(one.value.of or 0)
    # After an Arabic letter the sign would go before its number: both stand in an isolate.
    return LocalizedText(
        ar=f"{name.ar} ·\u00a0\u2066{n}%\u2069 من {of} ({base.ar})",
        fr=f"{name.fr} ·\u00a0{n}\u00a0% de {of} ({base.fr})",
    )


def _definitions(known: Iterable[Told]) -> Iterator[tuple[LocalizedText, LocalizedText]]:
    """Yield names and definitions; what a family shares is said once, without a name."""
    some = list(known)
    shared = [one.definition for one in some]
    for one in some:
        if shared.count(one.definition) == 1:
            yield one.name, one.definition
    for definition in dict.fromkeys(one for one in shared if shared.count(one) > 1):
        yield LocalizedText(), definition


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The figures of a span as they stand, or stood, on a day."""

    span: figures.Span
    today: date
    answer: str
    twelve: Sequence[FigureView]
    sections: Sequence[Section]

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes in of this span."""
        return self.span.is_over(self.today)


def figures_page(told: All, span: figures.Span, *, today: date, address: Address) -> FiguresPage:
    """Return the page of a span's figures. No query."""
    return FiguresPage(
        span, today, headline(told), twelve(told, address), list(sections(told, address))
    )


def live_page(
    counted: figures.Tally, span: figures.Span, *, today: date, address: Address
) -> FiguresPage:
    """Return the page of a span as it is counted now. No query."""
    return figures_page(told_of(counted), span, today=today, address=address)
