"""The gate before groups of opinion, the groups, and the themes proposed from texts."""

import csv
import hashlib
import random
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.participation import rules
from infitah.participation.rules import Ballots, GroupVotes, OpinionParameters, Reading, WhyNot
from infitah.participation.rules.likeness import distances_of, letter_vectors
from infitah.participation.rules.linkage import average_linkage, groups_within
from infitah.participation.rules.opinion import grouped
from infitah.participation.rules.opinion_gate import sample_size
from infitah.participation.rules.partition import agreement
from infitah.participation.rules.themes import proposed_themes
from infitah.participation.tests.votes import of_chance, planted, sides

LABELLED = Path(__file__).parent / "data" / "themes.csv"
QUICK = OpinionParameters(bootstraps=5, restarts=3)


# --- The gate ---------------------------------------------------------------------
def test_planted_groups_pass_the_gate_and_are_counted():
    people, statements = 80, 20
    result = grouped(planted(people, statements, noise=0.15, seed=3), QUICK, 7)
    assert result.is_publishable and result.why_not == ""
    assert (len(result.sizes), sum(result.sizes)) == (3, people)
    assert list(result.sizes) == sorted(result.sizes, reverse=True)
    assert result.test.p == 0.01 and result.test.share > 2 * result.test.share_by_chance
    assert result.stability > 0.9
    for one in result.counts:
        assert [sum(counts) for counts in one.groups] == list(result.sizes)


def test_votes_by_chance_show_no_groups():
    shown = [grouped(of_chance(60, 20, seed=seed), QUICK, seed) for seed in range(12)]
    assert sum(result.is_publishable for result in shown) == 0
    assert {result.why_not for result in shown} <= {WhyNot.NO_ORDER, WhyNot.UNSTABLE}
    assert all(not result.counts and not result.sizes for result in shown)


@pytest.mark.parametrize(
    ("ballots", "why"),
    [
        (planted(39, 20, noise=0.1, seed=1), WhyNot.FEW_PEOPLE),
        (planted(60, 3, noise=0.1, seed=1), WhyNot.FEW_STATEMENTS),
        (Ballots([], [], []), WhyNot.FEW_PEOPLE),
        # Everybody says the same: nothing is left once the mean is taken away.
        (
            Ballots([p for p in range(50) for _ in "abcde"], list("abcde") * 50, [1] * 250),
            "no_order",
        ),
        # A few who vote alike against all others are fewer than a group may have.
        (sides(56, 4, statements=12), WhyNot.SMALL_GROUPS),
    ],
)
def test_why_no_groups_are_shown(ballots, why):
    result = grouped(ballots, OpinionParameters(bootstraps=2, most_groups=2), 5)
    assert (result.why_not, result.is_publishable, result.sizes) == (why, False, ())


def test_who_votes_on_few_statements_is_left_out():
    ballots = planted(60, 12, noise=0.1, seed=2)
    passers = Ballots(
        [*ballots.people, *range(900, 920)],
        [*ballots.statements, *["S0000"] * 20],
        [*ballots.choices, *[1] * 20],
    )
    result = grouped(passers, QUICK, 1)
    assert (result.people, result.votes) == (60, 60 * 12 + 20)


def test_missing_votes_are_no_opinion():
    result = grouped(planted(200, 60, noise=0.15, seed=4, density=0.3), QUICK, 2)
    assert result.is_publishable and len(result.sizes) == 3
    assert sum(sum(counts) for one in result.counts for counts in one.groups) <= result.votes


def test_same_votes_and_seed_give_the_same_bytes_in_any_order():
    ballots = planted(90, 24, noise=0.3, seed=6)
    rows = list(zip(ballots.people, ballots.statements, ballots.choices, strict=True))
    random.Random(1).shuffle(rows)
    mixed = Ballots(*(list(column) for column in zip(*rows, strict=True)))
    first = grouped(ballots, QUICK, 11).canonical()
    assert first == grouped(mixed, QUICK, 11).canonical()
    assert ballots.sha256() == mixed.sha256()
    assert first != grouped(ballots, QUICK, 12).canonical()


def test_canonical_votes_hold_no_key_of_a_person():
    ballots = Ballots([4711, 23, 4711], ["B", "A", "A"], [1, -1, 0])
    assert ballots.canonical() == b"0,A,-1\n1,A,0\n1,B,1\n"
    assert ballots.sha256() == hashlib.sha256(ballots.canonical()).hexdigest()


@pytest.mark.parametrize(
    ("people", "statements", "share"),
    [(40, 10, 1), (5_000, 200, 1), (20_000, 300, 0.1), (20_000, 1000, 0.01), (300, 5000, 0.1)],
)
def test_the_test_takes_a_sample_where_all_would_cost_too_much(people, statements, share):
    size = sample_size(people, statements, int(people * statements * share))
    side = min(size, statements)
    assert 40 <= size <= people
    assert side * side * max(size, statements) <= 400_000_000
    assert size * statements * share <= 400_000


