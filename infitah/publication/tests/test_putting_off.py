"""Putting off with a reason and a day, publishing then, taking back."""

from datetime import date

import pytest

from infitah.core import files, registry
from infitah.core.operations import dispatch_events
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.publication import operations, queries
from infitah.publication.models import (
    FacetRow,
    PublishedRecord,
)
from infitah.publication.operations import Correction, IdentityLeft, RecordRefused
from infitah.publication.queries.facets import log_counts
from infitah.publication.rules import FacetKind
from infitah.publication.tests.acting import counted, publish, withdraw
from infitah.publication.tests.factories import (
    ASKER,
    BY,
    NOW,
    REASON,
    REFERENCE,
    TODAY,
    acts,
    anybody,
    make_deferred,
    make_record,
    make_text,
    stage,
    to_publish,
)
from infitah.searchindex import operations as searchindex
from infitah.searchindex.models import DirtyRow, IndexedText

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NAME = "فاطمة الزهراء العلوي"


def test_what_is_put_off_is_listed_and_nothing_of_it_is_seen(sefrou):
    stored = stage(sefrou.province)
    made = make_deferred(sefrou.province, files=(to_publish(stored),))
    stored.refresh_from_db()
    assert not stored.is_public
    assert acts() == ["record_deferred"]
    entry = Entry.objects.get(community_key="SFR", number=made.register_number)
    assert made.title.ar not in entry.canonical and REASON.ar in entry.canonical
    nobody, office = anybody(sefrou.province), sefrou.viewer("information.read")
    assert not PublishedRecord.objects.visible_to(nobody).exists()
    assert PublishedRecord.objects.visible_to(office).count() == 1
    assert not queries.file_is_visible(nobody, stored.subject)
    assert queries.file_is_visible(office, stored.subject)
    assert queries.searchable_record("SFR", REFERENCE) == []
    assert not DirtyRow.objects.filter(kind="record").exists()
    assert list(queries.put_off(nobody)) == [made]
    counts = log_counts(nobody)
    assert (counts.published, counts.deferred) == (0, 1)
    assert FacetKind.TAG not in counts.facets  # not even its tags


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        (TODAY, REASON, "until"),
        (date(2026, 1, 1), REASON, "until"),
        (date(2026, 6, 1), LocalizedText(fr="motif"), "reason"),
        (date(2026, 6, 1), LocalizedText(ar="ط" * 501), "reason"),
        (date(2026, 6, 1), LocalizedText(ar=f"بطلب من {NAME}"), "reason"),
    ],
)
def test_putting_off_needs_a_later_day_and_a_reason_without_names(sefrou, until, reason, field):
    with pytest.raises(RecordRefused) as refused:
        operations.defer_record(
            community=sefrou.province,
            record=make_text(),
            identity=ASKER,
            until=until,
            reason=reason,
            by=BY,
            now=NOW,
        )
    assert refused.value.field == field


def test_its_day_makes_it_public_by_itself(sefrou):
    stored = stage(sefrou.province)
    make_deferred(sefrou.province, files=(to_publish(stored),), until=date(2026, 6, 1))
    eve, day = NOW.replace(month=5, day=31), NOW.replace(month=6, day=1)
    assert not operations.has_due_records(eve)
    operations.publish_due(now=eve)
    assert not PublishedRecord.objects.published().exists()
    assert operations.has_due_records(day)
    operations.publish_due(now=day)
    made = PublishedRecord.objects.published().get()
    stored.refresh_from_db()
    assert (made.published_at, stored.is_public) == (day, True)
    assert acts() == ["record_deferred", "record_published"]
    assert counted(sefrou.province, FacetKind.STATE) == {"published": 1}
    assert counted(sefrou.province, FacetKind.TAG) == {"الطرق": 1, "الميزانيه": 1}
    assert not operations.has_due_records(day)


