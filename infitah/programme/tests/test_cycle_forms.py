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


def whole_input(sefrou, **more):
    named = {f"axis_{sefrou.axis.pk}": "on", f"challenge_{sefrou.axis.pk}_ar": "وثائق متأخرة"}
    return cycle_input(sefrou, **named, **more)


def test_days_of_another_cycle_are_refused_beside_the_field(sefrou, officer):
    cycle_of(sefrou, "2024-2025")
    answer = officer.post(f"{DESK}new/", whole_input(sefrou, starts_on="2025-12-31"))
    assert answer.status_code == 422 and 'value="2025-12-31"' in answer.content.decode()
    sure = whole_input(sefrou, starts_on="2025-12-31", is_meant="on")
    answer = officer.post(f"{DESK}new/", sure)
    assert answer.status_code == 422 and "starts_on" in answer.context["form"].errors
    assert "لا تشترك دورتان في يوم واحد" in answer.content.decode()
    assert officer.post(f"{DESK}new/", whole_input(sefrou)).status_code == 302
    earlier = {"starts_on": "2025-01-01", "ends_on": "2026-12-31", "revision": "0"}
    answer = officer.post(f"{DESK}2027-2028/edit/", whole_input(sefrou, **earlier))
    assert answer.status_code == 422 and "starts_on" in answer.context["form"].errors


@pytest.mark.parametrize("last", ["2027-12-31", "2036-12-31", "2028-12-30"])
def test_an_unusual_length_is_asked_about_once_more_with_the_address(sefrou, officer, last):
    assert 'name="is_meant"' not in officer.get(f"{DESK}new/").content.decode()
    typed = whole_input(sefrou, ends_on=last)
    answer = officer.post(f"{DESK}new/", typed)
    years = "2027" if last.startswith("2027") else f"2027-{last[:4]}"
    body = answer.content.decode()
    assert answer.status_code == 422 and f"/programme/{years}/" in body
    assert 'name="is_meant"' in body and f'value="{last}"' in body
    assert officer.post(f"{DESK}new/", typed | {"is_meant": "on"}).status_code == 302
