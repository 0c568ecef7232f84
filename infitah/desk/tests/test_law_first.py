"""The home page and the queue of who answers requests: what the law dates stands first."""

from datetime import date

import pytest
import time_machine

from infitah.information.tests.asked import arrival, file
from infitah.information.tests.desk import at, officer, registered

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
ENTER = 'href="/desk/information/enter/"'


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def asked(sefrou):
    """Requests by their last day: one that is late, an urgent one, an ordinary one."""
    far = registered(sefrou)
    late = file(sefrou, came=arrival(on=date(2026, 1, 5), at=at(date(2026, 1, 5)))).request
    urgent = file(sefrou, urgent_case="life").request
    return late.reference, urgent.reference, far.reference


def test_the_common_queue_is_in_the_order_of_the_law(sefrou, asked):
    page = officer(sefrou).get("/desk/queue/")
    acts = page.context["page"].acts
    assert [one.reference for one in acts if one.kind == "request"] == list(asked)
    assert [one.kind for one in acts[:3]] == ["request"] * 3
    assert page.text.count('class="urgent"') == 1


def test_an_urgent_request_stands_on_the_home_page_beside_a_late_one(sefrou, asked):
    home = officer(sefrou).get("/desk/")
    late, urgent, far = asked
    assert [one.reference for one in home.context["next_acts"][:2]] == [late, urgent]
    assert "مستعجل" in home.text and far not in home.text
    assert home.context["heaps"][0].source.kind == "request"


@pytest.mark.parametrize("office", ["information_officer", "desk_clerk"])
def test_who_may_enter_a_request_finds_the_page(sefrou, office):
    home = officer(sefrou, office).get("/desk/")
    assert home.text.count(ENTER) == 2  # the button and the menu


def test_the_page_of_requests_leads_to_the_counter(sefrou):
    assert officer(sefrou).get("/desk/information/").text.count(ENTER) == 2
    assert ENTER not in officer(sefrou, "president").get("/desk/information/").text
