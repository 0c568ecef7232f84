"""Forms of the programme's desk tell all at once: what is needed when, which row, which ideas."""

from datetime import date

import pytest

from infitah.community.tests.factories import log_in
from infitah.participation.models import IdeaAnswer
from infitah.programme import operations
from infitah.programme.tests.factories import NOW, STEP, WORDS, commitment_of, cycle_of, idea_of

CYCLES = "/desk/programme/cycles/"
START = "/desk/programme/commitments/start/2027-2028/"


@pytest.fixture
def officer(sefrou, client):
    return log_in(client, sefrou.officer, sefrou.province)


@pytest.fixture
def cycle(sefrou):
    return cycle_of(sefrou, "2027-2028")


def answered(sefrou, number, code):
    idea = idea_of(sefrou, number)
    IdeaAnswer.objects.create(
        community=sefrou.province,
        idea=idea,
        code=code,
        number=1,
        text=WORDS,
        answered_on=date(2026, 11, 1),
        answered_at=NOW,
        answered_by="focal",
    )
    return idea


def test_a_cycle_is_told_all_that_it_lacks_at_once(sefrou, officer, cycle):
    sent = {
        "slug": "2027-2028",
        "starts_on": "2029-12-31",
        "ends_on": "2029-01-01",
        f"axis_{sefrou.axis.pk}": "on",
    }
    body = officer.post(f"{CYCLES}new/", sent).content.decode()
    summary = body.split('class="error-summary"')[1].split("</ul>")[0]
    for words in (
        "اليوم الأخير سابق لليوم الأول",
        "لهذه الجماعة الترابية دورة بهذا الاسم",
        "id_title_ar",
        "id_principles",
        f"{sefrou.axis.name.ar}: ",
        f"id_challenge_{sefrou.axis.pk}_ar",
    ):
        assert words in summary, words
    without = officer.post(f"{CYCLES}new/", {"slug": "x"}).content.decode()
    assert "اختاروا محورا واحدا على الأقل" in without


def test_what_is_needed_on_a_condition_says_so_and_is_not_called_optional(sefrou, officer, cycle):
    label = f'for="id_challenge_{sefrou.axis.pk}_ar"'
    body = officer.get(f"{CYCLES}new/").content.decode()
    said = body.split(label)[1].split("</label>")[0]
    assert "ضروري إذا اختير المحور" in said and "اختياري" not in said
    french = body.split(f'for="id_challenge_{sefrou.axis.pk}_fr"')[1].split("</label>")[0]
    assert "اختياري" in french
    start = officer.get(START).content.decode()
    assert "ضروري إذا لم يختر موضوع ولا فكرة" in start


def test_the_summary_names_the_row_of_each_fault(sefrou, officer, cycle):
    draft = commitment_of(cycle, sefrou.axis)
    at = f"/desk/programme/commitments/{draft.reference}/"
    sent = {"seen_at": draft.changed_at.isoformat(), "name_ar_2": "المدة"}
    body = officer.post(f"{at}indicators/", sent).content.decode()
    assert "المؤشر 2: الهدف: " in body
    sent = {"seen_at": draft.changed_at.isoformat(), "title_ar_3": "إعداد"}
    body = officer.post(f"{at}milestones/", sent).content.decode()
    assert "المرحلة 3: " in body


def test_weights_that_do_not_sum_to_100_are_told_when_saved(sefrou, officer, cycle):
    draft = commitment_of(cycle, sefrou.axis, weights=(60, 20))
    at = f"/desk/programme/commitments/{draft.reference}/"
    page = officer.get(f"{at}milestones/").context["form"]
    values = {name: page[name].value() for name in page.fields if not name.startswith("out_")}
    sent = {name: value for name, value in values.items() if value not in (None, "")}
    body = officer.post(f"{at}milestones/", sent, follow=True).content.decode()
    assert "مجموع أوزانها 80 وليس 100" in body
    assert "مجموع أوزان المراحل لا يساوي 100" in body and "10 من 15" in body


def test_kept_ideas_are_ticked_and_numbers_are_typed_beside(sefrou, officer, cycle):
    kept, other = answered(sefrou, 1, "kept"), answered(sefrou, 2, "no_budget")
    operations.add_round(
        cycle=cycle, number=1, consultation=kept.consultation, on=date(2026, 11, 1), **STEP
    )
    body = officer.get(START).content.decode()
    assert f'value="{kept.pk}"' in body and kept.statement in body
    assert other.statement not in body
    assert f"/desk/participation/consultations/{kept.consultation.slug}/answers/" in body
    assert "ليس لهذه الدورة موضوع بعد" in body and ">بلا موضوع<" not in body
    assert kept.statement in officer.get(f"{START}?axis={sefrou.axis.slug}").content.decode()
    sent = {
        "axis": sefrou.axis.pk,
        "title_ar": "نشر الميزانية",
        "chosen": [kept.pk],
        "ideas": f"{kept.reference} {other.reference}",
    }
    assert officer.post(START, sent).status_code == 302
    linked = cycle.commitments.get().source_ideas.values_list("idea__reference", flat=True)
    assert sorted(linked) == [kept.reference, other.reference]
