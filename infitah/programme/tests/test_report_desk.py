"""The annual report before it is frozen: its draft, what is missing in it, its years, its words."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation.models import Consultation
from infitah.programme import operations, queries
from infitah.programme.models import AnnualReport, Round
from infitah.programme.rules import method, reporting
from infitah.programme.rules.method import MethodFacts, MethodStep, StepState
from infitah.programme.rules.reporting import CommitmentFacts, Gap, MilestoneFacts, Missing
from infitah.programme.rules.states import Phase
from infitah.programme.tests.factories import (
    NOW,
    OWNER,
    SECOND,
    STEP,
    evidence,
    idea_of,
    viewer_of,
)

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}
AT = "/desk/programme/cycles/2024-2025/reports/"
END = date(2024, 12, 31)
TODAY = date(2026, 11, 23)
REASON = "تصحيح حالة المرحلة الثانية"


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-23 10:00+01:00", tick=False):
        yield


@pytest.fixture
def officer(sefrou):
    return log_in(Client(headers=HOST), sefrou.officer, sefrou.province)


def words(response):
    text = unescape(re.sub("<[^>]*>", " ", response.content.decode()))
    return " ".join(text.split())


def claim(reference, on=date(2024, 2, 1)):
    operations.start_milestone(reference=reference, on=on, by=OWNER, now=NOW)
    operations.claim_milestone(reference=reference, evidence=evidence(), on=on, by=OWNER, now=NOW)


def confirm(reference, on=date(2024, 3, 1)):
    claim(reference)
    operations.verify_milestone(reference=reference, on=on, by=SECOND, now=NOW)


def published(cycle, **more):
    values = {"year": 2024, "counted_on": END, "today": TODAY, **STEP, **more}
    report = operations.make_report(cycle=cycle, **values)
    return operations.publish_report(reference=report.reference, on=TODAY, **STEP)


# The draft ---------------------------------------------------------------------------------------


def test_a_draft_reads_as_the_report_and_writes_nothing(commitment, officer):
    confirm(f"{commitment.reference}-M1")
    entries = Entry.objects.count()
    asked = {"year": "2024", "counted_on": "2024-12-31", "preview": "1"}
    led = officer.post(AT, asked)
    assert led.headers["Location"] == f"{AT}preview/?year=2024&counted_on=2024-12-31"
    page = officer.get(led.headers["Location"])
    said = words(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "هذه مسودة" in said and "المنجزة المؤكدة 1، والمتأخرة 1" in said
    assert not AnnualReport.objects.exists() and Entry.objects.count() == entries
    public = Client(headers=HOST)
    assert public.get("/ar/programme/2024-2025/report/2024/").status_code == 404
    assert public.get(led.headers["Location"]).status_code == 302  # to the door of the desk
    frozen = officer.post(AT, {"year": "2024", "counted_on": "2024-12-31"}, follow=True)
    assert "جمد التقرير" in words(frozen)
    report = AnnualReport.objects.get()
    assert frozen.redirect_chain[-1][0] == f"/desk/programme/reports/{report.reference}/"
    done = officer.post(f"/desk/programme/reports/{report.reference}/publish/", follow=True)
    assert "نشر التقرير" in words(done)


def test_a_draft_of_a_day_to_come_is_refused_beside_its_field(commitment, officer):
    future = officer.post(AT, {"year": "2024", "counted_on": "2031-01-01", "preview": "1"})
    assert future.status_code == 422 and "هذا اليوم لم يحل بعد" in words(future)
    assert officer.get(f"{AT}preview/?year=1999&counted_on=x").status_code == 422


def test_carrying_out_leads_to_the_reports(commitment, officer):
    assert f'href="{AT}"' in officer.get("/desk/programme/carrying-out/").content.decode()


# What is missing ---------------------------------------------------------------------------------


def test_what_is_missing_leads_to_its_page_of_the_desk(commitment, sefrou):
    claim(f"{commitment.reference}-M1")
    idea = idea_of(sefrou)
    Consultation.objects.filter(pk=idea.consultation_id).update(round_number=1)
    Round.objects.create(
        community=sefrou.province, cycle=commitment.cycle, consultation=idea.consultation, number=1
    )
    every = ("evidence.confirm", "progress.report", "assessment.write", "answer.give")
    page = queries.report_draft(commitment.cycle, year=2024, counted_on=END)
    found = queries.missing_in(page, viewer_of(sefrou.province, *every))
    desk, one = "/desk/programme", commitment.reference
    assert [item.url for item in found] == [
        f"{desk}/milestones/{one}-M1/confirm/",
        f"{desk}/milestones/{one}-M2/report/",
        f"{desk}/carrying-out/{one}/word/",
        f"{desk}/carrying-out/{one}/findings/",
        f"/desk/participation/consultations/{idea.consultation.slug}/answers/",
    ]
    assert not any(item.url for item in queries.missing_in(page, viewer_of(sefrou.province)))


def facts(knot="late", *, is_open=True, has_reason=False, n=0):
    return CommitmentFacts("C1", (MilestoneFacts("M1", knot, is_open, has_reason),), n, n)


@pytest.mark.parametrize(
    ("one", "gaps"),
    [
        (facts("claimed"), [Gap.CLAIMED, Gap.NO_WORD, Gap.NO_FINDING]),
        (facts("claimed", is_open=False, n=1), []),
        (facts("late", n=1), [Gap.LATE_UNEXPLAINED]),
        (facts("late", has_reason=True, n=2), []),
        (facts("done"), [Gap.NO_FINDING]),
        (facts("to_come", n=1), []),
    ],
)
def test_a_gap_is_what_an_officer_may_still_fill(one, gaps):
    assert [found.gap for found in reporting.missing([one], {})] == gaps


def test_ideas_without_answer_are_counted_by_consultation():
    found = reporting.missing([], {"june": 3, "july": 0})
    assert found == (Missing(Gap.UNANSWERED, "june", 3),)


# Years -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "is_open", "today", "last"),
    [
        ([], True, TODAY, 2026),
        ([date(2025, 3, 1)], False, TODAY, 2025),
        ([date(2026, 3, 1)], False, date(2028, 1, 1), 2026),
        ([date(2024, 3, 1)], False, date(2024, 6, 1), 2024),
    ],
)
def test_a_cycle_is_reported_until_all_is_done(changed, is_open, today, last):
    assert reporting.last_year(date(2025, 12, 31), changed, today, is_open=is_open) == last


def test_the_years_offered_go_on_while_a_milestone_is_open(commitment, officer):
    assert queries.report_years(commitment.cycle, TODAY) == [2024, 2025, 2026]
    assert 'value="2026"' in officer.get(AT).content.decode()
    for number in (1, 2):
        confirm(f"{commitment.reference}-M{number}")
    assert queries.report_years(commitment.cycle, TODAY) == [2024, 2025]


# What changed ------------------------------------------------------------------------------------


def test_a_version_is_compared_with_the_one_before_in_words(commitment, officer):
    published(commitment.cycle)
    confirm(f"{commitment.reference}-M2", on=date(2024, 5, 2))
    second = published(commitment.cycle, reason=REASON)
    assert second.content["since"]["version"] == 1
    page = Client(headers=HOST).get("/ar/programme/2024-2025/report/2024/2/")
    part = page.content.decode().split('aria-labelledby="changes"')[1].split("</section>")[0]
    said = " ".join(unescape(re.sub("<[^>]*>", " ", part)).split())
    assert "ما تغير منذ الصيغة 1" in said
    assert "قبل ذلك: مبرمجة؛ وعند نهاية الفترة: أنجزت وتأكدت." in said
    assert f"{commitment.reference}-M1" not in said  # its state is the same
    third = published(commitment.cycle, year=2025, counted_on=date(2025, 12, 31))
    assert (third.content["since"]["version"], third.content["changes"]) == (2, [])


# Words -------------------------------------------------------------------------------------------


def test_a_unit_stands_beside_what_is_measured_not_after_a_number(commitment):
    indicator = commitment.indicators.get()
    indicator.unit = LocalizedText(ar="موظف", fr="agents")
    indicator.save(update_fields=["unit"])
    operations.record_measure(
        indicator=indicator,
        on=date(2024, 6, 30),
        value=Decimal(134),
        source=LocalizedText(ar="السجل"),
        **STEP,
    )
    published(commitment.cycle)
    said = words(Client(headers=HOST).get("/ar/programme/2024-2025/report/2024/"))
    assert "( موظف )" in said.replace("(موظف", "( موظف").replace("موظف)", "موظف )")
    assert "134 ( 30 يونيو 2024 )" in said and "134 موظف" not in said


def test_each_piece_of_evidence_stands_with_what_was_found_of_it(commitment):
    reference = f"{commitment.reference}-M1"
    claim(reference)
    operations.return_milestone(
        reference=reference,
        reason=LocalizedText(ar="الصورة لا تبين المكان"),
        on=date(2024, 2, 10),
        by=SECOND,
        now=NOW,
    )
    again = {"reference": reference, "evidence": evidence(), "on": date(2024, 2, 20), "now": NOW}
    operations.claim_milestone(by=OWNER, **again)
    before = published(commitment.cycle)
    said = words(Client(headers=HOST).get("/ar/programme/2024-2025/report/2024/"))
    assert said.index("(اعتبر غير كاف)") < said.index("(في انتظار شخص ثان)")
    operations.verify_milestone(reference=reference, on=date(2024, 3, 1), by=SECOND, now=NOW)
    after = published(commitment.cycle, reason=REASON)
    (row,) = (one for one in queries.report_rows(after) if one[5] == reference)
    assert row[-3:] == (2, 1, 1)  # given, confirmed, not enough
    told = queries.report_page(before).commitments[0].milestones[0]
    assert [one["words"] for one in told.evidence if one["confirmed_on"]] == []
    assert told.not_enough == 1


def test_a_score_stays_on_one_line(commitment):
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    body = Client(headers=HOST).get(page).content.decode()
    assert re.search(r'<span class="[^"]*number[^"]*">\d+ من \d+</span>', body)


# Where the method stands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "left", "state"),
    [
        (Phase.RUNNING, 0, StepState.UNDER_WAY),
        (Phase.ENDED, 0, StepState.DONE),
        (Phase.ENDED, 2, StepState.LEFT_OPEN),
        (Phase.ASSESSED, 1, StepState.LEFT_OPEN),
        (Phase.ADOPTED, 2, StepState.TO_COME),
    ],
)
def test_carrying_out_is_done_when_all_is_confirmed(phase, left, state):
    steps = dict(method.method_of(MethodFacts(phase, open_milestones=left)))
    assert steps[MethodStep.EXECUTION] == state


def test_the_method_says_how_many_milestones_stayed_open(commitment, officer):
    confirm(f"{commitment.reference}-M1")
    claim(f"{commitment.reference}-M2")
    told = "انتهت المدة وبقيت مرحلة واحدة لم تنجز أو لم تؤكد"
    addresses = ("/ar/programme/2024-2025/", "/desk/programme/cycles/2024-2025/")
    assert all(told in words(officer.get(address)) for address in addresses)
    operations.verify_milestone(
        reference=f"{commitment.reference}-M2", on=date(2026, 3, 1), by=SECOND, now=NOW
    )
    assert all("انتهت المدة" not in words(officer.get(address)) for address in addresses)
