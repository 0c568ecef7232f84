"""Taking a published answer back at the desk: a public reason, one act of case and log."""

from datetime import date

import pytest
import time_machine

from infitah.core import files
from infitah.core.operations import dispatch_events
from infitah.information.models import RequestAct
from infitah.information.operations import replay
from infitah.information.tests.desk import DESK, again, at, delivered, officer
from infitah.information.tests.test_desk_publish import given, publish
from infitah.ledger.models import Entry
from infitah.publication import operations as publication
from infitah.publication.models import PublishedRecord, RecordFile
from tests.filled import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)
ACT = "/acts/take-back/"
REASON = "في الملف رقم بطاقة لم يحجب"


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def reader(sefrou):
    return Reader(officer(sefrou))


def take_back(reader, request, status=200, **typed):
    typed = {f"take-back-{name}": value for name, value in typed.items()}
    page = reader.read(f"{DESK}{request.reference}/")
    return reader.send(page, typed, action=ACT, status=status)


def test_it_leaves_the_log_with_its_public_reason_and_the_chain_keeps_both(sefrou, reader, client):
    request = given(sefrou)
    publish(reader, request)
    shown = reader.read(f"{DESK}{request.reference}/").text.split(f'action="{DESK}')
    fold = next(part for part in shown if part.startswith(f"{request.reference}{ACT}"))
    assert "رقم الطلب" in fold and "السجل العمومي" in fold
    take_back(reader, request, reason_ar=REASON, reason_fr="Un numéro de carte est resté")
    record = PublishedRecord.objects.get()
    assert (record.state, record.withdrawal_reason.fr) == (
        "withdrawn",
        "Un numéro de carte est resté",
    )
    for language, words in (("ar", REASON), ("fr", "Un numéro de carte est resté")):
        page = client.get(f"/{language}/information/log/{request.reference}/")
        assert page.status_code == 410
        assert words in page.content.decode() and request.reference in page.content.decode()
    assert "محضر دورة يناير" not in client.get("/ar/information/log/").content.decode()
    acts = Entry.objects.filter(community_key="SFR").order_by("number")
    told = [one.act for one in acts if one.act.endswith(("taken_back", "record_withdrawn"))]
    assert told == ["information.taken_back", "publication.record_withdrawn"]
    assert REASON in acts.get(act="information.taken_back").canonical
    case = again(request)
    assert (case.published_on, case.turn) == (None, "nobody")
    assert replay.replay(now=at(DAY)).differing == ()
    desk = reader.read(f"{DESK}{request.reference}/").text
    assert REASON in desk and f"{request.reference}{ACT}" not in desk


def test_what_slipped_through_is_erased_in_the_log_and_stays_in_the_case(
    sefrou, reader, django_capture_on_commit_callbacks
):
    request = given(sefrou)
    publish(reader, request)
    stored = RecordFile.objects.get().stored
    assert files.path_of(stored).exists()
    with django_capture_on_commit_callbacks(execute=True):
        take_back(reader, request, reason_ar=REASON, is_erased="on")
    record = PublishedRecord.objects.get()
    assert not record.answer and record.sha256 and not files.path_of(stored).exists()
    assert files.path_of(request.files.get().file).exists()


def test_the_reason_is_needed_and_names_nobody(sefrou, reader):
    request = given(sefrou)
    publish(reader, request)
    for reason in ("", " . ", "بطلب من أمينة الصفريوية", "ط" * 501):
        wrong = take_back(reader, request, 422, reason_ar=reason)
        assert "take-back-reason_ar-error" in wrong.text and reason.strip() in wrong.text
    assert PublishedRecord.objects.get().state == "published"
    assert not RequestAct.objects.filter(kind="taken_back").exists()


def test_it_is_offered_only_where_something_stands_and_to_who_publishes(sefrou, reader, client):
    request = delivered(sefrou)
    assert f"{request.reference}{ACT}" not in reader.read(f"{DESK}{request.reference}/").text
    address = f"{DESK}{request.reference}{ACT}"
    typed = {"take-back-reason_ar": REASON}
    assert reader.client.post(address, typed).status_code == 422
    request = given(sefrou)
    publish(reader, request)
    address = f"{DESK}{request.reference}{ACT}"
    head = officer(sefrou, "president")
    assert f"{request.reference}{ACT}" not in head.get(f"{DESK}{request.reference}/").text
    assert head.get(address).status_code == head.post(address, typed).status_code == 404
    assert client.post(address, typed).status_code == 302
    assert PublishedRecord.objects.get().state == "published"


def test_what_is_put_off_is_taken_back_before_its_day(sefrou, reader):
    request = given(sefrou)
    publish(reader, request, when="later", until="2026-03-13", reason_ar="بحث إداري جار")
    take_back(reader, request, reason_ar=REASON)
    later = at(date(2026, 3, 20))
    publication.publish_due(now=later)
    while dispatch_events(now=later):
        pass
    assert PublishedRecord.objects.get().state == "withdrawn"
    assert (again(request).published_on, again(request).deferred_until) == (None, None)


def test_a_corrected_one_can_follow_and_late_news_of_the_first_change_nothing(
    sefrou, reader, client
):
    request = given(sefrou)
    publish(reader, request)
    take_back(reader, request, reason_ar=REASON)
    while dispatch_events(now=at(DAY)):
        pass
    assert again(request).published_on is None
    publish(reader, request, answer="نسخة مصححة من المحضر")
    assert again(request).published_on == DAY
    states = PublishedRecord.objects.order_by("edition").values_list("state", "is_current")
    assert list(states) == [("withdrawn", False), ("published", True)]
    page = client.get(f"/ar/information/log/{request.reference}/")
    assert page.status_code == 200 and "نسخة مصححة من المحضر" in page.content.decode()


def test_published_sooner_it_stands_as_it_was_kept(sefrou, reader):
    request = given(sefrou)
    typed = {
        "summary_ar": "ملخص كتب بعناية",
        "tags": "الميزانية، المجلس",
        "answer": "جواب كتب بعناية",
    }
    publish(reader, request, when="later", until="2026-03-13", reason_ar="بحث إداري جار", **typed)
    publish(reader, request)
    record = PublishedRecord.objects.get()
    assert (record.state, record.summary.ar) == ("published", "ملخص كتب بعناية")
    assert record.answer == "جواب كتب بعناية" and record.files.count() == 1
    tags = record.facet_rows.filter(facet__kind="tag").values_list("facet__words", flat=True)
    assert set(tags) == {"الميزانية", "المجلس"}
