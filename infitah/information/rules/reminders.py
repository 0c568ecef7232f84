"""Who is reminded of a last day that comes near, and on which step: officer, deputy, above them."""

from datetime import date
from enum import StrEnum
from typing import Final

SOON_DAYS: Final = 3
"""Days left from which a request stands in every morning's digest."""
LOOK_BACK_DAYS: Final = 14
"""Days past due after which a request that is late is told by the digest alone."""


class Step(StrEnum):
    """How near the last day is; each is told once."""

    FIVE = "D-5"
    TWO = "D-2"
    DAY = "D"
    LATE = "late"


FIRST_DAY: Final = ((Step.LATE, -LOOK_BACK_DAYS), (Step.DAY, 0), (Step.TWO, 1), (Step.FIVE, 3))
LAST_DAY: Final = {Step.LATE: -1, Step.DAY: 0, Step.TWO: 2, Step.FIVE: 5}

LADDER: Final = ("officer", "deputy", "director_of_services", "president")
TOLD: Final = {Step.FIVE: 1, Step.TWO: 2, Step.DAY: 3, Step.LATE: 4}


def step_of(due_on: date, today: date) -> Step | None:
    """Return the step that a last day has reached, None while it is far or told no more."""
    left = (due_on - today).days
    for step, first in FIRST_DAY:
        if first <= left <= LAST_DAY[step]:
            return step
    return None


def told_at(step: Step) -> tuple[str, ...]:
    """Return who is told on a step: each adds the next one above."""
    return LADDER[: TOLD[step]]


FIRST_HOUR: Final = 8
LAST_HOUR: Final = 19


def is_quiet(hour: int) -> bool:
    """Return whether nobody is written to in this hour of the day in Morocco."""
    return not FIRST_HOUR <= hour < LAST_HOUR
