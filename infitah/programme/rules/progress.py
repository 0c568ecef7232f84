"""Progress and lateness, computed from milestones and dates, never typed (programme.md 8.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from infitah.programme.rules.states import MilestoneState

WHOLE = 100
DONE = frozenset({MilestoneState.VERIFIED})
TOLD_DONE = frozenset({MilestoneState.VERIFIED, MilestoneState.CLAIMED})


@dataclass(frozen=True, slots=True)
class Step:
    """What the rules need to know of a milestone.

    `announced_on` is the end that was adopted first: putting a date off does not hide lateness.
    """

    state: MilestoneState
    weight: int
    announced_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Share done in points of 100: confirmed by a second person, and claimed but not confirmed."""

    verified: int
    claimed: int

    @property
    def remaining(self) -> int:
        """What nobody says is done."""
        return WHOLE - self.verified - self.claimed


def are_weights_whole(weights: Iterable[int]) -> bool:
    """Return whether the weights are all positive and sum to 100."""
    given = list(weights)
    return all(weight > 0 for weight in given) and sum(given) == WHOLE


def progress(steps: Iterable[Step]) -> Progress:
    """Return the weighted progress; never 100 while one milestone is not verified.

    Weights that do not sum to 100 are scaled down to it, rounded against us.
    """
    given = list(steps)
    total = sum(step.weight for step in given)
    if total == 0:
        return Progress(0, 0)
    done = sum(step.weight for step in given if step.state in DONE)
    told = sum(step.weight for step in given if step.state in TOLD_DONE)
    verified = done * WHOLE // total
    return Progress(verified, told * WHOLE // total - verified)


def days_late(step: Step, today: date) -> int:
    """Return by how many calendar days a milestone is, or was, late; 0 in time.

    Still to do: from the announced day until today. Told or found to be done: until `done_on`.
    """
    end = today
    if step.state in TOLD_DONE and step.done_on is not None:
        end = step.done_on
    return max(0, (end - step.announced_on).days)


LONG = 30
"""Days beyond which lateness is marked for the public (programme.md 5, step 13)."""


def is_long_overdue(step: Step, today: date) -> bool:
    """Return whether a milestone is overdue by more than thirty days."""
    return is_overdue(step, today) and days_late(step, today) > LONG


def is_overdue(step: Step, today: date) -> bool:
    """Return whether a milestone is not done although its announced day has passed."""
    return step.state not in TOLD_DONE and days_late(step, today) > 0


def lateness(steps: Iterable[Step], today: date) -> int:
    """Return by how many days a commitment is late: those of its longest overdue milestone."""
    overdue = (days_late(step, today) for step in steps if is_overdue(step, today))
    return max(overdue, default=0)


class Knot(StrEnum):
    """The star of a step on the thread, by the names of the look (look.md)."""

    TO_COME = "to_come"
    UNDER_WAY = "under_way"
    DONE = "done"
    LATE = "late"
    CLAIMED = "claimed"


_KNOTS = {
    MilestoneState.PLANNED: Knot.TO_COME,
    MilestoneState.STARTED: Knot.UNDER_WAY,
    MilestoneState.BLOCKED: Knot.LATE,
    MilestoneState.RETURNED: Knot.UNDER_WAY,
    MilestoneState.CLAIMED: Knot.CLAIMED,
    MilestoneState.VERIFIED: Knot.DONE,
}


def knot_of(step: Step, today: date) -> Knot:
    """Return the star of a milestone: late wins over everything that is not told done."""
    return Knot.LATE if is_overdue(step, today) else _KNOTS[step.state]


@dataclass(frozen=True, slots=True)
class Summary:
    """The five stars of a card: ideas, commitment, adoption, carrying out, confirmed."""

    ideas: Knot
    commitment: Knot
    adoption: Knot
    execution: Knot
    confirmation: Knot

    def knots(self) -> tuple[Knot, ...]:
        """Return the stars in reading order."""
        return (self.ideas, self.commitment, self.adoption, self.execution, self.confirmation)


def summary(steps: Sequence[Step], today: date, *, ideas: int, is_adopted: bool) -> Summary:
    """Return the five stars of a commitment as its records stand today."""
    states = {step.state for step in steps}
    done = progress(steps)
    if lateness(steps, today):
        execution = Knot.LATE
    elif states and states <= TOLD_DONE:
        execution = Knot.CLAIMED if done.claimed else Knot.DONE
    else:
        execution = Knot.TO_COME if states <= {MilestoneState.PLANNED} else Knot.UNDER_WAY
    confirmation = Knot.CLAIMED if done.claimed else Knot.TO_COME
    if done.verified:
        confirmation = Knot.DONE if done.verified == WHOLE else Knot.UNDER_WAY
        if done.claimed:
            confirmation = Knot.CLAIMED
    return Summary(
        ideas=Knot.DONE if ideas else Knot.TO_COME,
        commitment=Knot.DONE,
        adoption=Knot.DONE if is_adopted else Knot.TO_COME,
        execution=execution,
        confirmation=confirmation,
    )
