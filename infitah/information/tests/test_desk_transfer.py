"""Passing a request on: same receipt and clock, told both ways; letters read before they leave."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import grant, log_in
from infitah.information.models import InformationRequest, RequesterReading
from infitah.information.tests import sheets
from infitah.information.tests.asked import PERSON
from infitah.information.tests.desk import DESK, again, at, decided, file, officer, registered
from infitah.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)
WORDS = "المعلومات لدى جماعة صفرو"


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def desk(sefrou):
    return officer(sefrou)


@pytest.fixture
def theirs(sefrou):
    """The officer of the commune, to whom requests can be passed on."""
    user = grant(sefrou.commune, "information_officer", username="commune-officer")
    return log_in(Client(), user, sefrou.commune)


def pass_on(desk, request, status=200, **more):
    data = {"pass-on-to": "SFV", "pass-on-words": WORDS} | more
    answer = desk.post(f"{DESK}{request.reference}/pass-on/", data)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_the_new_case_has_the_same_receipt_clock_and_person(sefrou, desk, theirs):
    request = file(sefrou, urgent_case="life", email="amina@example.org").request
    page = pass_on(desk, request)
    made = InformationRequest.objects.get(community=sefrou.commune)
    first = again(request)
    assert made.reference in page and (first.phase, first.turn) == ("transferred", "nobody")
    for name in ("received_on", "received_at", "text", "language", "access", "urgent_case"):
        assert getattr(made, name) == getattr(first, name)
    assert made.due_on == request.due_on and made.phase == "received"
    assert made.requester.has_email and not RequesterReading.objects.exists()
    assert made.requester.identity_sealed != request.requester.identity_sealed
    shown = theirs.post(
        f"{DESK}{made.reference}/identity/", {"unveil-reason": "لإرسال الجواب بالبريد"}
    )
    assert "أمينة الصفريوية" in shown.content.decode()
    assert "أمينة" not in str([entry.canonical for entry in Entry.objects.all()])


def test_both_sides_say_where_it_went_and_whence_it_came(sefrou, desk, theirs):
    request = registered(sefrou)
    pass_on(desk, request)
    made = InformationRequest.objects.get(community=sefrou.commune)
    assert made.reference in desk.get(f"{DESK}{request.reference}/").content.decode()
    assert request.reference in theirs.get(f"{DESK}{made.reference}/").content.decode()
    assert theirs.get(f"{DESK}{request.reference}/").status_code == 404


def test_passed_on_twice_is_once(sefrou, desk, theirs):
    request = registered(sefrou)
    pass_on(desk, request)
    pass_on(desk, request, 422)
    assert InformationRequest.objects.filter(community=sefrou.commune).count() == 1


@pytest.mark.parametrize(
    "more",
    [{"pass-on-to": "BHL"}, {"pass-on-to": "SFR"}, {"pass-on-to": ""}, {"pass-on-words": ""}],
)
def test_what_cannot_be_passed_on_stays(sefrou, desk, theirs, more):
    request = registered(sefrou)
    page = pass_on(desk, request, 422, **more)
    assert again(request).phase == "open" and (more.get("pass-on-words", WORDS)) in page


def test_where_nobody_could_take_it_it_is_not_offered(sefrou, desk):
    request = registered(sefrou)
    assert "act-pass-on" not in desk.get(f"{DESK}{request.reference}/").content.decode()


def test_a_letter_is_read_before_it_leaves_and_changes_nothing(sefrou, desk):
    request = registered(sefrou)
    typed = {"extend-ground": "large_volume", "extend-words": "وثائق كثيرة", "press": "letter"}
    answer = desk.post(f"{DESK}{request.reference}/acts/extend/", typed)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"] and not again(request).is_extended
    wrong = desk.post(f"{DESK}{request.reference}/acts/extend/", {"press": "letter"})
    assert wrong.status_code == 422


def test_the_letter_of_a_decision_is_printed_before_it_is_handed_over(sefrou, desk):
    request = registered(sefrou)
    path = f"{DESK}{request.reference}/decision.pdf"
    assert desk.get(path).status_code == 404
    signed = decided(sefrou)
    answer = desk.get(f"{DESK}{signed.reference}/decision.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    elsewhere = log_in(
        Client(), grant(sefrou.other, "information_officer", username="them"), sefrou.other
    )
    assert elsewhere.get(f"{DESK}{signed.reference}/decision.pdf").status_code == 404


def test_a_letter_to_post_bears_name_and_address_and_that_they_were_read_is_kept(sefrou, desk):
    request = decided(sefrou)
    path = f"{DESK}{request.reference}/decision/address.pdf"
    assert desk.get(path).status_code == 405
    made = desk.post(path)
    assert made["Content-Type"] == "application/pdf" and "no-store" in made["Cache-Control"]
    said = sheets.words(made.content)
    assert PERSON.name in said and PERSON.address.split()[0] in said and "إلى السيد" in said
    read = RequesterReading.objects.get(request=request)
    assert read.reason and read.office == "information_officer"
    plain = desk.get(f"{DESK}{request.reference}/decision.pdf")
    assert PERSON.family_name not in sheets.words(plain.content)
    assert desk.post(f"{DESK}{request.reference}/letters/2/address.pdf").status_code == 200
    assert desk.post(f"{DESK}{request.reference}/letters/1/address.pdf").status_code == 404
    clerk = log_in(Client(), grant(sefrou.province, "clerk", username="clerk"), sefrou.province)
    assert clerk.post(path).status_code == 404


def test_a_decision_is_read_as_a_draft_before_it_is_signed(sefrou, desk):
    request = registered(sefrou)
    path = f"{DESK}{request.reference}/decide/"
    assert 'value="letter"' in desk.get(path).content.decode()
    typed = {"decide-words": "تجدون المحضر رفقته", "decide-gives": "on", "press": "letter"}
    made = desk.post(path, typed)
    assert made["Content-Type"] == "application/pdf"
    said = sheets.words(made.content)
    assert "تجدون المحضر" in said and "مسودة" in said
    assert again(request).phase == "open"
    empty = desk.post(path, {"decide-words": "تجدون المحضر رفقته", "press": "letter"})
    assert empty.status_code == 422
