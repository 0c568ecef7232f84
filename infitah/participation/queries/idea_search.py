"""What is offered where no idea of a consultation holds the words that were looked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Consultation
from infitah.participation.queries.ideas import (
    KIND,
    IdeaFilter,
    IdeaRow,
    ideas_visible_to,
    ideas_wanted,
    rows_of,
)
from infitah.searchindex import queries as searchindex

NEAR_SHOWN = 5


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


def instead_of(
    *, consultation: Consultation, viewer: Viewer, wanted: IdeaFilter, now: datetime
) -> Instead:
    """Return what to offer in place of a list that words left empty, within its other filters.

    At most eleven queries: those of the index, five to find the words elsewhere and four to find
    what is near, and one for the ideas and one for the consultations.
    """
    near = searchindex.near(community_key=viewer.community_key, kind=KIND, text=wanted.words)
    ideas = ideas_wanted(consultation, viewer, replace(wanted, words=""))
    shows = consultation.shows_counts(now)
    close = ideas.filter(reference__in=near.subjects)
    listed = rows_of(close, len(near.subjects), shows_supports=shows)
    found = {row.reference: row for row in listed}
    rows = [found[one] for one in near.subjects if one in found]
    return Instead(
        rows[:NEAR_SHOWN], near.is_by_meaning, _elsewhere(consultation, viewer, wanted.words, now)
    )


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
