"""The second answer of a case that was opened again: published beside the first, or put off."""

from datetime import date, timedelta

import pytest
import time_machine

from infitah.core.operations import dispatch_events
from infitah.core.viewer import Actor
from infitah.information import operations
from infitah.information.models import RequestAct
from infitah.information.operations import Answer
from infitah.information.queries.figures.office import office_rows
from infitah.information.rules import figures
from infitah.information.tests.asked import RECEIVED
from infitah.information.tests.desk import DESK, again, at, delivered, named, officer
from infitah.information.tests.test_desk_publish import publish
from infitah.publication import operations as publication
from infitah.publication.models import PublishedRecord
from infitah.publication.queries.facets import log_counts
from infitah.publication.tests.factories import anybody
from tests.filled import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIRST, SECOND, UNTIL = date(2026, 3, 3), date(2026, 3, 20), date(2026, 4, 15)
HEAD = Actor("officer", "president", "president")
CITIZEN = Actor.visitor()
WORDS = "الجواب الأول: رفض جزئي"
NEW = "الجواب الثاني: المحضر كاملا"
REASON = "بحث إداري جار إلى غاية منتصف أبريل"


@pytest.fixture
def reader(sefrou):
    """Return who logs the officer in anew: days pass between two acts."""
    return lambda: Reader(officer(sefrou))


def send(reader, request, day, status=200, **typed):
    with time_machine.travel(at(day), tick=False):
        return publish(reader(), request, status, **typed)


def take_back(reader, request, day):
    typed = {"take-back-reason_ar": "رقم بطاقة لم يحجب"}
    with time_machine.travel(at(day), tick=False):
        desk = reader()
        page = desk.read(f"{DESK}{request.reference}/")
        desk.send(page, typed, action="/acts/take-back/")


def answered_again(request):
    """Have the complaint upheld and a second answer delivered."""
    who = {"community": request.community, "reference": request.reference}
    day = date(2026, 3, 6)
    operations.complain(
        level="complained_head", words="الجواب ناقص", on=day, by=CITIZEN, now=at(day), **who
    )
    day = date(2026, 3, 10)
    operations.rule_on_complaint(
        level="head_decided", ruling="upheld", words="حق", on=day, by=HEAD, now=at(day), **who
    )
    day = date(2026, 3, 19)
    operations.decide(answer=Answer(NEW, gives=True), on=day, now=at(day), **named(request))
    operations.deliver(channel="counter", proof="وقع", on=day, now=at(day), **named(request))
    return again(request)


def run(day):
    publication.publish_due(now=at(day))
    while dispatch_events(now=at(day)):
        pass


def shown(client, request, path="", language="ar"):
    page = client.get(f"/{language}/information/log/{path or request.reference + '/'}")
    return page.status_code, page.content.decode()


def put_off(reader, request, day=SECOND, status=200, **more):
    typed = {"when": "later", "until": UNTIL.isoformat(), "reason_ar": REASON, "answer": NEW}
    return send(reader, request, day, status, **{**typed, **more})


@pytest.fixture
def case(sefrou, reader):
    """Return a case whose first answer is public and whose second one was delivered."""
    request = delivered(sefrou)
    send(reader, request, FIRST, answer=WORDS)
    return answered_again(request)


def test_the_second_answer_is_put_off_while_the_first_stays_public(sefrou, reader, client, case):
    for typed in ({"until": SECOND.isoformat()}, {"reason_ar": " "}):
        put_off(reader, case, status=422, **typed)
    put_off(reader, case)
    assert (again(case).deferred_until, again(case).turn) == (UNTIL, "nobody")
    with time_machine.travel(at(SECOND), tick=False):
        status, page = shown(client, case)
        assert status == 200 and WORDS in page and NEW not in page
        assert "15 أبريل 2026" in page and f"{case.reference}/2/" in page
        status, notice = shown(client, case, f"{case.reference}/2/")
        assert status == 200 and REASON in notice and NEW not in notice
        _status, listed = shown(client, case, "deferred/")
        assert REASON in listed and f"{case.reference}/2/" in listed
        assert case.reference in shown(client, case, "?q=")[1]
    counts = log_counts(anybody(sefrou.province))
    assert (counts.published, counts.deferred) == (1, 1)


