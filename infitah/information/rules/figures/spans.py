"""Spans of days that figures are counted over: a year, or any two days; both included."""

from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> Self:
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def is_over(self, today: date) -> bool:
        """Return whether its last day has passed."""
        return self.last < today
