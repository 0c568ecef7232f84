"""Forms of a cycle at the desk: nothing typed is lost, only what is free is offered."""

from datetime import UTC, date, datetime

import pytest

from infitah.community.tests.factories import log_in
from infitah.programme import operations
from infitah.programme.tests.factories import STEP, WORDS, cycle_of, idea_of

DESK = "/desk/programme/cycles/"


@pytest.fixture
def officer(sefrou, client):
    return log_in(client, sefrou.officer, sefrou.province)


def cycle_input(sefrou, **more):
    values = {
        "title_ar": "برنامج الانفتاح 2027-2028",
        "starts_on": "2027-01-01",
        "ends_on": "2028-12-31",
        "principles": [sefrou.principle.pk],
    }
    return values | more


def test_a_challenge_of_an_axis_that_is_not_ticked_is_never_lost(sefrou, officer):
    cycle, name = cycle_of(sefrou), f"axis_{sefrou.axis.pk}"
    typed = {f"challenge_{sefrou.axis.pk}_ar": "تحد كتب دون اختيار المحور", name: ""}
    for at in (f"{DESK}new/", f"{DESK}{cycle.slug}/edit/"):
        answer = officer.post(at, cycle_input(sefrou, **typed))
        assert answer.status_code == 422 and name in answer.context["form"].errors
        assert "تحد كتب دون اختيار المحور" in answer.content.decode()
    kept = {f"challenge_{sefrou.axis.pk}_{one}": WORDS.text_of(one) for one in ("ar", "fr")}
    out = officer.post(f"{DESK}{cycle.slug}/edit/", cycle_input(sefrou, **kept, **{name: ""}))
    assert name not in out.context["form"].errors  # taken out, it keeps its words


def test_the_page_of_rounds_says_which_stands_open_and_offers_the_free_ones(sefrou, officer):
    cycle = cycle_of(sefrou, "2027-2028")
    consultation = idea_of(sefrou).consultation
    at = f"{DESK}{cycle.slug}/rounds/"
    assert officer.get(at).content.decode().count('name="number"') == 2
    operations.add_round(
        cycle=cycle, number=1, consultation=consultation, on=date(2026, 11, 1), **STEP
    )
    body = officer.get(at).content.decode()
    assert body.count('name="number"') == 1 and "مغلقة" in body and "معلن عنها" not in body
    consultation.closes_at = datetime(2027, 1, 1, tzinfo=UTC)
    consultation.save(update_fields=["closes_at"])
    assert "مفتوحة" in officer.get(at).content.decode()
