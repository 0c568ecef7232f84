"""Quorum, majority and votes; organic law 113-14, arts. 42 and 43, and their like."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.proceedings import rules
from infitah.proceedings.rules import Choice, Counts, Majority, QuorumRule, Result, RollCall

numbers = st.integers(min_value=0, max_value=200)
counts = st.builds(Counts, numbers, numbers, numbers)


@pytest.mark.parametrize(
    ("seats", "call", "needed"),
    [(13, 1, 7), (12, 1, 7), (13, 2, 7), (13, 3, 1), (1, 1, 1), (0, 1, 1)],
)
def test_quorum_is_more_than_half_art42(seats, call, needed):
    assert rules.quorum_needed(seats, call, QuorumRule()) == needed


def test_a_sitting_of_seven_of_thirteen_is_valid_and_of_six_is_not_art42():
    assert rules.has_quorum(RollCall(7, 5, 1), 1, QuorumRule())
    assert not rules.has_quorum(RollCall(6, 6, 1), 1, QuorumRule())
    assert rules.has_quorum(RollCall(1, 12, 0), 3, QuorumRule())


@given(seats=st.integers(1, 300), per_cent=st.integers(0, 99))
def test_quorum_is_reached_by_all_and_never_by_the_share_itself(seats, per_cent):
    needed = rules.quorum_needed(seats, 1, QuorumRule(per_cent, 3))
    assert needed * 100 > seats * per_cent
    assert (needed - 1) * 100 <= seats * per_cent
    assert needed <= seats


@pytest.mark.parametrize(
    ("votes", "majority", "members", "casting", "result"),
    [
        (Counts(11, 0, 0), Majority.OF_MEMBERS, 13, None, Result.CARRIED),
        (Counts(6, 0, 5), Majority.OF_MEMBERS, 13, None, Result.LOST),
        (Counts(7, 4, 0), Majority.OF_MEMBERS, 13, None, Result.CARRIED),
        (Counts(4, 3, 5), Majority.OF_CAST, 13, None, Result.CARRIED),
        (Counts(5, 5, 1), Majority.OF_CAST, 13, None, Result.LOST),
        (Counts(5, 5, 1), Majority.OF_CAST, 13, Choice.FOR, Result.CARRIED),
        (Counts(5, 5, 1), Majority.OF_CAST, 13, Choice.AGAINST, Result.LOST),
        (Counts(0, 0, 9), Majority.OF_CAST, 13, Choice.FOR, Result.LOST),
    ],
)
def test_outcome_art43(votes, majority, members, casting, result):
    found = rules.outcome(votes, majority=majority, members=members, casting_vote=casting)
    assert found == result


@given(votes=counts, members=st.integers(1, 600))
def test_one_more_vote_for_never_loses_a_motion(votes, members):
    more = Counts(votes.in_favour + 1, votes.against, votes.abstained)
    for majority in Majority:
        before = rules.outcome(votes, majority=majority, members=members)
        after = rules.outcome(more, majority=majority, members=members)
        assert (before, after) != (Result.CARRIED, Result.LOST)


@given(choices=st.lists(st.sampled_from(Choice)))
def test_counts_are_the_sum_of_named_votes(choices):
    assert Counts.of(choices).voters == len(choices)


def test_counts_are_never_negative():
    with pytest.raises(ValueError, match="not negative"):
        Counts(1, -1, 0)


def test_unanimity_needs_everybody_for():
    assert Counts(11, 0, 0).is_unanimous
    assert not Counts(10, 0, 1).is_unanimous
    assert not Counts(0, 0, 0).is_unanimous


@given(said=st.lists(st.sampled_from(rules.Presence)))
def test_a_roll_call_counts_each_seat_once(said):
    assert RollCall.of(said).seats == len(said)


@pytest.mark.parametrize(
    ("called", "fault"), [([1, 2], ""), ([1], "missing"), ([1, 2, 2], "twice"), ([1, 3], "foreign")]
)
def test_fault_of_a_roll_call(called, fault):
    assert rules.roll_call_fault([1, 2], called) == fault


def test_notice_is_counted_from_the_convocation_art35():
    notice = rules.notice_given(date(2023, 11, 2), date(2023, 11, 13), days=10)
    assert (notice.given, notice.is_met, notice.latest_on) == (11, True, date(2023, 11, 3))
    assert not rules.notice_given(date(2023, 11, 6), date(2023, 11, 13), days=10).is_met


@pytest.mark.parametrize("state", rules.SessionState)
def test_a_session_never_steps_to_itself(state):
    assert not rules.may_become(state, state)


@pytest.mark.parametrize("state", rules.MinutesState)
def test_approved_minutes_never_go_back(state):
    may = rules.minutes_may_become(rules.MinutesState.APPROVED, state)
    assert may == (state == rules.MinutesState.PUBLISHED)
