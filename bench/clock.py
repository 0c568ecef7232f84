"""1,000,000 random (date, calendar, rule) triples against a day counter that shares no code.

The counter here knows no kernel rule: it lays every way in which the moon may turn out side by side
as rows of working days, adds them up, and looks the wanted day up in the sums. The kernel walks
from day to day instead.
"""

import os
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bench.figure import Figure, at_most, stated
from infitah.kernel.calendar import (
    Holiday,
    HolidayKind,
    HolidayStatus,
    Period,
    WorkingCalendar,
)
from infitah.kernel.localized import LocalizedText

CALENDARS, TRIPLES = 1_000, 1_000
FIRST = date(2024, 1, 1)
SPAN = 1_100  # days that a calendar knows
STARTS = 700
NAME = LocalizedText(ar="عطلة")
WEEKENDS = (frozenset({6, 7}), frozenset({6, 7}), frozenset({5, 6}), frozenset({7}))
LENGTHS = (1, 2, 3, 5, 8, 10, 15, 20, 20, 20, 30, 40, 40, 60)
Days = frozenset[int]


@dataclass(frozen=True)
class Feast:
    """Days numbered from the first; `confirmed` is empty while the moon was not sighted."""

    estimated: Days
    confirmed: Days


@dataclass(frozen=True)
class Drawn:
    """A calendar as it was drawn, in plain numbers."""

    weekend: frozenset[int]
    fixed: Days
    closures: Days
    feasts: tuple[Feast, ...]
    kind: Literal["official", "estimated"]


def drawn(chance: random.Random) -> Drawn:
    """Return a random calendar: fixed days, closures, feasts estimated, sighted, moved."""
    feasts, day = [], chance.randrange(5, 60)
    while day < SPAN - 10 and len(feasts) < 12:
        estimated = frozenset(range(day, day + chance.choice((1, 2, 2))))
        shift = chance.choice((None, None, 0, 1, 1, 2, -1))
        # At most six stay open, so that all their ways can be laid side by side.
        if shift is None and sum(not one.confirmed for one in feasts) >= 6:
            shift = 1
        moved = frozenset() if shift is None else frozenset(one + shift for one in estimated)
        feasts.append(Feast(estimated, moved))
        day += chance.randrange(8, 150)
    return Drawn(
        weekend=chance.choice(WEEKENDS),
        fixed=frozenset(chance.sample(range(SPAN), 36)),
        closures=frozenset(chance.sample(range(SPAN), 4)),
        feasts=tuple(feasts),
        kind=chance.choice(("official", "official", "official", "estimated")),
    )


# The kernel's view -------------------------------------------------------------------------------


def _holiday(day: int, kind: HolidayKind, status: HolidayStatus, feast: str = "") -> Holiday:
    return Holiday(FIRST + timedelta(days=day), NAME, kind, status, feast)


def as_kernel(one: Drawn) -> WorkingCalendar:
    """Return a drawn calendar as the product holds it."""
    sure = HolidayStatus.CONFIRMED
    rows = [_holiday(day, HolidayKind.FIXED, sure) for day in one.fixed]
    rows += [_holiday(day, HolidayKind.EXCEPTIONAL, sure) for day in one.closures]
    for number, feast in enumerate(one.feasts):
        name, moon = f"feast-{number}", HolidayKind.HIJRI
        rows += [_holiday(day, moon, HolidayStatus.ESTIMATED, name) for day in feast.estimated]
        rows += [_holiday(day, moon, sure, name) for day in feast.confirmed]
    return WorkingCalendar(rows, kind=one.kind, weekend=one.weekend)


# The other counter -------------------------------------------------------------------------------


def ways(one: Drawn) -> NDArray[np.int64]:
    """Return, for every way in which the moon may turn out, the working days up to each day.

    The first row is what computation expects.
    """
    sure, open_feasts = set(one.fixed), []
    if one.kind == "official":
        sure |= one.closures
    for feast in one.feasts:
        if one.kind == "official" and feast.confirmed:
            sure |= feast.confirmed
        else:
            open_feasts.append((feast.estimated, frozenset(day + 1 for day in feast.estimated)))
    weekdays = (np.arange(SPAN) + FIRST.weekday()) % 7 + 1
    plain = ~np.isin(weekdays, list(one.weekend))
    plain[sorted(sure)] = False
    rows = []
    for chosen in product(*open_feasts):
        working = plain.copy()
        working[sorted(set().union(*chosen))] = False
        rows.append(np.cumsum(working))
    return np.array(rows)


@dataclass(frozen=True)
class Triple:
    """A start, a length, its unit, and whether a receipt on a day off rolls on."""

    start: int
    length: int
    unit: Literal["working", "calendar"]
    rolls: bool


def triples(chance: random.Random) -> list[Triple]:
    return [
        Triple(
            chance.randrange(STARTS),
            chance.choice(LENGTHS),
            "calendar" if chance.random() < 0.1 else "working",
            chance.random() < 0.1,
        )
        for _number in range(TRIPLES)
    ]


def looked_up(one: Drawn, asked: list[Triple]) -> tuple[list[int], list[int]]:
    """Return the earliest and the latest last day of each triple, as numbers of days."""
    sums = ways(one)
    starts = np.array([each.start for each in asked])
    lengths = np.array([each.length for each in asked])
    expected = sums[0]
    rolled = np.searchsorted(expected, np.where(starts > 0, expected[starts - 1], 0) + 1)
    starts = np.where([each.rolls for each in asked], rolled, starts)
    ends = np.array([np.searchsorted(row, row[starts] + lengths) for row in sums])
    earliest = ends[0] if one.kind == "estimated" else ends.min(axis=0)
    is_plain = np.array([each.unit == "calendar" for each in asked])
    first = np.where(is_plain, starts + lengths, earliest)
    last = np.where(is_plain, starts + lengths, ends.max(axis=0))
    return first.tolist(), last.tolist()


def differences(seed: int) -> int:
    """Return in how many triples of one calendar the two counters differ."""
    chance = random.Random(seed)
    one = drawn(chance)
    asked, calendar = triples(chance), as_kernel(one)
    found = 0
    for each, first, last in zip(asked, *looked_up(one, asked), strict=True):
        period = Period(each.length, each.unit, "31-13:16")
        told = calendar.explain(period, FIRST + timedelta(days=each.start), roll_receipt=each.rolls)
        days = ((told.due - FIRST).days, (told.due_latest - FIRST).days)
        counted = sum(day.counted for day in told.days)
        is_told = counted == each.length and told.days[-1].day == told.due_latest
        found += days != (first, last) or not is_told
    return found


def run() -> list[Figure]:
    """Return the figures of the clock."""
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = sum(pool.map(differences, range(CALENDARS), chunksize=20))
    return [
        stated("clock: random (date, calendar, rule) triples", CALENDARS * TRIPLES, "triples"),
        at_most("clock: differences from the other counter", found, "triples", 0),
    ]
