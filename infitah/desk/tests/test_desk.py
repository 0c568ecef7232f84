"""The desk: what each officer sees of the menu, of what waits, and of what was done."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape

from infitah.community.models import AccessGrant, Appointment, CalendarDay, Person
from infitah.community.tests.factories import (
    CalendarDayFactory,
    IdentityReadingFactory,
    grant,
    log_in,
)
from infitah.community.tests.world import SefrouWorld
from infitah.core.viewer import Actor
from infitah.council.tests import factories as council
from infitah.desk import queries
from infitah.desk.menu import PLACES
from infitah.desk.tests.factories import browser
from infitah.kernel.localized import LocalizedText
from infitah.ledger.tests.factories import make_entry
from infitah.participation.models import Consultation
from infitah.participation.tests import factories as participation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = "2026-11-23T10:00:00+00:00"


@pytest.fixture(autouse=True)
def _today(db: None) -> object:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def late_ideas(sefrou: SefrouWorld, count: int) -> list[str]:
    """Give ideas after the closing: they wait for a decision. Return their references."""
    consultation = participation.make_consultation(sefrou.province, sefrou.axis)
    moments = [datetime(2023, 6, 22, 10, minute, tzinfo=UTC) for minute in range(count)]
    return [
        participation.make_idea(
            consultation, sefrou.axis, f"نشر الميزانية في صفحة واحدة مفهومة رقم {n}", at=moment
        ).reference
        for n, moment in enumerate(moments)
    ]


def end_office_of(sefrou: SefrouWorld, on: date) -> Appointment:
    held = Appointment.objects.get(grants__user=sefrou.secretary)
    Appointment.objects.filter(pk=held.pk).update(ends_on=on, end_reason="نهاية الولاية")
    return held


def test_every_place_of_the_menu_has_its_page() -> None:
    assert all(reverse(place.name).startswith(("/desk/", "/admin/")) for place in PLACES)


IDEAS, OFFICES, DAYS = (
    "participation_desk:queue",
    "community_desk:appointments",
    "community_desk:calendar",
)
CONFIRM, DECISIONS, READINGS = "programme_desk:to_confirm", "council_desk:index", "desk:readings"


@pytest.mark.parametrize(
    ("office", "shown", "hidden"),
    [
        ("moderator", {IDEAS}, {OFFICES, DAYS, READINGS, DECISIONS}),
        ("administrator", {OFFICES, DAYS, READINGS}, {IDEAS, CONFIRM}),
        ("verifier", {CONFIRM}, {IDEAS, OFFICES}),
        ("secretary", {DECISIONS}, {OFFICES, IDEAS}),
    ],
)
def test_the_menu_shows_what_an_office_may_do(
    sefrou: SefrouWorld, office: str, shown: set[str], hidden: set[str]
) -> None:
    client = log_in(browser(), getattr(sefrou, office), sefrou.province)
    page = client.get("/desk/")
    assert page.status_code == 200
    menu = page.text.split("desk-menu")[1].split("</nav>")[0]
    addresses = set(re.findall(r'href="([^"]+)"', menu))
    assert {reverse(name) for name in shown} <= addresses
    assert not {reverse(name) for name in hidden} & addresses
    assert menu.count('aria-current="true"') == 1
    assert all(client.get(one).status_code == 200 for one in addresses - {"/admin/"})


@pytest.mark.parametrize(
    ("sex", "office"), [("female", "مشرفة على الأفكار"), ("male", "مشرف على الأفكار")]
)
def test_the_frame_says_who_and_as_what(sefrou: SefrouWorld, sex: str, office: str) -> None:
    Person.objects.filter(appointments__grants__user=sefrou.moderator).update(sex=sex)
    sefrou.moderator.first_name, sefrou.moderator.last_name = "أمينة", "الصفريوي"
    sefrou.moderator.save()
    page = log_in(browser(), sefrou.moderator, sefrou.province).get("/desk/").text
    assert "أمينة الصفريوي" in page
    assert "صفرو" in page
    assert f">{office}<" in page


def test_nothing_waits(sefrou: SefrouWorld) -> None:
    page = log_in(browser(), sefrou.moderator, sefrou.province).get("/desk/")
    assert "لا شيء ينتظركم اليوم" in page.text


def test_the_next_act_of_each_kind_stands_first_with_its_day(sefrou: SefrouWorld) -> None:
    references = late_ideas(sefrou, 3)
    moderator = log_in(browser(), sefrou.moderator, sefrou.province).get("/desk/").text
    assert references[0] in moderator
    assert references[1] not in moderator
    assert escape(reverse("participation_desk:idea", args=[references[0]])) in moderator
    assert re.search(r'class="count">(<[^>]+>)?3<', moderator)

    held = end_office_of(sefrou, date(2026, 12, 20))
    day = CalendarDayFactory(
        community=sefrou.province,
        kind="hijri",
        status="estimated",
        date=date(2026, 11, 20),
        name=LocalizedText(ar="عيد التجربة", fr="Fête d'essai"),
    )
    administrator = log_in(browser(), sefrou.administrator, sefrou.province).get("/desk/").text
    assert reverse("community_desk:appointment", args=[held.pk]) in administrator
    assert "20 دجنبر 2026" in administrator
    assert reverse("community_desk:day", args=[day.occasion]) in administrator
    assert "متأخر" in administrator
    assert references[0] not in administrator


def test_a_decision_waits_for_its_next_step(sefrou: SefrouWorld) -> None:
    decision = council.adopted(sefrou.council)
    page = log_in(browser(), sefrou.secretary, sefrou.province).get("/desk/").text
    assert reverse("council_desk:steps", args=[decision.reference]) in page


def test_an_office_far_from_its_end_and_days_far_away_wait_for_nobody(
    sefrou: SefrouWorld,
) -> None:
    end_office_of(sefrou, date(2027, 2, 1))
    waiting = queries.waiting(sefrou.viewer("appointment.edit", "calendar.edit"), TODAY)
    assert {act.kind for act in waiting.acts} <= {"calendar"}
    days = CalendarDay.objects.of(sefrou.province).filter(status="estimated")
    near = days.filter(date__gte=date(2026, 9, 24), date__lte=date(2027, 1, 22))
    assert len(waiting.acts) == near.count()


def test_the_queue_goes_on_page_by_page_and_by_kind(sefrou: SefrouWorld) -> None:
    references = late_ideas(sefrou, 23)
    client = log_in(browser(), sefrou.officer, sefrou.province)
    first = client.get("/desk/queue/?kind=idea")
    assert [ref for ref in references if ref in first.text] == references[:20]
    following = first.context["next_url"]
    second = client.get(f"/desk/queue/{following}")
    assert [act.reference for act in second.context["page"].acts] == references[20:]
    assert "kind=idea" in second.context["first_url"]
    everything = client.get("/desk/queue/")
    assert references[0] in everything.text


@pytest.mark.parametrize("query", ["kind=office", "kind=nonsense", "kind=idea%01"])
def test_a_kind_that_is_not_ones_own_does_not_exist(sefrou: SefrouWorld, query: str) -> None:
    client = log_in(browser(), sefrou.moderator, sefrou.province)
    assert client.get(f"/desk/queue/?{query}").status_code == 404


def test_a_forged_place_in_the_queue_shows_its_beginning(sefrou: SefrouWorld) -> None:
    references = late_ideas(sefrou, 1)
    client = log_in(browser(), sefrou.moderator, sefrou.province)
    assert references[0] in client.get("/desk/queue/?after=2026~x").text


def test_many_ideas_cost_no_more_queries(
    sefrou: SefrouWorld, django_assert_max_num_queries: object
) -> None:
    late_ideas(sefrou, 25)
    viewer = sefrou.viewer("idea.hide", "idea.read", "calendar.edit", "appointment.edit")
    with django_assert_max_num_queries(6):
        queries.heaps(viewer, TODAY)
    with django_assert_max_num_queries(4):
        queries.waiting(viewer, TODAY)


def test_the_other_community_shows_nothing(sefrou: SefrouWorld) -> None:
    references = late_ideas(sefrou, 2)
    client = log_in(browser(), sefrou.other_officer, sefrou.other)
    page = client.get("/desk/queue/").text
    assert not [ref for ref in references if ref in page]


def test_without_an_office_there_is_nothing_to_see(sefrou: SefrouWorld) -> None:
    AccessGrant.objects.filter(user=sefrou.moderator).update(
        closed_at=datetime(2026, 1, 1, tzinfo=UTC), closed_by="admin"
    )
    client = log_in(browser(), sefrou.moderator, sefrou.province)
    home = client.get("/desk/")
    assert home.status_code == 404
    assert "لا منصب مفتوح لكم هنا" in home.text
    for address in ("/desk/queue/", "/desk/acts/", "/desk/people/readings/"):
        assert client.get(address).status_code == 404
    assert client.get("/desk/account/").status_code == 200


def test_ones_own_acts_as_the_register_keeps_them(sefrou: SefrouWorld) -> None:
    rule = participation.make_rule(sefrou.province)
    reference = late_ideas(sefrou, 1)[0]
    moderator = log_in(browser(), sefrou.moderator, sefrou.province)
    assert "لم تسجلوا بعد أي عمل" in moderator.get("/desk/acts/").text
    answer = moderator.post(
        reverse("participation_desk:hide", args=[reference]),
        {"hide-rule": rule.pk, "hide-reason": "معطيات شخصية لشخص آخر في النص"},
    )
    assert answer.status_code == 302, answer.text
    done = moderator.get("/desk/acts/").text
    assert reference in done and Consultation.objects.get().name.ar not in done
    make_entry(
        subject=f"consultation:{Consultation.objects.get().slug}",
        by=Actor("officer", sefrou.moderator.get_username(), "moderator"),
    )
    assert Consultation.objects.get().name.ar in moderator.get("/desk/acts/").text
    other = log_in(browser(), sefrou.officer, sefrou.province)
    assert reference not in other.get("/desk/acts/").text


def test_who_read_which_identity_is_for_the_administrator(sefrou: SefrouWorld) -> None:
    IdentityReadingFactory(participant=sefrou.participant, reader="focal", reason="طلب تصحيح")
    page = log_in(browser(), sefrou.administrator, sefrou.province).get("/desk/people/readings/")
    assert "طلب تصحيح" in page.text
    assert "citizen@example.org" not in page.text
    moderator = log_in(browser(), sefrou.moderator, sefrou.province)
    assert moderator.get("/desk/people/readings/").status_code == 404
    other = log_in(browser(), sefrou.other_administrator, sefrou.other)
    assert "طلب تصحيح" not in other.get("/desk/people/readings/").text


def test_readings_go_on_page_by_page(sefrou: SefrouWorld) -> None:
    for number in range(52):
        IdentityReadingFactory(participant=sefrou.participant, reason=f"علة{number:03}")
    client = log_in(browser(), sefrou.administrator, sefrou.province)
    first = client.get("/desk/people/readings/")
    assert first.text.count("علة") == 50
    second = client.get(f"/desk/people/readings/{first.context['next_url']}")
    assert second.text.count("علة") == 2
    assert "علة000" in second.text


def test_a_president_sees_what_is_late(sefrou: SefrouWorld) -> None:
    president = grant(sefrou.province, "president", username="president")
    page = log_in(browser(), president, sefrou.province).get("/desk/")
    assert page.status_code == 200
    assert "مراحل متأخرة" in page.text


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_pages_are_in_the_language_of_the_officer(sefrou: SefrouWorld, language: str) -> None:
    sefrou.officer.language = language
    sefrou.officer.save()
    client = log_in(browser(), sefrou.officer, sefrou.province)
    for address in ("/desk/", "/desk/queue/", "/desk/acts/", "/desk/people/readings/"):
        page = client.get(address)
        assert f'<html lang="{language}"' in page.text, address
        assert page["Cache-Control"] == "private, no-store"
