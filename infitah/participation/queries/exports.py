"""Ideas for programs: feeds, tables, the map of the site; in pieces, never all at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import Consultation, IdeaTally
from infitah.participation.queries.answers import AnswerLine, answers_for
from infitah.participation.queries.ideas import ideas_visible_to

PIECE = 500  # ideas read at once for a file


@dataclass(frozen=True, slots=True)
class ListedIdea:
    """An idea as the map of the site names it."""

    language: str
    path: str
    submitted_at: datetime


def count_of_ideas(viewer: Viewer) -> int:
    """Return how many ideas can be read, from the counts kept by the acts. One query."""
    kept = IdeaTally.objects.filter(consultation__in=Consultation.objects.visible_to(viewer))
    sums = kept.aggregate(shown=Sum("shown"), late=Sum("late"))
    return (sums["shown"] or 0) + (sums["late"] or 0)


def listed_ideas(viewer: Viewer, *, start: int, size: int) -> list[ListedIdea]:
    """Return ideas that are shown or in the tray, oldest number first: parts stay as they are.

    One query; what is read past is an index, not rows.
    """
    listed = (rules.IdeaState.VISIBLE, rules.IdeaState.LATE)
    rows = (
        ideas_visible_to(viewer)
        .filter(state__in=listed)
        .order_by("position")
        .values_list("language", "consultation__slug", "reference", "submitted_at")
    )
    return [
        ListedIdea(filed, f"/{filed}/consultations/{slug}/ideas/{reference}/", at)
        for language, slug, reference, at in rows[start : start + size]
        for filed in (rules.language_filed(language),)
    ]


@dataclass(frozen=True, slots=True)
class ExportedIdea:
    """An idea as the CSV and the feed give it."""

    reference: str
    submitted_at: datetime
    axis: LocalizedText
    commune: LocalizedText | None
    language: str
    source: str
    is_late: bool
    statement: str
    detail: str
    answer: AnswerLine | None = None


EXPORT = (
    "reference",
    "submitted_at",
    "axis__name",
    "commune__name",
    "language",
    "source",
    "is_late",
    "statement",
    "detail",
)


def newest_ideas(*, consultation: Consultation, viewer: Viewer, limit: int) -> list[ExportedIdea]:
    """Return the newest shown ideas of a consultation. One query."""
    ideas = ideas_visible_to(viewer).filter(consultation=consultation).shown()
    rows = ideas.order_by("-position").values_list(*EXPORT)[:limit]
    return [ExportedIdea(*values) for values in rows]


def exported_ideas(*, consultation: Consultation, viewer: Viewer) -> Iterator[ExportedIdea]:
    """Yield the shown ideas of a consultation, newest number first, in constant memory.

    Read in pieces by number, so that no cursor stays open while a slow client takes them.
    """
    last: int | None = None
    ideas = ideas_visible_to(viewer).filter(consultation=consultation).shown().order_by("-position")
    while True:
        piece = ideas if last is None else ideas.filter(position__lt=last)
        rows = list(piece.values_list("position", *EXPORT)[:PIECE])
        answers = answers_for([values[0] for _position, *values in rows])
        for _position, *values in rows:
            yield ExportedIdea(*(*values, answers.get(values[0])))
        if len(rows) < PIECE:
            return
        last = rows[-1][0]
