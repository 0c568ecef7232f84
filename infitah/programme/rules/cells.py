"""Cells of a table that people keep in a spreadsheet: text, days, numbers, amounts in any digits.

Pure: bytes in, rows and faults out. UTF-8 with or without its mark, `;`, `,` or tabs; the Arabic
encoding of Windows (cp1256), which spreadsheets here still write, is told from it and read too.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from infitah.kernel.text import clean_line, safe_cell, western_digits


class Fault(StrEnum):
    """Why a cell, a row or a file cannot be taken in."""

    ENCODING = "encoding"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_COLUMN = "no_column"
    MISSING = "missing"
    CELL = "cell"
    DATE = "date"
    NUMBER = "number"
    AMOUNT = "amount"
    CHOICE = "choice"
    DIFFERS = "differs"
    ORDER = "order"
    FUTURE = "future"
    WEIGHTS = "weights"
    AFTER = "after"
    EXAMPLE = "example"


class Note(StrEnum):
    """What is changed on the way in, and told before anything is written."""

    LOWERED = "lowered"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Found:
    """A fault or a note: the row as a spreadsheet counts it (the head is row 1), and the column."""

    kind: Fault | Note
    row: int
    column: str = ""
    value: str = ""


_SIGNS: Final = str.maketrans({"٫": ",", "٬": "", "٪": "%"})


def plain_cell(text: str) -> str:
    """Return a cell without the apostrophe that our export puts before what would be a formula."""
    bare = text[1:]
    return bare if text.startswith("'") and safe_cell(bare) == text else text


def fold(text: str) -> str:
    """Return a short word as a vocabulary lists it: western digits, small letters, one space."""
    return western_digits(clean_line(text)).translate(_SIGNS).casefold()


def read_whole(text: str) -> int | None:
    """Return the whole number that a cell writes, or None; "40 %" is 40."""
    plain = fold(text).replace(" ", "").removesuffix("%")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None


def read_amount(text: str) -> int | None:
    """Return the centimes of an amount in dirhams, or None: 1 250 000,50 or 1250000.50."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", fold(text)).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,13}(?:\.[0-9]{1,2})?", plain):
        return None
    return int(Decimal(plain).scaleb(2))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: its number there, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


WINDOWS_ARABIC: Final = "cp1256"
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_COLUMN_NAME: Final = re.compile(r"[a-z0-9]+(?:[_ ][a-z0-9]+)*")


def decoded(content: bytes) -> tuple[str, str] | None:
    """Return the text of a table and its encoding, `utf-8` or `cp1256`; None for anything else.

    Every byte means something in cp1256: so it is believed only where the first line names two
    columns or more in plain letters, a byte is one of an Arabic letter, and no control stands
    in it.
    """
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text = content.decode(WINDOWS_ARABIC, errors="replace")
    head = [cell.strip(' "').casefold() for cell in re.split(r"[,;\t]", text.split("\n", 1)[0])]
    names = sum(_COLUMN_NAME.fullmatch(cell.strip()) is not None for cell in head)
    has_arabic = any("\u0621" <= letter <= "\u064a" for letter in text)
    is_table = names >= 2 and has_arabic and not _CONTROLS.search(text)
    return (text, WINDOWS_ARABIC) if is_table else None


def table_of(content: bytes) -> tuple[list[str], list[Row], list[Found]]:
    """Return the columns and rows of a file as text, and what is wrong with it as a whole.

    Empty rows are passed over; the separator is the one that the head has most of.
    """
    found = decoded(content)
    if found is None:
        return [], [], [Found(Fault.ENCODING, 1)]
    text = found[0]
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        columns = [fold(name).replace(" ", "_") for name in next(lines, [])]
        rows = [
            Row(number, dict(zip(columns, map(plain_cell, cells), strict=False)))
            for number, cells in enumerate(lines, start=2)
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error:
        return [], [], [Found(Fault.ENCODING, lines.line_num)]
    return columns, rows, []
