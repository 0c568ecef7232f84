"""The days on which the administration works, and the counting of periods over them.

Defaults of the count (law.md 1.4), each a stated parameter: the day of receipt is day zero and
keeps its true date; the period ends with its last day; weekend Saturday and Sunday.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from infitah.kernel.calendar.deadline import DayCount, Deadline, Reason
from infitah.kernel.calendar.holiday import (
    Holiday,
    HolidayKind,
    HolidayStatus,
    Uncertainty,
    in_force,
    uncertainties,
)
from infitah.kernel.calendar.period import DAY, Period

WEEKEND: Final = frozenset({6, 7})  # ISO weekdays: Saturday, Sunday

CalendarKind = Literal["official", "estimated"]


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days of an administration, from its list of days off.

    `official` takes confirmed days where they are known and estimates elsewhere. `estimated` is
    what computation alone would say: feasts on their computed dates, no exceptional closures.
    `version` names the state of the list, and goes into every deadline.
    """

    holidays: Sequence[Holiday] = ()
    kind: CalendarKind = "official"
    version: str = ""
    weekend: frozenset[int] = WEEKEND
    _off: dict[date, Holiday] = field(init=False, repr=False, compare=False)
    _sure: frozenset[date] = field(init=False, repr=False, compare=False)
    _open_questions: tuple[tuple[date, date, Uncertainty], ...] = field(
        init=False, repr=False, compare=False
    )
    _questions: dict[date, Uncertainty] = field(init=False, repr=False, compare=False)
    _explained: dict[tuple[Period, date, bool], Deadline] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        if self.kind not in ("official", "estimated"):
            raise ValueError(f"unknown kind of calendar: {self.kind!r}")
        if self.weekend >= frozenset(range(1, 8)):
            raise ValueError("a week has a working day")
        official = self.kind == "official"
        preferred = HolidayStatus.CONFIRMED if official else HolidayStatus.ESTIMATED
        chosen = list(in_force(self.holidays, preferred=preferred))
        chosen.sort(key=lambda item: not item.is_estimated)  # what is certain names the day
        object.__setattr__(self, "_off", {item.day: item for item in chosen})
        sure = {day for day, item in self._off.items() if not item.is_estimated}
        object.__setattr__(self, "_sure", frozenset(sure))
        asked = uncertainties(chosen)
        spans = tuple((min(item.window), max(item.window), item) for item in asked)
        object.__setattr__(self, "_open_questions", spans)
        # The first question about a day is the one that it is told by.
        days = {day: item for item in reversed(asked) for day in item.window}
        object.__setattr__(self, "_questions", days)

    def holiday(self, day: date) -> Holiday | None:
        """Return the day off on `day`, estimates on their estimated dates, or None."""
        return self._off.get(day)

    def is_working(self, day: date) -> bool:
        """Tell whether offices are open on `day`, estimates on their estimated dates."""
        return day.isoweekday() not in self.weekend and day not in self._off

    def is_uncertain(self, day: date) -> bool:
        """Tell whether an estimate decides if `day` is a working day."""
        return not self._is_surely_off(day) and self._question(day) is not None

    def next_working_day(self, day: date) -> date:
        """Return `day` if offices are open on it, else the first later day when they are."""
        while not self.is_working(day):
            day += DAY
        return day

    def end_of(self, period: Period, start: date, *, roll_receipt: bool = False) -> date:
        """Return the last day of `period`, estimates on their estimated dates.

        `start` is day zero; with `roll_receipt` a start on a day off moves to the next working
        day first (off by default, law.md 1.4).
        """
        first = self.next_working_day(start) if roll_receipt else start
        if period.unit == "calendar":
            return first + period.days * DAY
        return self._end(first, period.days, self._off)

    def explain(self, period: Period, start: date, *, roll_receipt: bool = False) -> Deadline:
        """Return both due dates of `period` with an account of every day since `start`.

        In the official calendar `due` is the earliest date that estimates allow, in the estimated
        one that of `end_of`; `due_latest` is the latest date in both. A calendar remembers what it
        counted: cases of one day share the account.
        """
        known = self._explained.get((period, start, roll_receipt))
        if known is None:
            known = self._counted(period, start, roll_receipt=roll_receipt)
            self._explained[period, start, roll_receipt] = known
        return known

    def _counted(self, period: Period, start: date, *, roll_receipt: bool) -> Deadline:
        first = self.next_working_day(start) if roll_receipt else start
        if period.unit == "calendar":
            return self._calendar_deadline(period, start, first)
        early = self._days_off(first, period.days, latest=False)
        late = self._days_off(first, period.days, latest=True)
        due = self._end(first, period.days, early)
        due_latest = self._end(first, period.days, late)
        numbers = _numbers(self._open_days(first, due, early))
        numbers_latest = _numbers(self._open_days(first, due_latest, late))
        days = [
            self._row(day, numbers.get(day), numbers_latest.get(day), is_past_due=day > due)
            for day in _days(start, due_latest)
        ]
        return Deadline(
            received=start,
            counted_from=first,
            due=due,
            due_latest=due_latest,
            estimated=any(row.uncertain for row in days),
            days=(DayCount(start, "received"), *days),
            calendar_version=self.version,
            missing_years=self._missing_years(start, due_latest),
        )

    def _calendar_deadline(self, period: Period, start: date, first: date) -> Deadline:
        due = first + period.days * DAY
        waiting = (self._row(day, None, None, is_past_due=False) for day in _days(start, first))
        counted = (
            DayCount(day, "calendar", number, number)
            for number, day in enumerate(_days(first, due), start=1)
        )
        return Deadline(
            received=start,
            counted_from=first,
            due=due,
            due_latest=due,
            estimated=False,
            days=(DayCount(start, "received"), *waiting, *counted),
            calendar_version=self.version,
            next_working_day=None if self.is_working(due) else self.next_working_day(due),
        )

    def _row(
        self, day: date, number: int | None, latest: int | None, *, is_past_due: bool
    ) -> DayCount:
        """Return the account of one day; beyond `due` the citizen's count says if it counts."""
        question = None if self._is_surely_off(day) else self._question(day)
        holiday = question.holiday if question else self._off.get(day)
        is_open = (latest if is_past_due else number) is not None
        return DayCount(
            day=day,
            why="working" if is_open else self._why(day, holiday),
            number=number,
            number_latest=latest,
            name=holiday.name if holiday else None,
            status=holiday.status if holiday else None,
            uncertain=question is not None,
        )

    def _why(self, day: date, holiday: Holiday | None) -> Reason:
        if self._is_weekend(day):
            return "weekend"
        if holiday is None:
            return "working"
        return "closure" if holiday.kind is HolidayKind.EXCEPTIONAL else "holiday"

    def _is_weekend(self, day: date) -> bool:
        return day.isoweekday() in self.weekend

    def _is_surely_off(self, day: date) -> bool:
        return day.isoweekday() in self.weekend or day in self._sure

    def _question(self, day: date) -> Uncertainty | None:
        return self._questions.get(day)

    def _missing_years(self, start: date, end: date) -> tuple[int, ...]:
        known = {item.day.year for item in self._off.values() if item.kind is HolidayKind.HIJRI}
        return tuple(year for year in range(start.year, end.year + 1) if year not in known)

    def _open_days(self, start: date, end: date, off: Collection[date]) -> Iterator[date]:
        days = _days(start, end)
        return (day for day in days if not self._is_weekend(day) and day not in off)

    def _end(self, start: date, count: int, off: Collection[date]) -> date:
        day = start
        while count > 0:
            day += DAY
            count -= not self._is_weekend(day) and day not in off
        return day

    def _days_off(self, start: date, count: int, *, latest: bool) -> Collection[date]:
        """Return the days off under the estimates that bring the end of `count` days furthest."""
        if not latest and self.kind == "estimated":
            return self._off
        questions = [(first, item) for first, last, item in self._open_questions if last > start]
        furthest = max if latest else min
        day, open_days, lost = start, 0, 0

        def cost(days: Collection[date], end: date) -> int:
            return sum(start < item <= end and not self._is_surely_off(item) for item in days)

        while open_days - lost < count:
            day += DAY
            open_days += not self._is_surely_off(day)
            lost = sum(
                furthest(cost(item.expected, day), cost(item.otherwise, day))
                for first, item in questions
                if first <= day
            )
        # For the latest end the estimates must have cost the most by the day before it.
        horizon = day - DAY if latest else day
        answers = (
            furthest(item.expected, item.otherwise, key=lambda days: cost(days, horizon))
            for _first, item in questions
        )
        return self._sure.union(*answers)


def _days(start: date, end: date) -> Iterator[date]:
    """Yield the days after `start`, up to `end`."""
    return (start + number * DAY for number in range(1, (end - start).days + 1))


def _numbers(days: Iterator[date]) -> dict[date, int]:
    return {day: number for number, day in enumerate(days, start=1)}
