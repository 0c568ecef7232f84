"""Spreadsheets: what goes in is read back the same by a reader of plain XML; no formula ever."""

import zipfile
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.core import media_types
from infitah.core.sheets import write_xlsx

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def made(rows, *, heads=("a", "b"), **more):
    out = BytesIO()
    count = write_xlsx(out, heads, rows, name=more.pop("name", "السجل"), **more)
    return count, out


def read(out):
    """Return the rows of the sheet as (kind, text) cells."""
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [[_read(cell) for cell in row] for row in sheet.findall("m:sheetData/m:row", NS)], sheet


def _read(cell):
    value, text = cell.find("m:v", NS), cell.find("m:is/m:t", NS)
    return cell.get("t", ""), (text.text or "") if text is not None else getattr(
        value, "text", None
    )


def test_days_numbers_and_texts_keep_their_kind():
    count, out = made([["محضر", 12], [date(2026, 3, 2), None], [True, ""]])
    rows, _sheet = read(out)
    assert count == 3
    assert rows[0] == [("inlineStr", "a"), ("inlineStr", "b")]
    assert rows[1] == [("inlineStr", "محضر"), ("", "12")]
    assert rows[2] == [("", "46083"), ("", None)]  # days since 30 December 1899
    assert rows[3] == [("b", "1"), ("", None)]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("x")']
)
def test_nothing_typed_becomes_a_formula(text):
    _count, out = made([[text, 1]])
    rows, sheet = read(out)
    assert rows[1][0] == ("inlineStr", text)
    assert sheet.find(".//m:f", NS) is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_text_comes_back_as_it_was(text):
    _count, out = made([[text, 1]])
    kind, found = read(out)[0][1][0]
    assert (kind, found) == ("inlineStr", text.replace("\ufffe", "").replace("\uffff", ""))


def test_what_xml_cannot_hold_is_left_out():
    _count, out = made([["a\x00\x0bb\ud800", 1]], name="[2026]/سجل: *" * 9)
    assert read(out)[0][1][0] == ("inlineStr", "ab")


def test_an_arabic_sheet_begins_at_the_right_and_an_empty_one_has_its_head():
    count, out = made([], right_to_left=True)
    rows, sheet = read(out)
    assert count == 0 and len(rows) == 1
    assert sheet.find("m:sheetViews/m:sheetView", NS).get("rightToLeft") == "1"


def test_it_is_told_as_a_spreadsheet_and_is_the_same_each_time():
    _count, out = made([["a", 1]])
    out.seek(0)
    assert media_types.media_type_of(out, "x.xlsx", head_bytes=512) == media_types.XLSX
    assert out.getvalue() == made([["a", 1]])[1].getvalue()