def test_its_day_makes_it_the_newest_beside_the_first(sefrou, reader, client, case):
    put_off(reader, case)
    run(UNTIL)
    assert again(case).published_on == UNTIL
    with time_machine.travel(at(UNTIL), tick=False):
        assert NEW in shown(client, case)[1]
        assert WORDS in shown(client, case, f"{case.reference}/1/")[1]
    counts = log_counts(anybody(sefrou.province))
    assert (counts.published, counts.deferred) == (1, 0)
    states = PublishedRecord.objects.order_by("edition").values_list("state", "is_current")
    assert list(states) == [("published", False), ("published", True)]


def test_it_can_be_published_sooner_but_not_be_put_off_twice(sefrou, reader, client, case):
    put_off(reader, case)
    put_off(reader, case, status=422)
    send(reader, case, date(2026, 3, 23))
    assert again(case).published_on == date(2026, 3, 23)
    assert NEW in shown(client, case)[1]
    assert PublishedRecord.objects.filter(state="deferred").count() == 0


def test_both_are_taken_back_at_once(sefrou, reader, client, case):
    put_off(reader, case)
    take_back(reader, case, SECOND)
    run(UNTIL)
    assert set(PublishedRecord.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert shown(client, case)[0] == shown(client, case, f"{case.reference}/2/")[0] == 410
    counts = log_counts(anybody(sefrou.province))
    assert (counts.published, counts.deferred, counts.withdrawn) == (0, 0, 1)


def test_a_first_answer_that_still_waits_gives_way_to_the_second(sefrou, reader, client):
    request = delivered(sefrou)
    put_off(reader, request, FIRST, answer=WORDS, until="2026-03-30")
    request = answered_again(request)
    put_off(reader, request)
    record = PublishedRecord.objects.get()
    assert (record.answer, record.deferred_until, record.state) == (NEW, UNTIL, "deferred")
    run(date(2026, 3, 30))
    assert PublishedRecord.objects.get().state == "deferred"
    run(UNTIL)
    assert again(request).published_on == UNTIL and NEW in shown(client, request)[1]


def test_a_first_answer_whose_day_comes_is_not_taken_for_the_second(sefrou, reader, client):
    request = delivered(sefrou)
    put_off(reader, request, FIRST, answer=WORDS, until="2026-03-30")
    request = answered_again(request)
    run(date(2026, 3, 30))
    assert (again(request).published_on, again(request).turn) == (None, "officer")
    put_off(reader, request, date(2026, 3, 31))
    run(UNTIL)
    assert again(request).published_on == UNTIL
    kinds = RequestAct.objects.filter(request=request).values_list("kind", flat=True)
    assert list(kinds).count("published") == 1 and PublishedRecord.objects.count() == 2


def test_after_a_withdrawal_the_second_answer_is_put_off_in_its_place(sefrou, reader, client, case):
    take_back(reader, case, SECOND)
    put_off(reader, case, date(2026, 3, 21))
    status, page = shown(client, case)
    assert status == 200 and REASON in page and WORDS not in page
    assert shown(client, case, f"{case.reference}/1/")[0] == 410
    run(UNTIL)
    assert NEW in shown(client, case)[1] and WORDS not in shown(client, case)[1]
    counts = log_counts(anybody(sefrou.province))
    assert (counts.published, counts.deferred, counts.withdrawn) == (1, 0, 0)


def test_queue_page_and_register_agree_on_a_case_that_was_opened_again(sefrou, reader):
    request = delivered(sefrou)
    who = {"community": request.community, "reference": request.reference}
    day, late = date(2026, 3, 6), date(2026, 4, 8)
    operations.complain(
        level="complained_head", words="ناقص", on=day, by=CITIZEN, now=at(day), **who
    )
    day = date(2026, 3, 18)
    operations.rule_on_complaint(
        level="head_decided", ruling="upheld", words="حق", on=day, by=HEAD, now=at(day), **who
    )
    case = again(request)
    assert case.silent_from == date(2026, 4, 2) and case.due_on > date(2026, 4, 15)
    with time_machine.travel(at(late), tick=False):
        desk = reader()
        page = desk.read(f"{DESK}{request.reference}/")
        assert "يعد ذلك رفضا بحكم القانون" not in page.text and "رفضا" not in page.text
        assert request.reference not in desk.read(f"{DESK}?shelf=silent").text
    today = case.due_latest + timedelta(days=1)
    with time_machine.travel(at(today), tick=False):
        desk = reader()
        assert "منذ إعادة فتح الطلب" in desk.read(f"{DESK}{request.reference}/").text
        assert request.reference in desk.read(f"{DESK}?shelf=silent").text
    row = next(office_rows(request.community, figures.Span(RECEIVED, today), today))
    assert row.row.due_on == date(2026, 4, 1) and not row.row.life.is_late
