"""The calculator beyond the answer, and the files that people's own calendars take."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils.html import strip_tags
from icalendar import Calendar

from infitah.community import operations
from infitah.community.models import CalendarDay, RuleValue
from infitah.core.viewer import Actor

pytestmark = [pytest.mark.django_db]
BY = Actor("officer", "admin", "administrator")
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOST = {"HTTP_HOST": "localhost"}


def words(client, question, language="fr"):
    answer = client.get(f"/{language}/information/deadline/?{question}", **HOST)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).replace("\u00a0", " ").split())


def events(client, address):
    answer = client.get(address, **HOST)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    return {
        str(one["UID"]).partition("@")[0]: one
        for one in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def test_the_calculator_goes_on_to_the_court(client, sefrou):
    """Law 31-13, arts. 19 to 21: silence from 2 April, each remedy on its last day."""
    said = words(client, "date=2026-03-02")
    for last in ("mercredi 29 avril 2026", "jeudi 14 mai 2026", "samedi 13 juin 2026"):
        assert last in said
    assert "lundi 13 juillet 2026" in said and "vendredi 11 septembre 2026" in said
    assert "60 jours calendaires" in said


def test_what_is_to_be_verified_is_marked_until_somebody_confirmed_it(client, sefrou):
    assert "à vérifier" in words(client, "date=2026-03-02&rule=information.complaint_answer")
    RuleValue.objects.update(verified_by="admin", verified_on=date(2026, 1, 1))
    said = words(client, "date=2026-03-02&rule=information.complaint_answer")
    assert "Lu dans un texte officiel" in said
    table = client.get("/fr/information/deadline/?date=2026-03-02", **HOST).content.decode()
    assert table.count('<span class="estimate">') == 1  # the line that explains the mark


@pytest.mark.parametrize(
    ("rule", "start", "last", "following"),
    [
        ("information.complaint", "2026-04-20", "mardi 19 mai 2026", 4),
        ("information.complaint_answer", "2026-04-20", "mardi 5 mai 2026", 3),
        ("information.commission", "2026-05-05", "jeudi 4 juin 2026", 2),
        ("information.commission_answer", "2026-05-05", "jeudi 4 juin 2026", 1),
        ("information.court", "2026-05-05", "samedi 4 juillet 2026", 0),
    ],
)
def test_each_step_of_the_remedies_is_counted_from_its_own_day(
    client, sefrou, rule, start, last, following
):
    """D6 to D10: law 31-13, arts. 19, 20 and 21."""
    answer = client.get(f"/fr/information/deadline/?date={start}&rule={rule}", **HOST)
    page = answer.content.decode()
    said = " ".join(strip_tags(page).replace("\u00a0", " ").split())
    assert f"Dernier jour {last}" in said and "jour zéro, non compté" in said
    shown = page.partition('<ol class="remedies">')[2].partition("</ol>")[0]
    assert shown.count("<li>") == following


def test_an_unknown_rule_is_refused_beside_its_field(client, sefrou):
    answer = client.get("/fr/information/deadline/?date=2026-03-02&rule=none", **HOST)
    assert answer.status_code == 422 and 'id="id_rule-error"' in answer.content.decode()


def test_the_counted_days_are_drawn_and_mirrored_in_arabic(client, sefrou):
    """Monday stands first where reading begins."""

    def places(language):
        page = client.get(f"/{language}/information/deadline/?date=2026-03-02", **HOST)
        html = page.content.decode()
        assert html.count('class="sheet-day sheet-counted sheet-last"') == 2  # and its key
        return html.split('sheet-start" transform="translate(')[1].split(" ")[0]

    assert (places("fr"), places("ar")) == ("0", "192")


def test_the_result_can_be_kept_in_a_calendar(client, sefrou):
    page = client.get("/fr/information/deadline/?date=2026-03-02&extended=on", **HOST)
    link = page.content.decode().split('href="/calendars/deadline.ics?')[1].split('"')[0]
    found = events(client, "/calendars/deadline.ics?" + link.replace("&amp;", "&"))
    reply = found["SFR-reply-extended-2026-03-02"]
    assert reply["DTSTART"].dt == date(2026, 4, 29) and reply["STATUS"] == "CONFIRMED"
    assert len(found) == 6 and reply["SUMMARY"] == "Dernier jour pour répondre"
    assert "à vérifier" in found["SFR-reply-extended-2026-03-02-D7"]["DESCRIPTION"]


def test_an_estimated_result_is_tentative_and_spans_both_days(client, sefrou):
    found = events(client, "/calendars/deadline.ics?date=2027-04-26&lang=ar")
    reply = found["SFR-reply-2027-04-26"]
    assert reply["STATUS"] == "TENTATIVE"
    assert (reply["DTSTART"].dt, reply["DTEND"].dt) == (date(2027, 5, 25), date(2027, 5, 27))


@pytest.mark.parametrize("question", ["", "date=hier", "date=2018-01-01", "date=2026-03-02&rule=x"])
def test_a_question_without_answer_has_no_file(client, sefrou, question):
    assert client.get(f"/calendars/deadline.ics?{question}", **HOST).status_code == 404


@time_machine.travel(NOW, tick=False)
def test_the_days_off_are_a_feed_that_follows_what_is_announced(client, sefrou):
    address = "/calendars/days-off.ics?lang=fr"
    before = events(client, address)
    fitr = before["SFR-fitr-2027-1"]
    assert fitr["STATUS"] == "TENTATIVE" and "date estimée" in fitr["SUMMARY"]
    assert before["SFR-fixed-2027-11-18"]["STATUS"] == "CONFIRMED"
    assert all(one["DTSTART"].dt >= date(2026, 1, 1) for one in before.values())
    for occasion, act in (
        ("fitr-2027-1", lambda day: {"on": date(2027, 3, 10)}),
        ("fixed-2027-11-18", lambda day: {}),
    ):
        day = CalendarDay.objects.of(sefrou.province).get(occasion=occasion)
        change = operations.confirm_day if act(day) else operations.cancel_day
        change(day=day, source="بلاغ", by=BY, now=NOW, **act(day))
    after = events(client, address)
    assert after["SFR-fitr-2027-1"]["DTSTART"].dt == date(2027, 3, 10)
    assert after["SFR-fitr-2027-1"]["STATUS"] == "CONFIRMED"
    assert after["SFR-fitr-2027-2"]["SEQUENCE"] == fitr["SEQUENCE"] + 1
    assert after["SFR-fixed-2027-11-18"]["STATUS"] == "CANCELLED"
    assert after["SFR-fixed-2027-07-30"]["SEQUENCE"] == 0
    assert client.get(address, HTTP_HOST=sefrou.other.host).content.count(b"CANCELLED") == 0
