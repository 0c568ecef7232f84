"""A request counts once, with its number, its clock and its sealed person."""

import json
import uuid
from dataclasses import replace
from datetime import date

import pytest

from infitah.core import vault
from infitah.information import operations, rules
from infitah.information.models import InformationRequest, RequestAct, Requester
from infitah.information.operations import RequestRefused
from infitah.information.tests.asked import NOW, OFFICER, PERSON, RECEIVED, TEXT, arrival, file
from infitah.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_request_takes_its_number_its_clock_and_its_entry(sefrou):
    filed = file(sefrou)
    request = filed.request
    assert request.reference == "SFR-2026-R-0001" and len(filed.code) == rules.CODE_LENGTH
    assert (request.phase, request.turn) == ("received", "officer")
    assert request.due_on and request.due_on > RECEIVED
    entry = Entry.objects.get(subject=request.reference)
    assert entry.act == "information.submitted" and entry.number == request.register_number
    assert TEXT not in str(entry.canonical)
    assert request.code_digest == operations.code_digest(request.reference, filed.code.lower())


def test_the_same_form_twice_is_one_request(sefrou):
    key = uuid.uuid4()
    first, second = file(sefrou, key=key), file(sefrou, key=key)
    assert first.request == second.request and second.code == ""
    assert InformationRequest.objects.count() == RequestAct.objects.count() == 1


def test_the_person_stands_apart_and_sealed(sefrou):
    request = file(sefrou, email="amina@example.org").request
    person = Requester.objects.get(request=request)
    for text in (person.identity_sealed, person.contact_sealed, str(vars(request))):
        assert "الصفريوية" not in text and "CD123456" not in text and "amina@" not in text
    opened = vault.unseal(
        person.identity_sealed,
        model="information.Requester",
        field="identity_sealed",
        row=request.token,
    )
    assert json.loads(opened)["document"] == "CD123456"
    again = file(sefrou, person=replace(PERSON, document="cd 123 456")).request
    assert Requester.objects.get(request=again).repeat_digest == person.repeat_digest


@pytest.mark.parametrize(
    ("person", "more", "field"),
    [
        (replace(PERSON, first_name=" "), {}, "first_name"),
        (replace(PERSON, address=""), {}, "address"),
        (replace(PERSON, document="123456"), {}, "document"),
        (replace(PERSON, document="ABC1"), {}, "document"),
        (PERSON, {"text": "?"}, "text"),
        (PERSON, {"came": arrival(on=date(2026, 3, 3))}, "received_on"),
    ],
)
def test_what_the_law_asks_for_is_asked_beside_its_field(sefrou, person, more, field):
    with pytest.raises(RequestRefused) as refused:
        file(sefrou, person=person, **more)
    assert refused.value.field == field
    assert not InformationRequest.objects.exists() and not Requester.objects.exists()


def test_without_an_officer_in_office_nothing_is_taken_in(sefrou):
    sefrou.province.appointments.filter(office="information_officer").update(ends_on=RECEIVED)
    with pytest.raises(RequestRefused) as refused:
        file(sefrou)
    assert refused.value.code == "no_officer"


def test_the_columns_are_what_the_acts_say(sefrou):
    request = file(sefrou, urgent_case="safety").request
    act = {"community": sefrou.province, "reference": request.reference, "by": OFFICER}
    operations.register_request(title="محضر دورة يناير", on=RECEIVED, now=NOW, **act)
    operations.refuse_urgency(words="لا خطر على أحد", on=RECEIVED, now=NOW, **act)
    operations.extend(ground="large_volume", words="وثائق كثيرة", on=RECEIVED, now=NOW, **act)
    request.refresh_from_db()
    assert (request.phase, request.is_extended, request.public_title) == (
        "open",
        True,
        "محضر دورة يناير",
    )
    with pytest.raises(RequestRefused):
        operations.extend(ground="large_volume", words="مرة أخرى", on=RECEIVED, now=NOW, **act)
    assert request.acts.count() == 4


def test_an_extension_needs_a_ground_a_reason_and_an_open_period(sefrou):
    request = file(sefrou).request
    act = {"community": sefrou.province, "reference": request.reference, "by": OFFICER}
    late = NOW.replace(month=6)
    for more, field in (
        ({"ground": "busy", "words": "سبب", "on": RECEIVED, "now": NOW}, "ground"),
        ({"ground": "large_volume", "words": "  ", "on": RECEIVED, "now": NOW}, "words"),
        ({"ground": "large_volume", "words": "سبب", "on": late.date(), "now": late}, None),
    ):
        with pytest.raises(RequestRefused) as refused:
            operations.extend(**more, **act)
        assert refused.value.field == field
