"""The page of figures as plain values: twelve figures, sections with their bars, definitions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from infitah.design.parts import Bar
from infitah.design.text import grouped
from infitah.information.queries.figures.names import law_code, name_of
from infitah.information.rules import figures
from infitah.kernel.localized import LocalizedText

SHARES: Final = frozenset(
    {"in-time", "silent", "given", "outcome-refused", "extended", "published-5"}
)
"""Figures that are told by their share first, once there are enough to tell one."""
STARS: Final = {"in-time": "done", "late": "late", "silent": "late", "given": "done"}
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
class Section:
    """Figures that are told together: a chart, what it counts, a sentence where it is empty."""

    name: str
    title: str
    bars: Sequence[Bar]
    definitions: Sequence[tuple[LocalizedText, LocalizedText]]
    empty: str = ""


def share_words(percent: int) -> str:
    """Return a share with its sign."""
    return _("%(n)s%%") % {"n": percent}


def address_in(year: int) -> Address:
    """Return where the list behind a code of a year stands."""
    return lambda code: reverse("information:figure", args=[year, code])


def figure_view(figure: figures.Figure, value: figures.Value, url: str) -> FigureView:
    """Return a figure in words. No query."""
    number = "" if value.number is None else grouped(value.number)
    note = _note(figure, value)
    if figure.code in SHARES and value.percent is not None:
        number = share_words(value.percent)
    return FigureView(figure.code, number, name_of(figure), note, figure.definition, url)


def _note(figure: figures.Figure, value: figures.Value) -> str:
    if value.number is None:
        return _("Too few answers to tell this figure.")
    if value.of is None:
        return ""
    said = {"n": grouped(value.number), "of": grouped(value.of)}
    if value.percent is None or figure.code in SHARES:
        return _("%(n)s of %(of)s") % said
    return _("%(percent)s of %(of)s") % {**said, "percent": share_words(value.percent)}


def twelve(counted: figures.Tally, address: Address) -> list[FigureView]:
    """Return the twelve figures that come first."""
    known = [figures.FIGURES[code] for code in figures.TWELVE]
    return [
        figure_view(one, figures.value_of(one, counted), address(one.list_code)) for one in known
    ]


def headline(counted: figures.Tally) -> str:
    """Return the sentence with which the page answers; empty before the first request."""
    received, due = counted.count("received"), counted.count("due")
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
    return words % {name: grouped(counted.count(code)) for name, code in names.items()}


TITLES: Final[Mapping[str, Promise]] = {
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


def sections(counted: figures.Tally, address: Address) -> Iterator[Section]:
    """Yield the sections of a page of figures in their order. No query."""
    for name, codes in CODES.items():
        told = [figures.FIGURES[code] for code in codes]
        if name in EMPTY:
            told = [one for one in told if counted.count(one.code)]
        yield Section(
            name=name,
            title=str(TITLES[name]),
            bars=[_bar(one, counted, address) for one in told],
            definitions=list(_definitions(figures.FIGURES[code] for code in codes)),
            empty=str(EMPTY[name]) if name in EMPTY and not told else "",
        )


def _bar(figure: figures.Figure, counted: figures.Tally, address: Address) -> Bar:
    value = figures.value_of(figure, counted)
    number = value.number or 0
    return Bar(
        label=_label(figure, value),
        value=number,
        url=address(figure.code) if number else "",
        state=STARS.get(figure.code, ""),
    )


def _label(figure: figures.Figure, value: figures.Value) -> LocalizedText:
    """Return the name of a figure with its code of the law and its share."""
    name, code = name_of(figure), law_code(figure)
    if code:
        name = LocalizedText(ar=f"{name.ar} ({code})", fr=f"{name.fr} ({code})")
    if value.percent is None:
        return name
    n = value.percent
    return LocalizedText(ar=f"{name.ar} · {n}%", fr=f"{name.fr} · {n} %")


def _definitions(
    some: Iterator[figures.Figure],
) -> Iterator[tuple[LocalizedText, LocalizedText]]:
    """Yield names and definitions; what a family shares is said once, without a name."""
    known = list(some)
    shared = [one.definition for one in known]
    for one in known:
        if shared.count(one.definition) == 1:
            yield name_of(one), one.definition
    for definition in dict.fromkeys(one for one in shared if shared.count(one) > 1):
        yield LocalizedText(), definition


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The figures of a span as they stand on a day."""

    span: figures.Span
    today: date
    answer: str
    twelve: Sequence[FigureView]
    sections: Sequence[Section]

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes in of this span."""
        return self.span.is_over(self.today)


def figures_page(
    counted: figures.Tally, span: figures.Span, *, today: date, address: Address
) -> FiguresPage:
    """Return the page of a span's counts. No query."""
    return FiguresPage(
        span, today, headline(counted), twelve(counted, address), list(sections(counted, address))
    )
