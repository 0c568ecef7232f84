"""Ideas close to what somebody types, of every axis and of every consultation of the community."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import arabic_letters
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea
from infitah.participation.queries.ideas import KIND, ideas_visible_to
from infitah.searchindex import queries as searchindex


@dataclass(frozen=True, slots=True)
class SimilarIdea:
    """An idea close to what somebody types, and where and when it was given.

    `is_close_in_meaning`: its words are others, perhaps of another language; never proof.
    """

    reference: str
    statement: str
    language: str
    axis: LocalizedText
    slug: str
    submitted_at: datetime
    consultation: LocalizedText
    axis_slug: str
    opened_at: datetime
    is_open: bool
    is_close_in_meaning: bool = False


def typed_before(consultation: Consultation, statement: str, *, besides: uuid.UUID) -> Idea | None:
    """Return the idea of a consultation that the desk typed with the same words. One query.

    `besides` is the key of the sending itself: sent twice, it is no double.
    """
    key = rules.statement_key(arabic_letters(statement))
    same = Idea.objects.filter(
        consultation=consultation, source=Idea.Source.DESK, statement_key=key
    )
    return same.exclude(submission_key=besides).order_by("position").last()


SIMILAR = (
    "reference",
    "statement",
    "language",
    "axis__name",
    "consultation__slug",
    "submitted_at",
    "consultation__name",
    "axis__slug",
    "consultation__opens_at",
)


def similar_ideas(
    *, viewer: Viewer, text: str, now: datetime, limit: int = 5, axis: str = ""
) -> list[SimilarIdea]:
    """Return at most `limit` readable ideas close to `text`, of every axis and consultation.

    Those of open consultations first, among them those of `axis`; then the closest, in words or
    in meaning, whatever their language. The index proposes, the one rule of visibility decides.
    Its queries, three at most, and one more.
    """
    if len(text.strip()) < 8:
        return []
    proposed = searchindex.similar(
        community_key=viewer.community_key, kind=KIND, text=text, limit=limit
    )
    found_by = {one.subject: one.found_by for one in proposed}
    rows = (
        ideas_visible_to(viewer)
        .filter(reference__in=list(found_by))
        .values_list(*SIMILAR, "consultation__closes_at")
    )
    found = {
        values[0]: SimilarIdea(
            *[*values, values[-1] <= now < closes_at, found_by[values[0]] == "meaning"]
        )
        for *values, closes_at in rows
    }
    closest = [found[one.subject] for one in proposed if one.subject in found]
    return sorted(closest, key=lambda one: (not one.is_open, one.axis_slug != axis))
