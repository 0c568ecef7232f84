"""The register of a span as a file: table, spreadsheet or printed sheets, in one language."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import TextIOWrapper
from typing import IO, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community
from infitah.core.sheets import Cell, write_xlsx
from infitah.core.tables import BOM
from infitah.design import pdf
from infitah.information.models import RegisterExport
from infitah.information.queries.figures.office import COLUMNS, OfficeRow, cells, heads, office_rows
from infitah.information.queries.letters.paper import letterhead
from infitah.information.rules import figures
from infitah.kernel.dates import format_date
from infitah.kernel.localized import DIRECTIONS
from infitah.kernel.text import safe_cell

Form = RegisterExport.Form
TEMPLATE: Final = "information/register.typ"
MEDIA: Final = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
}
WIDE: Final = {
    **{0: 1.9, 2: 1.1, 4: 0.9, 6: 1.3, 7: 1.3, 9: 1.3, 10: 0.6, 11: 0.7, 12: 1.3},
    **{13: 0.8, 14: 0.9, 15: 1.5, 16: 0.9, 18: 0.6},
}
"""Columns of the printed sheets that need more room than the others, or less."""


def file_name(community: Community, span: figures.Span, form: str) -> str:
    """Return the name of the file."""
    return f"{community.key}-requests-{span.first}-{span.last}.{form}"


def write_register(
    out: IO[bytes],
    community: Community,
    span: figures.Span,
    *,
    form: str,
    language: str,
    today: date,
) -> int:
    """Write the register of a span to `out`; return how many requests it holds.

    Table and spreadsheet in constant memory. Outside any transaction: printed sheets are drawn.
    """
    with override(language):
        rows = office_rows(community, span, today)
        if form == Form.XLSX:
            side = DIRECTIONS[language] == "rtl"
            texts = map(cells, rows)
            return write_xlsx(out, heads(), texts, name=_("Register"), right_to_left=side)
        if form == Form.PDF:
            return _write_pdf(out, community, span, rows, language, today)
        return _write_csv(out, rows)


def _write_csv(out: IO[bytes], rows: Iterator[OfficeRow]) -> int:
    text = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow(heads())
    count = 0
    for one in rows:
        writer.writerow([safe_cell(_text(cell)) for cell in cells(one)])
        count += 1
    text.detach()
    return count


def _text(cell: Cell) -> str:
    """Return a cell as a table says it: days as year-month-day."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _write_pdf(
    out: IO[bytes],
    community: Community,
    span: figures.Span,
    rows: Iterator[OfficeRow],
    language: str,
    today: date,
) -> int:
    places = [place for place, column in enumerate(COLUMNS) if column.on_paper]
    made = [_line(cells(one), places) for one in rows]
    words = _("Requests received from %(first)s to %(last)s, as they stood on %(day)s.")
    days = {"first": span.first, "last": span.last, "day": today}
    institution = community.institution.in_language(language)
    inputs = {
        "lines": letterhead(community, language),
        "accent": community.accent,
        "author": institution,
        "counted": words % {name: format_date(day, language) for name, day in days.items()},
        "heads": [str(COLUMNS[place].head) for place in places],
        "widths": [WIDE.get(place, 1.0) for place in places],
        "rows": made,
        "footer": institution,
    }
    title = _("Register of requests for information")
    out.write(pdf.render(TEMPLATE, inputs, title=title, language=language))
    return len(made)


def _line(row: Sequence[Cell], places: Sequence[int]) -> list[str]:
    return [_text(row[place]) for place in places]
