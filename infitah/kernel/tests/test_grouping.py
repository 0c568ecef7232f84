"""Groups of digits stay together; nothing else of a text changes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.grouping import TOGETHER, digits_together

words = st.text(st.sampled_from("0123456789٣٠ \u00a0\u202f+-.,:/()درهمab\n"), max_size=60)


@pytest.mark.parametrize(
    "typed",
    [
        "كلفته 3_150_000 درهم",
        "4_120 تلميذا",
        "المبلغ:3_150_000,50",
        "(12_500)",
        "12_000-13_000 درهم",
        "٣_١٥٠_٠٠٠ درهم",
        "الهاتف 06_61_23_45_67.",
        "0535_66_00_00 ou +212_661_23_45_67",
        "00212_6_61_23_45_67",
        "من 3_150_000 إلى 4_000_000",
    ],
)
def test_groups_are_kept_together(typed: str) -> None:
    assert digits_together(typed.replace("_", " ")) == typed.replace("_", TOGETHER)


@pytest.mark.parametrize(
    "typed",
    [
        "سنتا 2025 2026",
        "سنة 2025 120 تلميذا",
        "30 11 2026",
        "2026-11-30 10:45 200",
        "12 120 45",
        "011 780 0000123456789012 34",
        "0 500",
        "007 123",
        "القسم 3، 150 تلميذا",
        "3,5 200",
        "SFR-2026-R-0042 150",
        "01 02 03 04 05",
        "3  150",
        "3\n150",
    ],
)
def test_what_is_no_number_is_left_alone(typed: str) -> None:
    assert digits_together(typed) == typed


@given(words)
def test_only_spaces_between_digits_change(text: str) -> None:
    shown = digits_together(text)
    assert len(shown) == len(text)
    for place, (before, after) in enumerate(zip(text, shown, strict=True)):
        if before != after:
            assert before.isspace() and after == TOGETHER
            assert text[place - 1].isdecimal() and text[place + 1].isdecimal()


@given(words)
def test_twice_is_once(text: str) -> None:
    assert digits_together(digits_together(text)) == digits_together(text)


def test_the_separator_is_one_of_numbers_and_breaks_no_line() -> None:
    assert unicodedata.bidirectional(TOGETHER) == "CS"
    assert "noBreak" in unicodedata.decomposition(TOGETHER)
