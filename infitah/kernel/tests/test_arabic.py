"""The normaliser: what people write in many ways is found as one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel import arabic

WRITINGS = [
    ("مُقَرَّر", "مقرر"),
    ("مـــقـــرر", "مقرر"),
    ("الإنفتاح", "الانفتاح"),
    ("ميزانيه", "ميزانية"),
    ("مستشفي", "مستشفى"),
    ("مسؤول", "مسوول"),
    ("١٢٣ ۴۵", "123 45"),
    ("Dépenses d’Équipement", "depenses d’equipement"),
    ("œuvre", "oeuvre"),
    ("ﺍﻟﻤﺠﻠﺲ", "المجلس"),
    ("ﻻﺋﺤﺔ", "لائحة"),
    ("ﻣَﺪْﺭَﺳَﺔ", "مدرسة"),
    ("م\ufe77د", "مد"),
    ("ال\u200bجماعة\u202e", "الجماعة"),
    ("أڭادير", "اكادير"),
    ("علی", "على"),
    ("İstanbul", "istanbul"),
]


@pytest.mark.parametrize(("written", "plain"), WRITINGS)
def test_writings_of_one_word_meet(written: str, plain: str) -> None:
    assert arabic.normalise(written) == arabic.normalise(plain)


def test_tifinagh_is_untouched() -> None:
    assert arabic.normalise("ⵜⴰⵎⴰⵣⵉⵖⵜ ⵚⴼⵔⵓ") == "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵚⴼⵔⵓ"
    assert arabic.tokens("ⴰ\u2d7fⴱ") == ["ⴰ\u2d7fⴱ"]
    assert arabic.stems("ⵚⴼⵔⵓ") == ()


def found(query: str, text: str) -> bool:
    held = set(arabic.index_forms(text).split())
    return all(held & set(forms) for forms in arabic.query_forms(query))


@pytest.mark.parametrize(
    ("query", "text", "is_found"),
    [
        ("الجماعات", "للجماعات الترابية", True),
        ("جماعات", "للجماعات", True),
        ("ميزانيه", "الميزانية السنوية", True),
        ("بلدية", "البلدية", True),
        ("بلديات", "البلدية", True),
        ("لجنة", "للجنة", True),
        ("للجنة", "لجنة", True),
        ("مدرسه", "ومدرسة", True),
        ("الاقليمية", "الإقليمية", True),
        ("election", "Élections locales", True),
        ("bourses", "une bourse", True),
        ("travaux", "travau", True),
        ("باب", "كتاب", False),
        ("ولد", "لد", False),
        ("الإنارة العمومية", "الإنارة في الحي", False),
        ("المجلس و الميزانية", "ميزانية مجلس", True),
    ],
)
def test_queries_meet_texts(query: str, text: str, is_found: bool) -> None:
    assert found(query, text) is is_found


def test_stop_words_are_asked_only_alone() -> None:
    assert [forms[0] for forms in arabic.query_forms("الماء في الحي")] == ["الماء", "الحي"]
    assert arabic.query_forms("في") == [("في",)]
    assert arabic.query_forms("  ...  ") == []


def test_places_point_into_the_original() -> None:
    text = "عُقدت ﺍﻟﺪﻭﺭﺓ العاديـة، Dépenses"
    placed = arabic.placed_tokens(text)
    assert [token.form for token in placed] == arabic.tokens(text)
    assert text[placed[1].start : placed[1].end] == "ﺍﻟﺪﻭﺭﺓ"
    assert text[placed[2].start : placed[2].end] == "العاديـة"


def test_long_runs_are_cut() -> None:
    assert [len(word) for word in arabic.tokens("ا" * 5000)] == [arabic.MAX_TOKEN]


def test_a_hostile_paste_is_normalised_in_linear_time() -> None:
    marks = "a" + "\u0315\u0300\u05b0\u0327" * 50_000
    assert len(arabic.normalise(marks)) < 200
    assert arabic.tokens("\ufdfa" * 1000)


def test_duplicates_are_alike_and_strangers_are_not() -> None:
    lamps = "إصلاح الإنارة العمومية بحي بنصفار"
    assert arabic.similarity(lamps, "اصلاح الاناره العموميه في حي بنصفار") > 0.9
    assert arabic.similarity(lamps, "تنظيم دورة تكوينية للشباب") < 0.2
    assert arabic.similarity(lamps, "...") == 0.0


anything = st.text(max_size=60)
words = st.text("ابتةىأإآؤئوفلكمنسرد ـَّéÉsxⴰⵣ'1٢ﻻﺋ", max_size=40)


@given(anything | words)
def test_normalising_is_stable(text: str) -> None:
    once = arabic.normalise(text)
    assert arabic.normalise(once) == once


@given(words)
def test_accents_case_and_composition_do_not_matter(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert arabic.tokens(decomposed) == arabic.tokens(text)


@given(words)
def test_every_text_is_found_by_its_own_words(text: str) -> None:
    assert found(text, text)


@given(anything | words)
def test_stems_are_short_enough_and_never_the_word(text: str) -> None:
    for word in arabic.tokens(text):
        for stem in arabic.stems(word):
            assert arabic.MIN_STEM <= len(stem) < len(word)


@given(anything, anything)
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert arabic.similarity(one, other) == arabic.similarity(other, one)
    assert 0.0 <= arabic.similarity(one, other) <= 1.0
    assert arabic.similarity(one, one) in (0.0, 1.0)


@given(anything | words)
def test_placed_words_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for token in arabic.placed_tokens(text):
        assert token.start < token.end <= len(text)
        assert token.start >= end or token.end == end
        end = token.end


def test_vowel_signs_fall_away_and_letters_stay_as_they_were():
    assert arabic.without_vowel_signs("مُقَرَّرٌ رقــم ة أ Noël") == "مقرر رقم ة أ Noël"
