"""Random lives of a request: the state is the fold of its acts, and every state has one turn."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infitah.community.rules.deadlines import LegalNumber
from infitah.information import rules
from infitah.information.rules import Act, ActKind, NotNow, Outcome, Party, Phase, Remedy, Ruling
from infitah.kernel.calendar import Holiday, WorkingCalendar
from infitah.kernel.localized import LocalizedText

K = ActKind
RECEIVED = date(2026, 3, 2)
CALENDAR = WorkingCalendar(
    [
        Holiday(date(2026, 3, 20), LocalizedText(ar="عيد الفطر", fr="Aïd al-Fitr")),
        Holiday(date(2026, 5, 1), LocalizedText(ar="عيد الشغل", fr="Fête du travail")),
    ]
)
DAYS = {
    "information.reply": (20, "working_days"),
    "information.reply_extension": (20, "working_days"),
    "information.urgent_reply": (3, "calendar_days"),
    "information.urgent_extension": (3, "calendar_days"),
    "information.complaint": (20, "working_days"),
    "information.complaint_answer": (15, "calendar_days"),
    "information.commission": (30, "calendar_days"),
    "information.commission_answer": (30, "calendar_days"),
    "information.court": (60, "calendar_days"),
}
LAW = {
    key: LegalNumber(key, days, unit, "31-13", "16", "test", is_verified=True)
    for key, (days, unit) in DAYS.items()
}


def facts_of(kind, outcome, withheld, ruling, urgent, on):
    return {
        K.SUBMITTED: {"urgent": urgent},
        K.DECIDED: {"outcome": outcome.value, "withheld": withheld},
        K.DEFERRED: {"until": (on + timedelta(days=30)).isoformat()},
        K.HEAD_DECIDED: {"ruling": ruling.value},
        K.CDAI_DECIDED: {"ruling": ruling.value},
        K.COURT_RULED: {"ruling": ruling.value},
    }.get(kind, {})


@st.composite
def lives(draw):
    """A request's acts as they could happen: each one drawn among those that the order allows."""
    on = RECEIVED
    acts = [Act(K.SUBMITTED, on, {"urgent": draw(st.booleans())})]
    for _ in range(draw(st.integers(0, 25))):
        case = rules.fold(acts)
        allowed = [kind for kind in K if rules.may(case, kind)]
        if not allowed:
            break
        kind = draw(st.sampled_from(allowed))
        on += timedelta(days=draw(st.integers(0, 20)))
        facts = facts_of(
            kind,
            draw(st.sampled_from(Outcome)),
            draw(st.booleans()),
            draw(st.sampled_from(Ruling)),
            False,
            on,
        )
        acts.append(Act(kind, on, facts))
    return acts


@given(lives())
def test_replaying_the_acts_one_by_one_gives_the_same_state(acts):
    case = None
    for act in acts:
        case = rules.step(case, act)
    assert case == rules.fold(acts)


@given(lives())
def test_the_law_s_limits_hold_in_every_life(acts):
    told = Counter(act.kind for act in acts)
    assert told[K.EXTENDED] <= 1 and told[K.SUBMITTED] == 1 and told[K.WITHDRAWN] <= 1
    case = rules.fold(acts)
    assert case.received_on == RECEIVED
    withheld = False
    for act in acts:
        if act.kind is K.DECIDED:
            withheld = act.flag("withheld")
        if act.kind is K.SECOND_READ:
            withheld = False
        assert not (act.kind is K.DELIVERED and withheld), "released without a second reader"
    assert told[K.PUBLISHED] <= told[K.DELIVERED] + told[K.TAKEN_BACK]
    assert told[K.DELIVERED] <= told[K.DECIDED]
    assert told[K.TAKEN_BACK] <= told[K.PUBLISHED] + told[K.DEFERRED]


@given(lives(), st.sampled_from(K))
def test_what_may_not_happen_is_refused_and_changes_nothing(acts, kind):
    case = rules.fold(acts)
    act = Act(
        kind, date(2027, 1, 1), facts_of(kind, Outcome.FULL, False, Ruling.UPHELD, False, RECEIVED)
    )
    if rules.may(case, kind):
        rules.step(case, act)
    else:
        with pytest.raises(NotNow):
            rules.step(case, act)


