"""Publishing in one act, putting off, taking back; nobody who asked is named anywhere."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from infitah.core import files, registry
from infitah.core.models import Generation, Outbox
from infitah.core.operations import dispatch_events
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.publication import operations, queries
from infitah.publication.models import (
    FacetRow,
    PublishedRecord,
    RecordCount,
    RecordFacet,
    VerdictMark,
)
from infitah.publication.operations import Correction, IdentityLeft, RecordRefused
from infitah.publication.queries.facets import log_counts
from infitah.publication.rules import FacetKind, Outcome, Trace, Verdict
from infitah.publication.tests.factories import (
    ASKER,
    BY,
    HELD,
    NOW,
    PRIVATE,
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


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.STORED_FILES_ROOT = tmp_path


def counted(community, kind: FacetKind) -> dict[str, int]:
    rows = RecordFacet.objects.of(community).filter(kind=kind, records__gt=0)
    return dict(rows.values_list("value", "records"))


def generation(community) -> int:
    found = Generation.objects.filter(community_key=community.key, kind="publication").first()
    return found.number if found else 0


def publish(community, text, identity=ASKER, **more):
    return operations.publish_record(
        community=community, record=text, identity=identity, by=BY, now=NOW, **more
    )


def withdraw(community, **more):
    return operations.withdraw_record(
        community=community, reference=REFERENCE, reason=REASON, by=BY, now=NOW, **more
    )


# Publishing -----------------------------------------------------------------------------------


def test_one_act_makes_an_answer_public(sefrou):
    before = generation(sefrou.province)
    stored = stage(sefrou.province)
    text = make_text(
        outcome=Outcome.PARTIAL,
        withheld=(HELD,),
        files=(to_publish(stored, withheld=(PRIVATE,)),),
        axes=("transparency",),
    )
    made = publish(sefrou.province, text)
    assert (made.state, made.published_at, made.edition) == ("published", NOW, 1)
    assert acts() == ["record_published"]
    entry = Entry.objects.get(community_key="SFR", number=made.register_number)
    assert made.sha256 in entry.canonical and stored.sha256 in entry.canonical
    assert made.title.ar not in entry.canonical and made.question not in entry.canonical
    event = Outbox.objects.get(kind="publication.record_published")
    assert (event.subject, event.payload["edition"]) == (REFERENCE, 1)
    assert DirtyRow.objects.filter(kind="record", subject=REFERENCE).exists()
    assert generation(sefrou.province) == before + 1
    stored.refresh_from_db()
    assert (stored.state, stored.is_public, stored.subject) == (
        "bound",
        True,
        f"record:{REFERENCE}",
    )
    assert list(made.grounds.values_list("code", "file__position")) == [("R1", None), ("E03", 1)]


def test_an_answer_is_counted_under_each_facet_once(sefrou):
    text = make_text(
        outcome=Outcome.REFUSED,
        withheld=(PRIVATE, replace(PRIVATE, times=1)),
        axes=("transparency",),
        tags=("الطرق", "#الطُّرُق", "Budget"),
    )
    publish(sefrou.province, text)
    kinds = {kind: counted(sefrou.province, kind) for kind in FacetKind}
    assert kinds == {
        FacetKind.YEAR: {"2026": 1},
        FacetKind.OUTCOME: {"refused": 1},
        FacetKind.LANGUAGE: {"ar": 1},
        FacetKind.AXIS: {"transparency": 1},
        FacetKind.TAG: {"الطرق": 1, "budget": 1},
        FacetKind.ITEM: {"P06": 1},
        FacetKind.GROUND: {"E03": 1},
        FacetKind.STATE: {"published": 1},
    }


@pytest.mark.parametrize(
    ("changes", "field", "trace"),
    [
        ({"title": LocalizedText(ar=f"طلب {NAME}")}, "title", Trace.NAME),
        (
            {"summary": LocalizedText(ar="ملخص", fr="pour Fatima-Zahra ALAOUI")},
            "summary",
            Trace.NAME,
        ),
        ({"question": "أنا العلوي فاطمة الزهراء أطلب"}, "question", Trace.NAME),
        ({"answer": "اتصلنا بكم على ٠٦٦١٢٣٤٥٦٧"}, "answer", Trace.PHONE),
        ({"answer": "CNIE : ab-123 456"}, "answer", Trace.DOCUMENT),
        ({"tags": ("Alaoui Fatima Zahra",)}, "tags", Trace.NAME),
        (
            {
                "outcome": Outcome.PARTIAL,
                "withheld": (replace(HELD, place="fatima.alaoui@example.org"),),
            },
            "withheld",
            Trace.EMAIL,
        ),
    ],
)
def test_nothing_is_published_while_it_names_who_asked(sefrou, changes, field, trace):
    with pytest.raises(IdentityLeft) as refused:
        publish(sefrou.province, make_text(**changes))
    assert (refused.value.field, refused.value.code) == (field, "identity")
    assert refused.value.traces == (trace,)
    assert NAME not in refused.value.message
    assert not PublishedRecord.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("reponse_alaoui-fatima-zahra.csv", "", "لائحة"),
        ("list.csv", "المعنية: فاطمة الزهراء العلوي", "لائحة"),
        ("list.csv", "", "ملف العلوي فاطمة الزهراء"),
    ],
)
def test_no_file_names_who_asked_neither_by_its_name_nor_inside(sefrou, name, text, title):
    file = to_publish(stage(sefrou.province, name), text=text, title=LocalizedText(ar=title))
    with pytest.raises(IdentityLeft) as refused:
        publish(sefrou.province, make_text(files=(file,)))
    assert refused.value.field == "files"


def test_nothing_of_who_asked_is_kept(sefrou):
    publish(sefrou.province, make_text())
    for one in (*PublishedRecord.objects.all(), *Entry.objects.all(), *Outbox.objects.all()):
        kept = repr(sorted(vars(one).items(), key=lambda item: item[0]))
        assert not ASKER.left_in(kept)


def test_what_is_unfit_is_refused_beside_its_field(sefrou):
    with pytest.raises(RecordRefused) as refused:
        publish(sefrou.province, make_text(title=LocalizedText(fr="Sans arabe")))
    assert (refused.value.field, refused.value.law) == ("title", "31-13")
    with pytest.raises(RecordRefused) as refused:
        publish(sefrou.province, make_text(axes=("nowhere",)))
    assert refused.value.field == "axes"


def test_an_answer_is_published_once(sefrou):
    publish(sefrou.province, make_text())
    with pytest.raises(RecordRefused) as refused:
        publish(sefrou.province, make_text())
    assert refused.value.code == "published"
    assert acts() == ["record_published"]
    assert counted(sefrou.province, FacetKind.STATE) == {"published": 1}


def test_a_case_opened_again_gets_a_new_edition_beside_the_first(sefrou):
    first = publish(sefrou.province, make_text(outcome=Outcome.REFUSED, withheld=(PRIVATE,)))
    second = publish(sefrou.province, make_text(), replaces=1)
    first.refresh_from_db()
    assert (first.is_current, first.state, second.edition) == (False, "published", 2)
    assert counted(sefrou.province, FacetKind.OUTCOME) == {"full": 1}
    assert counted(sefrou.province, FacetKind.STATE) == {"published": 1}
    assert counted(sefrou.province, FacetKind.GROUND) == {}
    with pytest.raises(RecordRefused):
        publish(sefrou.province, make_text(), replaces=1)


def test_a_file_of_something_else_is_not_taken(sefrou):
    stored = stage(sefrou.province)
    files.bind(
        key=str(stored.key), community_key="SFR", subject="request:1", is_public=False, now=NOW
    )
    with pytest.raises(RecordRefused) as refused:
        publish(sefrou.province, make_text(files=(to_publish(stored),)))
    assert refused.value.field == "files"
    copy = operations.stage_public_copy(stored=stored, name="نسخة-عمومية.csv", now=NOW)
    assert (copy.sha256, copy.state, copy.name) == (stored.sha256, "staged", "نسخة-عمومية.csv")
    publish(sefrou.province, make_text(files=(to_publish(copy),)))
    withdraw(sefrou.province)
    stored.refresh_from_db()
    assert stored.state == "bound"  # who was answered keeps the answer


# Putting off ----------------------------------------------------------------------------------


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


# Taking back ----------------------------------------------------------------------------------


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


def test_taking_back_needs_a_public_reason_and_takes_every_edition(sefrou):
    publish(sefrou.province, make_text())
    with pytest.raises(RecordRefused) as refused:
        operations.withdraw_record(
            community=sefrou.province, reference=REFERENCE, reason=LocalizedText(), by=BY, now=NOW
        )
    assert refused.value.field == "reason"
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


# Verdicts -------------------------------------------------------------------------------------


def say(sefrou, verdict=Verdict.ANSWERED_ME, key="one", network="10.0.0.1", now=NOW):
    return operations.count_verdict(
        community=sefrou.province,
        reference=REFERENCE,
        verdict=verdict,
        key=key,
        network=network,
        now=now,
    )


def said() -> list[tuple[int, int]]:
    rows = RecordCount.objects.order_by("day")
    return list(rows.values_list("answered_me", "not_what_i_asked"))


def test_a_button_pressed_twice_counts_once(sefrou):
    make_record(sefrou.province)
    assert say(sefrou)
    assert not say(sefrou)
    assert say(sefrou, key="two")
    assert said() == [(2, 0)]


def test_another_verdict_takes_the_place_of_the_first(sefrou):
    make_record(sefrou.province)
    say(sefrou)
    assert say(sefrou, Verdict.NOT_WHAT_I_ASKED)
    assert said() == [(0, 1)]


def test_no_verdict_tells_who_gave_it(sefrou):
    made = make_record(sefrou.province)
    before = Entry.objects.count()
    say(sefrou, key="a device and its network")
    mark = VerdictMark.objects.get()
    assert "device" not in mark.digest and len(mark.digest) == 64
    make_record(sefrou.province, "SFR-2026-R-0043")
    operations.count_verdict(
        community=sefrou.province,
        reference="SFR-2026-R-0043",
        verdict=Verdict.ANSWERED_ME,
        key="a device and its network",
        network="10.0.0.1",
        now=NOW,
    )
    assert len(set(VerdictMark.objects.values_list("digest", flat=True))) == 2
    assert Entry.objects.count() == before + 1  # the second record's own
    next_day = NOW + timedelta(days=1)
    assert operations.has_old_marks(next_day)
    operations.sweep_marks(now=next_day)
    assert not VerdictMark.objects.exists()
    assert queries.said_of(made, TODAY + timedelta(days=1)).answered_me == 1
    assert queries.said_of(made, TODAY).answered_me == 0


def test_verdicts_of_one_network_are_limited(sefrou):
    make_record(sefrou.province)
    for number in range(60):
        say(sefrou, key=str(number))
    with pytest.raises(RecordRefused) as refused:
        say(sefrou, key="one more")
    assert refused.value.code == "crowded"
    assert say(sefrou, key="elsewhere", network="10.0.0.2")


def test_nothing_is_said_of_what_is_not_public(sefrou):
    make_deferred(sefrou.province)
    with pytest.raises(RecordRefused):
        say(sefrou)
