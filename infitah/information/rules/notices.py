"""What the calendar alone makes us tell a requester: a last day that comes, silence, a next right.

Information.md 5.7: five days before, on the day, and the day after. Each is told once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from infitah.information.rules.acts import Outcome
from infitah.information.rules.case import Case
from infitah.information.rules.clocks import DAY, REMINDED, Clock, ClockName


class Moment(StrEnum):
    """How near a last day is."""

    SOON = "soon"  # five days before it, at the earliest
    LAST_DAY = "last_day"
    OVER = "over"  # from the day after


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told of a clock: the moment, and the last day that it is about."""

    clock: ClockName
    moment: Moment
    day: date


WINDOWS = frozenset({ClockName.HEAD_WINDOW, ClockName.CDAI_WINDOW, ClockName.COURT_WINDOW})


def notices(case: Case, clocks: Iterable[Clock], today: date) -> tuple[Notice, ...]:
    """Return what the requester is to be told today of the clocks that wait, at most one of each.

    Of the answer until it came once; of a body that is silent; of a window to somebody who did
    not get everything. Days that passed while nobody looked are not told afterwards.
    """
    found = (_notice(case, clock, today) for clock in clocks if clock.met_on is None)
    return tuple(one for one in found if one is not None)


def _notice(case: Case, clock: Clock, today: date) -> Notice | None:
    last = clock.due.deadline.due_latest
    moment = _moment(last, today)
    if moment is None or not _concerns(case, clock.name, moment):
        return None
    return Notice(clock.name, moment, last)


def _moment(last: date, today: date) -> Moment | None:
    if today > last:
        return Moment.OVER
    if today == last:
        return Moment.LAST_DAY
    return Moment.SOON if today >= last - REMINDED * DAY else None


def _concerns(case: Case, name: ClockName, moment: Moment) -> bool:
    if name is ClockName.REPLY:
        return case.is_unanswered and case.answered_on is None
    if name in WINDOWS:
        return moment is not Moment.OVER and not _is_satisfied(case)
    return moment is Moment.OVER


def _is_satisfied(case: Case) -> bool:
    """Whether everything was given: the window then stays open, but nobody is pressed."""
    return case.delivered_on is not None and case.outcome is Outcome.FULL
