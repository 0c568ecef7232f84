"""What the desk says in words: read back at the counter, periods that ended, what is needed."""

from datetime import date

import pytest
import time_machine

from infitah.information.tests.desk import DESK, at, decided, delivered, officer

pytestmark = pytest.mark.django_db
ENTER = f"{DESK}enter/"
DAY = date(2026, 3, 3)
TYPED = {
    "channel": "desk",
    "received_on": "2026-03-03",
    "text": "محضر دورة يناير",
    "access": "copy",
    "status": "citizen",
    "first_name": "مريم",
    "family_name": "التجريبي",
    "address": "حي الرياض، صفرو",
    "document": "CD123456",
    "language": "ar",
    "is_dictated": "on",
}


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


def post(sefrou, press, **more):
    return officer(sefrou).post(ENTER, TYPED | {press: "1"} | more)


def test_it_is_read_back_in_words_only(sefrou):
    html = post(sefrou, "read").content.decode()
    lines = html.split("<dl", 1)[1].split("</dl>")[0]
    for code in ("desk", "copy", "citizen", ">ar<", "True", ">2026-03-03"):
        assert code not in lines
    for words in ("بمكتب الاستقبال", "العربية", "نعم", "3 مارس 2026", "محضر دورة يناير"):
        assert words in lines


def test_a_day_to_come_is_said_with_everything_else(sefrou):
    form = post(sefrou, "save", received_on="2026-03-04", first_name="", text="").context["form"]
    assert set(form.errors) == {"received_on", "first_name", "text"}


def test_the_clerk_is_not_asked_as_if_asking(sefrou):
    html = officer(sefrou).get(ENTER).content.decode()
    for words in ("تريدون", "موقفكم", "أنتم"):
        assert words not in html


def test_the_new_number_leads_to_its_case(sefrou):
    client = officer(sefrou)
    page = client.post(ENTER, TYPED, follow=True)
    assert f'href="{DESK}{page.context["asked"].reference}/"' in page.content.decode()


def test_the_end_of_the_citizens_period_is_nobodys_lateness(sefrou):
    request = delivered(sefrou)
    with time_machine.travel(at(date(2026, 6, 1)), tick=False):
        page = officer(sefrou).get(f"{DESK}{request.reference}/")
    lapsed = [one for one in page.context["clocks"] if one.lapsed_on]
    assert lapsed
    clock = page.content.decode().split('id="clock"')[1]
    assert "deadline-late" not in clock and "انقضى الأجل" in clock


def test_what_a_delivery_needs_is_said_at_once(sefrou):
    request = decided(sefrou)
    data = {"deliver-channel": "counter", "deliver-proof": "", "deliver-on": "2026-03-09"}
    page = officer(sefrou).post(f"{DESK}{request.reference}/acts/deliver/", data)
    assert page.status_code == 422
    form = page.context["card"].form
    assert set(form.errors) == {"proof", "on"}
