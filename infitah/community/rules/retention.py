"""How long identity data are kept: law 09-08, art. 3; the period is the community's choice."""

from calendar import monthrange
from datetime import date
from typing import Final

RETENTION: Final = "participant.retention"
DEFAULT_MONTHS: Final = 24


def purge_day(acted_on: date, months: int) -> date:
    """Return the same day `months` later, the last of the month where it has no such day."""
    year, month = divmod(acted_on.year * 12 + acted_on.month - 1 + months, 12)
    return date(year, month + 1, min(acted_on.day, monthrange(year, month + 1)[1]))
