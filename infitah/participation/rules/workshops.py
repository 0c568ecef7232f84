"""Notes of a workshop: how many a table gives, when its day may be, how lines are read.

Source: the method of openness programmes (workshops before and during a consultation). Values in,
values out: no clock, no database, no Django.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from infitah.kernel import arabic
from infitah.kernel.dates import CASABLANCA, local_day

ROWS_AT_FIRST: Final = 10
"""Lines of a printed sheet, and rows of the page that types it."""
MOST_ROWS: Final = 100
"""Rows that are typed in one go; a table of more sends twice."""
MOST_TABLES: Final = 40
MOST_DOTS: Final = 999
MOST_PRESENT: Final = 99_999
WITHIN: Final = timedelta(days=366)
"""How far from its consultation a workshop may lie: a round is prepared within a year."""
ALIKE: Final = 0.72
"""Share of common 3-grams from which two notes of a table are marked as alike."""


# A number in front of a note is its dots; "1er", "2ème", "5G" or "10km" begins the note itself.
_DOTS: Final = re.compile(
    r"\(?(?P<dots>\d{1,3})(?P<gap>\s*(?:[)\].:/،,–—-]\s*)?)"
    r"(?!(?<=\d)(?:er|re|e|eme|ere|ème|ère|nd|nde|D|G|x\d+|km|kg|ha|dh)\b)(?=[^\W\d_])"
)
_NO_DOTS: Final = re.compile(r"[-–—]\s*")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A note typed on one line, its dots in front; `dots` are empty where no number stands there.

    `is_sure`: the number touches the note. Apart from it, it may as well belong to the note, and
    with a mark behind it ("5)", "5.", "5-") number the lines: it is shown to be looked at.
    """

    statement: str
    dots: str = ""
    is_sure: bool = True


def typed_lines(text: str) -> list[TypedLine]:
    """Return the notes of a text, one a line, empty lines left out.

    "7" before the note, with or without a space or one mark, is its dots, up to 999; a longer
    number is not.
    A hyphen in front says that there are none: what follows is the note, number or not.
    """
    return [_typed_line(line.strip()) for line in text.splitlines() if line.strip()]


def _typed_line(line: str) -> TypedLine:
    if bare := _NO_DOTS.match(line):
        return TypedLine(line[bare.end() :])
    found = _DOTS.match(line)
    if found is None:
        return TypedLine(line)
    return TypedLine(line[found.end() :], found["dots"], is_sure=not found["gap"])


class DayFault(StrEnum):
    """What is wrong with the day of a workshop."""

    EARLY = "early"
    LATE = "late"


def fault_of_day(held_on: date, *, first_day: date, last_day: date) -> DayFault | None:
    """Return what is wrong with a day more than a year away from the consultation, or None."""
    if held_on < first_day - WITHIN:
        return DayFault.EARLY
    return DayFault.LATE if held_on > last_day + WITHIN else None


def may_hold_workshop(day: date, *, last_day: date) -> bool:
    """Return whether a workshop can still be announced on `day` for a consultation."""
    return day <= last_day + WITHIN


def given_at(held_on: date, now: datetime) -> datetime:
    """Return the instant that a note counts from: `now` on the day of the workshop, else its noon.

    The day on which people wrote it decides whether it is late, not the day of the typing.
    """
    if local_day(now) == held_on:
        return now
    return datetime.combine(held_on, time(12), tzinfo=CASABLANCA)


def key_of_row(form: uuid.UUID, row: int) -> uuid.UUID:
    """Return the key of row `row` (from 1) of a sending: the same form twice gives the same."""
    return uuid.uuid5(form, str(row))


def alike_rows(statements: Sequence[str]) -> dict[int, int]:
    """Return which statements say what an earlier one says: place to earlier place, from 0.

    Empty statements are like nothing. They are marked for the eye and never refused: two people
    at a table may well have had the same idea.
    """
    grams = [arabic.trigrams(statement) for statement in statements]
    return {
        place: earlier
        for place, mine in enumerate(grams)
        for earlier in _first_alike(mine, grams[:place])
    }


def _first_alike(mine: frozenset[str], others: Sequence[frozenset[str]]) -> list[int]:
    near = (place for place, one in enumerate(others) if arabic.likeness(one, mine) >= ALIKE)
    return list(islice(near, 1))
