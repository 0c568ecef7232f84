"""An officer's way through a draft: begin, write, link, check, put to the public, read, correct."""

import re
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
import time_machine
from django.test import Client

from infitah.community.models import AccessGrant
from infitah.community.tests.factories import log_in
from infitah.participation.models import Comment, DocumentText
from infitah.programme import operations
from infitah.programme.models import Commitment
from infitah.programme.tests.factories import BY, WORDS, commitment_of, cycle_of, idea_of
from infitah.programme.tests.test_second_round import AFTER, BEFORE, DURING, second  # noqa: F401

DESK = "/desk/programme/commitments/"
NOW = datetime(2023, 8, 20, 9, tzinfo=UTC)
PROBLEM = "لا تنشر الجماعة محاضر دورات المجلس إلا بعد أشهر من انعقادها، فلا يعرف السكان ما تقرر"


@pytest.fixture(autouse=True)
def _august():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cycle(sefrou):
    return cycle_of(sefrou)


@pytest.fixture
def focal(sefrou):
    return log_in(Client(), sefrou.officer, sefrou.province)


@pytest.fixture
def drafted(sefrou, cycle):
    idea = idea_of(sefrou)
    return operations.start_draft(
        cycle=cycle, title=WORDS, axis=sefrou.axis, ideas=[idea], by=BY, now=NOW
    )


def seen(commitment):
    commitment.refresh_from_db()
    return commitment.changed_at.isoformat()


def text_of(response):
    return response.content.decode()


def test_a_draft_is_begun_written_and_checked_without_a_shell(sefrou, cycle, focal):
    idea_of(sefrou)
    assert cycle.slug in text_of(focal.get(DESK))
    begin = f"{DESK}start/{cycle.slug}/"
    refused = focal.post(begin, {"axis": sefrou.axis.pk, "title_ar": "نشر المحاضر"})
    assert refused.status_code == 422 and "نشر المحاضر" in text_of(refused)
    unknown = {"axis": sefrou.axis.pk, "title_ar": "نشر المحاضر", "ideas": "SFR-2023-I-0099"}
    assert "SFR-2023-I-0099" in text_of(focal.post(begin, unknown))
    made = focal.post(begin, {**unknown, "ideas": "SFR-2023-I-0001"})
    commitment = Commitment.objects.get()
    at = f"{DESK}{commitment.reference}/"
    assert made.headers["Location"] == f"{at}parts/what/"
    typed = {"title_ar": "نشر المحاضر", "problem_ar": PROBLEM, "description_ar": "نشر منتظم"}
    saved = focal.post(f"{at}parts/what/", {**typed, "seen_at": seen(commitment)})
    assert saved.headers["Location"] == f"{at}parts/result/"
    result = dict.fromkeys(("contribution_ar", "expected_result_ar"), "نص")
    result["verifiability_ar"] = "تقارن تواريخ الدورات بتواريخ نشر المحاضر"
    focal.post(f"{at}parts/result/", {**result, "seen_at": seen(commitment)})
    money = {"budget": "٤٠ ٠٠٠", "budget_source_ar": "ميزانية المجلس"}
    focal.post(f"{at}parts/money/", {**money, "seen_at": seen(commitment)})
    wrong = focal.post(f"{at}parts/money/", {"budget": "كثير", "seen_at": seen(commitment)})
    assert wrong.status_code == 422 and "كثير" in text_of(wrong)
    milestone = {
        "title_ar_1": "إعداد المسطرة",
        "from_1": "2024-01-15",
        "until_1": "2024-03-31",
        "weight_1": "100",
    }
    focal.post(f"{at}milestones/", {**milestone, "seen_at": seen(commitment)})
    indicator = {
        "name_ar_1": "المدة",
        "unit_ar_1": "يوم",
        "baseline_1": "",
        "target_1": "١٠",
        "target_on_1": "2025-12-31",
    }
    measured = {**indicator, "baseline_1": "64", "baseline_on_1": "2099-12-31"}
    to_come = focal.post(f"{at}indicators/", {**measured, "seen_at": seen(commitment)})
    assert to_come.status_code == 422 and 'href="#id_baseline_on_1"' in text_of(to_come)
    focal.post(f"{at}indicators/", {**indicator, "seen_at": seen(commitment)})
    commitment.refresh_from_db()
    assert commitment.budget == 4_000_000
    assert commitment.milestones.get().weight == 100
    assert commitment.indicators.get().target == 10
    page = text_of(focal.get(at))
    assert "من 100" in page
    focal.post(at, {"waiver_ar": "لم يقس المؤشر بعد"})
    commitment.refresh_from_db()
    assert commitment.state == "linted"
    assert "لم يقس المؤشر بعد" in commitment.versions.latest("number").waiver.ar


