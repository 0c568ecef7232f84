"""Hostile text: hidden characters, long pastes, spreadsheet formulas."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel import text

anything = st.text(max_size=80)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("a\u202eb\u202c", "ab"),
        ("\u2066a\u2069", "a"),
        ("\ufeffa\u200b\u200cb\u200f", "ab"),
        ("a\x00\x07b\x1b[31m", "ab[31m"),
        ("a\r\nb\rc\u2028d\u0085e", "a b c d e"),
        ("  a \t\u00a0 b  ", "a b"),
        ("e\u0301", "é"),
        ("\u3164\u2800\u115f", ""),
        ("a\ud800b\ufffe", "ab"),
        ("\u00adsoft", "soft"),
        ("مُقَرَّر", "مُقَرَّر"),
        ("۝ و \u0600", "۝ و \u0600"),
    ],
)
def test_lines(typed: str, line: str) -> None:
    assert text.clean_line(typed) == unicodedata.normalize("NFC", line)


def test_paragraphs_are_kept() -> None:
    assert text.clean_text(" a  b \r\n\r\n\r\n\r\n c\t\rd \n") == "a b\n\nc\nd"


@given(anything)
def test_cleaning_is_stable_and_leaves_nothing_hidden(typed: str) -> None:
    clean = text.clean_text(typed)
    assert text.clean_text(clean) == clean
    assert text.clean_line(clean) == text.clean_line(typed)
    assert text.drop_hidden(clean) == clean
    assert "\n" not in text.clean_line(typed)
    clean.encode("utf-8")


@pytest.mark.parametrize(
    "paste",
    [
        "ب" * text.MAX_PASTE,
        "a" + "\u0315\u0300\u0327" * 70_000,
        " \n" * 100_000,
        "\u202e" * text.MAX_PASTE,
        ("<b>" * 60_000),
    ],
)
def test_pastes_of_200_kb_are_cleaned(paste: str) -> None:
    assert len(text.clean_text(paste)) <= len(paste)


def test_stacks_of_marks_are_capped() -> None:
    assert len(text.clean_line("a" + "\u0317" * 500)) == 1 + text.MAX_MARKS
    assert text.clean_line("اللَّهُمَّ") == unicodedata.normalize("NFC", "اللَّهُمَّ")


@pytest.mark.parametrize("value", ["أهلا", "é", "ⵣ", "a1", "…x"])
def test_letters(value: str) -> None:
    assert text.has_letters(value)


@pytest.mark.parametrize("value", ["", "...", "12", "😀", "ـ ".strip("ـ ")])
def test_no_letters(value: str) -> None:
    assert not text.has_letters(value)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "|x", "%x"]
)
def test_formulas_are_disarmed(cell: str) -> None:
    assert text.safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "نص", "a=b", "-12.5", "+3", "-1,5", "1e5"])
def test_plain_cells_are_left_alone(cell: str) -> None:
    assert text.safe_cell(cell) == cell
