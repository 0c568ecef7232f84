"""Shares, medians, bands and codes of figures, each counted again in the plainest way."""

from datetime import date, timedelta
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.information.rules import Outcome, Phase, RefusalGround, Ruling, figures
from infitah.information.rules.figures import Fate, Level, Life

TODAY = date(2026, 6, 30)
DAYS = st.dates(date(2025, 1, 1), TODAY)
HISTOGRAMS = st.dictionaries(st.integers(0, 200), st.integers(0, 40), max_size=12)


@st.composite
def lives(draw):
    """A request at any point of its life; days stand in the order in which the law lets them."""
    received = draw(DAYS)
    silent = received + timedelta(days=draw(st.integers(4, 60)))
    answered = draw(st.none() | st.dates(received, TODAY))
    open_phases = [Phase.RECEIVED, Phase.OPEN, Phase.DECIDED, Phase.WITHDRAWN, Phase.TRANSFERRED]
    phase = draw(st.sampled_from(open_phases)) if answered is None else Phase.DELIVERED
    if answered is not None and draw(st.booleans()):
        phase = Phase.OPEN
    stands = phase is Phase.DELIVERED
    codes = st.sampled_from([*RefusalGround, *figures.EXCEPTION_CODES.values()])
    return Life(
        channel=draw(st.sampled_from(figures.CHANNELS)),
        received_on=received,
        phase=phase,
        silent_from=silent,
        asked_urgent=draw(st.booleans()),
        is_urgent=draw(st.booleans()),
        is_extended=(extended := draw(st.booleans())),
        extension=draw(st.sampled_from([*figures.EXTENSION_CODES.values()])) if extended else "",
        outcome=draw(st.sampled_from(Outcome)) if stands else "",
        grounds=draw(st.frozensets(codes, max_size=3)) if stands else frozenset(),
        answered_on=answered,
        working_days=(answered - received).days if answered else None,
        delivered_on=answered if stands else None,
        published_on=draw(st.none() | st.dates(answered, TODAY)) if stands else None,
        rulings=draw(
            st.dictionaries(
                st.sampled_from(Level), st.frozensets(st.sampled_from(Ruling)), max_size=3
            )
        ),
    )


@given(HISTOGRAMS)
def test_a_percentile_is_the_value_at_its_rank_of_the_sorted_list(days):
    told = sorted(day for day, n in days.items() for _one in range(n))
    for tenths in range(1, 11):
        found = figures.days_of_share(days, tenths)
        if not told:
            assert found is None
            continue
        within = [day for day in told if sum(one <= day for one in told) * 10 >= tenths * len(told)]
        assert found == within[0]


@given(HISTOGRAMS)
def test_few_answers_have_a_median_and_no_ninth_tenth(days):
    n = sum(days.values())
    assert (figures.median_days(days) is None) == (n == 0)
    assert (figures.ninth_tenth(days) is None) == (n < 20)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_share_is_rounded_and_never_says_all_or_none_wrongly(a, b):
    n, of = min(a, b), max(a, b)
    found = figures.percent(n, of)
    if of < 20:
        assert found is None
        return
    assert found is not None
    assert (found == 100) == (n == of)
    assert (found == 0) == (n == 0)
    if 0 < n < of:
        assert found == min(max(floor(100 * n / of + 0.5), 1), 99)


@pytest.mark.parametrize(("n", "of", "share"), [(19, 19, None), (10, 20, 50), (1, 8, None)])
def test_under_twenty_nothing_is_said_in_percent(n, of, share):
    assert figures.percent(n, of) == share


@given(st.lists(lives(), max_size=40))
def test_the_counts_make_up_their_wholes(some):
    counted = figures.tally(some, TODAY)
    n = counted.count
    assert n("received") == len(some)
    assert n("received") == sum(n(fate) for fate in Fate)
    assert n("received") == sum(n(f"channel-{one}") for one in figures.CHANNELS)
    assert n("answered") == sum(n(band.code) for band in figures.BANDS) == counted.answers
    assert n("answered") == sum(n(code) for code in figures.OUTCOME_CODES) + n("reopened")
    assert n("given") == n("outcome-full") + n("outcome-partial")
    assert n("due") == n("in-time") + n("late") + n("silent")
    assert n("extended") == sum(n(code) for code in figures.EXTENSION_CODES)
    assert n("urgent") == n("urgent-accepted") + n("urgent-refused")
    assert n("published-5") <= n("to-publish") <= n("answered") - n("reopened")
    for figure in figures.FIGURES.values():
        if figure.of:
            assert n(figure.code) <= n(figure.of), figure.code


@given(lives())
def test_a_request_in_time_was_answered_by_its_last_day(life):
    codes = figures.codes_of(life, TODAY)
    last = life.silent_from - timedelta(days=1)
    in_time = life.answered_on is not None and life.answered_on <= last < TODAY
    assert ("in-time" in codes) == in_time
    waits = life.answered_on is None and life.phase not in {Phase.WITHDRAWN, Phase.TRANSFERRED}
    assert ("silent" in codes) == (waits and last < TODAY)


def test_every_code_that_can_be_counted_has_its_figure_and_the_other_way_round():
    families = {
        *figures.GROUND_CODES,
        *figures.EXCEPTION_CODES,
        *figures.EXTENSION_CODES,
        *figures.RULING_CODES,
    }
    known = set(figures.FIGURES)
    wanted = families | figures.ACT_CODES
    assert known.issuperset(wanted)
    assert len(figures.TWELVE) == len(set(figures.TWELVE)) == 12
    assert known.issuperset(figures.TWELVE)
    assert known.issuperset(one.list_code for one in figures.FIGURES.values())


def test_every_figure_says_in_both_languages_what_it_counts():
    for one in figures.FIGURES.values():
        assert one.definition.ar and one.definition.fr, one.code
        assert bool(one.name.ar) == bool(one.name.fr), one.code
    assert not any(one.is_verified for one in figures.BASELINES)


def test_too_little_to_say_is_told_as_counts():
    few = figures.Tally({"due": 12, "in-time": 9, "answered": 9}, {4: 5, 11: 4})
    value = figures.value_of(figures.FIGURES["in-time"], few)
    assert (value.number, value.of, value.percent) == (9, 12, None)
    assert figures.value_of(figures.FIGURES["median-days"], few).number == 4
    assert figures.value_of(figures.FIGURES["p90-days"], few).number is None
