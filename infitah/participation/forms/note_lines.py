"""Notes typed all at once, one a line, put into the rows of a table before they are judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from infitah.participation import rules

LINES = "lines"
PARTS = ("statement", "dots", "detail", "commune")
"""What a row holds; a row without any of it is empty."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What was sent, with its lines in rows; `read` says which line went into which row.

    `too_many` lines have no row: then none is placed, and all stay where they were typed.
    """

    data: QueryDict
    read: Mapping[int, rules.TypedLine] = field(default_factory=dict)
    too_many: int = 0


def placed(data: QueryDict) -> Placed:
    """Return `data` with the lines that it holds put into the first empty rows, in their order."""
    lines = rules.typed_lines(data.get(LINES, ""))
    free = [row for row in range(1, rules.MOST_ROWS + 1) if _is_empty(data, row)]
    if not lines:
        return Placed(data)
    if len(lines) > len(free):
        return Placed(data, too_many=len(lines) - len(free))
    read = dict(zip(free, lines, strict=False))
    filled = data.copy()
    filled[LINES] = ""
    for row, line in read.items():
        filled[f"statement_{row}"], filled[f"dots_{row}"] = line.statement, line.dots
    return Placed(filled, read)


def _is_empty(data: QueryDict, row: int) -> bool:
    return not any(data.get(f"{part}_{row}", "").strip() for part in PARTS)
