"""Persons in the records and in the register; bodies edited and closed; units and terms."""

from datetime import UTC, date, datetime

import pytest

from infitah.community import operations
from infitah.community.models import Mandate, Unit
from infitah.community.operations.bodies import NewMandate
from infitah.community.operations.people import name_of
from infitah.community.tests.factories import BodyFactory, PersonFactory, UnitFactory
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BY = Actor("officer", "admin", "administrator")
NAME = LocalizedText(ar="سعاد الوزاني", fr="Souad Ouazzani")
OTHER = LocalizedText(ar="سعاد الوزاني العلمي", fr="Souad Ouazzani Alami")
REASON = "طلب صاحبة الاسم بعد انتهاء المهام"
DO = {"by": BY, "now": NOW}


@pytest.fixture
def person(sefrou):
    return operations.add_person(community=sefrou.province, name=NAME, sex="female", **DO)


@pytest.fixture
def forum(sefrou):
    return BodyFactory(
        community=sefrou.province, kind="forum", slug="forum", created_on=date(2022, 1, 1), seats=3
    )


def appointed(person, office="editor"):
    return operations.appoint(
        community=person.community,
        person=person,
        office=office,
        act="قرار رقم 7",
        starts_on=date(2026, 1, 5),
        **DO,
    )


def seated(forum, person, starts_on=date(2026, 1, 5), **changes):
    new = NewMandate(starts_on=starts_on, designation_act="محضر", **changes)
    return operations.seat(body=forum, person=person, new=new, **DO)


def entries(act):
    return list(Entry.objects.filter(act=f"community.{act}").order_by("number"))


def edited(person, **changes):
    said = {"name": NAME, "sex": "female", "public_email": "", "public_phone": ""}
    return operations.edit_person(person=person, **said | changes, **DO)


# --- Names in the register --------------------------------------------------------
def test_the_register_names_a_person_by_reference_and_commits_to_the_name(person, forum):
    appointed(person)
    seated(forum, person)
    reference = f"SFR/person/{person.pk}"
    texts = list(Entry.objects.values_list("canonical", flat=True))
    assert not [text for text in texts if NAME.ar in text or NAME.fr in text]
    (added,), (held,), (seat,) = map(entries, ("person_added", "appointed", "mandate_opened"))
    assert added.subject == held.facts.public["person"] == seat.facts.public["person"] == reference
    for entry in (added, held, seat):
        opening = ledger.openings("SFR", entry.number)["name"]
        assert opening.value == name_of(person)["name"]
        assert opening.commitment == entry.facts.private["name"]


def test_erasing_a_person_forgets_the_name_and_leaves_the_register_valid(person, forum):
    office, mandate = appointed(person), seated(forum, person)
    asked = {"person": person, **DO}
    operations.end_appointment(appointment=office, ends_on=TODAY, reason="انتقال", **DO)
    with pytest.raises(operations.PersonRefused):
        operations.erase_person(reason=REASON, **asked)
    operations.end_mandate(mandate=mandate, ends_on=TODAY, reason="resignation", **DO)
    before = [(one.number, one.canonical) for one in Entry.objects.order_by("number")]
    with pytest.raises(operations.PersonRefused) as refused:
        operations.erase_person(reason="قصير", **asked)
    assert refused.value.field == "reason"
    operations.erase_person(reason=REASON, **asked)
    person.refresh_from_db()
    assert NAME.ar not in str(person.name) and person.is_erased and person.closed_on == TODAY
    for act in ("person_added", "appointed", "mandate_opened"):
        assert "name" not in ledger.openings("SFR", entries(act)[0].number)
    kept = [(one.number, one.canonical) for one in Entry.objects.order_by("number")]
    assert kept[: len(before)] == before
    assert Mandate.objects.get(pk=mandate.pk).designation_act == "محضر"
    with pytest.raises(operations.PersonRefused):
        operations.erase_person(reason=REASON, **asked)


# --- Persons ----------------------------------------------------------------------
def test_a_person_is_corrected_and_the_register_says_what_changed(person):
    edited(person, name=OTHER, public_phone="0535 00 00 00")
    person.refresh_from_db()
    assert (person.name, person.public_phone) == (OTHER, "0535 00 00 00")
    (entry,) = entries("person_edited")
    assert list(entry.facts.public["fields"]) == ["name", "public_phone"]
    assert OTHER.ar not in entry.canonical and "name" in entry.facts.private
    edited(person, name=OTHER, public_phone="0535 00 00 00")
    assert len(entries("person_edited")) == 1
    with pytest.raises(operations.PersonRefused) as refused:
        edited(person, name=LocalizedText(fr="Souad"))
    assert refused.value.field == "name"


def test_who_holds_something_is_not_closed_and_who_is_closed_gets_nothing(person, forum):
    office = appointed(person)
    with pytest.raises(operations.PersonRefused):
        operations.close_person(person=person, **DO)
    operations.end_appointment(appointment=office, ends_on=TODAY, reason="انتقال", **DO)
    closed = operations.close_person(person=person, **DO)
    assert closed.closed_on == TODAY and entries("person_closed")
    for act in (
        lambda: operations.close_person(person=person, **DO),
        lambda: edited(person, name=OTHER),
        lambda: appointed(closed, "moderator"),
        lambda: seated(forum, closed),
    ):
        with pytest.raises(OperationRefused):
            act()


