"""Workshops as acts: announced, notes entered all or none, on time or late, taken back."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from infitah.community.models import Community
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.ledger.models import Entry
from infitah.participation import operations, queries, rules
from infitah.participation.models import Idea, IdeaAnswer
from infitah.participation.operations import Note, NotesRefused, WorkshopRefused, WorkshopText
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
)
from infitah.participation.tests.workshops import DAY, KEY, OTHER, enter, make_workshop


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


# Rules -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held_on", "fault"),
    [
        (date(2022, 6, 10), rules.DayFault.EARLY),
        (date(2022, 6, 11), None),
        (date(2024, 6, 20), None),
        (date(2024, 6, 22), rules.DayFault.LATE),
    ],
)
def test_a_workshop_lies_within_a_year_of_its_consultation(held_on, fault):
    days = {"first_day": date(2023, 6, 12), "last_day": date(2023, 6, 20)}
    found = rules.fault_of_day(held_on, **days)
    assert found == fault


def test_a_note_counts_from_the_day_of_its_workshop():
    at_the_door = datetime(2023, 3, 8, 16, 30, tzinfo=UTC)
    assert rules.given_at(DAY, at_the_door) == at_the_door
    assert rules.given_at(DAY, DURING) == datetime(2023, 3, 8, 11, 0, tzinfo=UTC)


def test_rows_that_say_the_same_are_marked():
    near = "توفير نقل مدرسي للتلاميذ بالدواوير البعيدة"
    assert rules.alike_rows([OTHER, "", STATEMENT, near, ""]) == {3: 0}


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("7توفير النقل", ("توفير النقل", "7", True)),
        ("٧ توفير النقل", ("توفير النقل", "٧", False)),
        ("12 Le marché", ("Le marché", "12", False)),
        ("120La route", ("La route", "120", True)),
        ("توفير النقل سنة 2024", ("توفير النقل سنة 2024", "", True)),
        ("2024 سنة النقل", ("2024 سنة النقل", "", True)),
        ("- 3 ملاعب للقرب", ("3 ملاعب للقرب", "", True)),
        ("2ème marché", ("2ème marché", "", True)),
        ("5G au village", ("5G au village", "", True)),
        ("5) توفير النقل", ("توفير النقل", "5", False)),
        ("٥- توفير النقل", ("توفير النقل", "٥", False)),
        ("(5) توفير النقل", ("توفير النقل", "5", False)),
        ("5. Le marché", ("Le marché", "5", False)),
        ("5.5 km de route", ("5.5 km de route", "", True)),
        ("20-25 arbres", ("20-25 arbres", "", True)),
    ],
)
def test_a_line_is_a_note_with_its_dots_in_front(line, read):
    (found,) = rules.typed_lines(f"\n  {line}  \n\n")
    assert (found.statement, found.dots, found.is_sure) == read


# Acts --------------------------------------------------------------------------------------------


def test_a_workshop_is_announced_in_the_register(june, workshop, sefrou):
    assert [table.number for table in workshop.tables.all()] == [1, 2]
    row = ledger.of_subject("SFR", "workshop:june/first")[-1]
    assert row.act == "participation.workshop_announced"
    edited = WorkshopText(
        slug="",
        name=workshop.name,
        held_on=date(2023, 3, 9),
        place=workshop.place,
        axes=[sefrou.axis],
        present=50,
    )
    operations.edit_workshop(workshop_id=workshop.pk, text=edited, by=BY, now=DURING)
    far = WorkshopText("", workshop.name, date(2020, 3, 9), workshop.place)
    with pytest.raises(WorkshopRefused) as caught:
        operations.edit_workshop(workshop_id=workshop.pk, text=far, by=BY, now=DURING)
    assert caught.value.field == "held_on"
    workshop.refresh_from_db()
    assert (workshop.held_on, workshop.present) == (date(2023, 3, 9), 50)
    assert [table.number for table in workshop.tables.all()] == [1, 2, 3]


def test_workshops_that_cannot_be(june, workshop, sefrou):
    refused = [
        ({"slug": "first"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"held_on": date(2020, 3, 8)}, "held_on"),
        ({"held_on": date(2025, 3, 8)}, "held_on"),
    ]
    for changes, field in refused:
        with pytest.raises(WorkshopRefused) as caught:
            make_workshop(june, sefrou.axis, **{"slug": "second", **changes})
        assert caught.value.field == field
    for axes in ((), [sefrou.axis] * 41):
        with pytest.raises(WorkshopRefused) as caught:
            make_workshop(june, *axes, slug="second")
        assert caught.value.field == "tables"
    alone = make_consultation(sefrou.province, sefrou.axis, slug="alone")
    with pytest.raises(WorkshopRefused):
        make_workshop(alone, sefrou.second_axis)
    with pytest.raises(WorkshopRefused):
        make_workshop(make_consultation(sefrou.province, slug="texts", takes_ideas=False))
    with pytest.raises(WorkshopRefused):
        make_workshop(make_consultation(sefrou.province, sefrou.axis, slug="d", is_announced=False))


@pytest.mark.database
def test_notes_become_ideas_in_order_once(sefrou, june, workshop, table):
    commune = Community.objects.filter(parent=sefrou.province).first()
    made = enter(table, STATEMENT, OTHER, dots=5, detail="تفصيل", commune=commune)
    assert [idea.reference for idea in made] == ["SFR-2023-I-0001", "SFR-2023-I-0002"]
    again = enter(table, STATEMENT, OTHER, dots=5, detail="تفصيل", commune=commune)
    assert [idea.pk for idea in again] == [idea.pk for idea in made]
    assert Idea.objects.count() == 2
    idea = made[0]
    assert (idea.source, idea.table_id, idea.dots, idea.author) == ("workshop", table.pk, 5, None)
    assert (idea.state, idea.axis_id) == ("visible", table.axis_id)
    act = ledger.of_subject("SFR", idea.reference)[0]
    assert act.occurred_on == DAY and act.is_entered_afterwards
    typed = [row.act for row in ledger.of_subject("SFR", "workshop:june/first")]
    assert typed.count("participation.notes_entered") == 1
    assert queries.tallies(june).shown == 2
    table.refresh_from_db()
    assert table.typed_at == DURING


def test_a_row_that_was_typed_is_not_typed_otherwise(table):
    (idea,) = enter(table, STATEMENT)
    with pytest.raises(NotesRefused) as caught:
        enter(table, OTHER)
    assert caught.value.faults[0].row == 1 and idea.reference in caught.value.faults[0].message
    more = enter(table, STATEMENT, OTHER)
    assert more[0].pk == idea.pk and Idea.objects.count() == 2


def test_one_wrong_row_keeps_all_out(table):
    notes = [
        Note(1, STATEMENT),
        Note(2, "قصير"),
        Note(4, OTHER, detail="ن" * 1501, dots=1000),
    ]
    with pytest.raises(NotesRefused) as caught:
        operations.enter_notes(
            table_id=table.pk, key=KEY, notes=notes, interface="ar", by=BY, now=DURING
        )
    faults = [(fault.row, fault.field) for fault in caught.value.faults]
    assert faults == [(2, "statement"), (4, "detail"), (4, "dots")]
    assert not Idea.objects.exists() and not Entry.objects.filter(
        act="participation.idea_submitted"
    )


@pytest.mark.parametrize(
    ("held_on", "state"),
    [
        (date(2023, 3, 8), "visible"),
        (date(2023, 6, 12), "visible"),
        (date(2023, 6, 20), "visible"),
        (date(2023, 6, 21), "late"),
    ],
)
def test_the_day_of_the_workshop_decides_whether_notes_are_late(sefrou, june, held_on, state):
    table = make_workshop(june, sefrou.axis, held_on=held_on).tables.get()
    (idea,) = enter(table, STATEMENT, now=datetime(2023, 7, 1, 9, tzinfo=UTC))
    assert (idea.state, idea.is_late) == (state, state == "late")


def test_notes_wait_for_the_day_and_come_in_bounds(sefrou, june, table):
    later = make_workshop(june, sefrou.axis, slug="later", held_on=date(2023, 6, 15))
    for of, statements in (
        (later.tables.get(), [STATEMENT]),
        (table, []),
        (table, [f"{STATEMENT} {n}" for n in range(101)]),
    ):
        with pytest.raises(NotesRefused) as caught:
            enter(of, *statements)
        assert not caught.value.faults
    enter(table, STATEMENT)
    moved = WorkshopText("", table.workshop.name, date(2023, 3, 9), table.workshop.place)
    with pytest.raises(WorkshopRefused) as refused:
        operations.edit_workshop(workshop_id=table.workshop_id, text=moved, by=BY, now=DURING)
    assert refused.value.field == "held_on"


def take_back(idea, reason="كتبت كلمة بدل أخرى"):
    return operations.withdraw_note(
        community_id=idea.community_id, reference=idea.reference, reason=reason, by=BY, now=DURING
    )


def test_a_note_typed_wrongly_is_taken_back_with_its_reason(sefrou, june, table, anybody):
    (idea,) = enter(table, STATEMENT)
    for reason, field in (("قصير", "reason"), ("س" * 501, "reason")):
        with pytest.raises(NotesRefused) as caught:
            take_back(idea, reason)
        assert caught.value.field == field
    gone = take_back(idea)
    assert take_back(idea).withdrawn_at == gone.withdrawn_at
    assert (gone.state, gone.statement) == ("withdrawn", "")
    acts = [row.act for row in ledger.of_subject("SFR", idea.reference)]
    assert acts.count("participation.note_withdrawn") == 1
    assert queries.tallies(june).shown == 0
    page = anybody.get(f"/ar/consultations/june/ideas/{idea.reference}/").content.decode()
    assert STATEMENT not in page and "الورشة الأولى" in page
    assert "سحبتها المصلحة" in page and "سحبها صاحبها" not in page
    with pytest.raises(NotesRefused):
        take_back(make_idea(june, sefrou.axis))


def test_an_answered_note_stands(sefrou, june, table):
    (idea,) = enter(table, STATEMENT)
    IdeaAnswer.objects.create(
        community=sefrou.province,
        idea=idea,
        number=1,
        code="kept",
        text=LocalizedText(ar="أخذ بها المجلس"),
        answered_on=date(2023, 7, 1),
        answered_at=AFTER,
        is_current=True,
    )
    with pytest.raises(NotesRefused):
        take_back(idea)
