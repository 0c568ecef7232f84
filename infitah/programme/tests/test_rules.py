"""Progress, lateness and steps (programme.md 6 and 8.1)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.programme.rules import progress, states, texts
from infitah.programme.rules.progress import Knot, Progress, Step
from infitah.programme.rules.states import CommitmentState, CycleState, MilestoneState, Phase

TODAY = date(2026, 11, 23)
DUE = date(2025, 4, 30)
steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(MilestoneState),
        st.integers(1, 100),
        st.dates(date(2024, 1, 1), date(2027, 1, 1)),
        st.none() | st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    )
)


def step(state, weight=50, due=DUE, done=None):
    return Step(MilestoneState(state), weight, due, done)


@given(found=steps)
def test_progress_is_whole_only_when_everything_is_verified(found):
    done = progress.progress(found)
    assert 0 <= done.verified <= done.verified + done.claimed <= 100
    assert done.remaining == 100 - done.verified - done.claimed
    is_whole = bool(found) and all(one.state == MilestoneState.VERIFIED for one in found)
    assert (done.verified == 100) == is_whole


def test_progress_is_weighted_and_a_claim_is_not_progress():
    found = [step("verified", 60), step("claimed", 15), step("started", 25)]
    assert progress.progress(found) == Progress(60, 15)
    assert progress.progress([]) == Progress(0, 0)


@pytest.mark.parametrize(
    ("weights", "is_whole"), [([60, 40], True), ([60, 39], False), ([100, 0], False), ([], False)]
)
def test_weights_sum_to_100(weights, is_whole):
    assert progress.are_weights_whole(weights) == is_whole


@pytest.mark.parametrize(
    ("found", "days"),
    [
        (step("started"), 572),
        (step("planned", due=TODAY), 0),
        (step("planned", due=TODAY - timedelta(days=1)), 1),
        (step("verified", done=date(2025, 5, 4)), 4),
        (step("verified", done=date(2025, 4, 1)), 0),
        (step("claimed", done=date(2025, 5, 4)), 4),
        (step("returned", done=None), 572),
    ],
)
def test_days_late_are_counted_from_the_day_announced(found, days):
    assert progress.days_late(found, TODAY) == days


@given(found=steps)
def test_lateness_is_that_of_the_longest_overdue_milestone(found):
    overdue = [one for one in found if progress.is_overdue(one, TODAY)]
    assert progress.lateness(found, TODAY) == max(
        ((TODAY - one.announced_on).days for one in overdue), default=0
    )
    assert not any(one.state in progress.TOLD_DONE for one in overdue)


@pytest.mark.parametrize(
    ("found", "knot"),
    [
        (step("planned", due=TODAY), Knot.TO_COME),
        (step("planned"), Knot.LATE),
        (step("started", due=TODAY), Knot.UNDER_WAY),
        (step("blocked", due=TODAY), Knot.LATE),
        (step("claimed", done=DUE), Knot.CLAIMED),
        (step("verified", done=TODAY), Knot.DONE),
        (step("returned", due=TODAY), Knot.UNDER_WAY),
    ],
)
def test_the_star_of_a_milestone(found, knot):
    assert progress.knot_of(found, TODAY) == knot


@pytest.mark.parametrize(
    ("found", "execution", "confirmation"),
    [
        ([step("planned", due=TODAY)], Knot.TO_COME, Knot.TO_COME),
        ([step("started", due=TODAY)], Knot.UNDER_WAY, Knot.TO_COME),
        ([step("started")], Knot.LATE, Knot.TO_COME),
        ([step("claimed", done=DUE)], Knot.CLAIMED, Knot.CLAIMED),
        ([step("verified", done=DUE)], Knot.DONE, Knot.DONE),
        ([step("verified", done=DUE), step("claimed", done=DUE)], Knot.CLAIMED, Knot.CLAIMED),
        ([step("verified", done=DUE), step("planned", due=TODAY)], Knot.UNDER_WAY, Knot.UNDER_WAY),
    ],
)
def test_five_stars_of_a_card(found, execution, confirmation):
    five = progress.summary(found, TODAY, ideas=3, is_adopted=True)
    assert (five.execution, five.confirmation) == (execution, confirmation)
    assert five.knots()[:3] == (Knot.DONE, Knot.DONE, Knot.DONE)
    bare = progress.summary(found, TODAY, ideas=0, is_adopted=False)
    assert (bare.ideas, bare.adoption) == (Knot.TO_COME, Knot.TO_COME)


MILESTONE = {
    ("planned", "started"),
    ("started", "blocked"),
    ("started", "claimed"),
    ("blocked", "started"),
    ("claimed", "verified"),
    ("claimed", "returned"),
    ("returned", "started"),
    ("returned", "claimed"),
}


@pytest.mark.parametrize("before", MilestoneState)
@pytest.mark.parametrize("after", MilestoneState)
def test_steps_of_a_milestone(before, after):
    allowed = (before.value, after.value) in MILESTONE
    assert states.milestone_may_become(before, after) == allowed


@pytest.mark.parametrize("after", CommitmentState)
def test_an_adopted_text_never_becomes_a_draft_again(after):
    drafts = set(CommitmentState) - states.ADOPTED_STATES
    for before in states.ADOPTED_STATES:
        assert not (after in drafts and states.commitment_may_become(before, after))


@pytest.mark.parametrize(
    ("state", "found", "after"),
    [
        ("adopted", ["planned"], "adopted"),
        ("adopted", ["started", "planned"], "running"),
        ("amended", ["verified", "planned"], "running"),
        ("running", ["claimed", "verified"], "claimed"),
        ("claimed", ["verified", "verified"], "verified"),
        ("claimed", ["returned", "verified"], "running"),
        ("drafted", ["verified"], "drafted"),
        ("assessed", ["verified"], "assessed"),
    ],
)
def test_a_commitment_follows_its_milestones(state, found, after):
    milestones = [MilestoneState(one) for one in found]
    assert states.state_after(CommitmentState(state), milestones) == CommitmentState(after)


@pytest.mark.parametrize(
    ("state", "today", "phase"),
    [
        ("preparing", date(2024, 5, 1), "preparing"),
        ("adopted", date(2023, 12, 31), "adopted"),
        ("adopted", date(2024, 1, 1), "running"),
        ("adopted", date(2025, 12, 31), "running"),
        ("adopted", date(2026, 1, 1), "ended"),
        ("assessed", date(2026, 5, 1), "assessed"),
    ],
)
def test_phase_of_a_cycle(state, today, phase):
    found = states.phase(CycleState(state), date(2024, 1, 1), date(2025, 12, 31), today)
    assert found == Phase(phase)


def test_a_programme_is_bound_whatever_the_order_of_its_commitments():
    pairs = [("SFR-2023-C-0001", "a" * 64), ("SFR-2023-C-0002", "b" * 64)]
    assert texts.programme_digest(pairs) == texts.programme_digest(reversed(pairs))
    assert texts.programme_digest(pairs) != texts.programme_digest(pairs[:1])


@given(text=st.text(), other=st.text())
def test_a_changed_text_has_another_hash(text, other):
    same = texts.content_digest({"title": text}) == texts.content_digest({"title": other})
    assert same == (text == other)


def test_an_account_that_differs_by_case_is_the_same_person():
    assert texts.is_same_person("Verifier ", "verifier")
    assert not texts.is_same_person("owner", "verifier")
