"""What seems to hold a telephone, a card or an address is seen, whatever way it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.participation.rules import Personal, are_many_dots, personal_in

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
GAPS = st.sampled_from(["", " ", ".", "-", "\u00a0", " - "])
WORDS = st.text(alphabet="ابتثجحخدرزسشصضطعغفقكلمنهوي ", max_size=40)


@st.composite
def phones(draw):
    start = draw(st.sampled_from(["0", "+212", "+212 ", "+212 (0)", "00212", "212"]))
    digits = draw(st.sampled_from("5678")) + draw(st.text("0123456789", min_size=8, max_size=8))
    gap = draw(GAPS)
    pairs = [digits[:1], *(digits[place : place + 2] for place in range(1, 9, 2))]
    written = start + gap.join(pairs)
    return written.translate(EASTERN) if draw(st.booleans()) else written


@given(WORDS, phones(), WORDS)
def test_a_moroccan_telephone_is_seen_in_any_words(before, phone, after):
    assert Personal.PHONE in personal_in(f"{before} {phone} {after}")


@given(WORDS, st.from_regex(r"[A-Z]{1,2}[0-9]{5,6}", fullmatch=True), st.booleans())
def test_a_national_card_is_seen_in_any_words(words, card, is_small):
    written = card.lower() if is_small else card
    assert personal_in(f"{words} {written} {words}") == (Personal.CARD,)


@given(st.emails(), WORDS)
def test_an_address_is_seen_in_any_words(address, words):
    plain = address if address.rpartition("@")[0][-1].isalnum() else f"a{address}"
    if plain.rpartition("@")[0][-1].isalnum() and plain[-1].isalpha():
        assert Personal.MAIL in personal_in(words, f"{words} {plain}")


@given(WORDS, st.integers(0, 9_999), WORDS)
def test_words_and_small_numbers_are_nothing_personal(before, number, after):
    assert personal_in(f"{before} {number} {after}") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("للاتصال 0612345678", (Personal.PHONE,)),
        ("هاتف ٠٥٣٥.٦٦.٠٠.٠٠ للجميع", (Personal.PHONE,)),
        ("CIN C 123456, fati@example.org", (Personal.CARD, Personal.MAIL)),
        ("un budget de 50000 dirhams en 2026", ()),
        ("المقرر SFR-2026-I-0011 بتاريخ 12/06/2023", ()),
        ("0912345678 أو 06123456789 أو 061234567", ()),
        ("@صفرو وa@b", ()),
    ],
)
def test_what_is_personal_and_what_is_not(text, found):
    assert personal_in(text) == found


@pytest.mark.parametrize(
    ("dots", "present", "many"),
    [(None, 3, False), (3, 3, False), (4, 3, True), (200, None, False), (201, None, True)],
)
def test_more_dots_than_people_are_many(dots, present, many):
    assert are_many_dots(dots, present) is many


def test_a_long_text_is_read_in_a_moment():
    assert personal_in("0" * 50_000 + "a@" * 25_000 + "+212 " * 12_000) == ()
