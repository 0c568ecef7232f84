"""Mending of unknown words: one letter off, two words in one; properties over any word."""

from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel import arabic
from infitah.searchindex import spelling

ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=16)
LATIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=16)
WORDS = st.one_of(ARABIC, LATIN)


def distance(one: str, other: str) -> int:
    """Return the edits between two words, two neighbours swapped being one (written anew here)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, start=1):
        rows.append([i])
        for j, b in enumerate(other, start=1):
            costs = [rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b)]
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                costs.append(rows[i - 2][j - 2] + 1)
            rows[i].append(min(costs))
    return rows[-1][-1]


@given(WORDS)
def test_every_word_offered_is_one_letter_off_and_none_is_the_word(word):
    offered = spelling.one_letter_off(word)
    assert word not in offered and "" not in offered
    assert {distance(word, one) for one in offered} <= {1}


@given(WORDS, st.data())
def test_a_word_with_one_fault_is_offered_its_right_form(word, data):
    letters = "abcdefghijklmnopqrstuvwxyz" if word.isascii() else "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(letters))
    before, after = word[:place], word[place:]
    faulty = data.draw(
        st.sampled_from(
            [
                before + letter + after,
                before + letter + after[1:],
                before + after[1:],
                before + after[1:2] + after[:1] + after[2:],
            ]
        )
    )
    if faulty and faulty != word:
        assert word in spelling.one_letter_off(faulty)


@given(WORDS)
def test_halves_make_the_word_and_each_is_a_word(word):
    for one, other in spelling.halves_of(word):
        assert one + other == word
        assert min(len(one), len(other)) >= spelling.MIN_HALF


@given(st.text(max_size=40))
def test_anything_typed_is_mended_without_a_fault_and_within_bounds(text):
    for word in arabic.tokens(text):
        form = spelling.corrected_form(word)
        assert len(form) <= spelling.MAX_LETTERS
        if form:
            assert len(form) >= spelling.MIN_CORRECTED
            assert len(spelling.one_letter_off(form)) < 1000
        assert len(spelling.halves_of(word)) < arabic.MAX_TOKEN


def test_what_is_no_word_of_either_script_is_left_alone():
    for word in ("2026", "ⵚⴼⵔⵓ", "abc1", "مدرسةx", "قصر"):
        assert spelling.corrected_form(arabic.normalise(word)) == ""
