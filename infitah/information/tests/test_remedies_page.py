"""What may be done without an answer or after a refusal: periods by the law's data, marks, links."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from infitah.community.models import RuleValue
from infitah.information.queries.remedies import remedies

pytestmark = [pytest.mark.django_db]
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAGE = "/ar/information/remedies/"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def words(answer) -> str:
    bare = re.sub(r"<[^>]*>", "", answer.content.decode())
    return unescape(re.sub(r"\s+", " ", bare.replace("\u00a0", " ")))


def test_the_page_tells_the_silence_and_the_three_steps_in_order(client, sefrou):
    page = client.get(PAGE)
    shown = words(page)
    assert page.status_code == 200 and not page.cookies
    steps = [
        "رفض ضمني",
        "شكاية إلى رئيس المجلس",
        "شكاية إلى لجنة الحق",
        "اللجوء إلى المحكمة الإدارية",
    ]
    places = [shown.index(step, shown.index("ثلاث خطوات بهذا الترتيب")) for step in steps[1:]]
    assert steps[0] in shown and places == sorted(places)
    for article in ("المادة 18", "المادة 19", "المادة 20", "المادة 21"):
        assert article in shown
    french = words(client.get("/fr/information/remedies/"))
    assert "refus implicite" in french and "Plainte au président du conseil" in french
    assert "dès le lendemain" in french and "recommandé avec accusé de réception" in french


def test_the_periods_are_those_of_the_rule_sets_and_follow_them(client, sefrou):
    numbers = RuleValue.objects.filter(rule_set__community=sefrou.province)
    for key, value in (("complaint", 27), ("commission", 33), ("court", 71), ("reply", 22)):
        numbers.filter(key=f"information.{key}").update(value=value)
    shown = words(client.get("/fr/information/remedies/"))
    for length in ("27 jours ouvrables", "33 jours calendaires", "71 jours calendaires"):
        assert length in shown
    assert "Le conseil a 22 jours ouvrables" in shown


def test_what_nobody_confirmed_bears_the_mark_and_what_was_confirmed_does_not(client, sefrou):
    marked = words(client.get(PAGE)).count("في حاجة إلى التحقق")
    numbers = RuleValue.objects.filter(rule_set__community=sefrou.province)
    doubtful = numbers.get(key="information.complaint_answer")
    assert not doubtful.is_verified and marked > 1
    numbers.filter(pk=doubtful.pk).update(mark=RuleValue.Mark.CHECKED)
    assert words(client.get(PAGE)).count("في حاجة إلى التحقق") == marked - 1


def test_before_the_law_the_steps_stand_without_numbers(client, sefrou):
    with time_machine.travel(datetime(2015, 3, 2, 9, tzinfo=UTC), tick=False):
        page = words(client.get(PAGE))
    assert "شكاية إلى رئيس المجلس" in page and "يوم عمل" not in page


def test_the_page_reads_two_queries(sefrou):
    with CaptureQueriesContext(connection) as taken:
        remedies(sefrou.province, MONDAY.date())
    assert len(taken) == 2


@pytest.mark.parametrize("page", ["", "follow/", "remedies/"])
def test_the_pages_of_information_lead_there_and_so_does_the_foot(client, sefrou, page):
    shown = client.get(f"/ar/information/{page}").text
    assert shown.count(f'href="{PAGE}"') >= (1 if page == "remedies/" else 2)


def test_it_leads_to_following_counting_and_the_form(client, sefrou):
    shown = client.get(PAGE).text
    for where in ("follow/", "deadline/", "form.pdf"):
        assert f'href="/ar/information/{where}"' in shown
