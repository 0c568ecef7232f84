"""Months as calendar sheets: how a period was counted, day by day, at one look.

Drawn on the server; the same days stand in words beside it, so nothing hangs on seeing it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from infitah.design.components import part
from infitah.design.direction import page_language

CELL: Final = 32
WEEK: Final = 7
WIDTH: Final = CELL * WEEK
HEAD: Final = 22
"""Height of the line with the names of the days of the week."""
WEEKDAYS: Final = {
    "ar": ("اثن", "ثلا", "أرب", "خمي", "جمع", "سبت", "أحد"),
    "fr": ("lu", "ma", "me", "je", "ve", "sa", "di"),
    "zgh": ("ⴰⵢⵏ", "ⴰⵙⵉ", "ⴰⴽⵕ", "ⴰⴽⵡ", "ⴰⵙⵉⵎ", "ⴰⵙⵉⴹ", "ⴰⵙⴰ"),
}


def day_sheets(days: Iterable[object]) -> dict[str, Any]:
    """Return one sheet a month for these days; each has `on`, `state` and `ends`.

    States: start, counted, off, estimated. Weeks begin on Monday, on the side where reading does.
    """
    marked = sorted(
        ((part(one, "on"), part(one, "state"), bool(part(one, "ends"))) for one in days),
        key=lambda one: one[0],
    )
    months: dict[date, list[tuple[date, str, bool]]] = {}
    for on, state, ends in marked:
        months.setdefault(on.replace(day=1), []).append((on, state, ends))
    is_mirrored = page_language() == "ar"
    weekdays = WEEKDAYS[page_language()]
    return {
        "sheets": [_sheet(first, some, is_mirrored) for first, some in months.items()],
        "weekdays": [_heading(n, name, is_mirrored) for n, name in enumerate(weekdays)],
    }


def _heading(column: int, name: str, is_mirrored: bool) -> dict[str, Any]:
    place = WEEK - 1 - column if is_mirrored else column
    return {"words": name, "middle": place * CELL + CELL // 2}


def _sheet(
    first: date, days: Sequence[tuple[date, str, bool]], is_mirrored: bool
) -> dict[str, Any]:
    offset = first.weekday()
    cells = [_cell(on, state, ends, offset, is_mirrored) for on, state, ends in days]
    top = min(cell["y"] for cell in cells)
    for cell in cells:
        cell["y"] += HEAD - top
    return {
        "month": first,
        "cells": cells,
        "width": WIDTH,
        "height": max(cell["y"] for cell in cells) + CELL,
    }


def _cell(on: date, state: str, ends: bool, offset: int, is_mirrored: bool) -> dict[str, Any]:
    place = offset + on.day - 1
    column = place % WEEK
    x = (WEEK - 1 - column if is_mirrored else column) * CELL
    y = place // WEEK * CELL
    return {
        "day": on.day,
        "state": state,
        "ends": ends,
        "x": x,
        "y": y,
        "middle": x + CELL // 2,
    }
