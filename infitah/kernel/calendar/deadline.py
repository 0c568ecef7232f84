"""A due date that explains itself, day by day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from infitah.kernel.calendar.holiday import HolidayStatus
from infitah.kernel.localized import LocalizedText

Reason = Literal["received", "working", "calendar", "weekend", "holiday", "closure"]


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of the count, with the reason why it counts or not.

    `number` is the running count of the office, `number_latest` that of the citizen: None where
    the day does not count or that count is over. `name` and `status` are those of the day off that
    falls, or may fall, on it; `uncertain` says that only the sighting of the moon decides.
    """

    day: date
    why: Reason
    number: int | None = None
    number_latest: int | None = None
    name: LocalizedText | None = None
    status: HolidayStatus | None = None
    uncertain: bool = False

    @property
    def counted(self) -> bool:
        """Whether the day counts for the office."""
        return self.number is not None

    def as_json(self) -> dict[str, object]:
        """Return one row of `days` in `infitah deadline --json`."""
        return {
            "date": self.day.isoformat(),
            "counted": self.counted,
            "number": self.number,
            "number_latest": self.number_latest,
            "why": self.why,
            "name": self.name.as_json() if self.name else None,
            "status": self.status.value if self.status else None,
            "uncertain": self.uncertain,
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date and the account of it. In time is until the end of that day.

    `due` binds the office, `due_latest` protects the citizen (decisions G32); they differ only
    where an estimated day off decides. `days` runs from the receipt to `due_latest`.
    `missing_years` are years touched for which no feast is known, so that the count is too short
    there; `next_working_day` is set where a due date in calendar days meets a day off: a warning,
    the date is not moved.
    """

    received: date
    counted_from: date
    due: date
    due_latest: date
    estimated: bool
    days: tuple[DayCount, ...]
    calendar_version: str = ""
    missing_years: tuple[int, ...] = ()
    next_working_day: date | None = None

    @property
    def falls_on_day_off(self) -> bool:
        """Whether the due date, in calendar days, meets a day off."""
        return self.next_working_day is not None

    def as_json(self) -> dict[str, object]:
        """Return the answer of `infitah deadline --json`; the caller adds the rule."""
        return {
            "received": self.received.isoformat(),
            "counted_from": self.counted_from.isoformat(),
            "due": self.due.isoformat(),
            "due_latest": self.due_latest.isoformat(),
            "estimated": self.estimated,
            "next_working_day": self.next_working_day and self.next_working_day.isoformat(),
            "missing_years": list(self.missing_years),
            "calendar_version": self.calendar_version,
            "days": [day.as_json() for day in self.days],
        }
