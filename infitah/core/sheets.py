"""Spreadsheets (XLSX) of plain tables, written row by row by the standard library alone.

Office Open XML, ECMA-376: text goes in as text, so that no cell is ever a formula; days and whole
numbers keep their kind. The same rows give the same bytes.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr

MEDIA: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | bool | date | None
_START: Final = date(1899, 12, 30)
"""Day nought of a spreadsheet."""
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST: Final = 32_767
"""Characters that one cell may hold."""
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOLD, _DAY = 1, 2
"""Numbers of the styles of a head and of a day."""

_PARTS: Final = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
        '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" xfId="0" applyFont="1"/>'
        '<xf numFmtId="164" fontId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}


def write_xlsx(
    out: IO[bytes],
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    name: str,
    right_to_left: bool = False,
) -> int:
    """Write a spreadsheet of one sheet to `out` in constant memory; return how many rows it has.

    The sheet is called `name` (31 characters at most) and its head stays in view; a sheet of
    Arabic begins at the right.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in _PARTS.items():
            archive.writestr(_entry(path), f"{_HEAD}{text}")
        archive.writestr(_entry("xl/workbook.xml"), f"{_HEAD}{_workbook(name)}")
        with archive.open(_entry("xl/worksheets/sheet1.xml"), "w") as sheet:
            sheet.write(f"{_HEAD}{_opening(len(heads), right_to_left)}".encode())
            sheet.write(_row(1, heads, _BOLD).encode())
            number = 1
            for number, row in enumerate(rows, start=2):
                sheet.write(_row(number, row).encode())
            sheet.write(b"</sheetData></worksheet>")
    return number - 1


def _entry(path: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(path, _EARLIEST)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _workbook(name: str) -> str:
    kept = re.sub(r"[\[\]:*?/\\]", " ", _plain(name))[:31].strip() or "1"
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(kept)} sheetId="1" r:id="r1"/></sheets></workbook>'
    )


def _opening(columns: int, right_to_left: bool) -> str:
    side = ' rightToLeft="1"' if right_to_left else ""
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{side} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><cols><col min="1" max="{max(columns, 1)}" width="18" '
        'customWidth="1"/></cols><sheetData>'
    )


def _row(number: int, cells: Sequence[Cell], style: int = 0) -> str:
    return f'<row r="{number}">{"".join(_cell(cell, style) for cell in cells)}</row>'


def _cell(value: Cell, style: int) -> str:
    shape = f' s="{style}"' if style else ""
    match value:
        case None | "":
            return f"<c{shape}/>"
        case bool():
            return f'<c{shape} t="b"><v>{int(value)}</v></c>'
        case int():
            return f"<c{shape}><v>{value}</v></c>"
        case date():
            return f'<c s="{_DAY}"><v>{(value - _START).days}</v></c>'
    text = escape(_plain(value)[:_LONGEST])
    return f'<c{shape} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _plain(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_XML.sub("", text)
