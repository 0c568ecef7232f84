"""What the desk shows of cycles: each with where it stands, what to do next, what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.queries import RuleGauge, body_gauges
from infitah.community.rules.composition import GaugeState
from infitah.core.viewer import Viewer
from infitah.participation.models import Consultation
from infitah.programme.models import Cycle, Round, TimetableEntry
from infitah.programme.queries.cycles import CyclePage, cycle_page, phase_of
from infitah.programme.queries.method import MethodView
from infitah.programme.rules import states
from infitah.programme.rules.method import MethodStep, StepState

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

ADVICE: Mapping[MethodStep, Words] = {
    MethodStep.MEETINGS: _("Announce the meetings in the timetable; tie each to its record after."),
    MethodStep.AXES: _("Choose the axes and write the challenge of each."),
    MethodStep.WORKSHOPS: _("Announce the workshops; type their notes in the consultation."),
    MethodStep.FIRST_ROUND: _("Prepare the first consultation from this cycle, then announce it."),
    MethodStep.DRAFTS: _("Arrange the ideas in themes, answer each, draft the commitments."),
    MethodStep.SECOND_ROUND: _("Prepare the second consultation and put the drafts to the public."),
    MethodStep.VALIDATION: _("Hold a meeting of the committee and have it validate each draft."),
    MethodStep.ADOPTION: _("Put the programme on the agenda of the council and record its vote."),
    MethodStep.EXECUTION: _("Follow the milestones, their evidence and the yearly report."),
    MethodStep.NEXT_CYCLE: _("Open the next cycle; take over what remains of this one."),
}

GONE_BY = _("It left no record here. If there is one, tie it to its step in the timetable.")
WHILE_OPEN = _(
    "It is open: read what comes in, type what comes on paper, look for silent communes."
)


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle in the list of the desk."""

    cycle: Cycle
    phase: states.Phase
    commitments: int


@dataclass(frozen=True, slots=True)
class ToDo:
    """One step of the method at the desk: its state, what to do, and where.

    `url` is empty where another office does it.
    """

    view: MethodView
    advice: Words
    url: str


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
    """Return a cycle with the steps of the method and where each is done. 19 queries at most."""
    page = cycle_page(cycle, viewer, today)
    followed_by = Cycle.objects.filter(carried_from=cycle).first()
    rounds = tuple(rounds_of(cycle))
    return DeskCycle(
        page=page,
        steps=tuple(
            ToDo(
                view,
                _advice(view, cycle),
                _url_of(view, cycle, rounds, followed_by) if _is_theirs(view.step, viewer) else "",
            )
            for view in page.method
        ),
        rounds=rounds,
        followed_by=followed_by,
    )


def rounds_of(cycle: Cycle) -> QuerySet[Round]:
    """Return the rounds of a cycle, drafts included, with their consultations. One query."""
    return cycle.rounds.select_related("consultation").order_by("number")


def free_consultations(cycle: Cycle) -> QuerySet[Consultation]:
    """Return the consultations of the community that belong to no cycle yet."""
    return Consultation.objects.of(cycle.community).filter(round=None)


def _is_gone_by(view: MethodView, cycle: Cycle) -> bool:
    """Return whether a step was before the adoption and left no record here."""
    return cycle.state != Cycle.State.PREPARING and view.state == StepState.NOT_RECORDED


def _advice(view: MethodView, cycle: Cycle) -> Words:
    if _is_gone_by(view, cycle):
        return GONE_BY
    is_round = view.step in {MethodStep.FIRST_ROUND, MethodStep.SECOND_ROUND}
    return WHILE_OPEN if is_round and view.state == StepState.UNDER_WAY else ADVICE[view.step]


def _is_theirs(step: MethodStep, viewer: Viewer) -> bool:
    rights = _RIGHTS.get(step, ("programme.edit",))
    return any(viewer.may(right) for right in rights)


def _url_of(
    view: MethodView, cycle: Cycle, rounds: Sequence[Round], followed_by: Cycle | None
) -> str:
    """Return the page of the desk on which a step is done."""
    place = [cycle.slug]
    if _is_gone_by(view, cycle):
        return reverse("programme_desk:timetable", args=place)
    if view.step == MethodStep.NEXT_CYCLE:
        if followed_by is None:
            return reverse("programme_desk:cycle_new")
        return reverse("programme_desk:carry_over", args=[followed_by.slug])
    consultations = {one.number: one.consultation.slug for one in rounds}
    numbers = {MethodStep.FIRST_ROUND: 1, MethodStep.SECOND_ROUND: 2}
    slug = consultations.get(numbers.get(view.step, 0))
    if slug is not None:
        return reverse("participation_desk:consultation", args=[slug])
    if view.step in _OF_NO_CYCLE:
        return reverse(f"programme_desk:{_OF_NO_CYCLE[view.step]}")
    return reverse(f"programme_desk:{_PLACES[view.step]}", args=place)


_PLACES: Mapping[MethodStep, str] = {
    MethodStep.MEETINGS: "timetable",
    MethodStep.AXES: "cycle_edit",
    MethodStep.WORKSHOPS: "timetable",
    MethodStep.FIRST_ROUND: "rounds",
    MethodStep.SECOND_ROUND: "rounds",
    MethodStep.VALIDATION: "validation",
    MethodStep.ADOPTION: "adoption",
}
_RIGHTS: Mapping[MethodStep, tuple[str, ...]] = {
    MethodStep.VALIDATION: ("committee.edit", "session.edit"),
    MethodStep.ADOPTION: ("session.edit",),
    MethodStep.DRAFTS: ("commitment.edit",),
}
_OF_NO_CYCLE: Mapping[MethodStep, str] = {
    MethodStep.DRAFTS: "commitments",
    MethodStep.EXECUTION: "overview",
}


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
