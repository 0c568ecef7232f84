"""What waits for an officer, across the apps: one source for each kind of act.

A new kind is one function and one line of SOURCES.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Appointment, CalendarDay
from infitah.community.rules.offices import Office
from infitah.core.viewer import Viewer
from infitah.council import queries as council
from infitah.desk.queries import idea_acts as ideas
from infitah.desk.queries import information_acts as requests
from infitah.desk.queries import programme_acts as acts
from infitah.desk.queries.programme_acts import FEW, start_of
from infitah.desk.rules import (
    PAGE,
    Cursor,
    WaitingAct,
    WaitingPage,
    in_order,
    is_pressing,
    merged,
    next_of,
)
from infitah.proceedings import queries as meetings
from infitah.programme import queries as programme
from infitah.programme.queries import cycle_desk as cycles
from infitah.programme.queries.next_steps import next_steps

CONFIRM_WITHIN = timedelta(days=60)
ENDS_WITHIN = timedelta(days=60)
PRESSING_SHOWN = 8
OWN_RIGHTS: Final = {
    Office.INFORMATION_OFFICER: "information.",
    Office.DEPUTY_INFORMATION_OFFICER: "information.",
}
"""How the rights begin whose acts are the daily work of an office: they stand first at home."""

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

    def is_own_of(self, viewer: Viewer) -> bool:
        """Return whether these acts are the daily work of the office that the viewer holds."""
        own = OWN_RIGHTS.get(Office(viewer.office)) if viewer.office in set(Office) else None
        return own is not None and self.right.startswith(own)


@dataclass(frozen=True, slots=True)
class Heap:
    """A source as the home page shows it: how many wait, which is next, which are late or press."""

    source: Source
    count: int
    next: WaitingAct | None
    late: tuple[WaitingAct, ...] = ()
    pressing: tuple[WaitingAct, ...] = ()
    is_own: bool = False


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
    Source("idea", _("Ideas to read"), "idea.hide", ideas.idea_rows, ideas.idea_count),
    Source(
        "case",
        _("Moderation cases"),
        "idea.hide",
        ideas.case_rows,
        ideas.case_count,
    ),
    Source(
        "answer",
        _("Consultations with ideas to answer"),
        "answer.give",
        ideas.answer_rows,
        ideas.answer_count,
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

    The daily work of the viewer's office comes first. At most two queries a kind.
    """
    found = []
    for source in _of(viewer):
        count = source.count(viewer, today)
        acts = source.rows(viewer, today, None, PAGE) if count else []
        late = tuple(act for act in acts if act.urgency(today) == "late")
        first = next_of(acts)
        pressing = tuple(act for act in acts if act != first and is_pressing(act, today))
        found.append(Heap(source, count, first, late, pressing, source.is_own_of(viewer)))
    return sorted(found, key=lambda heap: not heap.is_own)


def next_acts(found: list[Heap]) -> list[WaitingAct]:
    """Return the next act of each kind, those of the viewer's own work first. No query.

    What the law dates and presses in that work stands among them, in one order.
    """
    own, others = _halves(found)
    mine = [*_firsts(own), *_lawful(own)]
    return [*in_order(mine), *in_order(_firsts(others))]


def pressing_acts(found: list[Heap]) -> list[WaitingAct]:
    """Return what is late or near beside the next acts, the viewer's own work first. No query."""
    own, others = _halves(found)
    shown = _lawful(own)
    rest = in_order(act for one in own for act in one.pressing if act not in shown)
    return [*rest, *in_order(act for one in others for act in one.pressing)][:PRESSING_SHOWN]


def _firsts(found: list[Heap]) -> list[WaitingAct]:
    return [one.next for one in found if one.next]


def _lawful(found: list[Heap]) -> list[WaitingAct]:
    pressing = in_order(act for one in found for act in one.pressing)
    return [act for act in pressing if act.is_of_law][:PRESSING_SHOWN]


def _halves(found: list[Heap]) -> tuple[list[Heap], list[Heap]]:
    """Return the heaps of the viewer's own work, then the others."""
    return [one for one in found if one.is_own], [one for one in found if not one.is_own]


def waiting(viewer: Viewer, today: date, *, kind: str = "", after: str = "") -> WaitingPage:
    """Return one page of what waits, in the order of the queue, of one kind or of all.

    One query a kind, however much waits.
    """
    cursor = Cursor.read(after)
    chosen = [source for source in _of(viewer) if kind in ("", source.kind)]
    rows = (source.rows(viewer, today, cursor, PAGE + 1) for source in chosen)
    return merged(rows, cursor)
