"""`infitah export requests --from --to --format`: the register in codes, without identity."""

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, TextIO

from django.core.management.base import CommandError

from infitah.community.models import Community
from infitah.core import clock
from infitah.core.tables import BOM
from infitah.information.queries.figures.office import CODE_COLUMNS, code_cells, office_rows
from infitah.information.rules.figures import Span
from infitah.kernel.text import safe_cell

Cell = str | int | bool | None
BEGINNING: Final = date(2019, 3, 12)
"""The day on which law 31-13 came into force: nothing is older."""


class RequestsExport:
    """Writes the register of a span; what is not whole never takes the file's name."""

    help = "--from DAY --to DAY --format csv|json [FILE]: the register of requests, in codes"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the days, the form, the file and the community."""
        parser.add_argument("file", type=Path, nargs="?", help="where to write; default: here")
        parser.add_argument("--from", dest="first", type=_day, default=BEGINNING, help="first day")
        parser.add_argument("--to", dest="last", type=_day, default=None, help="last day: today")
        parser.add_argument("--format", dest="form", choices=("csv", "json"), default="csv")
        parser.add_argument("--community", default="", help="reference code; default: default one")

    def write(self, options: Mapping[str, Any]) -> str:
        """Write the register; return its path and its number of requests. Raises CommandError."""
        today = clock.today()
        span = Span(options["first"], options["last"] or today)
        if span.last < span.first:
            raise CommandError("The last day lies before the first one.")
        rows = (code_cells(one) for one in office_rows(_community(options), span, today))
        form = _json if options["form"] == "json" else _csv
        target: Path | None = options["file"]
        if target is None:
            form(rows, sys.stdout)
            return ""
        partial = target.with_name(f"{target.name}.part")
        try:
            with partial.open("w", encoding="utf-8", newline="") as out:
                count = form(rows, out)
            partial.replace(target)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from error
        return f"Written: {target}, requests {count}."


def _day(text: str) -> date:
    """Return a day typed as 2026-03-02; argparse tells of a ValueError."""
    return date.fromisoformat(text)


def _community(options: Mapping[str, Any]) -> Community:
    key = options["community"]
    here = Community.objects.filter(key=key) if key else Community.objects.filter(is_default=True)
    community = here.first()
    if community is None:
        raise CommandError(f"No community has the code {key}.")
    return community


def _csv(rows: Iterator[Sequence[Cell]], out: TextIO) -> int:
    out.write(BOM)
    writer, count = csv.writer(out), 0
    writer.writerow(CODE_COLUMNS)
    for row in rows:
        writer.writerow([safe_cell(_text(cell)) for cell in row])
        count += 1
    return count


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


def _json(rows: Iterator[Sequence[Cell]], out: TextIO) -> int:
    out.write('{"requests": [')
    count = 0
    for row in rows:
        one = dict(zip(CODE_COLUMNS, row, strict=True))
        out.write(f"{',' if count else ''}\n{json.dumps(one, ensure_ascii=False)}")
        count += 1
    out.write(f'\n],\n"count": {count}}}\n')
    return count
