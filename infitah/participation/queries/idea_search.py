"""What is offered beside, or in place of, the ideas that hold the words that were looked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count

from infitah.core.viewer import Viewer
from infitah.kernel.arabic import tokens
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import typed_number
from infitah.participation.models import Consultation, Idea
from infitah.participation.queries.consultations import TopicView
from infitah.participation.queries.ideas import (
    KIND,
    IdeaFilter,
    IdeaRow,
    ideas_visible_to,
    ideas_wanted,
    rows_of,
)
from infitah.participation.rules import PUBLIC_STATES
from infitah.searchindex import queries as searchindex
from infitah.searchindex.rules import answers, asked

LETTER = "I"
NEAR_SHOWN = 5
FEW = 5
"""Ideas that hold the words below which those close in meaning are offered beside them."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another consultation with ideas that hold the words."""

    slug: str
    name: LocalizedText
    count: int | None
    """None where the consultation does not tell its counts yet."""


@dataclass(frozen=True, slots=True)
class Instead:
    """The ideas near to the words, and the other consultations where the words are found."""

    rows: Sequence[IdeaRow] = field(default_factory=tuple)
    is_by_meaning: bool = False
    elsewhere: Sequence[Elsewhere] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An idea whose number was typed in the search; without words where nobody may read them."""

    reference: str
    statement: str
    language: str
    slug: str
    consultation: LocalizedText
    is_here: bool


def by_number(*, consultation: Consultation, viewer: Viewer, words: str) -> list[Numbered]:
    """Return the ideas of the community whose number was typed, those of this consultation first.

    "I-0021" without its year may be several. One query, none for words that are no number.
    """
    typed = typed_number(words, LETTER)
    if typed is None or typed.community not in {"", viewer.community_key}:
        return []
    ideas = Idea.objects.numbered(viewer).filter(number=typed.number)
    if typed.year is not None:
        ideas = ideas.filter(year=typed.year)
    columns = ("reference", "statement", "language", "consultation__slug", "consultation__name")
    found = [
        Numbered(
            reference,
            statement if state in PUBLIC_STATES else "",
            *(language, slug, name, slug == consultation.slug),
        )
        for reference, statement, language, slug, name, state in ideas.order_by(
            "-position"
        ).values_list(*columns, "state")
    ]
    return sorted(found, key=lambda one: not one.is_here)


def instead_of(
    *, consultation: Consultation, viewer: Viewer, wanted: IdeaFilter, now: datetime
) -> Instead:
    """Return what to offer in place of a list that words left empty, within its other filters.

    At most eleven queries: those of the index, five to find the words elsewhere and four to find
    what is near, and one for the ideas and one for the consultations.
    """
    near = searchindex.near(community_key=viewer.community_key, kind=KIND, text=wanted.words)
    rows = _listed(consultation, viewer, wanted, near.subjects, now)
    return Instead(rows, near.is_by_meaning, _elsewhere(consultation, viewer, wanted.words, now))


def near_beside(
    *,
    consultation: Consultation,
    viewer: Viewer,
    wanted: IdeaFilter,
    found: Sequence[IdeaRow],
    now: datetime,
) -> Sequence[IdeaRow]:
    """Return the ideas close in meaning to words that few ideas hold, without these (`found`).

    Within the other filters of the list; none where the worker is silent. At most six queries.
    """
    near = searchindex.near(community_key=viewer.community_key, kind=KIND, text=wanted.words)
    held = {row.reference for row in found}
    others = [one for one in near.subjects if one not in held]
    if not near.is_by_meaning or not others:
        return []
    return _listed(consultation, viewer, wanted, others, now)


def topics_holding(topics: Sequence[TopicView], words: str) -> list[TopicView]:
    """Return the axes whose name or question, in any language, holds every one of the words.

    No query.
    """
    sought = asked(words)
    return [one for one in topics if sought and _holds(one, sought)]


def _holds(topic: TopicView, sought: Sequence[tuple[str, ...]]) -> bool:
    texts = (topic.name, topic.question)
    said = [
        form for text in texts for code in text.languages() for form in tokens(text.text_of(code))
    ]
    return all(any(answers(form, forms) for form in said) for forms in sought)


def _listed(
    consultation: Consultation,
    viewer: Viewer,
    wanted: IdeaFilter,
    references: Sequence[str],
    now: datetime,
) -> list[IdeaRow]:
    """Return the rows of these ideas in their order, as many as are shown. One query."""
    ideas = ideas_wanted(consultation, viewer, replace(wanted, words=""))
    close = ideas.filter(reference__in=references)
    listed = rows_of(close, len(references), shows_supports=consultation.shows_counts(now))
    found = {row.reference: row for row in listed}
    return [found[one] for one in references if one in found][:NEAR_SHOWN]


def _elsewhere(
    consultation: Consultation, viewer: Viewer, words: str, now: datetime
) -> list[Elsewhere]:
    found = searchindex.subjects(community_key=viewer.community_key, text=words, kind=KIND) or []
    held = ideas_visible_to(viewer).shown().filter(reference__in=found)
    others = held.exclude(consultation=consultation).order_by().values_list("consultation")
    counts = dict(others.annotate(Count("pk")))
    if not counts:
        return []
    known = Consultation.objects.visible_to(viewer).filter(pk__in=counts, takes_ideas=True)
    return [
        Elsewhere(one.slug, one.name, counts[one.pk] if one.shows_counts(now) else None)
        for one in known.order_by("-opens_at")
    ]
