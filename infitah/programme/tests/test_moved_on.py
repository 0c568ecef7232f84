"""Two officers at once: a form whose record moved on says so, and nothing typed in it is lost."""

from datetime import date

import pytest
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.tests.factories import STEP, adopted_programme, commitment_of
from infitah.programme.tests.sittings import DAY

DESK = "/desk/programme/"
TYPED = "ما كتبه الموظف قبل قليل"
VALIDATED = "صادقت لجنة التتبع على هذا النص في هذه الأثناء: لا يتغير إلا بتعديل يطرح في الدورة."
ADOPTED = "سبق اعتماد هذا البرنامج"


@pytest.fixture
def focal(sefrou):
    return log_in(Client(), sefrou.officer, sefrou.province)


@pytest.fixture
def secretary(sefrou):
    return log_in(Client(), sefrou.secretary, sefrou.province)


def kept(answer, *words):
    body = answer.content.decode()
    return answer.status_code == 422 and all(one in body for one in (TYPED, *words))


def test_a_draft_validated_meanwhile_gives_back_all_that_was_typed(sefrou, cycle, focal):
    draft = commitment_of(cycle, sefrou.axis)
    at, seen = f"{DESK}commitments/{draft.reference}/", draft.changed_at.isoformat()
    operations.validate_commitment(commitment=draft, on=DAY, **STEP)
    result = {"seen_at": seen, "contribution_ar": TYPED}
    assert kept(focal.post(f"{at}parts/result/", result), VALIDATED)
    origin = {"seen_at": seen, "reason_without_idea_ar": TYPED}
    assert kept(focal.post(f"{at}parts/origin/", origin), VALIDATED)
    for table, cell in (("milestones", "title_ar_1"), ("indicators", "name_ar_1")):
        assert kept(focal.post(f"{at}{table}/", {"seen_at": seen, cell: TYPED}), VALIDATED)
    assert kept(focal.post(at, {"waiver_ar": TYPED}), VALIDATED)
    for page in ("parts/result/", "milestones/", "indicators/"):
        led = focal.get(f"{at}{page}", follow=True)
        assert led.redirect_chain == [(at, 302)] and VALIDATED in led.content.decode()


def test_a_programme_adopted_meanwhile_gives_back_all_that_was_typed(sefrou, focal, secretary):
    cycle, (made,) = adopted_programme(sefrou)
    begun = {"axis": sefrou.axis.pk, "title_ar": TYPED}
    assert kept(focal.post(f"{DESK}commitments/start/{cycle.slug}/", begun), ADOPTED)
    desk = f"{DESK}cycles/{cycle.slug}/"
    adopt = {"act": "adopt", "title_ar": TYPED, "number": "3"}
    assert kept(secretary.post(f"{desk}adoption/", adopt), ADOPTED)
    assert kept(focal.post(f"{desk}validation/", {"waiver_ar": TYPED}), ADOPTED)
    assert kept(secretary.post(f"{desk}agenda/", {"act": "put", "title_ar": TYPED}), ADOPTED)
    before = f"{DESK}before-council/{made.reference}/"
    assert kept(
        secretary.post(f"{before}amend/title/", {"after_ar": TYPED}), "ولم يعتمده المجلس بعد"
    )
    assert kept(secretary.post(f"{before}reject/", {"reason_ar": TYPED}))
    assert secretary.post(f"{desk}adopted/return/").status_code == 302  # it is told there why not
    for page in (f"{desk}adoption/", f"{desk}validation/", f"{desk}agenda/"):
        assert ADOPTED in secretary.get(page, follow=True).content.decode()


def test_a_step_struck_out_meanwhile_gives_back_all_that_was_typed(sefrou, cycle, focal):
    words = LocalizedText(ar="ورشة", fr="Atelier")
    said = operations.StepText(kind="workshop", text=words, span=(date(2027, 3, 8),) * 2)
    entry = operations.announce_step(cycle=cycle, said=said, **STEP)
    operations.strike_step(entry=entry, reason=words, revision=0, **STEP)
    page = f"{DESK}cycles/{cycle.slug}/timetable/{entry.slug}/"
    assert kept(focal.post(page, {"revision": "0", "text_ar": TYPED}), "هذا الموعد مشطوب")
    assert kept(
        focal.post(f"{page}strike/", {"revision": "0", "reason_ar": TYPED}), "هذا الموعد مشطوب"
    )
    assert focal.get(page).status_code == 302
