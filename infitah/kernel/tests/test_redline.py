"""The difference between two texts, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.redline import Piece, is_changed, redline, words_of

WORDS = [
    "نشر",
    "الميزانيةِ",
    "كل",
    "سنة",
    "le",
    "conseil",
    "2024",
    "12/06/2024",
    " ",
    "\n",
    "،",
    ".",
]
texts = st.lists(st.sampled_from(WORDS), max_size=40).map("".join) | st.text(max_size=80)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("نشر الميزانية كل سنة", "نشر الميزانية كل ستة أشهر", ["-سنة", "+ستة أشهر"]),
        ("كَتَبَ المجلس", "كتب المجلس", ["-كَتَبَ", "+كتب"]),
        ("والمجلس ينشر", "المجلس ينشر", ["-والمجلس", "+المجلس"]),
        ("قبل 12/06/2024.", "قبل 15/06/2024.", ["-12/06/2024", "+15/06/2024"]),
        ("l’accès aux données", "l’accès libre aux données", ["+libre "]),
        ("une phrase, deux mots", "deux mots", ["-une phrase, "]),
        ("بلا تغيير", "بلا تغيير", []),
        ("", "نص جديد", ["+نص جديد"]),
        ("", "", []),
    ],
)
def test_whole_words_are_marked(before, after, changes):
    signs = {"removed": "-", "added": "+"}
    found = redline(before, after)
    assert [signs[one.kind] + one.text for one in found if one.kind in signs] == changes
    assert is_changed(found) == bool(changes)


def test_what_went_and_came_in_one_place_reads_in_one_piece():
    assert redline("ينشر التقرير في يناير", "ينشر الجدول كل شهر في يناير") == (
        Piece("same", "ينشر "),
        Piece("removed", "التقرير"),
        Piece("added", "الجدول كل شهر"),
        Piece("same", " في يناير"),
    )


@given(texts, texts)
def test_both_texts_come_out_to_the_letter(before, after):
    found = redline(before, after)
    assert "".join(one.text for one in found if one.kind != "added") == before
    assert "".join(one.text for one in found if one.kind != "removed") == after
    assert all(one.text for one in found)


@given(texts)
def test_words_joined_are_the_text(text):
    assert "".join(words_of(text)) == text
    assert not is_changed(redline(text, text))


def test_one_word_over_and_over_takes_a_moment():
    began = time.perf_counter()
    found = redline("نعم لا " * 4000, "لا نعم " * 4000 + "نعم")
    assert time.perf_counter() - began < 1
    assert is_changed(found)
