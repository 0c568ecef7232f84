"""The life of a deliberation; 113-14:115 to 118 and their like."""

from datetime import date

import pytest

from infitah.council import rules
from infitah.council.rules import State

LIFE = {
    ("adopted", "sent"),
    ("sent", "objected"),
    ("sent", "visa_pending"),
    ("sent", "referred"),
    ("sent", "executory"),
    ("objected", "sent"),
    ("objected", "annulled"),
    ("visa_pending", "visaed"),
    ("visa_pending", "objected"),
    ("visa_pending", "referred"),
    ("referred", "sent"),
    ("referred", "annulled"),
    ("visaed", "executory"),
    ("executory", "executing"),
    ("executory", "executed"),
    ("executory", "annulled"),
    ("executing", "executed"),
    ("executing", "annulled"),
}


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_only_the_steps_of_the_law_are_taken(before, after):
    assert rules.may_become(before, after) == ((before.value, after.value) in LIFE)


def test_a_text_that_needs_a_visa_waits_for_it_art118():
    assert rules.after_sending(is_visa_required=True) == State.VISA_PENDING
    assert rules.after_sending(is_visa_required=False) == State.SENT


def test_nothing_is_carried_out_before_it_is_in_force():
    assert not any(
        rules.is_binding(state)
        for state in (State.ADOPTED, State.SENT, State.OBJECTED, State.VISA_PENDING, State.ANNULLED)
    )
    assert rules.is_binding(State.EXECUTORY)


def test_silence_counts_once_the_days_have_passed_art118():
    assert rules.silent_visa_on(date(2023, 11, 21), days=20) == date(2023, 12, 12)


@pytest.mark.parametrize(
    ("kind", "community", "day", "is_out"),
    [
        ("ordinary", "province", date(2026, 10, 20), True),
        ("ordinary", "province", date(2026, 11, 28), False),
        ("ordinary", "province", date(2026, 8, 20), False),
        ("ordinary", "province", date(2026, 9, 2), False),
        ("ordinary", "commune", date(2026, 9, 20), False),
        ("extraordinary", "province", date(2026, 11, 2), False),
        ("ordinary", "other", date(2026, 11, 2), False),
    ],
)
def test_an_ordinary_session_outside_its_months_is_worth_a_word(kind, community, day, is_out):
    assert rules.is_out_of_season(kind, community, day) is is_out
