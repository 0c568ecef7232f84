"""What a change of the days off moves of a request's running clocks, and what stays protected.

Law.md 4, decisions G32: a closure never makes an office late, an estimate never a citizen. Every
move of a running clock is told to both sides; a citizen's window that was told ends no earlier.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from infitah.information.rules.case import Case
from infitah.information.rules.clocks import CITIZENS, Clock, ClockName


@dataclass(frozen=True, slots=True)
class Move:
    """The last day of one clock before and after: the binding one and the latest possible one."""

    name: ClockName
    before: date
    after: date
    latest_before: date
    latest_after: date

    @property
    def is_earlier(self) -> bool:
        """Whether a day that was told comes earlier than it was told."""
        return self.after < self.before or self.latest_after < self.latest_before

    @property
    def is_upheld(self) -> bool:
        """Whether the day told before still holds for the citizen, though the count is shorter."""
        return self.name in CITIZENS and self.latest_after < self.latest_before


def moved(
    case: Case, before: Iterable[Clock], after: Iterable[Clock], today: date
) -> tuple[Move, ...]:
    """Return how the clocks of a case that wait differ between two calendars, on that day.

    The reply's clock moves also when its last day has passed: from which day silence is a refusal
    depends on it. A window or a body's days that are over stay over unless they open again.
    """
    new = {clock.name: clock for clock in after}
    pairs = ((old, new[old.name]) for old in before if old.name in new)
    return tuple(_move(old, now) for old, now in pairs if _waits(case, old, now, today))


def _waits(case: Case, old: Clock, new: Clock, today: date) -> bool:
    if old.met_on is not None or _days(old) == _days(new):
        return False
    if old.name is ClockName.REPLY:
        return case.is_unanswered
    return today <= max(old.due.deadline.due_latest, new.due.deadline.due_latest)


def _days(clock: Clock) -> tuple[date, date]:
    deadline = clock.due.deadline
    latest = deadline.due_latest
    return (latest if clock.name in CITIZENS else deadline.due), latest


def _move(old: Clock, new: Clock) -> Move:
    (before, latest_before), (after, latest_after) = _days(old), _days(new)
    return Move(old.name, before, after, latest_before, latest_after)


def windows_told(told: Iterable[tuple[str, date]]) -> Mapping[ClockName, date]:
    """Return until when each of the citizen's windows was said to be open, the latest of all.

    `told` names clocks and the last days that moves took back.
    """
    found: dict[ClockName, date] = {}
    for name, day in told:
        clock = ClockName(name)
        if clock in CITIZENS:
            found[clock] = max(day, found.get(clock, day))
    return found
