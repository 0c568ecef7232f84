"""What waits for an officer, across the apps: one source for each kind of act.

A new kind is one function and one line of SOURCES.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Appointment, CalendarDay
from infitah.core import clock
from infitah.core.clock import CASABLANCA
from infitah.core.viewer import Viewer
from infitah.council import queries as council
from infitah.desk.queries import information_acts as requests
from infitah.desk.queries import programme_acts as acts
from infitah.desk.queries.programme_acts import FEW, start_of
from infitah.desk.rules import PAGE, Cursor, WaitingAct, WaitingPage, merged, next_of
from infitah.participation import queries as participation
from infitah.participation import rules as ideas
from infitah.participation.models import Idea, ModerationCase
from infitah.proceedings import queries as meetings
from infitah.programme import queries as programme
from infitah.programme.queries import cycle_desk as cycles
from infitah.programme.queries.next_steps import next_steps

CONFIRM_WITHIN = timedelta(days=60)
ENDS_WITHIN = timedelta(days=60)

Rows = Callable[[Viewer, date, Cursor | None, int], list[WaitingAct]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of waiting act: its name, the right that it needs, where its acts come from."""

    kind: str
    label: str | Promise
    right: str
    rows: Rows
    count: Callable[[Viewer, date], int]
    unless: str = ""

    def is_for(self, viewer: Viewer) -> bool:
        """Return whether these acts wait for the viewer and are not shown to them already."""
        return viewer.may(self.right) and not (self.unless and viewer.may(self.unless))


@dataclass(frozen=True, slots=True)
class Heap:
    """A source as the home page shows it: how many wait, and which is next, which are late."""

    source: Source
    count: int
    next: WaitingAct | None
    late: tuple[WaitingAct, ...] = ()


# Ideas ------------------------------------------------------------------------------------------


def _ideas(viewer: Viewer) -> QuerySet[Idea]:
    states = (ideas.IdeaState.RECEIVED, ideas.IdeaState.LATE)
    return Idea.objects.visible_to(viewer).filter(state__in=states)


def _idea_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    waiting = _ideas(viewer)
    if after is not None:
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


def _idea_count(viewer: Viewer, today: date) -> int:
    return _ideas(viewer).count()


def _cases(viewer: Viewer) -> QuerySet[ModerationCase]:
    return participation.cases_visible_to(viewer).waiting()


def _case_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    waiting = _cases(viewer).annotate(asked_at=Coalesce("appealed_at", "opened_at"))
    if after is not None:
        following = Q(asked_at__gt=after.since)
        if after.kind == "case":
            following |= Q(
                asked_at=after.since, pk__gt=int(after.key[:18]) if after.key.isdecimal() else 0
            )
        elif after.kind < "case":
            following |= Q(asked_at=after.since)
        waiting = waiting.filter(following)
    found = waiting.select_related("idea", "comment__idea", "comment__paragraph__text")
    acts = []
    for one in found.order_by("asked_at", "pk")[:size]:
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


def _answer_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
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


# Deliberations and sittings ----------------------------------------------------------------------


def _decision_rows(
    viewer: Viewer, today: date, after: Cursor | None, size: int
) -> list[WaitingAct]:
    return [
        WaitingAct(
            kind="decision",
            key=one.reference,
            reference=one.reference,
            title=one.title,
            since=start_of(one.adopted_on),
            url=reverse("council_desk:steps", args=[one.reference]),
        )
        for one in council.awaiting_steps(viewer)[:FEW]
    ]


def _sitting_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    return [
        WaitingAct(
            kind="sitting",
            key=str(one.pk),
            reference=one.session.reference,
            title=one.session.title,
            since=start_of(one.held_on),
            due=one.held_on,
            url=reverse("proceedings_desk:roll", args=[one.session.reference, one.position]),
        )
        for one in meetings.sittings_to_call(viewer, today)[:FEW]
    ]


# The calendar and the offices -------------------------------------------------------------------


def _unconfirmed(viewer: Viewer, today: date) -> QuerySet[CalendarDay]:
    days = CalendarDay.objects.visible_to(viewer).filter(status=CalendarDay.Status.ESTIMATED)
    return days.filter(date__gte=today - CONFIRM_WITHIN, date__lte=today + CONFIRM_WITHIN)


def _calendar_rows(
    viewer: Viewer, today: date, after: Cursor | None, size: int
) -> list[WaitingAct]:
    return [
        WaitingAct(
            kind="calendar",
            key=day.occasion,
            title=day.name,
            since=start_of(day.date),
            due=day.date,
            is_estimated=True,
            url=reverse("community_desk:day", args=[day.occasion]),
        )
        for day in _unconfirmed(viewer, today)[:FEW]
    ]


def _ending(viewer: Viewer, today: date) -> QuerySet[Appointment]:
    held = Appointment.objects.visible_to(viewer).in_force(today)
    return held.filter(ends_on__lte=today + ENDS_WITHIN).select_related("person")