@settings(max_examples=60)
@given(lives(), st.integers(0, 500))
def test_every_state_has_exactly_one_who_must_act(acts, later):
    case, today = rules.fold(acts), acts[-1].on + timedelta(days=later)
    running = rules.clocks(case, LAW, CALENDAR, today)
    turn = rules.turn(case, running, today)
    assert isinstance(turn.party, Party)
    if case.phase in {Phase.WITHDRAWN, Phase.TRANSFERRED}:
        assert turn.party is Party.NOBODY
    elif case.is_unanswered:
        assert turn.party is not Party.NOBODY
    if turn.party in {Party.OFFICER, Party.SECOND_READER}:
        assert rules.next_act(case) is not None


@settings(max_examples=60)
@given(lives(), st.integers(0, 500))
def test_clocks_never_stop_silently(acts, later):
    case, today = rules.fold(acts), acts[-1].on + timedelta(days=later)
    running = rules.clocks(case, LAW, CALENDAR, today)
    reply = running[0]
    assert reply.starts_on == RECEIVED
    same = [act for act in acts if act.kind not in {K.CLARIFICATION_ASKED, K.CLARIFIED}]
    if K.REOPENED not in {act.kind for act in acts}:
        assert rules.reply_clock(rules.fold(same), LAW, CALENDAR).ends_on == reply.ends_on
    silent = rules.silent_since(case, reply, today)
    assert (silent is not None) == (case.is_unanswered and today > reply.due.deadline.due_latest)
    names = [clock.name for clock in running]
    assert names == sorted(names, key=list(rules.ClockName).index)


@settings(max_examples=100)
@given(lives(), st.integers(0, 500))
def test_silence_is_told_of_the_answer_that_is_owed_and_figures_keep_the_first(acts, later):
    today = acts[-1].on + timedelta(days=later)
    case = rules.fold(acts)
    reply = rules.reply_clock(case, LAW, CALENDAR)
    silent = rules.silent_since(case, reply, today)
    opened = [act.on for act in acts if act.kind is K.REOPENED]
    assert case.round == len(opened) + 1
    assert reply.starts_on == (opened[-1] if opened else RECEIVED)
    assert silent is None or silent > case.counts_from
    first = rules.first_reply_clock(case, LAW, CALENDAR)
    assert first.starts_on == RECEIVED and first.met_on == case.answered_on
    until_first = [act for act in acts if not opened or acts.index(act) < _first_reopening(acts)]
    assert first.ends_on >= rules.reply_clock(rules.fold(until_first), LAW, CALENDAR).ends_on


def _first_reopening(acts):
    return next(n for n, act in enumerate(acts) if act.kind is K.REOPENED)


def life(*acts):
    return [Act(K.SUBMITTED, RECEIVED), *acts]


def test_silence_opens_the_head_then_the_commission_then_the_court():
    acts = life(Act(K.REGISTERED, RECEIVED))
    before, after = date(2026, 3, 31), date(2026, 4, 1)
    first = rules.clocks(rules.fold(acts), LAW, CALENDAR, before)
    assert [clock.name for clock in first] == [rules.ClockName.REPLY]
    assert first[0].ends_on == date(2026, 3, 31)  # the 20th is off: one day more than 30 March
    case = rules.fold(acts)
    second = rules.clocks(case, LAW, CALENDAR, after)
    assert rules.silent_since(case, second[0], after) == after
    assert rules.window_open(second, rules.ClockName.HEAD_WINDOW, after)
    acts.append(Act(K.COMPLAINED_HEAD, date(2026, 4, 6)))
    third = rules.clocks(rules.fold(acts), LAW, CALENDAR, date(2026, 4, 22))
    names = [clock.name.value for clock in third]
    assert names == ["reply", "head_window", "head_reply", "cdai_window"]
    assert rules.turn(rules.fold(acts), third, date(2026, 4, 10)).party is Party.HEAD
    assert rules.turn(rules.fold(acts), third, date(2026, 4, 22)).party is Party.OFFICER


