"""What a cycle hands to the next one: what remains, its weights and days (programme.md 5, 18)."""

from collections.abc import Sequence
from datetime import date, timedelta

from infitah.programme.rules.progress import WHOLE
from infitah.programme.rules.states import CommitmentState, Phase

ENDING = timedelta(days=183)  # half a year: the next cycle is prepared while this one ends

CARRIED_STATES = frozenset(
    {
        CommitmentState.ADOPTED,
        CommitmentState.AMENDED,
        CommitmentState.RUNNING,
        CommitmentState.CLAIMED,
        CommitmentState.ASSESSED,
        CommitmentState.CARRIED_OVER,
    }
)
"""States from which something may remain; what is verified, withdrawn or closed stays behind."""


def hands_over(phase: Phase, ends_on: date, today: date) -> bool:
    """Return whether a cycle is ending or has ended: from half a year before its last day on."""
    if phase in {Phase.ENDED, Phase.ASSESSED}:
        return True
    return phase == Phase.RUNNING and today >= ends_on - ENDING


def rescaled(weights: Sequence[int]) -> list[int]:
    """Return weights in the same proportions that sum to 100, each at least 1.

    Largest remainder: what is left over goes to the largest parts first. Raises ValueError for
    no weight, one that is not positive, or more of them than 100.
    """
    if not weights or min(weights) < 1 or len(weights) > WHOLE:
        raise ValueError("weights are positive, and at most one hundred of them")
    spare, total = WHOLE - len(weights), sum(weights)
    shares = [divmod(weight * spare, total) for weight in weights]
    made = [1 + whole for whole, _rest in shares]
    order = sorted(range(len(weights)), key=lambda place: (-shares[place][1], place))
    for place in order[: WHOLE - sum(made)]:
        made[place] += 1
    return made


def moved_span(span: tuple[date, date], start: date, into: tuple[date, date]) -> tuple[date, date]:
    """Return a span at the same place after the new start as it had after `start`.

    Whole years where both starts are the same day of the year, else days. Cut to the days of
    `into`; what was due before its first day is due on it. Last days included.
    """
    first = min(max(_moved(span[0], start, into[0]), into[0]), into[1])
    last = min(max(_moved(span[1], start, into[0]), first), into[1])
    return first, last


def _moved(day: date, start: date, to: date) -> date:
    if (start.month, start.day) != (to.month, to.day):
        return day + (to - start)
    year = day.year + to.year - start.year
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if is_leap_day else day.replace(year=year)
