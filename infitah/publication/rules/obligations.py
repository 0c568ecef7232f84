"""What article 10 of law 31-13 asks to publish without being asked, as data, and its freshness.

The list and its wording are to be verified (law.md 1.7): each item states its law, its source and
its mark. P: items of the article; S: elements of an index of communal sites that rest on other
articles or on none.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from infitah.kernel.localized import LocalizedText

LIST: Final = Path(__file__).parent.parent / "data" / "obligations.csv"
MONTHS_OF_YEAR: Final = 12


class Applies(StrEnum):
    """Whether an item binds a territorial community."""

    YES = "yes"
    LINK = "link"  # others publish it: a link is enough
    NO = "no"


class Freshness(StrEnum):
    """How an item stands on a day."""

    NEVER = "never"
    FRESH = "fresh"
    LATE = "late"
    UNTIMED = "untimed"  # published, and nothing says when it must be renewed


@dataclass(frozen=True, slots=True)
class Obligation:
    """An item to publish: its code, what it rests on, and every how many months it is renewed.

    `months` is a custom of ours where the law sets no period; None where nothing ages.
    """

    code: str
    applies: Applies
    law: str
    article: str
    source: str
    mark: str
    months: int | None
    title: LocalizedText


@cache
def obligations() -> Mapping[str, Obligation]:
    """Return every item by its code, in the order of the list."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        items = [_obligation(row) for row in csv.DictReader(lines)]
    return MappingProxyType({one.code: one for one in items})


def _obligation(row: Mapping[str, str]) -> Obligation:
    return Obligation(
        code=row["code"],
        applies=Applies(row["applies"]),
        law=row["law"],
        article=row["article"],
        source=row["source"],
        mark=row["mark"],
        months=int(row["months"]) if row["months"] else None,
        title=LocalizedText(ar=row["ar"], fr=row["fr"]),
    )


def binding() -> tuple[Obligation, ...]:
    """Return the items that a territorial community owes or links to."""
    return tuple(one for one in obligations().values() if one.applies is not Applies.NO)


def renewed_by(published_on: date, months: int) -> date:
    """Return the last day on which something published on a day is fresh: that many months on.

    The same day of the month, or its last one.
    """
    whole = published_on.month - 1 + months
    year, month = published_on.year + whole // MONTHS_OF_YEAR, whole % MONTHS_OF_YEAR + 1
    for day in range(published_on.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, min(published_on.day, 28))


def freshness_of(published_on: date | None, months: int | None, today: date) -> Freshness:
    """Return how something stands that was last published on a day and is renewed by months."""
    if published_on is None:
        return Freshness.NEVER
    if months is None:
        return Freshness.UNTIMED
    return Freshness.FRESH if today <= renewed_by(published_on, months) else Freshness.LATE
