"""Rules of participation: dates by the clock of Casablanca, states, text."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.participation import rules
from infitah.participation.rules import Act, IdeaState, TextFault

NOON = datetime(2023, 6, 14, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last_day", "closes_at_utc"),
    [
        # The four days around which Moroccan clocks change (UTC+1 back and forth to UTC).
        (date(2023, 3, 18), datetime(2023, 3, 18, 23, 0, tzinfo=UTC)),  # the eve of the change
        (date(2023, 3, 19), datetime(2023, 3, 20, 0, 0, tzinfo=UTC)),  # Ramadan time begins: 25 h
        (date(2023, 4, 22), datetime(2023, 4, 23, 0, 0, tzinfo=UTC)),  # still Ramadan time
        (date(2023, 4, 23), datetime(2023, 4, 23, 23, 0, tzinfo=UTC)),  # summer time again: 23 h
        (date(2023, 6, 20), datetime(2023, 6, 20, 23, 0, tzinfo=UTC)),  # Sefrou's own last day
    ],
)
def test_ideas_are_in_time_until_23_59_across_the_ramadan_switch(last_day, closes_at_utc):
    closes_at = rules.closing_instant(last_day)
    assert closes_at == closes_at_utc
    minute_before = closes_at.astimezone(UTC) - timedelta(minutes=1)
    arrival = {"closes_at": closes_at, "is_premoderated": False}
    assert rules.state_on_arrival(now=minute_before, **arrival) == IdeaState.VISIBLE
    assert rules.state_on_arrival(now=closes_at, **arrival) == IdeaState.LATE
    assert rules.last_day(closes_at) == last_day


def test_first_and_last_day_are_local():
    opens_at = rules.opening_instant(date(2023, 6, 12))
    assert opens_at == datetime(2023, 6, 11, 23, 0, tzinfo=UTC)
    assert rules.first_day(opens_at) == date(2023, 6, 12)


@pytest.mark.parametrize(
    ("announced", "now", "state"),
    [
        (None, NOON, "draft"),
        (NOON, datetime(2023, 6, 11, 22, 59, tzinfo=UTC), "announced"),
        (NOON, datetime(2023, 6, 11, 23, 0, tzinfo=UTC), "open"),
        (NOON, datetime(2023, 6, 20, 22, 59, 59, tzinfo=UTC), "open"),
        (NOON, datetime(2023, 6, 20, 23, 0, tzinfo=UTC), "closed"),
    ],
)
def test_a_consultation_opens_and_closes_by_the_clock(announced, now, state):
    found = rules.state_of_consultation(
        announced_at=announced,
        opens_at=rules.opening_instant(date(2023, 6, 12)),
        closes_at=rules.closing_instant(date(2023, 6, 20)),
        now=now,
    )
    assert found == state


def test_the_page_changes_next_when_it_opens_then_when_it_closes():
    opens_at, closes_at = NOON, NOON + timedelta(days=2)
    dates = {"opens_at": opens_at, "closes_at": closes_at}
    assert rules.next_change(now=NOON - timedelta(days=1), **dates) == opens_at
    assert rules.next_change(now=NOON, **dates) == closes_at
    assert rules.next_change(now=closes_at, **dates) is None


@pytest.mark.parametrize(
    ("left", "count", "unit"),
    [
        (timedelta(days=3), 3, "days"),
        (timedelta(days=2, seconds=1), 3, "days"),
        (timedelta(days=1), 24, "hours"),
        (timedelta(hours=1, seconds=1), 2, "hours"),
        (timedelta(hours=1), 60, "minutes"),
        (timedelta(seconds=1), 1, "minutes"),
    ],
)
def test_time_left_is_said_in_one_unit_and_the_begun_one_counts(left, count, unit):
    found = rules.time_left(NOON + left, NOON)
    assert found is not None and (found.count, found.unit) == (count, unit)


def test_no_time_is_left_at_the_instant_itself():
    assert rules.time_left(NOON, NOON) is None


@given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=60)))
def test_what_is_said_of_the_time_left_is_true_until_the_next_step(left):
    until = NOON + left
    step = rules.next_step(until, NOON)
    assert NOON < step <= until
    just_before = step - timedelta(microseconds=1)
    assert rules.time_left(until, just_before) == rules.time_left(until, NOON)
    assert rules.time_left(until, step) != rules.time_left(until, NOON)


ALLOWED = {
    ("received", Act.PUBLISH): "visible",
    ("received", Act.HIDE): "held",
    ("visible", Act.HIDE): "held",
    ("late", Act.HIDE): "held",
    ("late", Act.ACCEPT_LATE): "visible",
    ("late", Act.REFUSE_LATE): "refused",
    ("refused", Act.HIDE): "held",
    ("refused", Act.ACCEPT_LATE): "visible",
    ("held", Act.RESTORE): "late",
    ("received", Act.WITHDRAW): "withdrawn",
    ("visible", Act.WITHDRAW): "withdrawn",
    ("held", Act.WITHDRAW): "withdrawn",
    ("late", Act.WITHDRAW): "withdrawn",
    ("refused", Act.WITHDRAW): "withdrawn",
}


@pytest.mark.parametrize("state", list(IdeaState))
@pytest.mark.parametrize("act", list(Act))
def test_every_allowed_and_refused_transition(state, act):
    after = rules.state_after(state, act, state_before_hiding="late")
    assert after == ALLOWED.get((str(state), act))


def test_restoring_without_memory_shows_the_idea():
    assert rules.state_after("held", Act.RESTORE) == IdeaState.VISIBLE


def test_an_officer_is_offered_what_is_allowed_and_never_withdrawal():
    assert rules.acts_allowed("late") == (Act.HIDE, Act.ACCEPT_LATE, Act.REFUSE_LATE)
    assert rules.acts_allowed("withdrawn") == ()


def test_premoderated_ideas_wait():
    closes_at = NOON + timedelta(days=1)
    state = rules.state_on_arrival(closes_at=closes_at, is_premoderated=True, now=NOON)
    assert state == IdeaState.RECEIVED


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("نشر الميزانية السنوية", None),
        ("x" * 19, TextFault.SHORT),
        ("نشر الميزانية كل سنة" * 8, TextFault.LONG),
        ("." * 40, TextFault.NO_WORDS),
        ("1234567890 1234567890", TextFault.NO_WORDS),
        ("ههههههههههههههههههههههههه", TextFault.NO_WORDS),
        ("ا ب ت ث " * 17 + "abcd", None),
    ],
)
def test_a_statement_is_a_sentence_of_20_to_140_characters(statement, fault):
    assert rules.fault_of_statement(statement) == fault


def test_equal_statements_share_a_key_whatever_their_signs():
    plain = "نشر ميزانية المجلس الإقليمي"
    assert rules.statement_key(plain) == rules.statement_key("نَشْرُ  ميزانية، المجلس الاقليمي!")
    assert rules.statement_key(plain) != rules.statement_key("نشر محاضر المجلس الإقليمي")


@pytest.mark.parametrize(
    ("words", "interface", "language"),
    [
        ("نشر الميزانية", "fr", "ar"),
        ("Publier le budget", "ar", "fr"),
        ("ⴰⵙⵏⵙⵔⵓⴼ ⵏ ⵓⵙⵓⵜⵓⵔ", "ar", "zgh"),
        ("ﻧﺸﺮ ﺍﻟﻤﺤﺎﺿﺮ", "fr", "ar"),
        ("12345", "fr", "fr"),
        ("نشر budget الميزانية", "fr", "ar"),
    ],
)
def test_the_language_of_an_idea_is_that_of_its_letters(words, interface, language):
    assert rules.language_of(words, interface) == language


def test_a_rule_ends_before_its_last_day():
    start, end = date(2023, 1, 1), date(2023, 6, 1)
    assert rules.is_rule_in_force(start, None, date(2030, 1, 1))
    assert rules.is_rule_in_force(start, end, date(2023, 5, 31))
    assert not rules.is_rule_in_force(start, end, end)
    assert not rules.is_rule_in_force(start, end, date(2022, 12, 31))


def test_words_are_counted_by_spaces():
    assert rules.word_count("ثلاث كلمات هنا") == 3
