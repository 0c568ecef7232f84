"""What the desk shows of cycles: each with where it stands, what to do next, what waits."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise

from infitah.community.queries import RuleGauge, body_gauges
from infitah.community.rules.composition import GaugeState
from infitah.core.viewer import Viewer
from infitah.participation.models import Consultation
from infitah.programme.models import Cycle, Round, TimetableEntry
from infitah.programme.queries.cycles import CyclePage, cycle_page, phase_of
from infitah.programme.queries.method import MethodView
from infitah.programme.queries.method_ways import Way, advice_on, offices_of, ways_of
from infitah.programme.rules import states

Words = str | Promise
OVERDUE_RECORD = timedelta(days=180)
WITH_RECORD = frozenset(
    {
        *(TimetableEntry.Kind.MEETING, TimetableEntry.Kind.TRAINING),
        *(TimetableEntry.Kind.WORKSHOP, TimetableEntry.Kind.COMMITTEE),
        *(TimetableEntry.Kind.SESSION, TimetableEntry.Kind.REPORT),
    }
)
"""Kinds of step of which a record is owed: they are held on a day."""

ROUNDS = 2  # the national method asks citizens for ideas first, then shows them the drafts


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle in the list of the desk."""

    cycle: Cycle
    phase: states.Phase
    commitments: int


@dataclass(frozen=True, slots=True)
class ToDo:
    """One step of the method at the desk: its state, what to do, and where.

    `ways` are the pages on which it is done, the main one first; none where another office does
    it, one of `offices`.
    """

    view: MethodView
    advice: Words
    ways: tuple[Way, ...]
    offices: str = ""


@dataclass(frozen=True, slots=True)
class DeskCycle:
    """Everything that the desk's page of a cycle shows."""

    page: CyclePage
    steps: tuple[ToDo, ...]
    rounds: tuple[Round, ...]
    followed_by: Cycle | None

    @property
    def is_preparing(self) -> bool:
        """Whether what the cycle says can still be changed."""
        return self.page.cycle.state == Cycle.State.PREPARING


def desk_cycles(viewer: Viewer, today: date) -> list[CycleRow]:
    """Return the cycles, newest first, each with how many commitments it has. Two queries."""
    if not viewer.may("programme.edit"):
        return []
    found = Cycle.objects.visible_to(viewer).prefetch_related("commitments")
    return [CycleRow(one, phase_of(one, today), len(one.commitments.all())) for one in found]


def cycle_for_desk(viewer: Viewer, slug: str) -> Cycle | None:
    """Return a cycle for who may edit it, or None. One query."""
    if not viewer.may("programme.edit"):
        return None
    found = Cycle.objects.visible_to(viewer).filter(slug=slug)
    return found.select_related("community", "committee", "deliberation", "carried_from").first()


def desk_cycle(cycle: Cycle, viewer: Viewer, today: date) -> DeskCycle:
    """Return a cycle with the steps of the method and where each is done. 21 queries at most."""
    page = cycle_page(cycle, viewer, today)
    followed_by = Cycle.objects.filter(carried_from=cycle).first()
    rounds = tuple(rounds_of(cycle))
    return DeskCycle(
        page=page,
        steps=tuple(
            ToDo(
                view,
                advice_on(view, cycle, rounds, today),
                ways_of(view, cycle, rounds, followed_by, viewer, today),
                offices_of(view.step),
            )
            for view in page.method
        ),
        rounds=rounds,
        followed_by=followed_by,
    )


def rounds_of(cycle: Cycle) -> QuerySet[Round]:
    """Return the rounds of a cycle, drafts included, with their consultations. One query."""
    return cycle.rounds.select_related("consultation").order_by("number")


def free_rounds(cycle: Cycle) -> tuple[int, ...]:
    """Return the numbers of the rounds without a consultation, the cancelled aside. One query."""
    taken = set(cycle.rounds.held().values_list("number", flat=True))
    return tuple(number for number in range(1, ROUNDS + 1) if number not in taken)


def free_consultations(cycle: Cycle) -> QuerySet[Consultation]:
    """Return the consultations of the community that belong to no cycle yet and are held."""
    return Consultation.objects.of(cycle.community).filter(round=None, cancelled_at=None)


def gauges_of(cycle: Cycle, today: date) -> list[RuleGauge]:
    """Return the rules of a cycle's committee with their gauges today. Two queries."""
    return body_gauges(cycle.committee, today) if cycle.committee else []


def unmet_rules(viewer: Viewer, today: date) -> list[tuple[Cycle, RuleGauge]]:
    """Return the rules that a committee does not meet without a published reason.

    Of cycles that are not assessed; two queries for each, and there are few.
    """
    if not viewer.may("programme.edit"):
        return []
    found = Cycle.objects.visible_to(viewer).exclude(state=Cycle.State.ASSESSED)
    held = found.filter(committee__isnull=False).select_related("committee")
    return [
        (cycle, one)
        for cycle in held
        if phase_of(cycle, today) != states.Phase.ENDED
        for one in gauges_of(cycle, today)
        if one.gauge.state == GaugeState.NOT_MET
    ]


def steps_without_record(viewer: Viewer, today: date) -> QuerySet[TimetableEntry]:
    """Return the steps of the last half-year whose day has passed without a record."""
    if not viewer.may("programme.edit"):
        return TimetableEntry.objects.none()
    found = TimetableEntry.objects.filter(
        cycle__in=Cycle.objects.visible_to(viewer),
        kind__in=WITH_RECORD,
        record="",
        struck_on=None,
        ends_on__lt=today,
        ends_on__gte=today - OVERDUE_RECORD,
    )
    return found.select_related("cycle").order_by("ends_on", "pk")
