"""How the days of a request are counted, as its requester and the desk read it; calendar files."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from icalendar import Calendar

from infitah.community.models import RuleValue
from infitah.community.tests.factories import log_in
from infitah.core import clock
from infitah.information.models import InformationRequest
from infitah.information.queries.clock import explained
from infitah.information.rules import ClockName
from infitah.information.tests.test_calendar_moves import (
    answer,
    ask,
    at,
    cancel,
    close,
    complain,
)
from infitah.information.tests.told_cases import brought
from infitah.information.tests.walking import ask as walk

pytestmark = [pytest.mark.django_db]
DAY = date(2026, 3, 9)


def again(request):
    return InformationRequest.objects.select_related("community").get(pk=request.pk)


def page(client, address, day=DAY, status=200):
    with time_machine.travel(at(day), tick=False):
        shown = client.get(address)
    assert shown.status_code == status
    return " ".join(strip_tags(shown.content.decode()).replace("\u00a0", " ").split())


def days_of(request, language="fr"):
    return f"/{language}/information/follow/{request.token}/days/"


def ics(client, request, day=DAY, language="fr"):
    address = f"/calendars/information/{request.token}.ics?lang={language}"
    with time_machine.travel(at(day), tick=False):
        found = client.get(address)
    assert found.status_code == 200
    return Calendar.from_ical(found.content), found


def events(client, request, day=DAY):
    found, _answer = ics(client, request, day)
    return {str(one["UID"]).split("@")[0].split("-")[-1]: one for one in found.walk("VEVENT")}


# Day by day --------------------------------------------------------------------------------------


def test_every_day_has_its_reason_with_the_source_of_each_day_off(sefrou):
    shown = explained(again(ask(sefrou)), DAY)
    (reply,) = shown.clocks
    assert reply.days[0].state == "start" and reply.days[-1].ends
    assert [one.on for one in reply.days] == [
        date(2026, 3, 2) + timedelta(days=n) for n in range(31)
    ]
    assert sum(one.state == "counted" for one in reply.days) == 20
    closed = next(one for one in reply.days if one.on == date(2026, 3, 23))
    assert closed.state == "off" and closed.source and not closed.number
    assert (reply.version, reply.article, reply.is_verified) == ("SFR-1", "31-13:16", True)
    assert reply.days[-1].number == "20"


def test_an_estimated_day_is_marked_and_both_counts_are_shown(sefrou):
    (reply,) = explained(again(ask(sefrou, on=date(2027, 4, 26))), date(2027, 4, 27)).clocks
    doubtful = [one.on for one in reply.days if one.state == "estimated"]
    assert doubtful == [date(2027, 5, 17), date(2027, 5, 18)]
    assert reply.is_estimated and reply.latest > reply.ends_on
    assert any("/" in one.number for one in reply.days)


def test_the_page_says_rule_source_mark_calendar_and_what_moved(client, sefrou):
    request = ask(sefrou)
    close(sefrou.province)
    words = page(client, days_of(request))
    for said in (
        *("20 jours ouvrables", "article 16 de la loi nº 31-13", "SFR-2"),
        *("jeudi 2 avril 2026", "jour ouvrable 20, dernier jour", "Fermeture exceptionnelle"),
        *("et non plus le 1er avril 2026", "بلاغ رئاسة الحكومة، 9 مارس 2026"),
    ):
        assert said in words, said
    arabic = page(client, days_of(request, "ar"))
    assert "كيف تحسب الأيام" in arabic and "يوم العمل 20، وهو آخر يوم" in arabic


def test_every_clock_that_runs_or_ran_is_explained(client, sefrou):
    request = ask(sefrou)
    complain(sefrou, request, date(2026, 4, 10))
    shown = explained(again(request), date(2026, 5, 4))
    assert [one.clock.name for one in shown.clocks] == [
        *(ClockName.REPLY, ClockName.HEAD_WINDOW, ClockName.HEAD_REPLY, ClockName.CDAI_WINDOW)
    ]
    words = page(client, days_of(request), date(2026, 5, 4))
    assert "15 jours calendaires" in words and "à vérifier" in words
    RuleValue.objects.update(mark="checked")
    assert "à vérifier" not in page(client, days_of(request), date(2026, 5, 4))


def test_a_window_that_was_told_says_that_it_holds(client, sefrou):
    request = ask(sefrou, on=date(2026, 3, 30))
    answer(sefrou, request, date(2026, 4, 10))
    cancel(sefrou, "fixed-2026-05-01", now=date(2026, 4, 20))
    words = page(client, days_of(request), date(2026, 4, 21))
    assert "11 mai 2026 : ce jour reste valable" in words


def test_the_page_is_for_who_holds_the_link_and_for_the_desk(client, sefrou):
    request = ask(sefrou)
    assert page(client, "/fr/information/follow/nothing/days/", status=404)
    address = f"/desk/information/{request.reference}/days/"
    desk = log_in(Client(), sefrou.information_officer, sefrou.province)
    assert "SFR-1" in page(desk, address)
    stranger = log_in(Client(), sefrou.other_officer, sefrou.other)
    page(stranger, address, status=404)
    moderator = log_in(Client(), sefrou.moderator, sefrou.province)
    page(moderator, address, status=404)


def test_explaining_costs_the_same_whatever_moved(sefrou):
    request = again(ask(sefrou))
    with CaptureQueriesContext(connection) as plain:
        explained(request, DAY)
    for day in (10, 11, 12):
        close(sefrou.province, on=date(2026, 3, day))
    with CaptureQueriesContext(connection) as moved:
        explained(again(request), DAY)
    assert len(plain) == 6 and len(moved) == 6 + 2 + 1  # the names of what moved; the request


# The calendar file -------------------------------------------------------------------------------


def test_the_file_holds_the_last_day_and_the_next_right_and_names_nobody(client, sefrou):
    request = ask(sefrou, email="amina@example.org")
    found, answered = ics(client, request)
    told = events(client, request)
    assert set(told) == {"reply", "head_window"}
    assert told["reply"]["DTSTART"].dt == date(2026, 4, 1)
    assert told["reply"]["STATUS"] == "CONFIRMED" and told["head_window"]["STATUS"] == "TENTATIVE"
    assert told["head_window"]["DTSTART"].dt == date(2026, 4, 29)
    assert request.reference in told["reply"]["SUMMARY"]
    text = answered.content.decode()
    assert request.token not in text and "محضر" not in text and "أمينة" not in text
    assert answered.headers["Cache-Control"] == "private, no-store"
    assert "article 19 de la loi n" in told["head_window"]["DESCRIPTION"]
    assert "à vérifier" in told["head_window"]["DESCRIPTION"]
    assert found["X-WR-CALNAME"] == f"Demande {request.reference}"


def test_after_a_move_the_same_event_comes_later_with_a_higher_sequence(client, sefrou):
    request = ask(sefrou)
    before = events(client, request)["reply"]
    close(sefrou.province)
    after = events(client, request)["reply"]
    assert after["UID"] == before["UID"] and after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == before["DTSTART"].dt + timedelta(days=1)
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_what_is_over_is_cancelled_and_what_opened_is_certain(client, sefrou):
    request = ask(sefrou)
    answer(sefrou, request, date(2026, 3, 20))
    told = events(client, request, date(2026, 3, 21))
    assert told["reply"]["STATUS"] == "CANCELLED"
    assert told["head_window"]["STATUS"] == "CONFIRMED"
    assert told["head_window"]["DTSTART"].dt > date(2026, 4, 15)


def test_an_unknown_token_has_no_file_and_another_community_neither(client, sefrou):
    request = ask(sefrou)
    assert client.get("/calendars/information/nothing.ics").status_code == 404
    away = f"/calendars/information/{request.token}.ics"
    assert client.get(away, HTTP_HOST=sefrou.other.host).status_code == 404


# Ramadan -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instant", "received", "due"),
    [
        # Ramadan 2026: +00:00 from 15 February to 22 March, else +01:00.
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), date(2026, 3, 2), date(2026, 4, 1)),
        (datetime(2026, 4, 6, 22, 30, tzinfo=UTC), date(2026, 4, 6), date(2026, 5, 5)),
        (datetime(2026, 4, 6, 23, 30, tzinfo=UTC), date(2026, 4, 7), date(2026, 5, 6)),
        (datetime(2026, 2, 14, 23, 30, tzinfo=UTC), date(2026, 2, 15), date(2026, 3, 13)),
        (datetime(2026, 3, 22, 23, 30, tzinfo=UTC), date(2026, 3, 23), date(2026, 4, 20)),
    ],
)
def test_a_request_keeps_its_moroccan_day_whatever_the_offset(
    client, sefrou, instant, received, due
):
    with time_machine.travel(instant, tick=False):
        assert clock.today() == received
        walk(client)
    request = InformationRequest.objects.get()
    assert (request.received_on, request.due_on) == (received, due)
    assert request.received_at == instant


# On the page that one follows ---------------------------------------------------------------------


def test_the_follow_page_tells_the_move_and_marks_what_is_to_be_verified(client, sefrou):
    request = ask(sefrou)
    close(sefrou.province)
    address = f"/fr/information/follow/{request.token}/"
    said = page(client, address)
    assert "2 avril 2026, et non plus le 1er avril 2026" in said
    assert "Fermeture exceptionnelle" in said and "à vérifier signale" in said
    late = page(client, address, date(2026, 4, 3))
    assert "à vérifier signale ce qu’aucune personne nommée" in late
    RuleValue.objects.update(mark="checked")
    assert "à vérifier" not in page(client, address, date(2026, 4, 3))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("withdrawn", "Vous avez retiré la demande le 9 mars 2026"),
        ("transferred", "La demande a été transmise le 5 mars 2026"),
        ("delivered", "La réponse était due le"),
    ],
)
def test_where_nothing_is_owed_no_day_runs(client, sefrou, kind, said):
    request = brought(sefrou, kind, "fr")
    shown = page(client, f"/fr/information/follow/{request.token}/", date(2026, 3, 27))
    assert said in shown and "La réponse est due" not in shown
    assert "la loi tient le silence pour un refus" not in shown
    counted = page(client, days_of(request), date(2026, 3, 27))
    assert ("Le dernier jour aurait été" in counted) is (kind != "delivered")


def test_the_case_page_tells_the_move_with_its_source(sefrou):
    request = ask(sefrou)
    close(sefrou.province)
    desk = log_in(Client(), sefrou.information_officer, sefrou.province)
    said = page(desk, f"/desk/information/{request.reference}/")
    assert "2 أبريل 2026 بدل 1 أبريل 2026" in said and "بلاغ رئاسة الحكومة" in said


def test_a_window_told_holds_on_the_follow_page_too(client, sefrou):
    request = ask(sefrou, on=date(2026, 3, 30))
    answer(sefrou, request, date(2026, 4, 10))
    cancel(sefrou, "fixed-2026-05-01", now=date(2026, 4, 20))
    said = page(client, f"/fr/information/follow/{request.token}/", date(2026, 5, 11))
    assert "jusqu’au 11 mai 2026" in said


def test_the_first_pages_take_their_numbers_from_the_law_and_mark_them(client, sefrou):
    assert "sous 20 jours ouvrables" in page(client, "/fr/information/ask/")
    assert "à vérifier" in page(client, "/fr/information/")
    RuleValue.objects.filter(key="information.reply").update(value=15, mark="checked")
    RuleValue.objects.update(verified_by="administrator", verified_on=date(2026, 1, 1))
    assert "sous 15 jours ouvrables" in page(client, "/fr/information/ask/")
    assert "à vérifier" not in page(client, "/fr/information/")
