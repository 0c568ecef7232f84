"""In whose time a meeting lies, where one committee follows several cycles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class CycleDays:
    """When a cycle was opened, and its own two years; the last day is included."""

    slug: str
    opened_on: date
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class OwnTime:
    """The days whose meetings are those of one cycle; `until` is not included."""

    first: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.until


def own_times(cycles: Iterable[CycleDays]) -> dict[str, OwnTime]:
    """Return by short name the time of each cycle that a committee follows: every day is of one.

    The time of a cycle begins when it is opened, but not before the last day of the cycle before
    it; it goes on after its own last day, for its follow-up, until that of the next one begins.
    What was before all of them is the first one's.
    """
    rows = sorted(cycles, key=lambda one: (one.starts_on, one.slug))
    begins = [date.min]
    for before, one in pairwise(rows):
        free = min(before.ends_on + timedelta(days=1), one.starts_on)
        begins.append(max(min(one.opened_on, one.starts_on), free))
    ends = [*begins[1:], date.max]
    spans = map(OwnTime, begins, ends)
    return dict(zip((one.slug for one in rows), spans, strict=False))
