"""What a service is asked and by when, and what becomes of the link by which it answers."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from infitah.kernel.calendar import WorkingCalendar

WORKING_DAYS_BEFORE: Final = 8
"""Working days before the office's own last day by which a service answers."""
LINK_LIVES_AFTER: Final = timedelta(days=7)
"""A link still takes an answer that comes late; then a new one is issued."""
MOST_WRONG_CODES: Final = 5
CODE_LENGTH: Final = 6
NUDGES: Final = (2, 0, -1)
"""Days left on which a service is reminded: two before, on the day, the day after."""


class LinkState(StrEnum):
    """What the link of a task is good for."""

    OPEN = "open"
    USED = "used"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    LOCKED = "locked"


def link_state(
    *,
    is_answered: bool,
    is_cancelled: bool,
    wrong_codes: int,
    expires_at: datetime,
    now: datetime,
) -> LinkState:
    """Return what a link is good for: once, in its time, after five wrong codes no more."""
    if is_answered:
        return LinkState.USED
    if is_cancelled:
        return LinkState.CANCELLED
    if now >= expires_at:
        return LinkState.EXPIRED
    return LinkState.LOCKED if wrong_codes >= MOST_WRONG_CODES else LinkState.OPEN


def service_due(office_due: date, today: date, calendar: WorkingCalendar) -> date:
    """Return the day proposed to a service: some working days before the office's own last day.

    Never before today.
    """
    day, left = office_due, WORKING_DAYS_BEFORE
    while left and day > today:
        day -= timedelta(days=1)
        left -= calendar.is_working(day)
    return max(day, today)


def nudge_of(due_on: date, nudged_on: date | None, today: date) -> int | None:
    """Return the days left on which a service is reminded today, None where it is not.

    A reminder that no worker could send on its day is sent the next; each is sent once.
    """
    left = (due_on - today).days
    reached = [step for step in NUDGES if left <= step]
    if not reached or left < NUDGES[-1] - LINK_LIVES_AFTER.days:
        return None
    step = reached[-1]
    told = (due_on - nudged_on).days if nudged_on is not None else None
    return step if told is None or told > step else None
