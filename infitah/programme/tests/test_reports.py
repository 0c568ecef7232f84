"""The annual report: frozen from records, published with its hash, drawn from its content alone."""

import csv
import io
import json
from datetime import date
from hashlib import sha256

import pypdfium2
import pytest
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.kernel.localized import LocalizedText
from infitah.ledger import rules as ledger
from infitah.ledger.models import Entry
from infitah.programme import operations, queries
from infitah.programme.models import AnnualReport, Milestone
from infitah.programme.rules import reporting
from infitah.programme.rules.states import MilestoneState
from infitah.programme.tests.factories import (
    NOW,
    OWNER,
    SECOND,
    STEP,
    adopted_programme,
    evidence,
    viewer_of,
)

pytestmark = pytest.mark.django_db
END = date(2024, 12, 31)
TODAY = date(2026, 11, 23)
HOST = {"host": "localhost"}


def done(
    reference: str, on: date = date(2024, 2, 1), confirmed_on: date = date(2024, 3, 1)
) -> None:
    operations.start_milestone(reference=reference, on=on, by=OWNER, now=NOW)
    operations.claim_milestone(reference=reference, evidence=evidence(), on=on, by=OWNER, now=NOW)
    operations.verify_milestone(reference=reference, on=confirmed_on, by=SECOND, now=NOW)


@pytest.fixture
def programme(sefrou):
    cycle, (one,) = adopted_programme(sefrou)
    done(f"{one.reference}-M1")
    return cycle, one


def made(cycle, **changes):
    values = {"year": 2024, "counted_on": END, "today": TODAY, **STEP, **changes}
    return operations.make_report(cycle=cycle, **values)


def published(cycle, **changes):
    report = made(cycle, **changes)
    return operations.publish_report(reference=report.reference, on=TODAY, **STEP)


def test_a_report_tells_the_state_of_its_day_and_never_later_ones(programme):
    cycle, one = programme
    operations.start_milestone(
        reference=f"{one.reference}-M2", on=date(2025, 3, 1), by=OWNER, now=NOW
    )
    page = queries.report_page(made(cycle))
    first, second = page.commitments[0].milestones
    assert (first.row["state"], second.row["state"]) == ("verified", "planned")
    assert first.evidence[0]["confirmed_on"] == "2024-03-01"
    assert (
        second.row["knot"] == "late" and second.row["late_days"] == (END - date(2024, 2, 28)).days
    )
    assert page.content["summary"] == {
        "confirmed": 1,
        "claimed": 0,
        "late": 1,
        "under_way": 0,
        "to_come": 0,
        "total": 2,
    }
    assert page.content["cycle"]["adopted"]["for"] > 0


def test_publishing_states_the_hash_and_twice_changes_nothing(programme):
    cycle, _one = programme
    report = published(cycle)
    entry = Entry.objects.get(act="programme.report_published")
    public = json.loads(entry.canonical)["public"]
    assert public["content_sha256"] == report.sha256
    assert report.reference == "SFR-2024-M-0001"
    again = operations.publish_report(reference=report.reference, on=TODAY, **STEP)
    assert again.register_number == report.register_number
    assert Entry.objects.filter(act="programme.report_published").count() == 1


def test_a_published_version_stays_and_a_new_one_needs_a_reason(programme):
    cycle, _one = programme
    first = published(cycle)
    with pytest.raises(operations.ReportRefused) as refused:
        made(cycle)
    assert refused.value.field == "reason"
    second = made(cycle, reason="تصحيح تاريخ إثبات في المرحلة الأولى")
    assert (second.number, first.number) == (2, 1) and second.reference != first.reference
    draft = made(cycle, reason="تصحيح تاريخ إثبات في المرحلة الأولى والثانية")
    assert draft.pk == second.pk and AnnualReport.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"year": 2023}, "year"),
        ({"year": 2025, "counted_on": END}, "counted_on"),
        ({"counted_on": date(2027, 1, 1)}, "counted_on"),
    ],
)
def test_a_year_or_day_that_cannot_be_is_refused(programme, changes, field):
    with pytest.raises(operations.ReportRefused) as refused:
        made(programme[0], **changes)
    assert refused.value.field == field and not AnnualReport.objects.exists()


def test_the_frozen_report_gives_the_same_bytes_whatever_the_records_become(programme):
    cycle, one = programme
    report = published(cycle)
    before = (
        queries.report_pdf(report, "ar"),
        [*queries.report_rows(report)],
        Client(headers=HOST).get("/ar/programme/2024-2025/report/").content,
    )
    Milestone.objects.filter(commitment=one).update(
        title=LocalizedText(ar="عنوان آخر", fr="Autre titre"), done_on=date(2025, 5, 5)
    )
    fresh = queries.report_of(viewer_of(report.community), "2024-2025")
    assert queries.report_pdf(fresh, "ar") == before[0]
    assert [*queries.report_rows(fresh)] == before[1]
    assert Client(headers=HOST).get("/ar/programme/2024-2025/report/").content == before[2]


