"""The life of a yearly report: draft, signature, frozen figures, documents, corrections, proof."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.core import files
from infitah.core.models import Outbox
from infitah.core.operations import dispatch_events
from infitah.core.viewer import Actor, Viewer
from infitah.information import operations
from infitah.information.models import InformationRequest, YearlyReport
from infitah.information.operations import reports
from infitah.information.queries import figures as queries
from infitah.information.rules import figures
from infitah.information.tests.asked import OFFICER, file
from infitah.information.tests.desk import at, named, officer
from infitah.information.tests.mass import make_many
from infitah.information.tests.sheets import carried, shown, verified, words
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.ledger.rules.bound import text_digest
from infitah.searchindex import operations as searchindex
from infitah.searchindex.models import IndexedText

pytestmark = [pytest.mark.django_db, pytest.mark.database]
JANUARY = datetime(2027, 1, 12, 9, tzinfo=UTC)
DESK = "/desk/information/report/2026/"
REMARKS = LocalizedText(ar="تأخر الجواب في يوليوز بسبب العطلة", fr="Retards en juillet")


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel(JANUARY, tick=False):
        yield


@pytest.fixture
def requests(sefrou):
    return make_many(sefrou.province, 60, start=date(2026, 1, 1), today=date(2026, 12, 30))


@pytest.fixture
def anybody(sefrou):
    return Client(headers={"host": sefrou.province.host})


def statement(**more):
    return reports.Statement(**{"remarks": REMARKS, "checked": figures.TWELVE} | more)


def publish(sefrou, **more):
    values = {"year": 2026, "said": statement(), "by": OFFICER, "now": JANUARY} | more
    return reports.publish_yearly_report(community=sefrou.province, **values)


def test_publishing_freezes_signs_and_enters_the_register(sefrou, requests):
    report = publish(sefrou)
    counted = queries.tally_of(sefrou.province, figures.Span.of_year(2026), date(2027, 1, 12))
    told = {row["code"]: row["number"] for row in report.content["figures"]}
    assert told["received"] == 60
    assert told == {
        code: figures.value_of(figure, counted).number for code, figure in figures.FIGURES.items()
    }
    assert report.sha256 == text_digest(report.content)
    assert report.reference == "SFR-2027-M-0001" and report.number == 1
    assert report.content["remarks"] == REMARKS.as_json()
    assert report.content["signature"]["on"] == "2027-01-12"
    entry = ledger.entry(sefrou.province.key, report.register_number)
    assert entry.act == "information.report_published" and entry.subject == report.reference
    assert report.sha256 in entry.canonical
    event = Outbox.objects.get(kind="information.report_published")
    assert event.subject == report.reference


def test_the_same_sheet_sent_twice_is_one_report(sefrou, requests):
    first = publish(sefrou)
    assert publish(sefrou) == first
    other = LocalizedText(ar="ملاحظات كتبت في نافذة أخرى")
    with pytest.raises(reports.ReportRefused) as refused:
        publish(sefrou, said=statement(remarks=other))
    assert refused.value.field == "reason"
    assert YearlyReport.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"year": 2027}, None),
        ({"year": 2019}, None),
        ({"said": statement(checked=figures.TWELVE[:11])}, "checked"),
        ({"said": statement(checked=())}, "checked"),
    ],
)
def test_it_is_refused_before_its_time_or_unseen(sefrou, requests, more, field):
    with pytest.raises(reports.ReportRefused) as refused:
        publish(sefrou, **more)
    assert refused.value.field == field
    assert not YearlyReport.objects.exists()


def test_a_correction_is_a_new_version_with_its_reason_and_both_stay(sefrou, requests, anybody):
    first = publish(sefrou)
    for reason in ("", "خطأ", "…………………………"):
        with pytest.raises(reports.ReportRefused) as refused:
            publish(sefrou, said=statement(version=2, reason=reason))
        assert refused.value.field == "reason"
    second = publish(sefrou, said=statement(version=2, reason="نسيت طلبات شهر دجنبر من المكتب"))
    assert (second.number, second.reference) == (2, "SFR-2027-M-0002")
    page = anybody.get("/ar/information/figures/2026/report/").content.decode()
    assert second.reference in page and "نسيت طلبات شهر دجنبر" in page
    old = anybody.get("/ar/information/figures/2026/report/1/").content.decode()
    assert first.reference in old
    assert "/ar/information/figures/2026/report/" in old
    assert anybody.get("/ar/information/figures/2026/report/3/").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        YearlyReport.objects.filter(pk=second.pk).update(number=1)


def test_a_published_report_tells_the_frozen_figures_and_what_moved_since(
    sefrou, requests, anybody
):
    publish(sefrou)
    path = "/fr/information/figures/2026/report/"
    assert "comptés autrement" not in anybody.get(path).content.decode()
    silent = InformationRequest.objects.filter(
        received_on__year=2026, answered_on=None, silent_from__lte=date(2027, 1, 12)
    ).exclude(phase__in=["withdrawn", "transferred"])
    before = silent.count()
    assert before > 0
    silent.filter(pk=silent.first().pk).update(
        answered_on=date(2027, 1, 11), working_days=90, phase="delivered", outcome="full"
    )
    queries.forget_figures()
    page = anybody.get(path)
    moved = {one.name.fr: (one.then, one.now) for one in page.context["moved"]}
    assert moved["Demandes sans réponse après le délai"] == (str(before), str(before - 1))
    assert "comptés autrement" in page.content.decode()
    frozen = {one.code: one for one in page.context["page"].twelve}
    share = figures.percent(before, page.context["report"].told["due"].number)
    assert share is not None and frozen["silent"].number.startswith(str(share))


def test_the_data_are_the_very_bytes_that_the_register_states(sefrou, requests, anybody, tmp_path):
    report = publish(sefrou)
    base = "/ar/information/figures/2026/report/1/"
    content = anybody.get(f"{base}report.json").content.decode()
    assert text_digest(json.loads(content)) == report.sha256
    proof = anybody.get(f"{base}proof.json").content
    assert verified(tmp_path, "proof.json", proof)[0] == 0
    forged = proof.replace(b'"number": 60', b'"number": 61', 1)
    assert forged != proof and verified(tmp_path, "forged.json", forged)[0] != 0
    rows = list(
        csv.DictReader(io.StringIO(anybody.get(f"{base}report.csv").content.decode("utf-8-sig")))
    )
    assert {row["figure"]: row["number"] for row in rows}["received"] == "60"
    viewer = Viewer(sefrou.province.key, sefrou.province.pk)
    permanent = anybody.get(f"/d/{report.reference}")
    assert permanent.url.endswith("/ar/information/figures/2026/report/1/")
    assert [one.reference for one in queries.report_bearers(viewer, report.sha256)] == [
        report.reference
    ]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_worker_draws_both_sheets_from_the_frozen_content(
    sefrou, requests, anybody, language, settings, tmp_path
):
    settings.STORED_FILES_ROOT = tmp_path
    report = publish(sefrou)
    assert reports.has_yearly_reports_to_draw(JANUARY)
    assert reports.draw_yearly_reports(now=JANUARY) is False
    assert not reports.has_yearly_reports_to_draw(JANUARY)
    report.refresh_from_db()
    stored = report.pdf_ar if language == "ar" else report.pdf_fr
    sheet = files.content(stored)
    text, seen = words(sheet), shown(sheet)
    assert report.reference in seen
    assert report.sha256[:20] in seen
    assert REMARKS.text_of(language).split()[0] in text
    for code in figures.TWELVE:
        assert figures.FIGURES[code].name.text_of(language).split()[0] in text
    proof = carried(sheet)[f"{report.reference}.json"]
    assert verified(tmp_path, "proof.json", proof)[0] == 0
    page = anybody.get(f"/{language}/information/figures/2026/report/").content.decode()
    assert stored.name in page
    assert b"".join(anybody.get(f"/files/{stored.key}/{stored.name}")) == sheet


def test_the_desk_shows_a_draft_and_publishes_once_all_is_ticked(sefrou, requests):
    desk = officer(sefrou)
    draft = desk.get(DESK)
    assert draft.status_code == 200 and draft.content.decode().count('name="checked"') == 12
    sent = {"version": "1", "remarks_ar": "ملاحظة للعموم", "remarks_fr": ""}
    short = desk.post(DESK, {**sent, "checked": figures.TWELVE[:5]})
    assert short.status_code == 422 and "ملاحظة للعموم" in short.content.decode()
    assert not YearlyReport.objects.exists()
    done = desk.post(DESK, {**sent, "checked": figures.TWELVE})
    assert done.status_code == 302
    report = YearlyReport.objects.get()
    assert report.remarks.ar == "ملاحظة للعموم"
    assert report.signed_by == sefrou.information_officer.username
    again = desk.get(DESK).content.decode()
    assert 'name="reason"' in again and report.reference in again
    refused = desk.post(DESK, {**sent, "version": "2", "checked": figures.TWELVE, "reason": ""})
    assert refused.status_code == 422 and YearlyReport.objects.count() == 1
    assert report.reference in desk.get("/desk/information/report/").content.decode()


def test_a_year_that_is_not_over_has_only_a_draft(sefrou):
    make_many(sefrou.province, 5, start=date(2027, 1, 1), today=date(2027, 1, 10))
    desk = officer(sefrou)
    path = "/desk/information/report/2027/"
    html = desk.get(path).content.decode()
    assert 'name="checked"' not in html
    desk.post(path, {"version": "1", "checked": figures.TWELVE})
    assert not YearlyReport.objects.exists()
    pdf = desk.get(f"{path}draft.pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF-")
    assert desk.get("/desk/information/report/2031/").status_code == 404


def test_nobody_else_sees_drafts_and_the_president_only_the_list(sefrou, requests, anybody):
    assert anybody.get(DESK).status_code in {302, 404}
    for user in (sefrou.moderator, sefrou.administrator, sefrou.secretary):
        client = log_in(Client(), user, sefrou.province)
        assert client.get(DESK).status_code == 404
        assert client.get(f"{DESK}draft.pdf").status_code == 404
        assert client.post(DESK, {"version": "1", "checked": figures.TWELVE}).status_code == 404
    head = officer(sefrou, "president")
    assert head.get("/desk/information/report/").status_code == 200
    assert head.get(DESK).status_code == 404


def test_before_a_report_its_page_says_so_and_a_year_without_figures_has_none(
    sefrou, requests, anybody
):
    page = anybody.get("/ar/information/figures/2026/report/")
    assert page.status_code == 200
    assert "/ar/information/figures/2026/" in page.content.decode()
    assert anybody.get("/ar/information/figures/2019/report/").status_code == 404
    assert anybody.get("/ar/information/figures/2026/report/1/").status_code == 404


def test_a_report_names_nobody_who_asked(sefrou, anybody):
    asked = datetime(2026, 3, 2, 9, tzinfo=UTC)
    request = file(sefrou).request
    operations.register_request(
        title="محضر", on=date(2026, 3, 2), now=at(date(2026, 3, 2)), **named(request)
    )
    assert asked
    publish(sefrou)
    report = YearlyReport.objects.get()
    text = json.dumps(report.content, ensure_ascii=False)
    for hidden in ("أمينة", "الصفريوية", "CD123456", request.text, request.token):
        assert hidden not in text
    other = Actor("officer", "someone", "information_officer")
    assert (
        reports.publish_yearly_report(
            community=sefrou.province,
            year=2026,
            said=statement(version=2, reason="إضافة ملاحظات المكتب"),
            by=other,
            now=JANUARY,
        ).number
        == 2
    )


def test_a_report_is_found_in_the_one_box_in_its_newest_version(sefrou, requests, anybody):
    first = publish(sefrou)
    second = publish(
        sefrou,
        said=statement(
            remarks=LocalizedText(ar="تصحيح"), reason="تصحيح رقم في الجدول الأول", version=2
        ),
    )
    while dispatch_events(now=JANUARY) or searchindex.index_dirty(now=JANUARY):
        pass
    rows = IndexedText.objects.filter(kind="document")
    assert set(rows.values_list("subject", flat=True)) == {second.reference} != {first.reference}
    searchindex.renew_vocabulary(now=JANUARY)
    page = anybody.get("/ar/information/", {"q": "التقرير السنوي 2026"}).content.decode()
    assert 'href="/ar/information/figures/2026/report/"' in page
