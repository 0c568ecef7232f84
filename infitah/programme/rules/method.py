"""Where a cycle stands in the national method, steps 1 to 10, computed from its records.

Nothing here is typed by anybody: a step is done when its record says so (programme.md 1.2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from infitah.programme.rules.states import OVER, Phase
from infitah.programme.rules.timetable import Standing


class MethodStep(StrEnum):
    """The ten steps of the method, in order."""

    MEETINGS = "meetings"
    AXES = "axes"
    WORKSHOPS = "workshops"
    FIRST_ROUND = "first_round"
    DRAFTS = "drafts"
    SECOND_ROUND = "second_round"
    VALIDATION = "validation"
    ADOPTION = "adoption"
    EXECUTION = "execution"
    NEXT_CYCLE = "next_cycle"


class StepState(StrEnum):
    """What the records say of a step; the names of the first three are those of the look.

    Left open: its time is over and not everything in it is done.
    """

    DONE = "done"
    UNDER_WAY = "under_way"
    TO_COME = "to_come"
    NOT_RECORDED = "not_recorded"
    LEFT_OPEN = "left_open"


class RoundStanding(StrEnum):
    """Where the consultation of a round stands; `NONE` where the cycle has no such round."""

    NONE = "none"
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class MethodFacts:
    """What the records of a cycle say today; `validated` counts commitments past the committee.

    `is_first_answered` says that every idea of the first round has its answer;
    `open_milestones` are those of adopted commitments that no second person has confirmed;
    `left_behind` counts unfinished commitments that the next cycle has not taken over.
    """

    phase: Phase
    meetings: tuple[Standing, ...] = ()
    workshops: tuple[Standing, ...] = ()
    axes: int = 0
    axes_with_challenge: int = 0
    first_round: RoundStanding = RoundStanding.NONE
    second_round: RoundStanding = RoundStanding.NONE
    has_themes: bool = False
    is_first_answered: bool = False
    commitments: int = 0
    validated: int = 0
    has_next: bool = False
    left_behind: int = 0
    is_imported: bool = False
    open_milestones: int = 0


ROUND_STATES = {
    RoundStanding.NONE: StepState.TO_COME,
    RoundStanding.PLANNED: StepState.TO_COME,
    RoundStanding.OPEN: StepState.UNDER_WAY,
    RoundStanding.CLOSED: StepState.DONE,
}
BEFORE_ADOPTION = frozenset(
    {
        MethodStep.MEETINGS,
        MethodStep.WORKSHOPS,
        MethodStep.FIRST_ROUND,
        MethodStep.SECOND_ROUND,
    }
)
"""Steps that leave a record of their own: after the adoption, one without it is not recorded."""
OF_THE_PAST = frozenset({MethodStep.DRAFTS, MethodStep.VALIDATION})
"""Of an imported programme nobody knows here how it was drafted and validated."""


def method_of(facts: MethodFacts) -> tuple[tuple[MethodStep, StepState], ...]:
    """Return the ten steps in order, each with its state.

    A meeting whose day has passed without a record is not said to have been held. After the
    adoption a step of before without a record is "not recorded", never "to come".
    """
    states = {
        MethodStep.MEETINGS: _of_dates(facts.meetings),
        MethodStep.AXES: _share(facts.axes_with_challenge, facts.axes),
        MethodStep.WORKSHOPS: _of_dates(facts.workshops),
        MethodStep.FIRST_ROUND: ROUND_STATES[facts.first_round],
        MethodStep.DRAFTS: _of_drafts(facts),
        MethodStep.SECOND_ROUND: ROUND_STATES[facts.second_round],
        MethodStep.VALIDATION: _share(facts.validated, facts.commitments),
        MethodStep.ADOPTION: _of_adoption(facts),
        MethodStep.EXECUTION: _of_execution(facts),
        MethodStep.NEXT_CYCLE: _of_next_cycle(facts),
    }
    return tuple((step, _settled(step, states[step], facts)) for step in MethodStep)


def step_at_hand(steps: Iterable[tuple[MethodStep, StepState]]) -> MethodStep | None:
    """Return the step to be done now, or None: the last under way, else the next to come.

    A step that was left out does not hold the later ones back: what comes after the last one
    that is done is next.
    """
    found = list(steps)
    under_way = [step for step, state in found if state is StepState.UNDER_WAY]
    if under_way:
        return under_way[-1]
    done = [place for place, (_step, state) in enumerate(found) if state is StepState.DONE]
    rest = found[done[-1] + 1 :] if done else found
    return next((step for step, state in rest if state is StepState.TO_COME), None)


def possible_since(
    step: MethodStep,
    ended: Mapping[MethodStep, Iterable[date]],
    opened_on: date,
    today: date,
    began: date | None = None,
) -> date:
    """Return the day from which a step could be done: that on which the last one before it ended.

    `ended` are the days on which steps, or parts of them, ended or let the next begin; `began` is
    the day on which this one began by itself. The day of the opening of the cycle where there is
    none; never a day to come.
    """
    order = list(MethodStep)
    before = order[: order.index(step)]
    days = [began or opened_on, *(day for one in before for day in ended.get(one, ()))]
    return min(max([opened_on, *(day for day in days if day <= today)]), today)


def _of_dates(standings: Iterable[Standing]) -> StepState:
    known = set(standings)
    if Standing.UNDER_WAY in known or (Standing.HELD in known and Standing.COMING in known):
        return StepState.UNDER_WAY
    if Standing.HELD in known:
        return StepState.DONE
    if Standing.COMING in known or not known:
        return StepState.TO_COME
    return StepState.NOT_RECORDED


def _share(part: int, whole: int) -> StepState:
    if whole and part == whole:
        return StepState.DONE
    return StepState.UNDER_WAY if part else StepState.TO_COME


def _of_drafts(facts: MethodFacts) -> StepState:
    """Ideas become projects: begun with the first draft or the themes, done once one is whole.

    Never done while ideas still come in, or while one of them waits for its answer.
    """
    if facts.phase != Phase.PREPARING:
        is_open = facts.first_round == RoundStanding.OPEN
        return StepState.UNDER_WAY if is_open else StepState.DONE
    is_second = facts.second_round in {RoundStanding.OPEN, RoundStanding.CLOSED}
    is_whole = facts.validated or (facts.commitments and is_second)
    if is_whole and (facts.first_round == RoundStanding.NONE or _is_first_over(facts)):
        return StepState.DONE
    has_begun = facts.commitments or facts.has_themes
    return StepState.UNDER_WAY if has_begun else StepState.TO_COME


def _is_first_over(facts: MethodFacts) -> bool:
    return facts.first_round == RoundStanding.CLOSED and facts.is_first_answered


def _of_adoption(facts: MethodFacts) -> StepState:
    if facts.phase != Phase.PREPARING:
        return StepState.DONE
    is_ready = facts.commitments and facts.validated == facts.commitments
    return StepState.UNDER_WAY if is_ready else StepState.TO_COME


def _of_execution(facts: MethodFacts) -> StepState:
    """Carrying out is done when its time is over and every milestone is confirmed."""
    if facts.phase == Phase.RUNNING:
        return StepState.UNDER_WAY
    if facts.phase not in OVER:
        return StepState.TO_COME
    return StepState.LEFT_OPEN if facts.open_milestones else StepState.DONE


def _of_next_cycle(facts: MethodFacts) -> StepState:
    """Only a cycle that has ended hands on what remains, and it is done once nothing is left."""
    if not facts.has_next or facts.phase not in OVER:
        return StepState.TO_COME
    return StepState.UNDER_WAY if facts.left_behind else StepState.DONE


def _settled(step: MethodStep, state: StepState, facts: MethodFacts) -> StepState:
    if facts.is_imported and step in OF_THE_PAST:
        return StepState.NOT_RECORDED
    is_past = facts.phase != Phase.PREPARING and step in BEFORE_ADOPTION
    return StepState.NOT_RECORDED if is_past and state == StepState.TO_COME else state
