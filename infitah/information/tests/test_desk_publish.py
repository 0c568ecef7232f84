"""Publishing at the desk: nothing of who asked, now or later, case and log in one act."""

from datetime import date, timedelta

import pytest
import time_machine

from infitah.core.operations import dispatch_events
from infitah.information import operations
from infitah.information.operations import RequestRefused
from infitah.information.tests.case_files import checked_file
from infitah.information.tests.desk import DESK, NOW, RECEIVED, again, at, delivered, named, officer
from infitah.kernel.localized import LocalizedText
from infitah.publication import operations as publication
from infitah.publication.models import PublishedRecord, RecordFile
from tests.filled import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def reader(sefrou):
    return Reader(officer(sefrou))


def given(sefrou, **more):
    """Return a delivered request with one file that was given."""
    request = delivered(sefrou, **more)
    checked_file(request, title="محضر دورة يناير")
    request.files.update(is_given=True)
    return request


def publish(reader, request, status=200, **typed):
    typed = {f"publish-{name}": value for name, value in typed.items()}
    page = reader.read(f"{DESK}{request.reference}/")
    return reader.send(page, typed, action="/publish/", status=status)


def test_it_is_published_as_it_was_made_ready(sefrou, reader):
    request = given(sefrou)
    publish(reader, request)
    record = PublishedRecord.objects.get()
    assert (record.reference, record.state) == (request.reference, "published")
    assert again(request).published_on == DAY and again(request).turn == "nobody"
    assert record.title.ar == request.public_title and record.summary.ar
    file = RecordFile.objects.get()
    assert file.title.ar == "محضر دورة يناير" and file.stored.is_public
    assert file.stored.pk != request.files.get().file_id
    page = reader.client.get(f"/ar/information/log/{request.reference}/")
    assert page.status_code == 200 and "الصفريوية" not in page.content.decode()


def test_it_says_whether_it_came_in_time(sefrou, reader):
    request = given(sefrou)
    publish(reader, request)
    assert PublishedRecord.objects.get().is_late is False


def test_nothing_of_who_asked_becomes_public(sefrou, reader):
    request = given(sefrou, text="أنا أمينة الصفريوية، أطلب محضر دورة يناير، هاتفي 0612345678")
    page = reader.read(f"{DESK}{request.reference}/")
    form = page.text.split('name="publish-question"')[1].split("</textarea>")[0]
    assert "الصفريوية" not in form and "0612345678" not in form
    for field in ("question", "answer", "title_ar", "summary_ar", "tags"):
        words = "طلب السيدة أمينة الصفريوية"
        wrong = publish(reader, request, 422, **{field: words})
        assert f"publish-{field}-error" in wrong.text and words in wrong.text
    assert not PublishedRecord.objects.exists() and again(request).published_on is None


def test_a_file_that_names_who_asked_is_held_back(sefrou, reader):
    request = delivered(sefrou)
    checked_file(request, title="مراسلة مع أمينة الصفريوية")
    request.files.update(is_given=True)
    wrong = publish(reader, request, 422)
    assert "publish-published" in wrong.text and not PublishedRecord.objects.exists()


def test_later_needs_a_later_day_and_a_public_reason(sefrou, reader):
    request = given(sefrou)
    tomorrow = (DAY + timedelta(days=10)).isoformat()
    for typed, field in (
        ({"until": ""}, "until"),
        ({"until": DAY.isoformat(), "reason_ar": "بحث جار"}, "until"),
        ({"until": "2026-2-31", "reason_ar": "بحث جار"}, "until"),
        ({"until": tomorrow, "reason_ar": " "}, "reason_ar"),
    ):
        wrong = publish(reader, request, 422, when="later", **typed)
        assert f"publish-{field}-error" in wrong.text, typed
    publish(reader, request, when="later", until=tomorrow, reason_ar="بحث إداري جار")
    assert PublishedRecord.objects.get().state == "deferred"
    assert again(request).deferred_until == date(2026, 3, 13)


def test_what_was_put_off_becomes_public_by_itself_and_the_case_knows(sefrou, reader):
    request = given(sefrou)
    day = date(2026, 3, 13)
    publish(reader, request, when="later", until=day.isoformat(), reason_ar="بحث إداري جار")
    now = at(day)
    publication.publish_due(now=now)
    while dispatch_events(now=now):
        pass
    assert again(request).published_on == day and again(request).turn == "nobody"
    act = request.acts.latest("position")
    assert (act.kind, act.by_kind) == ("published", "system")


def test_what_was_put_off_can_be_published_sooner(sefrou, reader):
    request = given(sefrou)
    publish(reader, request, when="later", until="2026-03-13", reason_ar="بحث إداري جار")
    publish(reader, request, when="now", tags="الميزانية، #المجلس")
    assert PublishedRecord.objects.get().state == "published"
    assert again(request).published_on == DAY


def test_published_twice_is_once(sefrou, reader):
    request = given(sefrou)
    page = reader.read(f"{DESK}{request.reference}/")
    reader.send(page, {}, action="/publish/")
    reader.send(page, {}, action="/publish/", status=422)
    assert PublishedRecord.objects.count() == 1


def test_what_cannot_be_is_refused_and_kept(sefrou, reader):
    request = given(sefrou)
    for typed in ({"tags": ",".join(f"وسم{n}" for n in range(12))}, {"summary_ar": "ط" * 401}):
        wrong = publish(reader, request, 422, **typed)
        assert next(iter(typed.values())) in wrong.text
    forged = {"publish-published": ["999"], "publish-title_ar": "عنوان"}
    answer = reader.client.post(f"{DESK}{request.reference}/publish/", forged)
    assert answer.status_code == 422


def test_nothing_is_published_before_it_was_delivered(sefrou, reader):
    request = given(sefrou)
    record = PublishedRecord(reference="x")
    assert record.pk is None
    request.acts.filter(kind="delivered").delete()
    with pytest.raises(RequestRefused):
        operations.defer_answer(
            record=None,
            until=date(2026, 4, 1),
            reason=LocalizedText(ar="سبب"),
            now=NOW,
            **named(request),
        )
    assert RECEIVED < DAY
