"""The parts of a text and its amendments, in words, what went and what came marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from infitah.community.models import Person
from infitah.design.direction import page_language
from infitah.design.text import grouped
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.kernel.redline import Piece, redline
from infitah.programme.models import Amendment, Commitment, CommitmentVersion
from infitah.programme.rules import amending
from infitah.programme.rules.amending import Change, Part, Sort

PARTS: Final[Mapping[str, Promise]] = {
    "title": gettext_lazy("Title"),
    "problem": gettext_lazy("Public problem"),
    "description": gettext_lazy("What the commitment is"),
    "contribution": gettext_lazy("How it answers the problem"),
    "expected_result": gettext_lazy("Expected result"),
    "verifiability": gettext_lazy("How anybody can check it"),
    "partners": gettext_lazy("Supporting bodies"),
    "civil_partner": gettext_lazy("Partner of civil society"),
    "budget_source": gettext_lazy("Source of the budget"),
    "value_argument": gettext_lazy("How it serves these values"),
    "from": gettext_lazy("First day"),
    "until": gettext_lazy("Last day"),
    "budget": gettext_lazy("Budget"),
    amending.WEIGHTS: gettext_lazy("Weights of the milestones"),
}
CENTIMES: Final = 100
_SORTS: Final[Mapping[str, Sort]] = {
    "from": Sort.DAY,
    "until": Sort.DAY,
    "budget": Sort.AMOUNT,
    amending.WEIGHTS: Sort.WEIGHTS,
}

QUESTION: Final[Mapping[str, str]] = {
    "ar": "التعديل رقم {number} على الالتزام: {title}",
    "fr": "Amendement n° {number} à l’engagement : {title}",
}


def question_of(amendment: Amendment) -> LocalizedText:
    """Return the question on which the council votes, in the languages of the commitment's title.

    `amendment.commitment` must be fetched.
    """
    title = amendment.commitment.title
    said = {
        code: words.format(number=amendment.number, title=title.text_of(code))
        for code, words in QUESTION.items()
        if title.text_of(code)
    }
    return LocalizedText(**said)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A part in two texts, in one language: what stood, what stands, and the words that differ."""

    heading: str
    language: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """An amendment with its mover's name, its change in every language that it touches."""

    amendment: Amendment
    mover: LocalizedText
    changes: tuple[ChangeView, ...]

    @property
    def star(self) -> str:
        """The star of its outcome."""
        stars = {"carried": "done", "lost": "refused", "withdrawn": "to_come"}
        return stars.get(self.amendment.outcome, "under_way")


def part_words(key: str) -> str:
    """Return the name of a part in the language of the page; an unknown one is its key."""
    milestone, _dot, name = key.rpartition(".")
    words = str(PARTS.get(name, name))
    if not milestone:
        return words
    return _("Milestone %(number)s: %(part)s") % {"number": milestone[1:], "part": words}


def sort_of(key: str) -> Sort:
    """Return what stands in a part, by its name."""
    return _SORTS.get(key.rpartition(".")[2], Sort.WORDS)


@dataclass(frozen=True, slots=True)
class PartView:
    """A part that may be amended: its name in an address, its words, what stands in it."""

    key: str
    heading: str
    language: str
    words: str


def standing_parts(version: CommitmentVersion) -> tuple[PartView, ...]:
    """Return what may be amended in a text, as the reader of the page sees it. No query."""
    made = []
    for part in amending.parts(version.content):
        text = amending.standing(version.content, part.key)
        language = text.language_shown(page_language())
        words = text.text_of(language)
        if part.sort != Sort.WORDS:
            language, words = page_language(), _value(part, text.ar)
        made.append(PartView(part.key, part_words(part.key), language, words))
    return tuple(made)


def change_view(change: Change, language: str = "") -> ChangeView:
    """Return a change for a reader of `language`, of the page's own without one. No query."""
    language = language or page_language()
    if change.part.sort == Sort.WORDS:
        shown = change.after.language_shown(language)
        before, after = change.before.text_of(shown), change.after.text_of(shown)
    else:
        shown = language
        before, after = (_value(change.part, text.ar) for text in (change.before, change.after))
    return ChangeView(part_words(change.part.key), shown, before, after, redline(before, after))


def _value(part: Part, value: str) -> str:
    """Return a day in words, an amount in dirhams with its unit, a line for each weight."""
    if not value:
        return value
    if part.sort == Sort.WEIGHTS:
        return "\n".join(_weight(*one) for one in enumerate(value.split(), start=1))
    if part.sort == Sort.DAY:
        return format_date(date.fromisoformat(value), page_language())
    dirhams, centimes = divmod(int(value), CENTIMES)
    words = f"{grouped(dirhams)},{centimes:02d}" if centimes else grouped(dirhams)
    return _("%(amount)s dirhams") % {"amount": words}


def _weight(number: int, weight: str) -> str:
    return _("Milestone %(number)s: %(weight)s of 100") % {"number": number, "weight": weight}


def weighed(version: CommitmentVersion) -> tuple[LocalizedText, ...]:
    """Return the titles of the milestones of a text, in the order of their weights. No query."""
    return tuple(
        LocalizedText.from_json(one["title"]) for one in version.content.get("milestones", ())
    )


def amendment_views(
    amendments: Iterable[Amendment], movers: Mapping[str, Person]
) -> tuple[AmendmentView, ...]:
    """Return amendments as pages show them; `movers` are the persons known by name. No query."""
    made = []
    for one in amendments:
        part = Part(one.field, sort_of(one.field))
        known = movers.get(one.mover)
        touched = [
            language
            for language in ("ar", "fr")
            if part.sort == Sort.WORDS
            and one.before.text_of(language) != one.after.text_of(language)
        ]
        change = Change(part, one.before, one.after)
        made.append(
            AmendmentView(
                amendment=one,
                mover=known.name if known else LocalizedText(one.mover),
                changes=tuple(_in(change, language) for language in touched)
                or (change_view(change),),
            )
        )
    return tuple(made)


def _in(change: Change, language: str) -> ChangeView:
    before, after = change.before.text_of(language), change.after.text_of(language)
    heading = part_words(change.part.key)
    return ChangeView(heading, language, before, after, redline(before, after))


def difference_of(commitment: Commitment, version: CommitmentVersion) -> LocalizedText:
    """Return which parts the carried amendments changed, in Arabic and French. One query."""
    carried = commitment.amendments.filter(
        outcome=Amendment.Outcome.CARRIED, made__number__lte=version.number
    )
    keys = list(dict.fromkeys(carried.order_by("number").values_list("field", flat=True)))
    said = LocalizedText("")
    for language in ("ar", "fr"):
        with override(language):
            listed = _(", ").join(part_words(key) for key in keys)
        said = said.with_text(language, listed)
    return said
