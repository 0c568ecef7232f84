"""Days off, certain and estimated: which count in which calendar, and where a feast may fall.

Feasts follow the sighting of the moon, announced 1 to 10 days before: an estimated one may fall on
its estimated date or one day later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from infitah.kernel.calendar.period import DAY
from infitah.kernel.localized import LocalizedText


class HolidayKind(StrEnum):
    """Where a day off comes from."""

    FIXED = "fixed"
    HIJRI = "hijri"
    EXCEPTIONAL = "exceptional"


class HolidayStatus(StrEnum):
    """How far a day off is certain."""

    ESTIMATED = "estimated"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off. `feast` ties the days of one feast of one year, such as "fitr-2027".

    A confirmed day of a feast sets its estimated days aside: confirm all its days together.
    """

    day: date
    name: LocalizedText
    kind: HolidayKind = HolidayKind.FIXED
    status: HolidayStatus = HolidayStatus.CONFIRMED
    feast: str = ""
    source: str = ""

    @property
    def group(self) -> str:
        """The feast, or the day itself where none is named."""
        return self.feast or self.day.isoformat()

    @property
    def is_estimated(self) -> bool:
        """Whether the day may turn out to be a working day."""
        return self.status is HolidayStatus.ESTIMATED


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """A feast or closure not yet confirmed, with the two sets of days that it may take."""

    holiday: Holiday
    expected: frozenset[date]
    otherwise: frozenset[date]

    @property
    def window(self) -> frozenset[date]:
        """Every day that may be off."""
        return self.expected | self.otherwise


def in_force(holidays: Sequence[Holiday], *, preferred: HolidayStatus) -> Iterator[Holiday]:
    """Yield the days off of one calendar: `preferred` ones, others where a feast has none.

    Cancelled days are left out; so are closures where estimates are preferred, because nobody can
    compute a closure.
    """
    known = [item for item in holidays if item.status is not HolidayStatus.CANCELLED]
    settled = {item.group for item in known if item.status is preferred}
    for item in known:
        closure = item.kind is HolidayKind.EXCEPTIONAL
        if closure and preferred is HolidayStatus.ESTIMATED:
            continue
        if item.status is preferred or item.group not in settled:
            yield item


def uncertainties(holidays: Sequence[Holiday]) -> tuple[Uncertainty, ...]:
    """Return what is estimated: a feast falls as expected or a day later, a closure or not at all.

    In the order of their days.
    """
    groups: dict[str, list[Holiday]] = {}
    for item in sorted(holidays, key=lambda holiday: holiday.day):
        if item.is_estimated:
            groups.setdefault(item.group, []).append(item)
    return tuple(map(_uncertainty, groups.values()))


def _uncertainty(items: list[Holiday]) -> Uncertainty:
    days = frozenset(item.day for item in items)
    moves = items[0].kind is HolidayKind.HIJRI
    return Uncertainty(items[0], days, frozenset(day + DAY for day in days if moves))
