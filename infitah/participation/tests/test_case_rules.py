"""Rules of comments and cases: every allowed transition, every refused one, and the clock."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.participation import rules
from infitah.participation.rules import (
    AppealFault,
    CaseAct,
    CaseOutcome,
    CaseState,
    CommentAct,
    CommentFault,
    CommentState,
    ConsultationState,
    TextFault,
    Waited,
)

NOON = datetime(2023, 6, 14, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOVES = {
    ("reported", "", "keep"): ("decided", "kept"),
    ("reported", "", "hide"): ("decided", "hidden"),
    ("reported", "", "withdraw"): ("closed", ""),
    ("decided", "kept", "reopen"): ("reported", ""),
    ("decided", "kept", "lapse"): ("closed", "kept"),
    ("decided", "kept", "withdraw"): ("closed", "kept"),
    ("decided", "hidden", "reopen"): ("reported", ""),
    ("decided", "hidden", "appeal"): ("appealed", "hidden"),
    ("decided", "hidden", "restore"): ("closed", "kept"),
    ("decided", "hidden", "lapse"): ("closed", "hidden"),
    ("decided", "hidden", "withdraw"): ("closed", "hidden"),
    ("appealed", "hidden", "uphold"): ("closed", "upheld"),
    ("appealed", "hidden", "reverse"): ("closed", "reversed"),
    ("appealed", "hidden", "withdraw"): ("closed", "hidden"),
    ("closed", "hidden", "restore"): ("closed", "kept"),
    ("closed", "upheld", "restore"): ("closed", "upheld"),
}


def test_every_act_on_every_case_is_allowed_or_refused_as_the_table_says():
    for state, outcome, act in product(CaseState, CaseOutcome, CaseAct):
        wanted = MOVES.get((state.value, outcome.value, act.value))
        found = rules.case_after(state, outcome, act)
        assert (found and (found.state.value, found.outcome.value)) == wanted, (state, outcome, act)


@given(st.lists(st.sampled_from(CaseAct), max_size=12))
def test_nothing_leads_to_a_second_appeal_or_out_of_a_granted_one(acts):
    state, outcome, appeals = CaseState.REPORTED, CaseOutcome.NONE, 0
    for act in acts:
        after = rules.case_after(state, outcome, act)
        if after is None:
            continue
        assert (state, outcome) != (CaseState.CLOSED, CaseOutcome.REVERSED)
        state, outcome = after.state, after.outcome
        appeals += act is CaseAct.APPEAL
    assert appeals <= 1


APPEALS = [
    ("decided", "hidden", None, NOON, None),
    ("decided", "hidden", None, NOON + rules.APPEAL_WITHIN, None),
    ("decided", "hidden", None, NOON + rules.APPEAL_WITHIN + HOUR, AppealFault.LATE),
    ("closed", "hidden", None, NOON + rules.APPEAL_WITHIN + HOUR, AppealFault.LATE),
    ("appealed", "hidden", NOON, NOON, AppealFault.TWICE),
    ("closed", "upheld", NOON, NOON, AppealFault.TWICE),
    ("decided", "kept", None, NOON, AppealFault.NOT_HIDDEN),
    ("reported", "", None, NOON, AppealFault.NOT_HIDDEN),
]


@pytest.mark.parametrize(("state", "outcome", "appealed_at", "now", "wanted"), APPEALS)
def test_one_appeal_within_thirty_days(state, outcome, appealed_at, now, wanted):
    fault = rules.fault_of_appeal(
        state=state, outcome=outcome, appealed_at=appealed_at, decided_at=NOON, now=now
    )
    assert fault == wanted


@pytest.mark.parametrize(
    ("officer", "moderators", "wanted"),
    [("b", {"a", "b"}, True), ("a", {"a", "b"}, False), ("a", {"a"}, True), ("a", set(), True)],
)
def test_another_officer_decides_an_appeal_where_there_is_one(officer, moderators, wanted):
    assert rules.may_decide_appeal(officer, hidden_by="a", moderators=moderators) is wanted


def test_the_clock_in_figures():
    def case(hours):
        return Waited(NOON, None if hours is None else NOON + hours * HOUR)

    cases = [case(hours) for hours in (0, 1, 2, 3, 24, 25, 30, None)]
    told = rules.punctuality(cases, NOON + 20 * HOUR)
    assert (told.median, told.p90, told.in_time, told.whole) == (3, 30, 4, 6)
    assert rules.punctuality(cases, NOON + 25 * HOUR).whole == 7, "what waits too long counts too"
    nothing = rules.punctuality([], NOON)
    assert (nothing.median, nothing.p90, nothing.in_time, nothing.whole) == (None, None, 0, 0)


AFTER = {
    ("received", "publish"): "visible",
    ("received", "hide"): "held",
    ("visible", "hide"): "held",
    ("held", "restore"): "visible",
    ("received", "withdraw"): "withdrawn",
    ("visible", "withdraw"): "withdrawn",
    ("held", "withdraw"): "withdrawn",
}


def test_what_becomes_of_a_comment():
    for state, act in product(CommentState, CommentAct):
        assert rules.comment_after(state, act) == AFTER.get((state.value, act.value))


OPEN, CLOSED = ConsultationState.OPEN, ConsultationState.CLOSED


@pytest.mark.parametrize(
    ("standing", "takes", "shown", "wanted"),
    [
        (OPEN, True, True, None),
        (OPEN, True, False, CommentFault.NOT_SHOWN),
        (OPEN, False, True, CommentFault.NO_COMMENTS),
        (CLOSED, True, True, CommentFault.CLOSED),
        (ConsultationState.ANNOUNCED, True, True, CommentFault.NOT_OPEN),
        (ConsultationState.DRAFT, True, True, CommentFault.NOT_OPEN),
    ],
)
def test_where_a_comment_may_be_given(standing, takes, shown, wanted):
    assert rules.fault_of_comment(standing, takes_comments=takes, is_shown=shown) == wanted


def test_one_level_of_replies():
    assert rules.fault_of_reply(parent_state="visible", parent_is_reply=False) is None
    deep = rules.fault_of_reply(parent_state="visible", parent_is_reply=True)
    assert deep is CommentFault.DEEP
    gone = rules.fault_of_reply(parent_state="held", parent_is_reply=False)
    assert gone is CommentFault.NO_PARENT


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("متفق", TextFault.SHORT),
        ("متفق معكم", None),
        ("......... !!", TextFault.NO_WORDS),
        ("aaaaaaaa", TextFault.NO_WORDS),
        ("كلمة " * 200, None),
        ("كلمة " * 201, TextFault.LONG),
    ],
)
def test_words_that_can_be_read(text, wanted):
    assert rules.fault_of_words(text) == wanted