def _office_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    return [
        WaitingAct(
            kind="office",
            key=str(held.pk),
            title=f"{held.office_words}: {held.person}",
            since=start_of(held.ends_on or today),
            due=held.ends_on,
            url=reverse("community_desk:appointment", args=[held.pk]),
        )
        for held in _ending(viewer, today)[:FEW]
    ]


SOURCES: tuple[Source, ...] = (
    Source("idea", _("Ideas to read"), "idea.hide", _idea_rows, _idea_count),
    Source(
        "case",
        _("Moderation cases"),
        "idea.hide",
        _case_rows,
        lambda viewer, today: _cases(viewer).count(),
    ),
    Source(
        "answer",
        _("Consultations with ideas to answer"),
        "answer.give",
        _answer_rows,
        lambda viewer, today: len(participation.consultations_to_answer(viewer, clock.now())),
    ),
    Source(
        "request",
        _("Requests for information to answer"),
        "information.answer",
        requests.request_rows,
        requests.request_count,
    ),
    Source(
        "mail",
        _("Mails to sort"),
        "information.enter",
        requests.mail_rows,
        requests.mail_count,
    ),
    Source(
        "second",
        _("Decisions to read as a second person"),
        "information.confirm",
        requests.reading_rows,
        requests.reading_count,
    ),
    Source(
        "task",
        _("Services that are late with their documents"),
        "information.answer",
        requests.task_rows,
        requests.task_count,
    ),
    Source(
        "publication",
        _("Answers to publish"),
        "information.answer",
        requests.publication_rows,
        requests.publication_count,
    ),
    Source(
        "complaint",
        _("Complaints to decide on"),
        "information.rule",
        requests.complaint_rows,
        requests.complaint_count,
    ),
    Source(
        "evidence",
        _("Milestones to confirm"),
        "evidence.confirm",
        acts.claimed_rows,
        lambda viewer, today: programme.milestones_to_confirm(viewer).count(),
    ),
    Source(
        "milestone",
        _("Milestones due or late"),
        "progress.report",
        acts.due_rows,
        lambda viewer, today: acts.due(viewer, today).count(),
    ),
    Source(
        "overdue",
        _("Milestones that are late"),
        "register.read",
        acts.overdue_rows,
        lambda viewer, today: acts.overdue(viewer, today).count(),
        unless="progress.report",
    ),
    Source(
        "committee",
        _("Rules of a committee not met, without a reason"),
        "programme.edit",
        acts.committee_rows,
        lambda viewer, today: len(cycles.unmet_rules(viewer, today)),
    ),
    Source(
        "method",
        _("Next steps of a cycle in preparation"),
        "programme.edit",
        acts.method_rows,
        lambda viewer, today: len(next_steps(viewer, today)),
    ),
    Source(
        "adoption",
        _("Programmes before the council"),
        "session.edit",
        acts.adoption_rows,
        lambda viewer, today: len(next_steps(viewer, today)),
        unless="programme.edit",
    ),
    Source(
        "step",
        _("Past steps of a timetable without a record"),
        "programme.edit",
        acts.step_rows,
        lambda viewer, today: cycles.steps_without_record(viewer, today).count(),
    ),
    Source(
        "decision",
        _("Decisions whose next step is not recorded"),
        "session.edit",
        _decision_rows,
        lambda viewer, today: council.awaiting_steps(viewer).count(),
    ),
    Source(
        "sitting",
        _("Sittings whose roll is not called"),
        "session.edit",
        _sitting_rows,
        lambda viewer, today: meetings.sittings_to_call(viewer, today).count(),
    ),
    Source(
        "sitting",
        _("Sittings whose roll is not called"),
        "committee.edit",
        _sitting_rows,
        lambda viewer, today: meetings.sittings_to_call(viewer, today).count(),
        unless="session.edit",
    ),
    Source(
        "calendar",
        _("Days off to confirm"),
        "calendar.edit",
        _calendar_rows,
        lambda viewer, today: _unconfirmed(viewer, today).count(),
    ),
    Source(
        "office",
        _("Offices that end soon"),
        "appointment.edit",
        _office_rows,
        lambda viewer, today: _ending(viewer, today).count(),
    ),
)


def _of(viewer: Viewer) -> list[Source]:
    return [source for source in SOURCES if source.is_for(viewer)]


def heaps(viewer: Viewer, today: date) -> list[Heap]:
    """Return every kind that the viewer may act on, with its count and its next act.

    At most two queries a kind.
    """
    found = []
    for source in _of(viewer):
        count = source.count(viewer, today)
        acts = source.rows(viewer, today, None, PAGE) if count else []
        late = tuple(act for act in acts if act.urgency(today) == "late")
        found.append(Heap(source, count, next_of(acts), late))
    return found


def waiting(viewer: Viewer, today: date, *, kind: str = "", after: str = "") -> WaitingPage:
    """Return one page of what waits, the longest waiting first, of one kind or of all.

    One query a kind, however much waits.
    """
    cursor = Cursor.read(after)
    chosen = [source for source in _of(viewer) if kind in ("", source.kind)]
    rows = (source.rows(viewer, today, cursor, PAGE + 1) for source in chosen)
    return merged(rows, cursor)
