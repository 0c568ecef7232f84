"""What of the programme waits for an officer: next steps, milestones, committees, timetables."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from infitah.core.clock import CASABLANCA
from infitah.core.viewer import Viewer
from infitah.desk.rules import Cursor, WaitingAct
from infitah.programme import queries as programme
from infitah.programme.models import Commitment, Milestone
from infitah.programme.queries import cycle_desk as cycles
from infitah.programme.queries.next_steps import next_steps

DUE_WITHIN = timedelta(days=30)
FEW = 200  # sources without a keyset of their own hold fewer than this


def start_of(day: date) -> datetime:
    """Return the first instant of a local day."""
    return datetime.combine(day, time.min, CASABLANCA)


def method_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the step at which each cycle in preparation stands, with the page where it is done."""
    return _steps_at_hand(viewer, today, "method")


def adoption_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the programmes that wait for the council, for who keeps its sessions."""
    return _steps_at_hand(viewer, today, "adoption")


def _steps_at_hand(viewer: Viewer, today: date, kind: str) -> list[WaitingAct]:
    return [
        WaitingAct(
            kind=kind,
            key=one.cycle.slug,
            title=one.sentence,
            since=start_of(one.since),
            url=one.url,
        )
        for one in next_steps(viewer, today)
    ]


def claimed_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the milestones whose evidence waits for a second person. Three queries."""
    return [
        WaitingAct(
            kind="evidence",
            key=one.milestone.reference,
            reference=one.milestone.reference,
            title=one.milestone.title,
            since=start_of(one.claimed_on or today),
            url=reverse("programme_desk:confirm", args=[one.milestone.reference]),
        )
        for one in programme.claims_to_confirm(viewer)[:FEW]
    ]


def due(viewer: Viewer, today: date) -> QuerySet[Milestone]:
    """Return the milestones of the viewer due within a month or late, not yet claimed."""
    near = programme.running(viewer).filter(announced_end__lte=today + DUE_WITHIN)
    return near.exclude(state=Milestone.State.CLAIMED)


def _due_act(one: Milestone, kind: str, url: str) -> WaitingAct:
    return WaitingAct(
        kind=kind,
        key=one.reference,
        reference=one.reference,
        title=one.title,
        since=start_of(one.announced_end),
        due=one.announced_end,
        url=url,
    )


def due_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the milestones of the viewer that are due soon or late. One query."""
    return [
        _due_act(one, "milestone", reverse("programme_desk:report", args=[one.reference]))
        for one in due(viewer, today)[:FEW]
    ]


def overdue(viewer: Viewer, today: date) -> QuerySet[Milestone]:
    """Return the milestones whose announced day has passed without a claim."""
    adopted = Commitment.objects.visible_to(viewer).due()
    late = Milestone.objects.filter(commitment__in=adopted, announced_end__lt=today)
    done = (Milestone.State.CLAIMED, Milestone.State.VERIFIED)
    return (
        late.exclude(state__in=done).select_related("commitment__cycle").order_by("announced_end")
    )


def overdue_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the milestones that are late, for who only reads. Two queries."""
    found = []
    for one in overdue(viewer, today)[:FEW]:
        place = [one.commitment.cycle.slug, one.commitment.reference]
        found.append(_due_act(one, "overdue", reverse("programme:commitment", args=place)))
    return found


def committee_rows(
    viewer: Viewer, today: date, after: Cursor | None, size: int
) -> list[WaitingAct]:
    """Return the rules that a committee does not meet without a published reason."""
    return [
        WaitingAct(
            kind="committee",
            key=f"{cycle.slug}-{one.rule.pk}",
            title=f"{cycle.committee}: {one.title}",
            since=start_of(cycle.opened_on),
            url=reverse("programme_desk:committee", args=[cycle.slug]),
        )
        for cycle, one in cycles.unmet_rules(viewer, today)
    ]


def step_rows(viewer: Viewer, today: date, after: Cursor | None, size: int) -> list[WaitingAct]:
    """Return the steps of a timetable that passed without a record. One query."""
    return [
        WaitingAct(
            kind="step",
            key=f"{one.cycle.slug}-{one.slug}",
            title=one.text,
            since=start_of(one.ends_on),
            url=reverse("programme_desk:step_change", args=[one.cycle.slug, one.slug]),
        )
        for one in cycles.steps_without_record(viewer, today)[:FEW]
    ]
