"""Rules of the method, of carry-over and of reading a table."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from infitah.kernel.dates import read_date
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import safe_cell
from infitah.programme.rules import carry_over, cells, importing, method
from infitah.programme.rules.cells import Fault, Note
from infitah.programme.rules.method import MethodFacts, MethodStep, RoundStanding, StepState
from infitah.programme.rules.states import Phase
from infitah.programme.rules.timetable import Standing

PREPARING, RUNNING = Phase.PREPARING, Phase.RUNNING


@pytest.mark.parametrize(
    ("facts", "step", "state"),
    [
        (MethodFacts(PREPARING), MethodStep.MEETINGS, StepState.TO_COME),
        (MethodFacts(RUNNING), MethodStep.MEETINGS, StepState.NOT_RECORDED),
        (MethodFacts(PREPARING, meetings=(Standing.NO_RECORD,)), "meetings", "not_recorded"),
        (MethodFacts(PREPARING, meetings=(Standing.HELD,)), "meetings", "done"),
        (
            MethodFacts(PREPARING, meetings=(Standing.HELD, Standing.COMING)),
            "meetings",
            "under_way",
        ),
        (MethodFacts(PREPARING, axes=4, axes_with_challenge=3), "axes", "under_way"),
        (MethodFacts(PREPARING, axes=4, axes_with_challenge=4), "axes", "done"),
        (MethodFacts(PREPARING, first_round=RoundStanding.OPEN), "first_round", "under_way"),
        (MethodFacts(PREPARING, first_round=RoundStanding.CLOSED), "first_round", "done"),
        (MethodFacts(RUNNING), MethodStep.FIRST_ROUND, StepState.NOT_RECORDED),
        (MethodFacts(PREPARING, has_themes=True), "drafts", "under_way"),
        (MethodFacts(Phase.ADOPTED, first_round=RoundStanding.OPEN), "drafts", "under_way"),
        (MethodFacts(PREPARING, commitments=3, validated=1), "drafts", "done"),
        (
            MethodFacts(PREPARING, first_round=RoundStanding.OPEN, commitments=3, validated=1),
            "drafts",
            "under_way",
        ),
        (
            MethodFacts(PREPARING, first_round=RoundStanding.CLOSED, commitments=3, validated=1),
            "drafts",
            "under_way",
        ),
        (
            MethodFacts(
                PREPARING,
                first_round=RoundStanding.CLOSED,
                is_first_answered=True,
                commitments=3,
                validated=1,
            ),
            "drafts",
            "done",
        ),
        (MethodFacts(PREPARING, commitments=3, validated=1), "validation", "under_way"),
        (MethodFacts(PREPARING, commitments=3, validated=3), "adoption", "under_way"),
        (MethodFacts(RUNNING, commitments=3, validated=3), "adoption", "done"),
        (MethodFacts(RUNNING, commitments=3, validated=3), "validation", "done"),
        (
            MethodFacts(RUNNING, commitments=3, validated=3, is_imported=True),
            "validation",
            "not_recorded",
        ),
        (MethodFacts(RUNNING), "execution", "under_way"),
        (MethodFacts(Phase.ENDED), "execution", "done"),
        (MethodFacts(Phase.ENDED), "next_cycle", "to_come"),
        (MethodFacts(Phase.ENDED, has_next=True), "next_cycle", "done"),
        (MethodFacts(Phase.ENDED, has_next=True, left_behind=2), "next_cycle", "under_way"),
        (MethodFacts(PREPARING, has_next=True), "next_cycle", "to_come"),
        (MethodFacts(RUNNING, has_next=True), "next_cycle", "to_come"),
    ],
)
def test_a_step_of_the_method_stands_where_its_records_say(facts, step, state):
    assert dict(method.method_of(facts))[step] == state


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (MethodFacts(PREPARING), "meetings"),
        (MethodFacts(PREPARING, axes=1, axes_with_challenge=1), "workshops"),
        (MethodFacts(PREPARING, first_round=RoundStanding.OPEN), "first_round"),
        (MethodFacts(PREPARING, first_round=RoundStanding.CLOSED), "drafts"),
        (MethodFacts(PREPARING, commitments=2, second_round=RoundStanding.CLOSED), "validation"),
        (MethodFacts(PREPARING, commitments=2, validated=1), "validation"),
        (MethodFacts(PREPARING, commitments=2, validated=2), "adoption"),
        (MethodFacts(RUNNING, commitments=2, validated=2), "execution"),
        (MethodFacts(Phase.ENDED, commitments=2, validated=2, has_next=True), None),
    ],
)
def test_the_step_at_hand_comes_after_the_last_that_is_done(facts, step):
    """A step that was left out holds nothing back."""
    assert method.step_at_hand(method.method_of(facts)) == step


@given(some.lists(some.integers(1, 100), min_size=1, max_size=60))
def test_rescaled_weights_make_100_and_keep_their_order(weights):
    made = carry_over.rescaled(weights)
    assert sum(made) == 100 and min(made) >= 1
    pairs = sorted(zip(weights, made, strict=True))
    assert all(b >= a - 1 for (_x, a), (_y, b) in pairwise(pairs))
    assert carry_over.rescaled([40, 60]) == [40, 60]


@pytest.mark.parametrize("weights", [[], [0, 100], [1] * 101])
def test_what_are_no_weights_is_not_rescaled(weights):
    with pytest.raises(ValueError, match="weights"):
        carry_over.rescaled(weights)


OLD, NEW = (date(2024, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("span", "moved"),
    [
        ((date(2024, 3, 1), date(2024, 5, 31)), (date(2026, 3, 1), date(2026, 5, 31))),
        ((date(2023, 11, 1), date(2024, 2, 29)), (date(2026, 1, 1), date(2026, 2, 28))),
        ((date(2025, 12, 1), date(2026, 6, 30)), (date(2027, 12, 1), date(2027, 12, 31))),
    ],
)
def test_days_move_with_the_cycle_and_stay_within_it(span, moved):
    assert carry_over.moved_span(span, OLD[0], NEW) == moved


def test_days_move_by_days_where_the_cycles_begin_on_other_days():
    into = (date(2026, 1, 11), date(2027, 12, 31))
    span = (date(2024, 1, 2), date(2024, 1, 3))
    assert carry_over.moved_span(span, OLD[0], into) == (date(2026, 1, 12), date(2026, 1, 13))


@pytest.mark.parametrize(
    ("phase", "today", "may"),
    [
        (RUNNING, date(2025, 6, 30), False),
        (RUNNING, date(2025, 7, 2), True),
        (Phase.ENDED, date(2026, 3, 1), True),
        (PREPARING, date(2025, 12, 1), False),
    ],
)
def test_a_cycle_hands_over_in_its_last_half_year_or_after(phase, today, may):
    assert carry_over.hands_over(phase, OLD[1], today) is may


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("31/01/2026", date(2026, 1, 31)),
        ("٣١/٠١/٢٠٢٦", date(2026, 1, 31)),
        (" 1-2-2026 ", date(2026, 2, 1)),
        ("31/02/2026", None),
        ("01/31/2026", None),
        ("غشت 2026", None),
    ],
)
def test_days_are_read_in_both_ways_and_any_digits(cell, day):
    assert read_date(cell) == day


@pytest.mark.parametrize(
    ("cell", "centimes"),
    [
        ("1 250 000,50", 125_000_050),
        ("1250000.5", 125_000_050),
        ("١٢٥٠", 125_000),
        ("1\u202f250\u00a0000", 125_000_000),
        ("1.250.000", None),
        ("-3", None),
        ("12,345", None),
    ],
)
def test_amounts_are_read_in_dirhams(cell, centimes):
    assert cells.read_amount(cell) == centimes


@given(some.text(max_size=40))
def test_our_neutral_cells_come_back_as_they_were(text):
    assert cells.plain_cell(safe_cell(text)) == text or text.startswith("'")


WORDS = importing.Vocabulary(
    axes={"transparency": "transparency", "الشفافية": "transparency"},
    principles={"accountability": "accountability"},
    units={},
    states={state: state for state in ("planned", "started", "blocked", "claimed", "verified")},
    values={"transparency": "transparency"},
)
LIMITS = importing.Limits(NEW, date(2026, 11, 28))
HEAD = "key;title_ar;axis;milestone_title_ar;weight;announced_start;announced_end;planned_end;milestone_state;done_on;reason_ar;after"
GOOD = (
    "1;مشروع;الشفافية;مرحلة أولى;٤٠;2026-01-01;٣١/٠٣/٢٠٢٦;;verified;15/03/2026;;",
    "1;;;مرحلة ثانية;60 %;01/04/2026;30/09/2026;31/12/2026;blocked;;تأخر الصفقة;1",
)


def read(*rows, head=HEAD, separator=";", mark=""):
    text = mark + "\r\n".join([head, *rows]).replace(";", separator)
    return importing.read_programme(text.encode(), WORDS, LIMITS)


@pytest.mark.parametrize(("separator", "mark"), [(";", "\ufeff"), (",", ""), ("\t", "")])
def test_a_file_is_read_whatever_its_separator_mark_and_digits(separator, mark):
    reading = read(*GOOD, separator=separator, mark=mark)
    assert reading.faults == []
    (one,) = reading.commitments
    first, second = one.milestones
    assert (one.key, one.axis, one.span) == ("1", "transparency", NEW)
    assert (first.weight, first.announced[1]) == (40, date(2026, 3, 31))
    # Nothing is confirmed without evidence: the word of a file is a claim.
    assert (first.state, first.done_on) == ("claimed", date(2026, 3, 15))
    assert (second.state, second.after, second.planned[1]) == ("blocked", 1, date(2026, 12, 31))
    assert one.texts["problem"] == importing.NOT_STATED
    assert {found.kind for found in reading.notes} == {Note.LOWERED, Note.UNSTATED}


@pytest.mark.parametrize(
    ("rows", "fault", "row", "column"),
    [
        (("1;;transparency;م;100;2026-01-01;2026-03-31;;;;;",), Fault.MISSING, 2, "title_ar"),
        (("1;أ;other;م;100;2026-01-01;2026-03-31;;;;;",), Fault.CHOICE, 2, "axis"),
        (("1;أ;transparency;م;100;soon;2026-03-31;;;;;",), Fault.DATE, 2, "announced_start"),
        (("1;أ;transparency;م;100;2026-04-01;2026-03-31;;;;;",), Fault.ORDER, 2, "announced_end"),
        (("1;أ;transparency;م;half;2026-01-01;2026-03-31;;;;;",), Fault.NUMBER, 2, "weight"),
        (("1;أ;transparency;م;90;2026-01-01;2026-03-31;;;;;",), Fault.WEIGHTS, 2, "weight"),
        ((";أ;transparency;م;100;2026-01-01;2026-03-31;;;;;",), Fault.MISSING, 2, "key"),
        (
            ("1;أ;transparency;م;100;2026-01-01;2026-03-31;;blocked;;;",),
            Fault.MISSING,
            2,
            "reason_ar",
        ),
        (
            ("1;أ;transparency;م;100;2026-01-01;2026-03-31;;claimed;;;",),
            Fault.MISSING,
            2,
            "done_on",
        ),
        (
            ("1;أ;transparency;م;100;2026-01-01;2026-03-31;;claimed;2027-01-01;;",),
            Fault.FUTURE,
            2,
            "done_on",
        ),
        (("1;أ;transparency;م;100;2026-01-01;2026-03-31;;;;;1",), Fault.AFTER, 2, "after"),
        ((GOOD[0], GOOD[1].replace("1;;", "1;غيره;", 1)), Fault.DIFFERS, 3, "title_ar"),
        ((), Fault.EMPTY, 1, ""),
    ],
)
def test_each_fault_is_told_by_row_and_column(rows, fault, row, column):
    found = read(*rows).faults
    assert (fault, row, column) in {(one.kind, one.row, one.column) for one in found}


def test_a_file_that_is_no_table_is_told_as_such():
    missing = read("1;x", head="key;title_ar").faults
    assert {one.column for one in missing} >= {"axis", "weight", "announced_end"}
    other = importing.read_programme("é".encode("latin-1"), WORDS, LIMITS).faults
    assert [one.kind for one in other] == [Fault.ENCODING]
    long = read(*[GOOD[0]] * (importing.MAX_ROWS + 1)).faults
    assert [one.kind for one in long] == [Fault.TOO_LONG]


def test_hostile_cells_are_cleaned_and_bounded():
    row = GOOD[0].replace("مشروع", "'=HYPERLINK(1)\u202e").replace(";٤٠;", ";100;")
    (one,) = read(row).commitments
    assert one.texts["title"] == LocalizedText(ar="=HYPERLINK(1)")
    long = read(GOOD[0].replace("مشروع", "م" * 7_000)).faults
    assert Fault.CELL in {found.kind for found in long}
