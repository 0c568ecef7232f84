"""What a text holds of a question: bounds, order of what counts, bounded questions to the index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel import arabic
from infitah.searchindex import weighing
from infitah.searchindex.weighing import Held, Sought

WORDS = st.sampled_from(["ماء", "طريق", "سوق", "eau", "route", "budget"])
SOUGHT = st.lists(
    st.builds(
        Sought,
        forms=st.tuples(WORDS),
        others=st.lists(WORDS, max_size=2).map(tuple),
        texts=st.one_of(st.none(), st.integers(1, 500)),
    ),
    min_size=1,
    max_size=12,
)
HELD = st.builds(Held, *[st.lists(WORDS, max_size=4).map(" ".join)] * 2)


@given(SOUGHT, HELD, st.integers(0, 1000))
def test_coverage_is_a_share_and_weights_are_shares(sought, held, total):
    weights = weighing.weights(sought, total)
    assert abs(sum(weights) - 1) < 1e-9 and min(weights) > 0
    assert 0 <= weighing.coverage(sought, weights, held) <= 1 + 1e-9


@given(SOUGHT, HELD, WORDS)
def test_more_words_never_lower_what_a_text_holds(sought, held, word):
    weights = weighing.weights(sought, 100)
    more = Held(f"{held.title} {word}", held.body)
    assert weighing.coverage(sought, weights, more) >= weighing.coverage(sought, weights, held)


def test_the_word_itself_in_the_title_counts_most_and_a_rare_word_more_than_a_common_one():
    word = [Sought(("ماء",), ("eau",), texts=3)]
    one = weighing.weights(word, 100)
    places = [Held("ماء", ""), Held("eau", ""), Held("", "ماء"), Held("", "eau"), Held("", "")]
    scores = [weighing.coverage(word, one, held) for held in places]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == 5
    two = [Sought(("ماء",), texts=90), Sought(("تازوطه",), texts=1)]
    weights = weighing.weights(two, 100)
    assert weighing.coverage(two, weights, Held("تازوطه", "")) > weighing.coverage(
        two, weights, Held("ماء", "")
    )


def test_a_word_that_no_text_holds_never_outweighs_those_that_some_do():
    known = [Sought(("طريق",), texts=9), Sought(("دوار",), texts=4)]
    more = [*known, *(Sought((f"غريبه{number}",)) for number in range(8))]
    alone, beside = weighing.weights(known, 100), weighing.weights(more, 100)
    assert max(beside[2:]) < min(beside[:2])
    held = Held("طريق", "")
    for sought, weighed in ((known, alone), (more, beside)):
        assert weighing.coverage(sought, weighed, held) >= weighing.least(weighed, 0.2)


def test_what_is_asked_about_a_thing_counts_less_beside_words_that_name_it():
    amount = Sought(("مبلغ",), texts=9, is_aspect=True)
    road, village = Sought(("طريق",), texts=9), Sought(("قريه",), texts=9)
    assert weighing.weights([amount, road], 100) == [0.5, 0.5]
    weighed = weighing.weights([amount, road, village], 100)
    assert weighed[0] < weighed[1] / 2 and weighed[1] == weighed[2]


def test_a_beginning_counts_as_the_word_where_a_word_goes_on_from_it():
    typed = [Sought(("ميز",), beginnings=("ميز",))]
    assert weighing.coverage(typed, [1.0], Held("قانون الميزانية ميزانيه", "")) == 1.0
    assert weighing.coverage(typed, [1.0], Held("تمييز", "")) == 0.0


@given(SOUGHT)
def test_the_index_is_asked_within_bounds_the_strictest_first(sought):
    asked = weighing.probes(sought)
    assert len(asked) <= 20
    assert sum(probe.limit for probe in asked) <= 600
    meant = {frozenset(weighing.probes([one])[0].words[0]) for one in sought}
    assert set(map(frozenset, asked[0].words)) == meant
    assert asked[0].is_in_title and not asked[1].is_in_title
    told = [(frozenset(map(frozenset, one.words)), one.is_in_title) for one in asked]
    assert len(set(told)) == len(told)  # nothing is asked twice


def test_a_word_that_came_since_the_vocabulary_was_read_is_still_asked():
    new = Sought(("جديده",))
    asked = weighing.probes([Sought(("ماء",), texts=9), new])
    assert any(probe.words == (("جديده",),) for probe in asked)
    assert weighing.probes([]) == []


def test_meaning_adds_to_words_and_never_takes_away():
    assert weighing.joint(0.4, None) == weighing.joint(0.4, -0.5) == 0.4
    assert weighing.joint(0.4, 0.5) > weighing.joint(0.4, 0.2) > 0.4


@pytest.mark.parametrize("word", ["المدرسي", "بالمدرسية", "ميزان", "البلدية", "الانارة", "routes"])
def test_what_is_left_out_of_a_probe_finds_nothing_that_the_rest_does_not(word):
    word = arabic.normalise(word)
    (probe, *_rest) = weighing.probes([Sought((word, *arabic.stems(word)), texts=1)])
    asked = set(probe.words[0])
    bare = word.removeprefix("ال")  # no word bears the article twice
    for other in (word, f"ال{bare}", f"وال{bare}", f"{word}ها", f"{word}يه", f"{word}ات"):
        held = {other, *arabic.stems(other)}
        if held & {word, *arabic.stems(word)}:
            assert held & asked, other
