"""The labelled set: both together find no less than words alone, and how often they are wrong.

The figures themselves are in docs/explanation/close-in-meaning.md and in `bench/meaning.py`.
"""

from collections import Counter

from infitah.searchindex.tests.labelled import labelled, look_up, look_up_near

ROWS = labelled()
PAIRS = [row for row in ROWS if row.idea]


def test_the_set_is_large_mixed_and_without_doubles() -> None:
    assert len(PAIRS) >= 200
    assert len({row.idea for row in PAIRS}) == len(PAIRS)
    assert len({row.asked for row in ROWS}) == len(ROWS)
    kinds = Counter(row.kind for row in PAIRS)
    assert {"ar-fr", "ar-ary", "fr-ary", "ar-ar", "fr-fr"} == kinds.keys()
    assert min(kinds.values()) >= 16
    assert sum("Latn" in row.asked_in for row in PAIRS) >= 20
    assert sum(row.part == "held" for row in PAIRS) >= 40
    assert sum(row.part == "stranger" for row in ROWS) >= 40


def test_both_together_find_no_less_than_words_and_far_more_across_languages(
    with_encoder: None,
) -> None:
    words, meaning, both = look_up(ROWS).values()
    for within in (1, 5):
        assert both.recall(within) >= words.recall(within)
        assert both.shown(within) >= words.shown(within)
        for kind in {row.kind for row in PAIRS}:
            assert both.recall(within, kind=kind) >= words.recall(within, kind=kind), kind
    assert meaning.recall(5, kind="ar-fr") >= 0.9
    assert both.recall(5, kind="ar-fr") >= 0.9
    assert meaning.strangers() <= 0.2
    assert both.shown(5) >= 0.45
    assert both.strangers() <= words.strangers() + meaning.strangers()


def test_a_few_words_are_near_to_ideas_that_speak_of_the_thing(with_encoder: None) -> None:
    held = look_up_near()
    assert held.answered >= 0.9
    assert held.speaking >= 0.6
    stricter = look_up_near(0.35)
    assert stricter.answered < held.answered and stricter.strangers < held.strangers
