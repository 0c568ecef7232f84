"""Darija read as standard Arabic: what is read, and what is left alone."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel import arabic
from infitah.searchindex import darija


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("بغينا الضو فالزنقة", "نريد الإنارة في الأزقة"),
        ("خاص السبيطار يكون فيه الدوا", "يجب المستشفى يكون فيه الدواء"),
        ("الطوبيس ما كاينش للعيالات", "الحافلة ما لا يوجد إلى النساء"),
        ("كيتقطع الما بزاف", "ينقطع الماء كثيرا"),
        ("bghina sbitar f douar", "نريد المستشفى في القرية"),
        ("khas wifi batel f la gare", "يجب wifi مجانا في la gare"),
    ],
)
def test_everyday_words_are_read(written: str, read: str) -> None:
    assert darija.reading(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "إحداث ممر خاص بالدراجات قرب دار الشباب",  # خاص and دار are standard Arabic too
        "Publier le budget de la province en 2026",
        "ⵜⴰⵎⵓⵔⵜ ⵏ ⵚⴼⵔⵓ",
        "",
    ],
)
def test_standard_arabic_french_and_amazigh_are_left_alone(written: str) -> None:
    assert darija.reading(written) == written


@given(st.text("ابتحديكفلمنوشةال bdfghklmnt1379'é.ⵣ", max_size=60))
def test_any_text_is_read_without_a_fault(written: str) -> None:
    assert isinstance(darija.reading(written), str)


def test_the_list_holds_each_word_once_and_nothing_that_cannot_be_found() -> None:
    with darija.LIST.open(encoding="utf-8", newline="") as lines:
        forms = [arabic.normalise(row["darija"]) for row in csv.DictReader(lines)]
    assert len(set(forms)) == len(forms)
    assert all(arabic.tokens(form) == [form] for form in forms)