def test_the_second_officer_sees_what_changed_and_keeps_what_was_typed(sefrou, drafted):
    at, opened = f"{DESK}{drafted.reference}/parts/what/", seen(drafted)
    first = {"title_ar": "عنوان السابق", "problem_ar": PROBLEM, "seen_at": opened}
    with time_machine.travel(DURING, tick=False):
        focal = log_in(Client(), sefrou.officer, sefrou.province)
        assert focal.post(at, first).status_code == 302
        later = {"title_ar": "عنوان اللاحق", "problem_ar": "مشكل آخر", "seen_at": opened}
        refused = focal.post(at, later)
        page = text_of(refused)
        assert refused.status_code == 422
        assert "عنوان اللاحق" in page and "عنوان السابق" in page
        again = re.search(r'name="seen_at" value="([^"]+)"', page)[1]
        assert focal.post(at, {**later, "seen_at": again}).status_code == 302
    drafted.refresh_from_db()
    assert drafted.title.ar == "عنوان اللاحق"


def test_a_wrong_row_keeps_the_table_as_it_was_typed(drafted, focal):
    at = f"{DESK}{drafted.reference}/milestones/"
    rows = {
        "seen_at": seen(drafted),
        "title_ar_2": "النشر",
        "from_2": "2024-06-01",
        "until_2": "2024-05-01",
        "weight_2": "40",
        "title_fr_3": "Sans titre arabe",
    }
    refused = focal.post(at, rows)
    page = text_of(refused)
    assert refused.status_code == 422 and "Sans titre arabe" in page and "النشر" in page
    rows["title_fr_3"] = ""
    refused = focal.post(at, rows)
    assert refused.status_code == 422
    assert 'id="id_until_2"' in text_of(refused) and "aria-invalid" in text_of(refused)
    rows |= {"from_2": "2024-04-01"}
    assert focal.post(at, rows).status_code == 302
    rows = {"seen_at": seen(drafted), "title_ar_1": "النشر", "out_1": "on"}
    focal.post(at, rows)
    assert not drafted.milestones.exists()


def test_ideas_are_found_linked_and_taken_away(sefrou, drafted, focal):
    idea_of(sefrou, 2)
    at = f"{DESK}{drafted.reference}/ideas/"
    for words in ("SFR-2023-I-0002", "ميزانية"):
        assert "SFR-2023-I-0002" in text_of(focal.get(at, {"q": words}))
    assert "SFR-2023-I-0002" not in text_of(focal.get(at, {"q": "مسبح"}))
    linked = {"idea": "SFR-2023-I-0002", "act": "link", "weight": "part"}
    assert focal.post(f"{at}link/", linked).status_code == 302
    assert focal.post(f"{at}link/", linked).status_code == 422
    focal.post(f"{at}link/", {"idea": "SFR-2023-I-0002", "act": "unlink"})
    assert drafted.source_ideas.count() == 1
    assert focal.post(f"{at}link/", {"idea": "SFR-2023-I-0077", "act": "link"}).status_code == 422
    origin = f"{DESK}{drafted.reference}/parts/origin/"
    focal.post(origin, {"reason_without_idea_ar": "من المحضر", "seen_at": seen(drafted)})
    drafted.refresh_from_db()
    assert drafted.reason_without_idea.ar == "من المحضر"


def test_drafts_go_to_the_public_and_are_corrected_in_the_open(sefrou, cycle, second):  # noqa: F811
    commitment = commitment_of(cycle, sefrou.axis)
    address = f"/desk/programme/cycles/{cycle.slug}/put/{second.slug}/"
    beside = f"{DESK}{commitment.reference}/round/"
    key = commitment.pk
    with time_machine.travel(BEFORE, tick=False):
        focal = log_in(Client(), sefrou.officer, sefrou.province)
        assert focal.post(address, {"sent": "1"}).status_code == 422
        sent = {f"put_{key}": "on", f"waiver_ar_{key}": "المبلغ غير محدد"}
        assert focal.post(address, sent).status_code == 302
    text = DocumentText.objects.get(subject=commitment.reference)
    with time_machine.travel(DURING, tick=False):
        focal = log_in(Client(), sefrou.officer, sefrou.province)
        correct = f"{beside}{second.slug}/"
        assert focal.post(correct, {"reason": ""}).status_code == 422
        same = focal.post(correct, {"reason": "خطأ مطبعي"})
        assert same.status_code == 422 and "خطأ مطبعي" in text_of(same)
        commitment.refresh_from_db()
        part = operations.WhatPart(commitment.title, WORDS, commitment.title)
        operations.edit_draft(
            commitment=commitment, part=part, seen_at=commitment.changed_at, by=BY, now=DURING
        )
        assert focal.post(correct, {"reason": "خطأ مطبعي"}).status_code == 302
    current = text.consultation.texts.get(is_current=True)
    assert current.number == 2
    Comment.objects.create(
        community=sefrou.province,
        consultation=second,
        paragraph=current.paragraphs.first(),
        number=1,
        text="حددوا المدة بالأيام",
        stance="for",
        language="ar",
        submitted_at=DURING,
    )
    with time_machine.travel(AFTER, tick=False):
        focal = log_in(Client(), sefrou.officer, sefrou.province)
        page = text_of(focal.get(beside))
        public = Client().get(
            f"/fr/programme/{cycle.slug}/commitments/{commitment.reference}/",
            headers={"host": "localhost"},
        )
    assert 'name="reason"' not in page and "حددوا المدة بالأيام" in page
    assert "المبلغ غير محدد" in text_of(public)
    assert f"/fr/consultations/{second.slug}/texts/{commitment.reference}/" in text_of(public)


