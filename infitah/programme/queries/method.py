"""The ten steps of the national method for a cycle: in words, with what the records say today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from infitah.kernel.dates import local_day
from infitah.participation.models import Consultation, Workshop
from infitah.participation.rules import last_day
from infitah.programme.models import CommitmentVersion, CycleAxis, TimetableEntry
from infitah.programme.queries.timetable import Step, has_notes
from infitah.programme.rules import method, states
from infitah.programme.rules.method import MethodStep, RoundStanding, StepState
from infitah.programme.rules.timetable import Standing, standing

Words = str | Promise
Kind = TimetableEntry.Kind
Version = CommitmentVersion.Kind

NAMES: Mapping[MethodStep, Words] = {
    MethodStep.MEETINGS: _("Meetings to inform and to begin"),
    MethodStep.AXES: _("Priority axes, each with its challenge"),
    MethodStep.WORKSHOPS: _("Co-creation workshops"),
    MethodStep.FIRST_ROUND: _("First consultation: ideas of the citizens"),
    MethodStep.DRAFTS: _("The follow-up committee turns ideas into draft commitments"),
    MethodStep.SECOND_ROUND: _("Second consultation: the drafts before the citizens"),
    MethodStep.VALIDATION: _("The follow-up committee validates"),
    MethodStep.ADOPTION: _("The council adopts in session"),
    MethodStep.EXECUTION: _("Carrying out, with evidence"),
    MethodStep.NEXT_CYCLE: _("The next cycle takes over what remains"),
}
STATES: Mapping[StepState, Words] = {
    StepState.DONE: _("done"),
    StepState.UNDER_WAY: _("under way"),
    StepState.TO_COME: _("to come"),
    StepState.NOT_RECORDED: _("no record of it here"),
}
STARS: Mapping[StepState, str] = {
    StepState.DONE: "done",
    StepState.UNDER_WAY: "under_way",
    StepState.TO_COME: "to_come",
    StepState.NOT_RECORDED: "claimed",
    StepState.LEFT_OPEN: "late",
}


@dataclass(frozen=True, slots=True)
class MethodView:
    """One step of the method as a page shows it."""

    number: int
    step: MethodStep
    state: StepState
    is_present: bool
    left_open: int = 0
    unfinished: int = 0
    handed_on: int = 0

    @property
    def name(self) -> Words:
        """What the step is."""
        return NAMES[self.step]

    @property
    def words(self) -> Words:
        """What the records say of it; how many milestones stayed open when the period ended.

        Of what remained, how many commitments the next cycle took over.
        """
        if self.step == MethodStep.NEXT_CYCLE and self.state == StepState.UNDER_WAY:
            counts = {"n": self.handed_on, "all": self.unfinished}
            return gettext("%(n)s of %(all)s unfinished taken over") % counts
        if self.state != StepState.LEFT_OPEN:
            return STATES[self.state]
        return ngettext(
            "the period ended with %(n)s milestone open",
            "the period ended with %(n)s milestones open",
            self.left_open,
        ) % {"n": self.left_open}

    @property
    def star(self) -> str:
        """The star of the look."""
        return STARS[self.state]


@dataclass(frozen=True, slots=True)
class CycleRecords:
    """What was fetched of a cycle for its page: the steps of the method follow from it alone.

    Of its commitments some are `unfinished`, and of these some were `handed_on`.
    """

    phase: states.Phase
    axes: Sequence[CycleAxis]
    timetable: Sequence[Step]
    rounds: Mapping[int, Consultation]
    commitment_states: Sequence[str]
    has_next: bool
    is_imported: bool = False
    workshops: Sequence[Workshop] = ()
    open_milestones: int = 0
    unfinished: int = 0
    handed_on: int = 0


def method_views(records: CycleRecords, today: date) -> tuple[MethodView, ...]:
    """Return the ten steps with their states. No query."""
    found = method.method_of(facts_of(records, today))
    present = method.step_at_hand(found)
    return tuple(
        MethodView(
            number,
            step,
            state,
            step == present,
            records.open_milestones,
            records.unfinished,
            records.handed_on,
        )
        for number, (step, state) in enumerate(found, start=1)
    )


def facts_of(records: CycleRecords, today: date) -> method.MethodFacts:
    """Return what the records of a cycle say, as the rule of the method needs it. No query."""
    drafts = {state.value for state in states.DRAFT_STATES}
    first = records.rounds.get(1)
    return method.MethodFacts(
        phase=records.phase,
        meetings=_standings(records.timetable, {Kind.MEETING, Kind.TRAINING}),
        workshops=(
            *_standings(records.timetable, {Kind.WORKSHOP}),
            *(_of_workshop(one, today) for one in records.workshops),
        ),
        axes=len(records.axes),
        axes_with_challenge=sum(bool(one.challenge.ar) for one in records.axes),
        first_round=round_standing(first, today),
        second_round=round_standing(records.rounds.get(2), today),
        has_themes=first is not None and first.themes_published_at is not None,
        is_first_answered=first is not None and first.answered_at is not None,
        commitments=len(records.commitment_states),
        validated=sum(state not in drafts for state in records.commitment_states),
        has_next=records.has_next,
        left_behind=records.unfinished - records.handed_on,
        is_imported=records.is_imported,
        open_milestones=records.open_milestones,
    )


def _standings(steps: Iterable[Step], kinds: set[str]) -> tuple[method.Standing, ...]:
    return tuple(
        step.standing for step in steps if step.entry.kind in kinds and step.entry.struck_on is None
    )


def _of_workshop(workshop: Workshop, today: date) -> Standing:
    """Return where a workshop of a round stands: its typed notes are its record."""
    return standing(
        Kind.WORKSHOP.value,
        workshop.held_on,
        workshop.held_on,
        has_record=has_notes(workshop),
        today=today,
    )


def round_standing(consultation: Consultation | None, today: date) -> RoundStanding:
    """Return where the consultation of a round stands today, by its local days. No query.

    One that was cancelled is no round: the step waits for another.
    """
    if consultation is None or consultation.cancelled_at is not None:
        return RoundStanding.NONE
    if consultation.announced_at is None or today < local_day(consultation.opens_at):
        return RoundStanding.PLANNED
    return RoundStanding.OPEN if today <= last_day(consultation.closes_at) else RoundStanding.CLOSED


def ended_on(
    records: CycleRecords, frozen: Iterable[tuple[str, date]]
) -> dict[MethodStep, list[date]]:
    """Return the days on which the steps of a cycle, or parts of them, ended or let the next begin.

    `frozen` are the versions of its commitments, each by its kind and day. No query.
    """
    made = list(frozen)
    return {
        MethodStep.MEETINGS: _held(records.timetable, {Kind.MEETING, Kind.TRAINING}),
        MethodStep.WORKSHOPS: [
            *_held(records.timetable, {Kind.WORKSHOP}),
            *(one.held_on for one in records.workshops if has_notes(one)),
        ],
        MethodStep.FIRST_ROUND: _of_round(records.rounds.get(1)),
        MethodStep.DRAFTS: [day for kind, day in made if kind == Version.DRAFT],
        MethodStep.SECOND_ROUND: _of_round(records.rounds.get(2)),
        MethodStep.VALIDATION: [day for kind, day in made if kind == Version.VALIDATED],
    }


def began_on(records: CycleRecords, step: MethodStep) -> date | None:
    """Return the day on which a consultation opens, where the step is one. No query."""
    numbers = {MethodStep.FIRST_ROUND: 1, MethodStep.SECOND_ROUND: 2}
    found = records.rounds.get(numbers.get(step, 0))
    return local_day(found.opens_at) if found and found.announced_at else None


def _held(steps: Iterable[Step], kinds: set[str]) -> list[date]:
    return [
        one.entry.ends_on
        for one in steps
        if one.entry.kind in kinds and one.standing == Standing.HELD and not one.is_struck
    ]


def _of_round(consultation: Consultation | None) -> list[date]:
    """Return the day on which a consultation opens, and the first day after it."""
    if consultation is None or consultation.announced_at is None or consultation.cancelled_at:
        return []
    return [local_day(consultation.opens_at), last_day(consultation.closes_at) + timedelta(days=1)]
