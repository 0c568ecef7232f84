"""Cells of a data file that a spreadsheet may open and a program reads back unchanged.

A cell that would start a formula, or that starts with an apostrophe itself, gets one apostrophe
before it; who reads the file takes the first apostrophe of such a cell away. No Django.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from infitah.kernel.text import safe_cell

MARK: Final = "'"
IMPORTED: Final = uuid.UUID("a6a0c6a2-3c6e-4a57-9d0c-0b8f4a3c9e51")

IDEA_COLUMNS: Final = (
    "reference",
    "submitted_at",
    "state",
    "axis",
    "commune",
    "language",
    "source",
    "workshop",
    "table",
    "dots",
    "is_late",
    "statement",
    "detail",
)
"""The columns of ideas.csv, which is what `infitah import ideas` reads."""
WORKSHOP_COLUMNS: Final = (
    "workshop",
    "held_on",
    "name_ar",
    "name_fr",
    "place_ar",
    "place_fr",
    "present",
    "table",
    "axis",
    "hour",
    "cancelled_at",
    "cancel_reason",
)
"""The columns of workshops.csv: one row a table."""
WORKSHOP_COLUMNS_BEFORE: Final = WORKSHOP_COLUMNS[:9]
"""Those of packages written before workshops had an hour and could be cancelled."""
LICENCE: Final = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}


def sealed(text: str) -> str:
    """Return `text` as a cell that no spreadsheet runs and `opened` gives back."""
    if text.startswith(MARK):
        return f"{MARK}{text}"
    return safe_cell(text)


def opened(cell: str) -> str:
    """Return what was sealed in a cell."""
    return cell.removeprefix(MARK)


def instant(text: str) -> datetime | None:
    """Return the instant that a cell states with its offset from UTC, None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def key_of_import(consultation: str, reference: str) -> uuid.UUID:
    """Return the key of an imported idea: importing a file again finds what is in already."""
    return uuid.uuid5(IMPORTED, f"{consultation}|{reference}")


def manifest_text(manifest: Mapping[str, object]) -> str:
    """Return datapackage.json as it is written: readable, in its own letters."""
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
