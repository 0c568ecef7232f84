"""The days off of Moroccan administrations that ship with the product, as seeds for a community.

Sources stand beside each date in data/holidays_ma.json (law.md section 4.1). A library or a list
may seed; a person confirms. Years without an estimate have none: nothing is invented.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from infitah.kernel.calendar import Holiday, HolidayKind, HolidayStatus
from infitah.kernel.localized import LocalizedText

YEARS: Final = range(2024, 2029)
"""The years whose feasts are at least estimated."""


@dataclass(frozen=True, slots=True)
class SeededDay:
    """A day off with where it is said, and whether that was read in an official text."""

    holiday: Holiday
    article: str
    verified: bool


def _parsed(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


@cache
def _table() -> Mapping[str, Any]:
    source = files("infitah.kernel") / "data" / "holidays_ma.json"
    table: Mapping[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return table


def _fixed(years: Iterable[int]) -> Iterator[SeededDay]:
    for year in years:
        for row in _table()["fixed"]:
            day = date(year, row["month"], row["day"])
            start, end = _parsed(row["valid_from"]), _parsed(row["valid_to"])
            if (start and day < start) or (end and day > end):
                continue
            name = LocalizedText.from_json(row["name"])
            holiday = Holiday(day, name, HolidayKind.FIXED, source=row["source"])
            yield SeededDay(holiday, row["article"], row["verified"])


def _feast_days() -> Iterator[SeededDay]:
    for row in _table()["feasts"]:
        name = LocalizedText.from_json(_table()["feast_names"][row["name"]])
        for status in (HolidayStatus.ESTIMATED, HolidayStatus.CONFIRMED):
            known = row[status.value] or {"days": [], "source": ""}
            for text in known["days"]:
                day, source = date.fromisoformat(text), known["source"]
                holiday = Holiday(day, name, HolidayKind.HIJRI, status, row["feast"], source)
                yield SeededDay(holiday, "", known.get("verified", False))


def _closures() -> Iterator[SeededDay]:
    for row in _table()["closures"]:
        day, name = date.fromisoformat(row["day"]), LocalizedText.from_json(row["name"])
        holiday = Holiday(day, name, HolidayKind.EXCEPTIONAL, source=row["source"])
        yield SeededDay(holiday, "2-05-916:3", row["verified"])


def seeded_days(years: Iterable[int] = YEARS) -> list[SeededDay]:
    """Return every shipped day off of `years` in order: fixed, estimated, confirmed, closures.

    A feast that was confirmed on another date than computed has both, under one `feast`.
    """
    wanted = frozenset(years)
    moving = (seed for seed in (*_feast_days(), *_closures()) if seed.holiday.day.year in wanted)
    return sorted((*_fixed(wanted), *moving), key=_order)


def holidays(years: Iterable[int] = YEARS) -> tuple[Holiday, ...]:
    """Return the shipped days off of `years` as a calendar takes them."""
    return tuple(seed.holiday for seed in seeded_days(years))


def _order(seed: SeededDay) -> tuple[date, str, str]:
    return (seed.holiday.day, seed.holiday.kind, seed.holiday.status)