def test_it_may_be_published_sooner_and_corrected(sefrou):
    make_deferred(sefrou.province)
    named = Correction(make_text(answer=f"جواب إلى {NAME}"), ASKER)
    with pytest.raises(IdentityLeft):
        operations.publish_deferred(
            community=sefrou.province, reference=REFERENCE, by=BY, now=NOW, correction=named
        )
    better = Correction(make_text(answer="جواب مصحح كامل", tags=("الماء",)), ASKER)
    made = operations.publish_deferred(
        community=sefrou.province, reference=REFERENCE, by=BY, now=NOW, correction=better
    )
    assert (made.answer, made.edition) == ("جواب مصحح كامل", 1)
    assert counted(sefrou.province, FacetKind.TAG) == {"الماء": 1}
    with pytest.raises(RecordRefused):
        operations.publish_deferred(community=sefrou.province, reference=REFERENCE, by=BY, now=NOW)


def test_what_is_put_off_is_not_published_beside_itself(sefrou):
    make_deferred(sefrou.province)
    with pytest.raises(RecordRefused):
        publish(sefrou.province, make_text())
    with pytest.raises(RecordRefused):
        make_deferred(sefrou.province)


def test_what_is_taken_back_leaves_everything_at_once(sefrou):
    stored = stage(sefrou.province)
    made = make_record(sefrou.province, files=(to_publish(stored),))
    searchindex.index_dirty(now=NOW)
    assert IndexedText.objects.filter(kind="record").count() == 2
    withdraw(sefrou.province)
    assert not IndexedText.objects.filter(kind="record").exists()
    made.refresh_from_db()
    stored.refresh_from_db()
    assert (made.state, stored.state, stored.is_public) == ("withdrawn", "withdrawn", False)
    assert made.answer and files.path_of(stored).exists()
    assert acts() == ["record_published", "record_withdrawn"]
    assert counted(sefrou.province, FacetKind.STATE) == {"withdrawn": 1}
    assert counted(sefrou.province, FacetKind.TAG) == {}
    assert not FacetRow.objects.exists()
    with pytest.raises(RecordRefused):
        withdraw(sefrou.province)


def test_a_name_that_slipped_through_is_erased_for_good(sefrou, django_capture_on_commit_callbacks):
    stored = stage(sefrou.province)
    file = to_publish(stored, text="كلمات الملف")
    made = make_record(sefrou.province, files=(file,))
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(sefrou.province, is_erased=True)
    made.refresh_from_db()
    stored.refresh_from_db()
    assert not (made.title or made.summary or made.question or made.answer)
    assert not stored.extracted_text and not files.path_of(stored).exists()
    assert made.sha256  # what the register states can still be told apart from something else


@pytest.mark.parametrize(
    "reason", [LocalizedText(), LocalizedText(fr="motif"), LocalizedText(ar=f"بطلب من {NAME}")]
)
def test_taking_back_needs_a_public_reason_without_names(sefrou, reason):
    publish(sefrou.province, make_text())
    with pytest.raises(RecordRefused) as refused:
        withdraw(sefrou.province, reason=reason)
    assert refused.value.field == "reason"
    assert PublishedRecord.objects.published().exists()


def test_taking_back_takes_every_edition_and_another_may_follow(sefrou):
    publish(sefrou.province, make_text())
    publish(sefrou.province, make_text(), replaces=1)
    withdraw(sefrou.province)
    assert not PublishedRecord.objects.published().exists()
    again = publish(sefrou.province, make_text(), replaces=2)
    assert again.edition == 3
    assert counted(sefrou.province, FacetKind.STATE) == {"published": 1}


def test_what_was_put_off_can_be_taken_back_before_its_day(sefrou):
    make_deferred(sefrou.province)
    withdraw(sefrou.province)
    assert counted(sefrou.province, FacetKind.STATE) == {"withdrawn": 1}
    operations.publish_due(now=NOW.replace(month=7))
    assert not PublishedRecord.objects.published().exists()


def test_the_apps_above_are_told_of_each_act_once(sefrou, monkeypatch):
    told: list[tuple[str, str]] = []

    def hear(*, event, now):
        told.append((event.kind, event.subject))

    for kind in ("record_published", "record_deferred", "record_withdrawn"):
        monkeypatch.setitem(registry.HANDLERS, f"publication.{kind}", [hear])
    make_deferred(sefrou.province)
    operations.publish_due(now=NOW.replace(month=6, day=2))
    withdraw(sefrou.province)
    dispatch_events(now=NOW)
    dispatch_events(now=NOW)
    assert told == [
        ("publication.record_deferred", REFERENCE),
        ("publication.record_published", REFERENCE),
        ("publication.record_withdrawn", REFERENCE),
    ]
