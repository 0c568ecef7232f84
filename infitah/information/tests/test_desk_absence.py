"""Absence and deputy: found from where the work is, entered by who works, ended again."""

from datetime import date

import pytest
import time_machine

from infitah.community.models import Absence
from infitah.community.tests.factories import grant
from infitah.information.tests.desk import DESK, at, officer, registered

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
PAGE = f"{DESK}absence/"


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def desk(sefrou):
    client = officer(sefrou)
    grant(sefrou.province, "deputy_information_officer", username="deputy")
    return client


def entered(client, **more):
    asked = client.get(PAGE).context["form"]
    data = {"who": asked.initial["who"], "away_on": "2026-03-03", "back_on": "2026-03-10"}
    return client.post(PAGE, data | more)


@pytest.mark.parametrize("place", [DESK, "/desk/account/", "case"])
def test_the_page_is_reached_from_where_the_work_is(sefrou, desk, place):
    address = f"{DESK}{registered(sefrou).reference}/" if place == "case" else place
    assert desk.get(address).text.count(f'href="{PAGE}"') == 2  # the page and the menu


def test_the_deputy_is_in_charge_while_the_officer_is_away(sefrou, desk):
    reference = registered(sefrou).reference
    assert entered(desk).status_code == 302
    for address in (PAGE, DESK, f"{DESK}{reference}/"):
        assert "10 مارس 2026" in desk.get(address).text
    absence = Absence.objects.get()
    assert absence.appointment.office == "information_officer"
    assert desk.post(f"{PAGE}{absence.pk}/end/").status_code == 302
    assert not Absence.objects.exists()


def test_days_that_are_none_are_refused_beside_their_field(desk):
    page = entered(desk, back_on="2026-03-01")
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["back_on"]


@pytest.mark.parametrize("office", ["president", "desk_clerk", "moderator"])
def test_nobody_else_finds_it(sefrou, office):
    assert officer(sefrou, office).get(PAGE).status_code == 404


def test_absences_of_other_offices_are_not_ended_here(sefrou, desk):
    held = grant(sefrou.province, "president", username="head").grants.get().appointment
    other = Absence.objects.create(
        community=sefrou.province,
        appointment=held,
        starts_on=DAY,
        ends_on=date(2026, 3, 9),
        entered_by="x",
        entered_at=at(DAY),
    )
    assert desk.post(f"{PAGE}{other.pk}/end/").status_code == 404
