"""The officer's walks: a routine answer in seven clicks, an extension in three, a partial answer.

Every form is filled as a browser fills it, without a script.
"""

from datetime import date

import pytest
import time_machine

from infitah.community.tests.factories import UnitFactory
from infitah.information.models import CaseFile, InformationRequest
from infitah.information.tests.asked import file
from infitah.information.tests.case_files import checked_file
from infitah.information.tests.clicks import Officer
from infitah.information.tests.desk import DESK, again, at, officer
from infitah.publication.models import PublishedRecord
from tests.filled import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY, LAST_WEEK = date(2026, 3, 3), date(2026, 3, 26)
MOST_CLICKS, MOST_FOR_EXTENSION = 7, 3


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


def at_desk(sefrou, office="information_officer", **more):
    return Officer(Reader(officer(sefrou, office, **more)))


def test_a_routine_answer_takes_seven_clicks_from_the_queue_to_the_log(sefrou):
    request = file(sefrou, email="amina@example.org", access="email").request
    given = checked_file(request, title="محضر دورة يناير 2026")
    desk = at_desk(sefrou)
    queue = desk.reader.read(DESK)
    page = desk.open(queue, f"{DESK}{request.reference}/")
    page = desk.send(page, action="/acts/register/")
    page = desk.send(page, {"decide-given": str(given.pk)}, action="/decide/")
    page = desk.send(page, action="/acts/deliver/")
    desk.send(page, action="/publish/")
    assert len(desk.clicks) <= MOST_CLICKS, desk.clicks
    assert "choose decide-given" in desk.clicks, "a document is given by whoever ticks it"
    done = again(request)
    assert (done.phase, done.outcome, done.published_on) == ("delivered", "full", DAY)
    assert CaseFile.objects.get(request=request).is_given
    assert PublishedRecord.objects.get().state == "published"


def test_a_paper_answer_at_the_counter_takes_no_more(sefrou):
    request = file(sefrou, access="copy").request
    given = checked_file(request, title="محضر دورة يناير 2026")
    desk = at_desk(sefrou)
    page = desk.open(desk.reader.read(DESK), f"{DESK}{request.reference}/")
    page = desk.send(page, action="/acts/register/")
    page = desk.send(page, {"decide-given": str(given.pk)}, action="/decide/")
    page = desk.send(page, {"deliver-proof": "وقع على التسلم"}, action="/acts/deliver/")
    desk.send(page, action="/publish/")
    assert len(desk.clicks) <= MOST_CLICKS, desk.clicks
    assert again(request).published_on == DAY


def test_an_extension_takes_three_clicks_in_the_week_of_its_last_day(sefrou):
    request = file(sefrou).request
    with time_machine.travel(at(LAST_WEEK), tick=False):
        desk = at_desk(sefrou)
        page = desk.open(desk.reader.read(DESK), f"{DESK}{request.reference}/")
        desk.send(page, {"extend-ground": "large_volume"}, action="/acts/extend/")
    assert [click.split()[0] for click in desk.clicks] == ["open", "choose", "press"]
    assert len(desk.clicks) <= MOST_FOR_EXTENSION and again(request).is_extended


def test_before_that_week_the_extension_is_unfolded_first(sefrou):
    request = file(sefrou).request
    desk = at_desk(sefrou)
    page = desk.open(desk.reader.read(DESK), f"{DESK}{request.reference}/")
    desk.send(page, {"extend-ground": "large_volume"}, action="/acts/extend/")
    assert [click.split()[0] for click in desk.clicks] == ["open", "unfold", "choose", "press"]


def test_one_press_with_nothing_chosen_extends_nothing(sefrou):
    request = file(sefrou).request
    desk = at_desk(sefrou)
    page = desk.open(desk.reader.read(DESK), f"{DESK}{request.reference}/")
    page = desk.reader.send(page, action="/acts/extend/", status=422)
    assert "اختاروا" in page.text and not again(request).is_extended


def test_registered_extended_decided_partly_read_delivered_and_published_in_one_sitting(sefrou):
    UnitFactory(community=sefrou.province, slug="council", email="council@example.org")
    request = file(sefrou, email="amina@example.org", access="email").request
    desk = at_desk(sefrou)
    deputy = at_desk(sefrou, "deputy_information_officer", username="deputy")
    home = desk.reader.read("/desk/")
    assert any(link.endswith(f"{DESK}{request.reference}/") for link in home.links())
    page = desk.open(desk.reader.read(DESK), f"{DESK}{request.reference}/")
    page = desk.send(page, {"register-title": "محضر دورة يناير 2026"}, action="/acts/register/")
    page = desk.send(page, {"extend-ground": "large_volume"}, action="/acts/extend/")
    assert again(request).is_extended
    desk.send(page, {"task-unit": "council"}, action="/tasks/give/")
    page = desk.reader.read(f"{DESK}{request.reference}/")
    said = {
        "answer-1-result": "given",
        "answer-1-words": "رفقته المحضر",
        "answer-1-by_whom": "كريم، رئيس المصلحة",
    }
    desk.send(page, said, action="/tasks/1/answer/")
    given = checked_file(request, title="المحضر دون أرقام البطاقات")
    page = desk.reader.read(f"{DESK}{request.reference}/")
    ticked = {"decide-given": str(given.pk)}
    page = desk.send(page, ticked, action="/decide/", press="press=add")
    part = {
        "ground": "R2",
        "exception": "E03",
        "limb": "E03.1",
        "reason": "أرقام البطاقات الوطنية للحاضرين",
        "harm": "مس بالحياة الخاصة",
        "interest": "لا تضيف الأرقام شيئا",
    }
    typed = {f"decide-part-0-{name}": value for name, value in part.items()}
    page = desk.send(page, typed, action="/decide/")
    assert again(request).turn == "second_reader" and again(request).outcome == "partial"
    assert "/acts/read/" not in page.text
    assert desk.reader.client.post(f"{DESK}{request.reference}/acts/read/").status_code == 422
    shown = deputy.open(
        deputy.reader.read("/desk/queue/?kind=second"), f"{DESK}{request.reference}/"
    )
    assert "أرقام البطاقات الوطنية للحاضرين" in shown.text
    deputy.send(shown, action="/acts/read/")
    page = desk.reader.read(f"{DESK}{request.reference}/")
    page = desk.send(page, action="/acts/deliver/")
    page = desk.send(page, action="/publish/")
    done = InformationRequest.objects.get(pk=request.pk)
    assert (done.phase, done.outcome, done.turn) == ("delivered", "partial", "nobody")
    log = desk.reader.client.get(f"/ar/information/log/{request.reference}/").content.decode()
    assert "E03" in log and "الصفريوية" not in log and "مس بالحياة الخاصة" not in log
    kinds = list(request.acts.order_by("position").values_list("kind", flat=True))
    assert kinds == [
        *("submitted", "registered", "extended", "tasked", "task_answered"),
        *("decided", "second_read", "delivered", "published"),
    ]
