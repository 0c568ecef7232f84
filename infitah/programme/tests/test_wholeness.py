"""What a draft needs before its committee validates it is named before the vote, and only that."""

import pytest
import time_machine

from infitah.community.tests.factories import log_in
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.operations import CommitmentRefused
from infitah.programme.tests.factories import STEP, WORDS, commitment_of
from infitah.programme.tests.sittings import vote_at

MISSING = "الإشكال العمومي"
RESULT = "النتيجة المنتظرة"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        yield


@pytest.fixture
def half(sefrou, cycle):
    """Two drafts: one lacks its result, the other its problem."""
    first, second = (commitment_of(cycle, sefrou.axis) for _n in range(2))
    first.expected_result, second.problem = LocalizedText(""), LocalizedText("", fr="Seul")
    first.save(update_fields=["expected_result"])
    second.save(update_fields=["problem"])
    return first, second


def test_the_refusal_names_what_each_draft_lacks_and_nothing_else(cycle, half, committee):
    first, second = half
    with pytest.raises(CommitmentRefused) as refused:
        operations.validate_together(
            cycle=cycle,
            seen={one.reference: "" for one in half},
            vote=vote_at(*committee),
            waiver=WORDS,
            **STEP,
        )
    words = str(refused.value)
    assert f"{first.reference}" in words and f"{second.reference}" in words
    before, after = words.split(second.reference)
    assert RESULT in before and MISSING not in before
    assert MISSING in after and RESULT not in after
    assert not cycle.commitments.filter(state="validated").exists()


def test_what_is_missing_stands_on_every_page_that_leads_to_the_vote(
    sefrou, client, cycle, half, committee
):
    sitting, _present = committee
    item = sitting.items.first() or vote_at(*committee).item
    held = sitting.session.reference
    log_in(client, sefrou.officer, sefrou.province)
    pages = (
        f"/desk/programme/commitments/{half[0].reference}/",
        f"/desk/programme/cycles/{cycle.slug}/validation/",
        f"/desk/meetings/convene/{cycle.committee.slug}/",
        f"/desk/meetings/{held}/",
        f"/desk/meetings/{held}/items/{item.pk}/vote/",
    )
    mend = f'href="/desk/programme/commitments/{half[0].reference}/parts/result/"'
    for page in pages:
        body = client.get(page).content.decode()
        assert mend in body and RESULT in body, page
    sent = client.post(pages[0], {"waiver_ar": "سبب"}, follow=True).content.decode()
    assert "لا يمكن للجنة أن تصادق عليه بعد" in sent
    for one in half:
        one.expected_result = one.problem = WORDS
        one.save(update_fields=["expected_result", "problem"])
    assert all(mend not in client.get(page).content.decode() for page in pages[1:])


def test_what_the_committee_needs_is_not_called_optional(sefrou, client, half):
    log_in(client, sefrou.officer, sefrou.province)
    for part, name in (("what", "description"), ("result", "contribution")):
        page = client.get(f"/desk/programme/commitments/{half[0].reference}/parts/{part}/")
        label = page.content.decode().split(f'for="id_{name}_ar"')[1].split("</label>")[0]
        assert "ضروري قبل مصادقة اللجنة" in label and "اختياري" not in label
