"""Words that stand for each other: across the languages, as people speak, and never by chance."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel import arabic
from infitah.searchindex import synonyms


def standing(text: str) -> set[str]:
    found = synonyms.standing_for(arabic.tokens(text))
    return {form for forms in found.values() for form in forms}


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        ("ميزانية", "budget"),
        ("budget", "ميزانيه"),
        ("الميزانيات", "budget"),
        ("بالحافلات", "bus"),
        ("سبيطار", "مستشفي"),
        ("dos d'âne", "ممهلات"),
        ("feux rouges", "ملتقي"),
        ("transport scolaire", "مدرسي"),
        ("النقل المدرسي", "scolaire"),
        ("زبل", "dechets"),
    ],
)
def test_a_word_stands_for_its_like_in_the_other_language(asked, form):
    assert form in standing(asked)


def test_a_name_of_several_words_is_found_whole_only():
    assert "ملتقي" not in standing("rouges")
    assert standing("rouges feux") != standing("feux rouges")


def test_what_is_spoken_is_told_in_arabic_and_the_rest_stays():
    told = synonyms.told_in_arabic(arabic.tokens("بشحال البيسين فصفرو"))
    assert told == "ثمن مسبح فصفرو"
    assert synonyms.told_in_arabic(arabic.tokens("كلمة مجهولة")) == "كلمه مجهوله"


@given(st.text(max_size=60))
def test_any_text_is_looked_up_within_its_words(text):
    words = arabic.tokens(text)
    found = synonyms.standing_for(words)
    assert all(0 <= place < len(words) for place in found)
    assert len(synonyms.told_in_arabic(words)) < 40 * (len(words) + 1) + len(text) * 18


def test_the_list_names_each_thing_in_arabic_and_each_row_is_whole():
    with synonyms.LIST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 200
    for row in rows:
        assert None not in row and row["arabic"], row
        for told in row.values():
            terms = told.split(";")
            assert len(terms) == len(set(terms)), row
            assert all(term == term.strip() for term in terms), row
            longest = max(len(arabic.tokens(term)) for term in terms)
            assert longest <= synonyms.LONGEST or told == "", row
