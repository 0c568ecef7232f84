"""Random lives under two calendars: what moves, what is told, and who is told what next."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from infitah.information import rules
from infitah.information.rules import ClockName, Party
from infitah.information.rules.clocks import CITIZENS
from infitah.information.rules.moves import moved, windows_told
from infitah.information.rules.notices import Moment, notices
from infitah.information.tests.test_rules_case import CALENDAR, LAW, RECEIVED, lives
from infitah.kernel.calendar import Holiday, WorkingCalendar
from infitah.kernel.localized import LocalizedText

NAME = LocalizedText(ar="عطلة")
offsets = st.integers(1, 160)


@st.composite
def calendars(draw):
    days = sorted(draw(st.sets(offsets, max_size=12)))
    return WorkingCalendar([Holiday(RECEIVED + timedelta(days=one), NAME) for one in days])


@settings(max_examples=150)
@given(lives(), calendars(), calendars(), st.integers(0, 200))
def test_every_clock_that_waits_moves_in_the_open_and_no_turn_is_lost(acts, old, new, later):
    case, today = rules.fold(acts), acts[-1].on + timedelta(days=later)
    before, after = (rules.clocks(case, LAW, one, today) for one in (old, new))
    for running in (before, after):
        assert isinstance(rules.turn(case, running, today).party, Party)
    told = {one.name: one for one in moved(case, before, after, today)}
    for clock in after:
        was = next((one for one in before if one.name is clock.name), None)
        is_open = clock.name is not ClockName.REPLY or case.is_unanswered
        waits = clock.met_on is None and is_open and today <= clock.last
        if was is not None and waits and was.ends_on != clock.ends_on:
            assert (told[clock.name].before, told[clock.name].after) == (
                was.ends_on,
                clock.ends_on,
            )
    for one in told.values():
        assert (one.before, one.latest_before) != (one.after, one.latest_after)


@settings(max_examples=150)
@given(lives(), calendars(), calendars(), st.integers(0, 60))
def test_a_window_that_was_told_never_ends_earlier(acts, old, new, later):
    case, today = rules.fold(acts), acts[-1].on + timedelta(days=later)
    before, after = (rules.clocks(case, LAW, one, today) for one in (old, new))
    kept = windows_told((one.name, one.before) for one in moved(case, before, after, today))
    ends = {clock.name: clock.ends_on for clock in rules.clocks(case, LAW, new, today, kept)}
    for clock in before:
        is_told = clock.name in CITIZENS and clock.met_on is None and today <= clock.ends_on
        if is_told and clock.name in ends:
            assert ends[clock.name] >= clock.ends_on


@settings(max_examples=150)
@given(lives(), st.integers(0, 200))
def test_the_next_look_comes_on_every_day_on_which_something_is_told(acts, later):
    """Walking from look to look tells the same as looking every day."""
    case, start = rules.fold(acts), acts[-1].on + timedelta(days=later)

    def look(day):
        running = rules.clocks(case, LAW, CALENDAR, day)
        return set(notices(case, running, day)), rules.next_change(case, running, day)

    every_day = set()
    for number in range(1, 120):
        every_day |= look(start + timedelta(days=number))[0]
    walked, day = set(look(start)[0]), look(start)[1]
    while day is not None and day < start + timedelta(days=120):
        found, day = look(day)
        walked |= found
    assert {one for one in every_day if one.moment is not Moment.OVER} <= walked
    new = {one for one in every_day if one.day >= start}
    assert new <= walked


def test_what_is_told_of_the_answer_stops_with_the_answer():
    acts = [
        rules.Act(rules.ActKind.SUBMITTED, RECEIVED),
        rules.Act(rules.ActKind.REGISTERED, RECEIVED),
    ]
    case, day = rules.fold(acts), date(2026, 4, 1)
    (one,) = notices(case, rules.clocks(case, LAW, CALENDAR, day)[:1], day)
    assert (one.clock, one.moment) == (ClockName.REPLY, Moment.OVER)
    answered = rules.fold(
        [
            *acts,
            rules.Act(rules.ActKind.DECIDED, day, {"outcome": "full", "withheld": False}),
            rules.Act(rules.ActKind.DELIVERED, day),
        ]
    )
    assert not notices(answered, rules.clocks(answered, LAW, CALENDAR, day), day)
