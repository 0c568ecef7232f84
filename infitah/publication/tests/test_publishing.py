"""Publishing in one act; nobody who asked is named anywhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from infitah.core import files
from infitah.core.clock import local_day
from infitah.core.models import Outbox
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.ledger.operations import StillToCome
from infitah.publication import operations
from infitah.publication.models import PublishedRecord
from infitah.publication.operations import IdentityLeft, RecordRefused
from infitah.publication.rules import FacetKind, Outcome, Trace
from infitah.publication.tests.acting import counted, generation, publish, withdraw
from infitah.publication.tests.factories import (
    ASKER,
    HELD,
    NOW,
    PRIVATE,
    REFERENCE,
    TODAY,
    acts,
    make_text,
    stage,
    to_publish,
)
from infitah.searchindex.models import DirtyRow

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NAME = "فاطمة الزهراء العلوي"


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


def test_what_was_published_before_is_entered_under_its_day(sefrou):
    on = TODAY - timedelta(days=30)
    made = publish(sefrou.province, make_text(), on=on)
    assert local_day(made.published_at) == on
    entry = Entry.objects.get(community_key="SFR", number=made.register_number)
    assert entry.occurred_on == on
    assert counted(sefrou.province, FacetKind.YEAR) == {"2026": 1}
    with pytest.raises(StillToCome):
        publish(sefrou.province, make_text("SFR-2026-R-0043"), on=TODAY + timedelta(days=1))