@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_versions_are_compared_and_each_is_bytes_to_be_hashed(drafted, focal, language):
    operations.record_check(commitment=drafted, waiver=WORDS, by=BY, now=NOW)
    for number, words in enumerate(("مشكل أول", "مشكل ثان"), start=1):
        drafted.refresh_from_db()
        part = operations.WhatPart(drafted.title, type(WORDS)(ar=words), drafted.title)
        operations.edit_draft(
            commitment=drafted,
            part=part,
            seen_at=drafted.changed_at,
            by=BY,
            now=NOW.replace(hour=9 + number),
        )
    base = f"/{language}/programme/{drafted.cycle.slug}/commitments/{drafted.reference}/versions/"
    anybody = Client(headers={"host": "localhost"})
    page = text_of(anybody.get(base))
    assert "<del>" in page and "<ins>" in page
    whole = text_of(anybody.get(base, {"from": "2", "to": "4"}))
    assert whole.count("<ins>") >= 1
    assert anybody.get(base, {"from": "x", "to": "99999999"}).status_code == 200
    version = drafted.versions.latest("number")
    answer = anybody.get(f"{base}{version.number}.json")
    assert sha256(answer.content).hexdigest() == version.sha256
    assert version.sha256 in page
    assert "<del>" not in text_of(anybody.get(base, {"from": "2", "to": "2"}))
    assert anybody.get(f"{base}99.json").status_code == 404


def test_the_desk_is_closed_to_others_and_costs_the_same_however_many(
    sefrou, cycle, focal, django_assert_max_num_queries
):
    moderator = log_in(Client(), sefrou.moderator, sefrou.province)
    made = commitment_of(cycle, sefrou.axis)
    for path in ("", f"{made.reference}/", f"{made.reference}/parts/what/"):
        assert moderator.get(f"{DESK}{path}").status_code == 404
    assert focal.get(f"{DESK}{made.reference}/parts/nothing/").status_code == 404
    focal.get(DESK)
    counts = []
    for more in (1, 8):
        for _n in range(more):
            commitment_of(cycle, sefrou.axis)
        with django_assert_max_num_queries(26) as captured:
            assert focal.get(DESK).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
    operations.validate_commitment(commitment=made, on=date(2023, 8, 20), by=BY, now=NOW)
    assert focal.get(f"{DESK}{made.reference}/parts/what/").status_code == 302
    assert focal.get(f"{DESK}{made.reference}/").status_code == 200


def test_the_desk_leads_from_each_lack_to_where_it_is_mended(drafted, focal):
    body = text_of(focal.get(f"/desk/programme/commitments/{drafted.reference}/"))
    base = f"/desk/programme/commitments/{drafted.reference}/"
    for place in ("indicators/", "milestones/", "parts/who/", "parts/money/", "parts/result/"):
        link = f'<a href="{base}{place}">أصلحوه'
        assert link in body, place
        assert focal.get(base + place).status_code == 200


def test_each_part_says_which_of_how_many_it_is(drafted, focal):
    base = f"/desk/programme/commitments/{drafted.reference}/parts/"
    assert "1 من 6" in text_of(focal.get(f"{base}what/"))
    assert "6 من 6" in text_of(focal.get(f"{base}frame/"))


def test_all_wrong_numbers_are_named_at_once(drafted, focal):
    body = text_of(
        focal.post(
            f"/desk/programme/commitments/start/{drafted.cycle.slug}/",
            {
                "title_ar": "نشر المحاضر",
                "axis": drafted.axis_id,
                "ideas": "SFR-2023-I-0901 SFR-2023-I-0902",
            },
        )
    )
    assert "SFR-2023-I-0901، SFR-2023-I-0902" in body


def test_people_are_chosen_with_what_they_hold(sefrou, drafted, focal):
    person = AccessGrant.objects.get(user=sefrou.officer).appointment.person
    body = text_of(focal.get(f"/desk/programme/commitments/{drafted.reference}/parts/who/"))
    assert f"{person.name.ar} · " in body
