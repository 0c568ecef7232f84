"""Desk pages of persons, bodies' ends, units and terms: each walked once, refusals in their place."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from infitah.community.models import Body, Mandate, Person, Term, Unit
from infitah.community.tests.factories import (
    AppointmentFactory,
    BodyFactory,
    MandateFactory,
    PersonFactory,
    UnitFactory,
    log_in,
)
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = "2026-11-23T10:00:00+00:00"
NAME = {"name_ar": "سعاد الوزاني", "name_fr": "Souad Ouazzani"}
REASON = "طلب صاحبة الاسم بعد انتهاء المهام"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client, sefrou):
    """The province's desk, as its administrator."""
    return log_in(client, sefrou.administrator, sefrou.province)


def at(name, *args):
    return reverse(f"community_desk:{name}", args=args)


def last_act():
    return Entry.objects.filter(community_key="SFR").order_by("-number")[0].act


def is_told(answer, field):
    return answer.status_code == 422 and f'href="#id_{field}"' in answer.text


# --- Persons ----------------------------------------------------------------------
def test_a_person_is_added_corrected_closed_and_erased(desk):
    form = {**NAME, "sex": "female", "public_email": "", "public_phone": ""}
    assert desk.post(at("person_add"), form).url == at("people")
    person = Person.objects.latest("pk")
    here = at("person", person.pk)
    assert NAME["name_ar"] in desk.get(at("people")).text and desk.get(here).status_code == 200
    wrong = desk.post(here, form | {"name_ar": "", "public_phone": "0535"})
    assert is_told(wrong, "name_ar") and 'value="0535"' in wrong.text
    assert desk.post(here, form | {"public_phone": "0535"}).url == at("people")
    assert last_act() == "community.person_edited"
    assert desk.post(at("person_close", person.pk)).url == at("people")
    assert last_act() == "community.person_closed"
    assert str(person.pk) not in choices(desk.get(at("appoint")).text, "person")
    assert desk.post(here, form).status_code == 422
    short = desk.post(at("person_erase", person.pk), {"erase-reason": "قصير"})
    assert is_told(short, "erase-reason")
    assert desk.post(at("person_erase", person.pk), {"erase-reason": REASON}).url == at("people")
    assert NAME["name_ar"] not in desk.get(at("people")).text
    assert at("person_erase", person.pk) not in desk.get(here).text


def choices(page, name):
    """Return the values that a select of the page offers."""
    inside = page.split(f'<select name="{name}"')[1].split("</select>")[0]
    return [part.split('"')[0] for part in inside.split('value="')[1:]]


def test_who_holds_an_office_is_neither_closed_nor_erased(desk, sefrou):
    person = PersonFactory(community=sefrou.province)
    held = AppointmentFactory(community=sefrou.province, person=person, office="editor")
    assert at("appointment", held.pk) in desk.get(at("person", person.pk)).text
    for name, form in (("person_close", {}), ("person_erase", {"erase-reason": REASON})):
        answer = desk.post(at(name, person.pk), form)
        assert answer.status_code == 422 and "يتولى" in answer.text
    assert Person.objects.get(pk=person.pk).closed_on is None


# --- Bodies -----------------------------------------------------------------------
def test_a_body_is_edited_and_closed_with_its_seats(desk, sefrou):
    body = BodyFactory(
        community=sefrou.province, slug="forum", kind="forum", created_on=date(2022, 1, 1)
    )
    mandate = MandateFactory(body=body, seat=2)
    few = desk.post(at("body_edit", "forum"), {**NAME, "seats": "1", "creation_act": ""})
    assert is_told(few, "seats") and NAME["name_ar"] in few.text
    said = {**NAME, "seats": "5", "creation_act": "مقرر رقم 3"}
    assert desk.post(at("body_edit", "forum"), said).url == at("body", "forum")
    assert Body.objects.get(slug="forum").seats == 5
    asked = {"closed_on": "2026-11-23", "reason": "", "seats_end": "term"}
    assert is_told(desk.post(at("body_close", "forum"), asked), "reason")
    later = asked | {"closed_on": "2026-12-01", "reason": "مقرر رقم 9"}
    assert is_told(desk.post(at("body_close", "forum"), later), "closed_on")
    asked["reason"] = "مقرر رقم 9"
    assert desk.post(at("body_close", "forum"), asked).url == at("body", "forum")
    assert Mandate.objects.get(pk=mandate.pk).end_reason == "term"
    page = desk.get(at("body", "forum")).text
    assert "مقرر رقم 9" in page and at("body_edit", "forum") not in page
    for name in ("body_edit", "body_close"):
        assert desk.get(at(name, "forum")).status_code == 404


# --- Units ------------------------------------------------------------------------
def test_a_unit_is_added_edited_and_closed(desk, sefrou):
    assert is_told(desk.post(at("unit_add"), {**NAME, "slug": "É"}), "slug")
    assert desk.post(at("unit_add"), {**NAME, "slug": "budget"}).url == at("units")
    unit = Unit.objects.get(slug="budget")
    below = UnitFactory(community=sefrou.province, parent=unit)
    assert NAME["name_ar"] in desk.get(at("units")).text
    page = desk.get(at("unit", "budget")).text
    assert str(unit.pk) not in choices(page, "parent") and 'name="slug"' not in page
    circle = desk.post(at("unit", "budget"), {**NAME, "parent": below.pk})
    assert is_told(circle, "parent")
    refused = desk.post(at("unit_close", "budget"))
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert desk.post(at("unit", below.slug), {**NAME, "parent": ""}).url == at("units")
    assert desk.post(at("unit_close", "budget")).url == at("units")
    assert last_act() == "community.unit_closed"
    assert desk.get(at("unit", "budget")).status_code == 404


# --- Terms ------------------------------------------------------------------------
def test_a_term_is_added_and_closed(desk):
    form = {**NAME, "starts_on": "", "source": "انتخابات شتنبر 2021"}
    assert is_told(desk.post(at("term_add"), form), "starts_on")
    assert desk.post(at("term_add"), form | {"starts_on": "2021-09-24"}).url == at("terms")
    term = Term.objects.get()
    assert at("term_close", term.pk) in desk.get(at("terms")).text
    early = desk.post(at("term_close", term.pk), {"ends_on": "2021-09-01"})
    assert is_told(early, "ends_on")
    assert desk.post(at("term_close", term.pk), {"ends_on": "2027-09-24"}).url == at("terms")
    assert desk.get(at("term_close", term.pk)).status_code == 404
    again = desk.post(at("term_add"), form | {"starts_on": "2027-09-01"})
    assert is_told(again, "starts_on")


# --- Rights -----------------------------------------------------------------------
@pytest.mark.parametrize("who", ["moderator", "secretary", "other_administrator"])
def test_without_the_right_no_record_is_there(client, sefrou, who):
    person, unit = PersonFactory(community=sefrou.province), UnitFactory(community=sefrou.province)
    community = sefrou.other if who.startswith("other") else sefrou.province
    log_in(client, getattr(sefrou, who), community)
    for address in (
        at("person", person.pk),
        at("person_close", person.pk),
        at("person_erase", person.pk),
        at("unit", unit.slug),
        at("unit_close", unit.slug),
    ):
        assert client.get(address).status_code in {404, 405}
        assert client.post(address, {"erase-reason": REASON}).status_code == 404
    if who != "other_administrator":
        assert client.get(at("people")).status_code == client.get(at("units")).status_code == 404
    assert Person.objects.get(pk=person.pk).closed_on is None