# --- Bodies -----------------------------------------------------------------------
def test_a_body_is_edited_but_keeps_a_seat_for_each_mandate(sefrou, forum):
    seated(forum, PersonFactory(community=sefrou.province), seat=2)
    asked = {"body": forum, "name": NAME, "creation_act": "مقرر رقم 3", **DO}
    with pytest.raises(operations.BodyRefused) as refused:
        operations.edit_body(seats=1, **asked)
    assert refused.value.field == "seats"
    changed = operations.edit_body(seats=2, **asked)
    assert (changed.name, changed.seats, changed.creation_act) == (NAME, 2, "مقرر رقم 3")
    operations.edit_body(seats=2, **asked)
    (entry,) = entries("body_edited")
    assert entry.subject == "SFR/body/forum"
    with pytest.raises(operations.BodyRefused) as refused:
        operations.edit_body(seats=2, **asked | {"name": LocalizedText(fr="x")})
    assert refused.value.field == "name"


def closed(forum, **changes):
    asked = {"closed_on": TODAY, "reason": "مقرر الحل رقم 9", "seats_end": "term"}
    return operations.close_body(body=forum, **asked | changes, **DO)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closed_on": date(2021, 12, 31)}, "closed_on"),
        ({"closed_on": date(2026, 11, 24)}, "closed_on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_body_closes_in_its_time_and_for_a_reason(sefrou, forum, changes, field):
    with pytest.raises(operations.BodyRefused) as refused:
        closed(forum, **changes)
    assert refused.value.field == field


def test_the_seats_of_a_closed_body_end_with_it(sefrou, forum):
    held = [seated(forum, PersonFactory(community=sefrou.province)) for _ in range(2)]
    with pytest.raises(operations.BodyRefused):
        closed(forum, closed_on=date(2025, 1, 1))
    body = closed(forum)
    assert (body.closed_on, body.closing_reason) == (TODAY, "مقرر الحل رقم 9")
    ends = Mandate.objects.filter(body=forum).values_list("ends_on", "end_reason")
    assert list(ends) == [(TODAY, "term")] * len(held)
    assert len(entries("mandate_ended")) == 2 and len(entries("body_closed")) == 1
    with pytest.raises(operations.BodyRefused):
        closed(forum)


# --- Units ------------------------------------------------------------------------
def test_a_unit_is_edited_and_never_stands_below_itself(sefrou):
    top = UnitFactory(community=sefrou.province)
    below = UnitFactory(community=sefrou.province, parent=top)
    operations.edit_unit(unit=below, name=NAME, parent=None, **DO)
    assert Unit.objects.get(pk=below.pk).parent is None
    operations.edit_unit(unit=below, name=NAME, parent=top, **DO)
    assert entries("unit_edited")[-1].facts.public["parent"] == top.slug
    gone = UnitFactory(community=sefrou.province, closed_on=TODAY)
    for parent in (below, top, gone, UnitFactory(community=sefrou.other)):
        with pytest.raises(operations.PartRefused) as refused:
            operations.edit_unit(unit=top, name=NAME, parent=parent, **DO)
        assert refused.value.field == "parent"


def test_a_unit_closes_after_those_below_it(sefrou):
    top = UnitFactory(community=sefrou.province)
    below = UnitFactory(community=sefrou.province, parent=top)
    with pytest.raises(operations.PartRefused):
        operations.close_unit(unit=top, **DO)
    for unit in (below, top):
        assert operations.close_unit(unit=unit, **DO).closed_on == TODAY
    assert len(entries("unit_closed")) == 2
    with pytest.raises(operations.PartRefused):
        operations.close_unit(unit=top, **DO)


# --- Terms ------------------------------------------------------------------------
def opened(sefrou, starts_on, name=NAME):
    return operations.open_term(
        community=sefrou.province, name=name, starts_on=starts_on, source="LO 112-14", **DO
    )


def test_a_term_is_closed_and_the_next_one_does_not_begin_within_it(sefrou):
    term = opened(sefrou, date(2021, 9, 24))
    with pytest.raises(operations.TermRefused) as refused:
        operations.close_term(term=term, ends_on=date(2021, 9, 24), **DO)
    assert refused.value.field == "ends_on"
    operations.close_term(term=term, ends_on=date(2027, 9, 20), **DO)
    (entry,) = entries("term_closed")
    assert (entry.subject, dict(entry.facts.public)) == (
        "SFR/term/2021-09-24",
        {"ends_on": "2027-09-20"},
    )
    with pytest.raises(operations.TermRefused):
        operations.close_term(term=term, ends_on=date(2027, 9, 22), **DO)
    with pytest.raises(operations.TermRefused):
        opened(sefrou, date(2027, 9, 1))
    assert opened(sefrou, date(2027, 9, 20)).ends_on is None


def test_a_term_needs_an_arabic_name(sefrou):
    with pytest.raises(operations.TermRefused) as refused:
        opened(sefrou, date(2021, 9, 24), LocalizedText(fr="x"))
    assert refused.value.field == "name"
