"""What of consultations waits for an officer: ideas to read, cases, consultations to answer."""

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from infitah.core import clock
from infitah.core.clock import CASABLANCA
from infitah.core.viewer import Viewer
from infitah.desk.queries.programme_acts import FEW
from infitah.desk.rules import HOUSE, Cursor, WaitingAct
from infitah.participation import queries as participation
from infitah.participation import rules as ideas
from infitah.participation.models import Idea, ModerationCase


def _ideas(viewer: Viewer) -> QuerySet[Idea]:
    states = (ideas.IdeaState.RECEIVED, ideas.IdeaState.LATE)
    return Idea.objects.visible_to(viewer).filter(state__in=states)


def idea_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the ideas to read, the longest waiting first, after a place. One query."""
    waiting = _ideas(viewer)
    if after is not None and after.due == date.max:
        following = Q(submitted_at__gt=after.since)
        if after.kind == "idea":
            following |= Q(submitted_at=after.since, reference__gt=after.key)
        elif after.kind < "idea":
            following |= Q(submitted_at=after.since)
        waiting = waiting.filter(following)
    return [
        WaitingAct(
            kind="idea",
            key=idea.reference,
            reference=idea.reference,
            title=idea.statement,
            since=idea.submitted_at.astimezone(CASABLANCA),
            url=reverse("participation_desk:idea", args=[idea.reference]),
        )
        for idea in waiting.order_by("submitted_at", "reference")[:size]
    ]


def idea_count(viewer: Viewer, today: date) -> int:
    """Return how many ideas wait to be read."""
    return _ideas(viewer).count()


def _cases(viewer: Viewer) -> QuerySet[ModerationCase]:
    return participation.cases_visible_to(viewer).waiting()


def case_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the moderation cases by their last day, after a place. One query."""
    waiting = _cases(viewer).annotate(
        asked_at=Coalesce("appealed_at", "opened_at"),
        due_day=TruncDate("due_at", tzinfo=CASABLANCA),
    )
    if after is not None and after.rank == HOUSE:
        waiting = waiting.filter(_cases_after(after))
    found = waiting.select_related("idea", "comment__idea", "comment__paragraph__text")
    acts = []
    for one in found.order_by("due_day", "asked_at", "pk")[:size]:
        text = one.idea or one.comment
        reference, words = participation.reference_and_words(text) if text else ("", "")
        acts.append(
            WaitingAct(
                kind="case",
                key=f"{one.pk:018}",
                reference=reference,
                title=words[:140],
                since=(one.appealed_at or one.opened_at).astimezone(CASABLANCA),
                due=one.due_at.astimezone(CASABLANCA).date(),
                url=reverse("participation_desk:case", args=[one.pk]),
            )
        )
    return acts


def _cases_after(after: Cursor) -> Q:
    """Return the condition of the cases that stand after a place of the queue."""
    following = Q(asked_at__gt=after.since)
    if after.kind == "case":
        last = int(after.key[:18]) if after.key.isdecimal() else 0
        following |= Q(asked_at=after.since, pk__gt=last)
    elif after.kind < "case":
        following |= Q(asked_at=after.since)
    return Q(due_day__gt=after.due) | (Q(due_day=after.due) & following)


def case_count(viewer: Viewer, today: date) -> int:
    """Return how many moderation cases wait."""
    return _cases(viewer).count()


def answer_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the consultations whose ideas wait for an answer."""
    return [
        WaitingAct(
            kind="answer",
            key=one.slug,
            title=one.sentence,
            since=one.closed_at.astimezone(CASABLANCA),
            url=reverse("participation_desk:answers", args=[one.slug]),
        )
        for one in participation.consultations_to_answer(viewer, clock.now())[:FEW]
    ]


def answer_count(viewer: Viewer, today: date) -> int:
    """Return how many consultations wait for the answers to their ideas."""
    return len(participation.consultations_to_answer(viewer, clock.now()))
