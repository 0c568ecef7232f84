"""What ends or goes on elsewhere is told too: by mail to who has one, at the queue to the office."""

from datetime import date

import pytest
import time_machine

from infitah.community.tests.factories import UnitFactory
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.viewer import Actor
from infitah.information import operations, rules
from infitah.information.models import ActLetter, ServiceTask
from infitah.information.operations import task_letters
from infitah.information.queries.desk_waiting import late_tasks
from infitah.information.tests import told_cases
from infitah.information.tests.asked import PERSON
from infitah.information.tests.desk import DESK, again, officer
from infitah.information.tests.lettered import OFFICER, at, does, registered
from infitah.information.tests.test_told import mail_of, tell
from infitah.information.tests.told_cases import BRING, brought

pytestmark = pytest.mark.django_db
ENDS = ("withdrawn", "deferred", "taken_back", "complained_cdai", "court_seized")
DAY = date(2026, 3, 9)


@pytest.mark.parametrize("kind", ENDS)
def test_who_has_no_mail_is_not_written_to_and_nothing_waits(sefrou, kind):
    request = registered(sefrou)
    BRING[kind](sefrou, request)
    tell()
    assert request.acts.filter(kind=kind).exists() and not Mail.objects.exists()
    assert not ActLetter.objects.waiting().exists() and not ActLetter.objects.stuck().exists()


@pytest.mark.parametrize("kind", ["deferred", "taken_back"])
def test_a_reason_without_french_is_told_in_arabic_and_without_the_question(
    sefrou, monkeypatch, kind
):
    monkeypatch.setattr(told_cases, "REASON", told_cases.LocalizedText(ar="بحث جار في الموضوع"))
    request = brought(sefrou, kind, "fr")
    tell()
    letter = read(mail_of(request, kind))
    assert "Motif, tel que chacun le lit : بحث جار في الموضوع" in letter.text
    for private in (request.text, request.public_title, PERSON.family_name):
        assert private not in letter.text + letter.html


def test_a_complaint_elsewhere_says_that_the_answer_is_still_owed(sefrou):
    request = registered(sefrou, email="amina@example.org")
    who = {"words": "لم أتوصل بأي جواب", "by": Actor.visitor()}
    does(operations.complain, request, date(2026, 4, 6), level=rules.ActKind.COMPLAINED_HEAD, **who)
    does(operations.complain, request, date(2026, 5, 4), level=rules.ActKind.COMPLAINED_CDAI, **who)
    tell()
    letter = read(mail_of(request, "complained_cdai"))
    assert "ما زال المجلس ملزما بالجواب" in letter.text
    assert "3 يونيو 2026" in letter.text  # thirty days after the fourth of May


def test_a_request_taken_back_on_its_page_is_confirmed_and_leaves_the_queue(sefrou, client):
    request = registered(sefrou, on=date(2026, 3, 3), email="amina@example.org")
    unit = UnitFactory(community=request.community, slug="council", email="c@example.org")
    does(operations.ask_service, request, DAY, unit=unit, words="المحضر", due_on=DAY)
    with time_machine.travel(at(DAY), tick=False):
        desk = officer(sefrou)
        assert request.reference in desk.get(DESK).content.decode()
        page = f"/ar/information/follow/{request.token}/"
        assert client.post(f"{page}withdraw/", {"sure": "on"}).status_code == 302
        assert request.reference not in desk.get(DESK).content.decode()
        assert request.reference in desk.get(f"{DESK}?shelf=done").content.decode()
    assert (again(request).phase, again(request).turn) == ("withdrawn", "nobody")
    tell()
    letter = read(mail_of(request, "withdrawn"))
    assert letter.to == "amina@example.org" and "9 مارس 2026" in letter.text


def test_a_service_is_not_called_to_mind_for_a_request_that_was_taken_back(sefrou):
    kept, gone = registered(sefrou), registered(sefrou)
    unit = UnitFactory(community=kept.community, slug="council", email="c@example.org")
    for request in (kept, gone):
        does(operations.ask_service, request, DAY, unit=unit, words="المحضر", due_on=DAY)
    does(operations.withdraw, gone, DAY, by=OFFICER, note="طلب مكتوب")
    now = at(date(2026, 3, 10))
    task_letters.nudge_services(now=now)
    assert list(ServiceTask.objects.exclude(nudged_on=None).values_list("request", flat=True)) == [
        kept.pk
    ]
    viewer = sefrou.viewer("information.read")
    assert [one.request_id for one in late_tasks(viewer, now.date())] == [kept.pk]