# --- Reading groups ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("groups", "reading"),
    [
        ([(8, 2, 0), (7, 0, 3)], Reading.CONSENSUS),
        ([(2, 8, 0), (0, 7, 1)], Reading.REFUSED),
        ([(6, 4, 0), (9, 1, 0)], Reading.BRIDGE),
        ([(9, 1, 0), (1, 9, 0)], Reading.DIVISIVE),
        ([(5, 5, 0), (9, 1, 0)], Reading.MIXED),
        ([(4, 0, 0), (9, 0, 0)], Reading.FEW),
        ([], Reading.FEW),
    ],
)
def test_reading_of_groups(groups, reading):
    assert rules.reading_of([GroupVotes(*one) for one in groups]) is reading


COUNTS = st.tuples(*[st.integers(0, 40)] * 3).map(lambda one: GroupVotes(*one))


@given(st.lists(COUNTS, min_size=1, max_size=5))
def test_a_reading_does_not_hang_on_the_order_of_groups(groups):
    reading = rules.reading_of(groups)
    assert rules.reading_of(groups[::-1]) is reading
    assert 0 <= rules.strength_of(reading, groups) <= 1


# --- Themes of texts --------------------------------------------------------------
def labelled():
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    texts = [
        rules.ThemeText(f"I-{place:04}", "axis", row["language"], row["statement"])
        for place, row in enumerate(rows)
    ]
    return texts, {text.key: row["theme"] for text, row in zip(texts, rows, strict=True)}


def test_words_alone_join_texts_of_one_theme_more_often_than_others():
    texts, theme = labelled()
    found = proposed_themes(rules.sorted_texts(texts), None, rules.BREADTHS["fine"])
    pairs = [pair for one in found for pair in combinations(one.members, 2)]
    right = sum(theme[one] == theme[other] for one, other in pairs)
    by_chance = 1 / len(set(theme.values()))
    assert len(found) >= 4 and right / len(pairs) > 5 * by_chance


def test_vectors_join_languages():
    texts, theme = labelled()
    names = sorted(set(theme.values()))
    turned = np.random.default_rng(1).normal(0, 0.05, (len(texts), 32)).astype(np.float32)
    for place, text in enumerate(texts):
        turned[place, names.index(theme[text.key])] += 1
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    found = proposed_themes(texts, turned, rules.ThemeParameters(alike=40))
    assert [len(set(map(theme.get, one.members))) for one in found] == [1] * len(names)
    roads = next(one for one in found if theme[one.members[0]] == "transport")
    assert set(roads.words["ar"]) == {"حافلات", "النقل", "المدرسي"}
    assert roads.words["fr"][:2] == ("transport", "scolaire")
    assert set(roads.sentences) == {"ar", "fr"}


def test_themes_are_the_same_in_any_order_and_bounded():
    texts, _theme = labelled()
    mixed = random.Random(2).sample(texts, len(texts))
    bounds = rules.ThemeParameters(least=3, most=5)
    first = proposed_themes(rules.sorted_texts(texts), None, bounds)
    assert first == proposed_themes(rules.sorted_texts(mixed), None, bounds)
    assert all(3 <= len(one.members) <= 5 for one in first)
    assert rules.sha256_of_texts(texts) == rules.sha256_of_texts(mixed)
    everywhere = [key for one in first for key in one.members]
    assert len(everywhere) == len(set(everywhere))


def test_many_texts_are_compared_axis_by_axis(monkeypatch):
    monkeypatch.setattr("infitah.participation.rules.themes.AT_ONCE", 6)
    texts = [
        rules.ThemeText(f"{axis}{place}", axis, "ar", "إصلاح الإنارة العمومية في الأحياء")
        for axis in "ab"
        for place in range(5)
    ]
    found = proposed_themes(texts, None, rules.ThemeParameters())
    assert [{key[0] for key in one.members} for one in found] == [{"a"}, {"b"}]


def test_texts_without_words_are_left_alone():
    assert proposed_themes([], None, rules.ThemeParameters()) == []
    texts = [rules.ThemeText(f"I{n}", "a", "ar", mark) for n, mark in enumerate("؟!…")]
    assert proposed_themes(texts, None, rules.ThemeParameters()) == []


@given(st.lists(st.text("ابتثجح دذر", min_size=0, max_size=12), min_size=2, max_size=12))
def test_average_linkage_joins_everything_once_and_upwards(texts):
    distances = distances_of(letter_vectors(texts), None, floor=0.2, letters_weight=0.5)
    assert np.array_equal(distances, distances.T)
    joins = average_linkage(distances)
    assert sorted(join.second for join in joins) == sorted(
        set(range(len(texts))) - {0}
    )  # each is joined to an earlier one, once
    whole = groups_within(joins, len(texts), distance=1.0, most=len(texts))
    assert set(whole) == {0}
    assert groups_within(joins, len(texts), distance=1.0, most=1) == list(range(len(texts)))


def test_agreement_of_partings():
    one = np.array([0, 0, 1, 1, 2, 2])
    assert agreement(one, np.array([2, 2, 0, 0, 1, 1])) == 1.0
    assert agreement(one, np.array([0, 1, 2, 0, 1, 2])) < 0


def test_the_seed_follows_from_the_closed_set():
    assert rules.seed_of("ffffffff00") == 2**31 - 1
    assert rules.seed_of("0000002a") == 42 and rules.seed_of("") == 0
