"""Shares, medians and percentiles of counts: defined exactly, silent where few would be told.

Under SMALL things nothing is said in percent (look.md): a count says it honestly.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from infitah.information.rules.figures.lives import Life, codes_of

SMALL: Final = 20


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: how many requests by code, and how many first answers by working days."""

    counts: Mapping[str, int]
    days: Mapping[int, int]

    def count(self, code: str) -> int:
        """Return how many requests stand under a code."""
        return self.counts.get(code, 0)

    @property
    def answers(self) -> int:
        """How many first answers have their working days counted."""
        return sum(self.days.values())


def tally(lives: Iterable[Life], today: date) -> Tally:
    """Return the counts of these requests as they stand on `today`."""
    counts: Counter[str] = Counter()
    days: Counter[int] = Counter()
    for life in lives:
        counts.update(codes_of(life, today))
        if life.answered_on is not None and life.working_days is not None:
            days[life.working_days] += 1
    return Tally(counts, days)


def percent(n: int, of: int) -> int | None:
    """Return a share in whole percent, halves rounded up; None where `of` is under SMALL.

    Never 0 where there is one, never 100 where one is missing.
    """
    if of < SMALL:
        return None
    if n in {0, of}:
        return 100 if n else 0
    return min(max((200 * n + of) // (2 * of), 1), 99)


def days_of_share(days: Mapping[int, int], tenths: int) -> int | None:
    """Return the least number of days within which at least `tenths` tenths came; None if none.

    The nearest-rank percentile: always a number of days that really occurred.
    """
    total = sum(days.values())
    if not total:
        return None
    rank = -(-total * tenths // 10)
    known = sorted(day for day, n in days.items() if n)
    upto = accumulate(days[day] for day in known)
    return next(day for day, n in zip(known, upto, strict=True) if n >= rank)


def median_days(days: Mapping[int, int]) -> int | None:
    """Return the days within which half of the answers came; None without an answer."""
    return days_of_share(days, 5)


def ninth_tenth(days: Mapping[int, int]) -> int | None:
    """Return the days within which nine tenths came; None under SMALL answers."""
    return days_of_share(days, 9) if sum(days.values()) >= SMALL else None
