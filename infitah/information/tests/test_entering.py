"""A clerk enters requests of other channels: same number, clock, receipt (law 31-13, art. 14)."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import grant, log_in
from infitah.information.models import InformationRequest, RequestAct, Requester
from infitah.information.tests.walking import TEXT, WHO

pytestmark = [pytest.mark.django_db]
NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
ENTER = "/desk/information/enter/"
TYPED = {**WHO, "text": TEXT, "language": "ar", "received_on": "2026-03-09", "channel": "desk"}


@pytest.fixture
def clerk(sefrou):
    return log_in(Client(), grant(sefrou.province, "desk_clerk", username="clerk"), sefrou.province)


def words(answer) -> str:
    return answer.content.decode()


@time_machine.travel(NOW, tick=False)
def test_a_visitor_leaves_with_number_code_and_sheet(clerk, sefrou):
    assert clerk.get(ENTER).status_code == 200
    read = clerk.post(ENTER, {**TYPED, "is_dictated": "on", "read": "1"})
    assert read.status_code == 200 and TEXT in words(read)
    assert not InformationRequest.objects.exists()
    done = clerk.post(ENTER, {**TYPED, "is_dictated": "on"}, follow=True)
    assert "SFR-2026-R-0001" in words(done)
    request = InformationRequest.objects.get()
    assert (request.channel, request.received_on) == ("desk", date(2026, 3, 9))
    act = RequestAct.objects.get()
    assert act.by_key == "clerk" and act.facts["dictated"] is True
    sheet = clerk.get(f"/desk/information/entered/{request.submission_key}/receipt.pdf")
    assert sheet.content.startswith(b"%PDF-")


@time_machine.travel(NOW, tick=False)
def test_a_letter_counts_from_its_stamp_with_what_it_holds(clerk, sefrou):
    letter = {
        **TYPED,
        "channel": "post",
        "received_on": "2026-03-02",
        "document": "",
        "address": "",
    }
    letter["first_name"] = ""
    assert clerk.post(ENTER, letter).status_code == 302
    request = InformationRequest.objects.get()
    assert request.received_on == date(2026, 3, 2) and not request.has_hour
    assert Requester.objects.get().repeat_digest == ""
    assert clerk.post(ENTER, {**letter, "channel": "desk"}).status_code == 422


@time_machine.travel(NOW, tick=False)
def test_a_number_of_the_portal_comes_once(clerk, sefrou):
    portal = {**TYPED, "channel": "chafafiya", "number": "2026-778"}
    assert clerk.post(ENTER, {**portal, "number": ""}).status_code == 422
    assert clerk.post(ENTER, portal).status_code == 302
    again = clerk.post(ENTER, portal)
    assert again.status_code == 422 and "SFR-2026-R-0001" in words(again)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("day", ["2026-03-10", "2018-01-02", "30/02/2026", ""])
def test_a_day_that_cannot_be_is_refused_and_all_is_kept(clerk, sefrou, day):
    back = clerk.post(ENTER, {**TYPED, "received_on": day})
    assert back.status_code == 422 and TEXT in words(back) and WHO["address"] in words(back)
    assert not InformationRequest.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_saving_twice_is_one_request(clerk, sefrou):
    key = "6f1f8a5e-8a0e-4e3e-9a5f-0d8f3a1b2c3d"
    for _time in range(2):
        assert clerk.post(ENTER, {**TYPED, "key": key}).status_code == 302
    assert InformationRequest.objects.count() == 1


def test_without_the_right_the_page_does_not_exist(sefrou):
    moderator = log_in(Client(), sefrou.moderator, sefrou.province)
    assert moderator.get(ENTER).status_code == 404
