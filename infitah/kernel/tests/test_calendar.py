"""The count of days: vectors of law 31-13, arts. 16 and 17, and the faces of a due date."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import holidays as outside
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel import holidays_ma
from infitah.kernel.calendar import (
    DAY,
    Holiday,
    HolidayKind,
    HolidayStatus,
    Period,
    WorkingCalendar,
)
from infitah.kernel.localized import LocalizedText

VECTORS = Path(__file__).parent / "data" / "deadline_vectors.csv"
REPLY = Period(20, "working", "31-13:16")
URGENT = Period(3, "calendar", "31-13:17")
NAME = LocalizedText("عيد", "fête")


def vectors() -> list[dict[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def estimated_by_outsiders(*, fitr_later: bool = False) -> Iterator[Holiday]:
    """Yield what PyPI `holidays` gives; with `fitr_later` Eid al-Fitr comes a day later."""
    for day, name in outside.country_holidays("MA", years=range(2024, 2028)).items():
        later = fitr_later and "Fitr" in name
        yield Holiday(day + DAY if later else day, LocalizedText(name))


@cache
def calendar_of(source: str) -> WorkingCalendar:
    if source == "official":
        return WorkingCalendar(holidays_ma.holidays())
    return WorkingCalendar(tuple(estimated_by_outsiders(fitr_later=source == "estimated+1")))


@pytest.mark.parametrize("row", vectors(), ids=lambda row: "/".join(row.values()))
def test_vectors_of_law_31_13(row: dict[str, str]) -> None:
    period = URGENT if row["urgent"] == "yes" else REPLY
    period = period.times(2) if row["extended"] == "yes" else period
    received, due = date.fromisoformat(row["received"]), date.fromisoformat(row["due"])
    calendar = calendar_of(row["holidays_source"])
    assert calendar.end_of(period, received) == due
    assert calendar.explain(period, received).due == due


@pytest.mark.parametrize(
    "row",
    [row for row in vectors() if row["holidays_source"] == "estimated"],
    ids=lambda row: "/".join(row.values()),
)
def test_our_estimated_calendar_agrees_with_the_outsiders(row: dict[str, str]) -> None:
    period = URGENT if row["urgent"] == "yes" else REPLY
    period = period.times(2) if row["extended"] == "yes" else period
    received, due = date.fromisoformat(row["received"]), date.fromisoformat(row["due"])
    calendar = WorkingCalendar(holidays_ma.holidays(), kind="estimated")
    assert calendar.end_of(period, received) == due
    assert calendar.explain(period, received).due == due


def test_shipped_estimates_are_those_of_the_outsiders() -> None:
    ours = WorkingCalendar(holidays_ma.holidays(), kind="estimated")
    theirs = outside.country_holidays("MA", years=holidays_ma.YEARS)
    day, end = date(2024, 1, 1), date(2028, 12, 31)
    while day <= end:
        assert (ours.holiday(day) is not None) == (day in theirs), day
        day += DAY


def test_rolling_the_receipt_moves_the_due_date_only_on_demand() -> None:
    calendar = WorkingCalendar(holidays_ma.holidays())
    saturday = date(2026, 12, 5)
    assert calendar.explain(REPLY, saturday).due == date(2027, 1, 4)
    rolled = calendar.explain(REPLY, saturday, roll_receipt=True)
    assert (rolled.received, rolled.counted_from, rolled.due) == (
        saturday,
        date(2026, 12, 7),
        date(2027, 1, 5),
    )
    assert calendar.end_of(REPLY, saturday, roll_receipt=True) == rolled.due


def test_a_calendar_day_due_on_a_day_off_is_kept_and_warned_art17() -> None:
    deadline = calendar_of("official").explain(URGENT.times(2), date(2024, 7, 15))
    assert deadline.due == deadline.due_latest == date(2024, 7, 21)  # a Sunday
    assert deadline.falls_on_day_off
    assert deadline.next_working_day == date(2024, 7, 22)
    assert [row.number for row in deadline.days] == [None, 1, 2, 3, 4, 5, 6]
    assert not calendar_of("official").explain(URGENT, date(2024, 7, 15)).falls_on_day_off


def test_a_rolled_calendar_count_shows_the_days_that_wait() -> None:
    deadline = calendar_of("official").explain(URGENT, date(2026, 12, 5), roll_receipt=True)
    assert deadline.due == date(2026, 12, 10)
    assert [row.why for row in deadline.days] == [
        "received", "weekend", "working", "calendar", "calendar", "calendar",
    ]  # fmt: skip
    assert [row.number for row in deadline.days] == [None, None, None, 1, 2, 3]


def test_an_estimated_feast_gives_two_due_dates() -> None:
    """Fitr 2027 is expected on Tuesday and Wednesday 9 and 10 March, or a day later."""
    calendar = WorkingCalendar(holidays_ma.holidays(), version="7")
    deadline = calendar.explain(Period(4, "working", "x"), date(2027, 3, 5))
    assert deadline.estimated
    assert deadline.due == deadline.due_latest == date(2027, 3, 15)
    narrow = calendar.explain(Period(2, "working", "x"), date(2027, 3, 5))
    assert (narrow.due, narrow.due_latest) == (date(2027, 3, 9), date(2027, 3, 11))
    assert narrow.calendar_version == "7"
    told = [(r.day.day, r.why, r.number, r.number_latest, r.uncertain) for r in narrow.days]
    assert told == [
        (5, "received", None, None, False),
        (6, "weekend", None, None, False),
        (7, "weekend", None, None, False),
        (8, "working", 1, 1, False),
        (9, "working", 2, None, True),
        (10, "holiday", None, None, True),
        (11, "working", None, 2, True),
    ]
    assert str(narrow.days[4].name) == "عيد الفطر"
    assert narrow.days[4].status is HolidayStatus.ESTIMATED


def test_a_confirmed_feast_leaves_one_due_date() -> None:
    deadline = calendar_of("official").explain(REPLY, date(2026, 3, 2))
    assert deadline.due == deadline.due_latest == date(2026, 4, 1)
    assert not deadline.estimated
    told = {row.day: (row.why, row.status) for row in deadline.days}
    assert told[date(2026, 3, 20)] == ("holiday", HolidayStatus.CONFIRMED)
    assert told[date(2026, 3, 23)] == ("closure", HolidayStatus.CONFIRMED)
    assert told[date(2026, 3, 21)] == ("weekend", HolidayStatus.CONFIRMED)


def test_the_estimated_calendar_takes_computed_dates_as_they_are() -> None:
    calendar = WorkingCalendar(holidays_ma.holidays(), kind="estimated")
    deadline = calendar.explain(REPLY, date(2026, 3, 2))
    assert (deadline.due, deadline.due_latest) == (date(2026, 3, 31), date(2026, 3, 31))
    earlier = WorkingCalendar(
        [day for day in holidays_ma.holidays() if day.is_estimated or not day.feast]
    ).explain(REPLY, date(2026, 3, 2))
    assert earlier.due == date(2026, 3, 31)  # the closure of 23 March stands in the official one


def test_years_without_feasts_are_named() -> None:
    calendar = WorkingCalendar(holidays_ma.holidays())
    assert calendar.explain(REPLY, date(2028, 12, 20)).missing_years == (2029,)
    assert calendar.explain(REPLY, date(2027, 12, 20)).missing_years == ()


def test_a_cancelled_day_is_a_working_day() -> None:
    day = Holiday(date(2026, 6, 1), NAME, status=HolidayStatus.CANCELLED)
    assert WorkingCalendar([day]).is_working(day.day)
    assert WorkingCalendar([day]).holiday(day.day) is None


def test_an_estimated_closure_counts_for_the_office_and_not_for_the_citizen() -> None:
    closure = Holiday(date(2026, 6, 2), NAME, HolidayKind.EXCEPTIONAL, HolidayStatus.ESTIMATED)
    calendar = WorkingCalendar([closure])
    deadline = calendar.explain(Period(2, "working", "x"), date(2026, 5, 31))
    assert (deadline.due, deadline.due_latest) == (date(2026, 6, 2), date(2026, 6, 3))
    assert calendar.is_uncertain(closure.day)


def test_a_certain_day_names_the_day_where_a_feast_is_only_expected() -> None:
    calendar = WorkingCalendar(holidays_ma.holidays())
    holiday = calendar.holiday(date(2027, 8, 14))
    assert holiday is not None
    assert holiday.kind is HolidayKind.FIXED
    assert not calendar.is_uncertain(date(2027, 8, 14))  # and a Saturday besides


def test_json_is_plain_and_tells_every_day() -> None:
    answer = calendar_of("official").explain(REPLY, date(2026, 5, 20)).as_json()
    assert answer["due"] == "2026-06-22"
    assert answer["next_working_day"] is None
    days = answer["days"]
    assert isinstance(days, list)
    assert days[0]["why"] == "received"
    assert days[8] == {
        "date": "2026-05-28",
        "counted": False,
        "number": None,
        "number_latest": None,
        "why": "holiday",
        "name": {"ar": "عيد الأضحى", "fr": "Aïd al-Adha"},
        "status": "confirmed",
        "uncertain": False,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Period(-1, "working", "x"),
        lambda: Period(1, "months", "x"),  # type: ignore[arg-type]
        lambda: WorkingCalendar(kind="guessed"),  # type: ignore[arg-type]
        lambda: WorkingCalendar(weekend=frozenset(range(1, 8))),
    ],
)
def test_nonsense_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()  # type: ignore[operator]


days = st.dates(date(2024, 1, 1), date(2028, 10, 1))
feast_days = st.lists(st.integers(1, 60), max_size=3, unique=True)


@given(days, st.integers(0, 60))
def test_faces_of_a_due_date_keep_their_order(start: date, count: int) -> None:
    calendar = WorkingCalendar(holidays_ma.holidays())
    deadline = calendar.explain(Period(count, "working", "x"), start)
    assert deadline.due <= calendar.end_of(Period(count, "working", "x"), start)
    assert calendar.end_of(Period(count, "working", "x"), start) <= deadline.due_latest
    assert [row.day for row in deadline.days] == [
        start + n * DAY for n in range((deadline.due_latest - start).days + 1)
    ]
    numbers = [row.number for row in deadline.days if row.number]
    latest = [row.number_latest for row in deadline.days if row.number_latest]
    assert numbers == latest == list(range(1, count + 1))
    if deadline.due != deadline.due_latest:
        assert deadline.estimated


@given(feast_days, st.lists(st.integers(1, 60), max_size=5), st.integers(1, 25))
def test_due_dates_are_the_extremes_over_every_sighting(
    feasts: list[int], fixed: list[int], count: int
) -> None:
    """The counted extremes equal those found by trying every combination of sightings."""
    start = date(2026, 2, 1)
    certain = [Holiday(start + timedelta(n), NAME) for n in fixed]
    period = Period(count, "working", "x")

    def feast(number: int, later: int, status: HolidayStatus) -> list[Holiday]:
        first = start + timedelta(number + later)
        names = (NAME, HolidayKind.HIJRI, status, f"feast-{number}")
        return [Holiday(first, *names), Holiday(first + DAY, *names)]

    estimates = [day for n in feasts for day in feast(n, 0, HolidayStatus.ESTIMATED)]
    deadline = WorkingCalendar([*certain, *estimates]).explain(period, start)
    if any(abs(a - b) < 3 for a in feasts for b in feasts if a != b):
        return  # feasts are months apart: where windows overlap the extremes are only bounds
    ends = [
        WorkingCalendar(
            [*certain]
            + [d for n, later in zip(feasts, shifts, strict=True)
               for d in feast(n, later, HolidayStatus.CONFIRMED)]
        ).end_of(period, start)
        for shifts in product((0, 1), repeat=len(feasts))
    ]  # fmt: skip
    assert (deadline.due, deadline.due_latest) == (min(ends), max(ends))
