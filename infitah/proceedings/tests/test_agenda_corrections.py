"""A convocation and an agenda put right before the sitting, each with its public reason."""

from datetime import date

import pytest
import time_machine

from infitah.community.tests.factories import log_in
from infitah.ledger.models import Entry
from infitah.proceedings.models import AgendaItem
from infitah.proceedings.tests.factories import SessionFactory, SittingFactory, held_sitting

pytestmark = pytest.mark.django_db
WHY = {"reason_ar": "خطأ في الرقن"}
TITLE = {"title_ar": "الدراسة والمصادقة على الاتفاقية", "origin": "president", "is_public": "on"}


@pytest.fixture
def sitting(sefrou):
    return held_sitting(sefrou.council, absent=4)[0]


@pytest.fixture
def secretary(sefrou, client):
    with time_machine.travel("2023-11-20 12:00+01:00", tick=False):
        yield log_in(client, sefrou.secretary, sefrou.province)


def desk(session, page=""):
    return f"/desk/meetings/{session.reference}/{page}"


def test_the_day_of_a_convocation_is_put_right_before_the_roll_is_called(sefrou, secretary):
    session = SessionFactory(body=sefrou.council)
    SittingFactory(session=session, held_on=date(2023, 11, 18))
    page = desk(session, "convocation/")
    assert page in secretary.get(desk(session)).content.decode()
    for day in ("2023-11-21", "2023-11-19", "2023-11-02"):
        assert secretary.post(page, {"convened_on": day, **WHY}).status_code == 422, day
    silent = secretary.post(page, {"convened_on": "2023-11-08"})
    assert silent.status_code == 422 and "reason_ar" in silent.context["form"].errors
    done = secretary.post(page, {"convened_on": "2023-11-08", **WHY}, follow=True)
    assert "صحح تاريخ الاستدعاء" in done.content.decode()
    session.refresh_from_db()
    assert session.convened_on == date(2023, 11, 8)
    public = Entry.objects.get(act="proceedings.convocation_corrected").facts.public
    assert (public["before"], public["after"]) == ("2023-11-02", "2023-11-08")
    assert public["reason"]["ar"] == WHY["reason_ar"]


def test_the_day_of_a_convocation_stays_once_a_sitting_was_held(sitting, secretary):
    page = desk(sitting.session, "convocation/")
    assert page not in secretary.get(desk(sitting.session)).content.decode()
    assert secretary.post(page, {"convened_on": "2023-11-08", **WHY}).status_code == 422


def test_an_item_is_put_right_before_it_is_voted_on(sefrou, secretary):
    session = SessionFactory(body=sefrou.council)
    held = SittingFactory(session=session, held_on=date(2023, 11, 22))
    assert (
        secretary.post(desk(session, f"sittings/{held.position}/item/"), TITLE).status_code == 302
    )
    item = AgendaItem.objects.get()
    page = desk(session, f"items/{item.pk}/correct/")
    assert page in secretary.get(desk(session)).content.decode()
    assert TITLE["title_ar"] in secretary.get(page).content.decode()
    said = TITLE | {"title_ar": "الدراسة والمصادقة على اتفاقية الشراكة"}
    silent = secretary.post(page, said)
    assert silent.status_code == 422 and said["title_ar"] in silent.content.decode()
    assert secretary.post(page, TITLE | WHY).status_code == 422  # nothing changes
    assert secretary.post(page, said | WHY).status_code == 302
    item.refresh_from_db()
    assert item.title.ar == said["title_ar"]
    public = Entry.objects.get(act="proceedings.item_corrected").facts.public
    assert public["before"]["title"]["ar"] == TITLE["title_ar"]
    assert (public["item"], public["reason"]["ar"]) == (1, WHY["reason_ar"])


def test_an_item_of_a_sitting_that_was_held_stays_as_it_was(sitting, secretary):
    item = sitting.items.get()
    page = desk(sitting.session, f"items/{item.pk}/correct/")
    assert page not in secretary.get(desk(sitting.session)).content.decode()
    shown = secretary.get(page)
    assert shown.status_code == 200 and "<textarea" not in shown.content.decode()
    late = secretary.post(page, TITLE | WHY)
    assert late.status_code == 422 and TITLE["title_ar"] in late.content.decode()
    assert secretary.get(page.replace("-S-", "-S-9")).status_code == 404


def test_a_session_that_is_over_offers_no_form_to_close_it_again(sitting, secretary):
    session = sitting.session
    address = desk(session, "close/")
    assert 'name="closed_on"' in secretary.get(address).content.decode()
    assert secretary.post(address, {"closed_on": "2023-11-20"}).status_code == 302
    for page in ("close/", "cancel/"):
        shown = secretary.get(desk(session, page))
        assert shown.status_code == 200 and "<form" not in main_of(shown)
    assert secretary.post(address, {"closed_on": "2023-11-20"}).status_code == 422


def main_of(answer):
    return answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