def test_a_tampered_content_is_not_published(programme):
    report = made(programme[0])
    AnnualReport.objects.filter(pk=report.pk).update(content={**report.content, "year": 2025})
    with pytest.raises(operations.ReportRefused):
        operations.publish_report(reference=report.reference, on=TODAY, **STEP)


@pytest.mark.parametrize(("language", "words"), [("ar", "تقرير"), ("fr", "Rapport")])
def test_the_pdf_holds_real_text_and_its_proof(programme, language, words):
    report = published(programme[0])
    content = queries.report_pdf(report, language)
    pages = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert words in text and str(report.year) in text
    document = ledger.opened(content)
    keys = ledger.Pinned({document.receipt.key.key_id: document.receipt.key.raw})
    assert ledger.verdict(document, keys).is_intact


def test_the_worker_draws_both_documents_once(programme):
    report = published(programme[0])
    assert operations.has_reports_to_draw(NOW)
    operations.draw_reports(now=NOW)
    report.refresh_from_db()
    assert report.pdf_ar.name.endswith("-ar.pdf") and report.pdf_fr.is_public
    assert not operations.has_reports_to_draw(NOW)
    page = Client(headers=HOST).get("/fr/programme/2024-2025/report/2024/").content.decode()
    head, _glance, rest = page.partition('id="glance"')
    for stored in (report.pdf_ar, report.pdf_fr):
        assert f"/files/{stored.key}/" in head and f"/files/{stored.key}/" in rest


def test_data_recompute_to_the_stated_hash_and_the_proof_verifies(programme):
    report = published(programme[0])
    client, start = Client(headers=HOST), "/ar/programme/2024-2025/report/2024/1/"
    raw = client.get(f"{start}report.json").content
    assert sha256(raw).hexdigest() == report.sha256
    document = ledger.read_document(client.get(f"{start}proof.json").content)
    keys = ledger.Pinned({document.receipt.key.key_id: document.receipt.key.raw})
    assert ledger.verdict(document, keys).is_intact
    changed = json.loads(client.get(f"{start}proof.json").content)
    changed["parts"][0]["content"]["summary"]["confirmed"] = 2
    planted = ledger.read_document(json.dumps(changed).encode())
    assert not ledger.verdict(planted, keys).is_intact
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"{start}report.csv").content.decode("utf-8-sig")))
    )
    assert [row["state"] for row in rows] == ["verified", "planned"]


def test_the_officer_freezes_looks_publishes_and_the_public_reads(programme, sefrou):
    officer = log_in(Client(headers=HOST), sefrou.officer, sefrou.province)
    at = "/desk/programme/cycles/2024-2025/reports/"
    wrong = officer.post(at, {"year": "2024", "counted_on": "2031-01-01", "reason": "ملاحظة"})
    assert wrong.status_code == 422 and "ملاحظة" in wrong.content.decode()
    assert officer.post(at, {"year": "2024", "counted_on": "2024-12-31"}).status_code == 302
    report = AnnualReport.objects.get()
    public = Client(headers=HOST)
    hidden = public.get("/ar/programme/2024-2025/report/").content.decode()
    assert report.sha256 not in hidden
    assert public.get("/ar/programme/2024-2025/report/2024/").status_code == 404
    assert public.get(f"/d/{report.reference}/").status_code == 404
    look = officer.get(f"/desk/programme/reports/{report.reference}/").content.decode()
    assert "SFR-2024-C-0001-M1" in look or "M1" in look
    officer.post(f"/desk/programme/reports/{report.reference}/publish/")
    page = public.get("/fr/programme/2024-2025/report/").content.decode()
    assert report.sha256 in page and "M2" in page
    assert public.get(f"/d/{report.reference}/").status_code in {301, 302}
    offered = officer.get(f"/desk/programme/reports/{report.reference}/").context["form"]
    assert programme[0].deliberation not in offered.fields["deliberation"].queryset
    clerk = log_in(Client(headers=HOST), sefrou.moderator, sefrou.province)
    assert clerk.get(at).status_code == 404


def test_the_pages_cost_the_same_whatever_the_report_holds(
    programme, django_assert_max_num_queries
):
    published(programme[0])
    with django_assert_max_num_queries(12):
        Client(headers=HOST).get("/ar/programme/2024-2025/report/")


def test_states_are_those_of_the_last_change_until_the_day():
    changes = [
        reporting.Change(date(2024, 1, 2), MilestoneState.STARTED),
        reporting.Change(date(2024, 5, 2), MilestoneState.CLAIMED),
    ]
    assert reporting.state_on(changes, date(2024, 1, 1)) == MilestoneState.PLANNED
    assert reporting.state_on(changes, date(2024, 5, 1)) == MilestoneState.STARTED
    assert reporting.state_on(changes, date(2024, 5, 2)) == MilestoneState.CLAIMED


def test_few_ratings_are_not_told_by_answer():
    assert reporting.masked({"yes": 2, "no": 1}) is None
    assert reporting.masked({"yes": 4, "no": 1}) == {"yes": 4, "no": 1}


def test_what_changed_names_old_and_new_states():
    told = reporting.changed_since({"M1": "planned"}, {"M1": "verified", "M2": "planned"})
    assert told == [("M1", "planned", "verified"), ("M2", "", "planned")]