def test_an_urgent_request_that_is_not_urgent_counts_from_its_receipt():
    acts = [Act(K.SUBMITTED, RECEIVED, {"urgent": True})]
    urgent = rules.reply_clock(rules.fold(acts), LAW, CALENDAR)
    assert urgent.ends_on == date(2026, 3, 5)
    acts.append(Act(K.URGENCY_REFUSED, date(2026, 3, 4)))
    ordinary = rules.reply_clock(rules.fold(acts), LAW, CALENDAR)
    assert (ordinary.starts_on, ordinary.ends_on) == (RECEIVED, date(2026, 3, 31))


def test_a_reopened_request_is_answered_and_complained_about_anew():
    acts = life(
        Act(K.REGISTERED, RECEIVED),
        Act(K.DECIDED, date(2026, 3, 9), {"outcome": "refused", "withheld": True}),
        Act(K.SECOND_READ, date(2026, 3, 9)),
        Act(K.DELIVERED, date(2026, 3, 10)),
        Act(K.COMPLAINED_HEAD, date(2026, 3, 12)),
        Act(K.HEAD_DECIDED, date(2026, 3, 20), {"ruling": "upheld"}),
        Act(K.REOPENED, date(2026, 3, 20)),
    )
    case = rules.fold(acts)
    assert (case.phase, case.remedy, case.outcome) == (Phase.OPEN, Remedy.NONE, None)
    assert rules.may(case, K.DECIDED) and rules.may(case, K.EXTENDED)


def test_after_a_reopening_the_clock_of_the_new_answer_runs_and_not_the_first():
    first = (
        Act(K.REGISTERED, RECEIVED),
        Act(K.DECIDED, date(2026, 3, 9), {"outcome": "partial", "withheld": False}),
        Act(K.DELIVERED, date(2026, 3, 10)),
        Act(K.COMPLAINED_HEAD, date(2026, 4, 1)),
        Act(K.HEAD_DECIDED, date(2026, 4, 15), {"ruling": "upheld"}),
        Act(K.REOPENED, date(2026, 4, 15)),
    )
    case = rules.fold(life(*first))
    reply = rules.reply_clock(case, LAW, CALENDAR)
    assert reply.starts_on == date(2026, 4, 15) and reply.ends_on > date(2026, 5, 8)
    assert rules.silent_since(case, reply, date(2026, 4, 20)) is None
    assert rules.silent_since(case, reply, reply.last) is None
    assert rules.silent_since(case, reply, reply.last + rules.DAY) == reply.last + rules.DAY
    running = rules.clocks(case, LAW, CALENDAR, date(2026, 4, 20))
    assert [one.name for one in running] == ["reply"]
    kept = rules.first_reply_clock(case, LAW, CALENDAR)
    assert kept.is_kept and kept.ends_on == date(2026, 3, 31)


def test_an_extension_lengthens_the_answer_in_which_it_was_told_alone():
    before = (
        Act(K.REGISTERED, RECEIVED),
        Act(K.EXTENDED, date(2026, 3, 5)),
        Act(K.DECIDED, date(2026, 3, 9), {"outcome": "partial", "withheld": False}),
        Act(K.DELIVERED, date(2026, 3, 10)),
        Act(K.COMPLAINED_HEAD, date(2026, 4, 1)),
        Act(K.HEAD_DECIDED, date(2026, 4, 15), {"ruling": "upheld"}),
        Act(K.REOPENED, date(2026, 4, 15)),
    )
    extended = rules.fold(life(*before))
    plain = rules.fold(life(*(act for act in before if act.kind is not K.EXTENDED)))
    clock, other = (rules.reply_clock(one, LAW, CALENDAR) for one in (extended, plain))
    assert clock.ends_on == other.ends_on and not rules.may(extended, K.EXTENDED)
    longer = rules.step(plain, Act(K.EXTENDED, date(2026, 4, 16)))
    assert rules.reply_clock(longer, LAW, CALENDAR).ends_on > other.ends_on
    first, again = (rules.first_reply_clock(one, LAW, CALENDAR) for one in (plain, longer))
    assert first.ends_on == again.ends_on
