"""The one box for search and for asking: what it finds, suggests and counts; who answers."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from infitah.community.models import Appointment
from infitah.community.tests.factories import AppointmentFactory, PersonFactory
from infitah.core.models import Attempt
from infitah.council.tests.factories import adopted
from infitah.information.conf import OPTIONS
from infitah.information.models import SuggestionCount
from infitah.information.queries.entry import deflection
from infitah.information.rules.suggesting import PAGE
from infitah.searchindex import operations as searchindex

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOME = "/ar/information/"
SUGGEST, TOLD, OPENED = f"{HOME}suggest/", f"{HOME}told/", f"{HOME}opened/"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def words(answer) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.content.decode())))


def put(number: int, title: str, body: str = "", **changes) -> str:
    """Put a document into the index; no app tells who may read that kind, so the index does."""
    wanted = {
        "community_key": "SFR",
        "kind": "document",
        "subject": f"DOC-{number}",
        "language": "ar",
        "title": title,
        "body": body,
        "url": f"/ar/documents/{number}/",
        "is_public": True,
        "dated_on": date(2025, 5, 1),
    }
    searchindex.put(**{**wanted, **changes})
    return f"document:DOC-{number}"


# The page -----------------------------------------------------------------------------------------


def test_the_page_says_the_right_who_answers_and_where_everything_is(client, sefrou):
    held = in_office(Appointment.Office.INFORMATION_OFFICER).get()
    held.person.public_email = "haqq@example.org"
    held.person.save()
    answer = client.get(HOME)
    page = answer.content.decode()
    assert not answer.cookies and "csrf" not in page
    assert str(held.person.name) in page and "haqq@example.org" in page
    assert "داخل أجل 20 يوم عمل" in words(answer) and "المادتان 16 و17" in words(answer)
    for where in ("ask/", "follow/", "log/", "deadline/", "figures/"):
        assert f'href="{HOME}{where}"' in page, where
    assert 'action="/ar/information/"' in page and 'name="q"' in page
    assert "عمّ تبحث؟" in page and "Que cherchez-vous" in client.get("/fr/information/").text


def test_without_an_officer_the_page_says_so(client, sefrou):
    in_office(Appointment.Office.INFORMATION_OFFICER).update(ends_on=MONDAY.date())
    assert "لا يوجد حاليا شخص مكلف" in words(client.get(HOME))
    deputy = PersonFactory(community=sefrou.province)
    AppointmentFactory(
        community=sefrou.province,
        person=deputy,
        office=Appointment.Office.DEPUTY_INFORMATION_OFFICER,
    )
    page = words(client.get(HOME))
    assert str(deputy.name) in page and "ينوب" in page


def in_office(office):
    return Appointment.objects.filter(community__key="SFR", office=office, ends_on=None)


def test_a_plain_get_finds_records_with_passage_day_and_kind(client, sefrou):
    put(1, "النقل المدرسي بالجماعات القروية", "اقتنى المجلس حافلات لنقل التلاميذ إلى الإعدادية.")
    item = adopted(sefrou.council, number=47)
    searchindex.index_dirty(now=MONDAY)
    page = client.get(HOME, {"q": "نقل التلاميذ"}).content.decode()
    assert 'href="/ar/documents/1/"' in page and "<mark>لنقل</mark>" in page
    assert "1 ماي 2025" in unescape(page) or "فاتح ماي 2025" in unescape(page)
    assert "وثائق منشورة" in page
    found = client.get(HOME, {"q": "مقرر"}).content.decode()
    assert f"/ar/council/decisions/{item.reference}/" in found and "مقررات المجلس" in found


def test_noise_is_no_hindrance(client, sefrou):
    put(1, "تهيئة المدرسة الابتدائية بإموزار")
    for asked in ("المدرسه الإبتدائية", "المَدْرَسَة", "تهيءة مدرسه", "المدرصة", "المدرسةالابتدائية"):
        searchindex.renew_vocabulary(now=MONDAY)
        assert "/ar/documents/1/" in client.get(HOME, {"q": asked}).text, asked


def test_the_readers_language_comes_first_and_the_other_is_found_too(client, sefrou):
    put(1, "النقل المدرسي")
    put(2, "Transport scolaire", language="fr", url="/fr/documents/2/")
    arabic = client.get(HOME, {"q": "النقل المدرسي"}).text
    french = client.get("/fr/information/", {"q": "transport scolaire"}).text
    for page, first, second in ((arabic, "/1/", "/2/"), (french, "/2/", "/1/")):
        assert 0 < page.index(f"documents{first}") < page.index(f"documents{second}")
    assert "قريب في المعنى" in arabic and "proche par le sens" in french


def test_nothing_found_leads_to_asking_with_the_same_words(client, sefrou):
    answer = client.get(HOME, {"q": "ميزانية & <b>النقل</b>"})
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.text and "<b>النقل" not in answer.text
    sent = client.post(TOLD, {"q": "ميزانية & النقل", "ask": "yes"})
    assert sent.status_code == 303 and sent.url.startswith(f"{HOME}ask/?text=")
    assert "ميزانية & النقل" in unescape(client.get(sent.url).text)


def test_another_community_and_what_is_private_are_not_found(client, sefrou):
    put(1, "وثيقة عجيبة", community_key="BHL")
    put(2, "وثيقة عجيبة", is_public=False)
    put(3, "وثيقة عجيبة", kind="request")
    put(4, "وثيقة عجيبة", kind="record", subject="SFR-2026-R-0001")  # no such answer is published
    assert "documents" not in client.get(HOME, {"q": "وثيقة عجيبة"}).text
    assert client.get(SUGGEST, {"q": "وثيقة عجيبة"}).status_code == 204


@pytest.mark.parametrize(
    "asked", ["'", '"', "* OR", "NEAR(", "\\", "%", "🏫", "ا" * 5000, "a\x00b"]
)
def test_strange_words_end_no_page(client, sefrou, asked):
    put(1, "وثيقة")
    assert client.get(HOME, {"q": asked}).status_code == 200
    assert client.get(SUGGEST, {"q": asked}).status_code in {200, 204}
    for page in ("-1", "0", "x", "99999", "٢", "1e3"):
        assert client.get(HOME, {"q": asked, "kind": "document", "page": page}).status_code == 200


def test_a_kind_is_paged_and_its_work_is_the_same_whatever_the_index_holds(client, sefrou):
    def asked(**more):
        with CaptureQueriesContext(connection) as taken:
            answer = client.get(HOME, {"q": "الطريق الإقليمية", **more})
        return answer, len(taken)

    put(0, "الطريق الإقليمية")
    searchindex.renew_vocabulary(now=MONDAY)
    asked()  # what this process keeps is read once
    _few, few_queries = asked()
    for number in range(1, 60):
        put(number, f"الطريق الإقليمية رقم {number}")
    searchindex.renew_vocabulary(now=MONDAY)
    many, many_queries = asked()
    assert few_queries == many_queries <= 9
    assert many.text.count('class="hit"') == 5 and "kind=document" in many.text
    first, queries = asked(kind="document")
    assert queries == many_queries and first.text.count('class="hit"') == PAGE
    seen = set(re.findall(r'value="document:(DOC-\d+)"', first.text))
    second, _queries = asked(kind="document", page=2)
    assert not seen & set(re.findall(r'value="document:(DOC-\d+)"', second.text))
    assert "page=1" in second.text and "page=3" in second.text


# Suggestions --------------------------------------------------------------------------------------


def test_suggestions_begin_with_the_third_letter_and_are_five_at_most(client, sefrou):
    for number in range(9):
        put(number, f"ميزانية سنة {2017 + number}", "مداخيل ومصاريف")
    searchindex.renew_vocabulary(now=MONDAY)
    assert client.get(SUGGEST, {"q": "مي"}).status_code == 204
    answer = client.get(SUGGEST, {"q": "الميزا"})
    assert answer.text.count("<li") == 5 and "5 اقتراحات" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store" and not answer.cookies
    assert 'data-place="document:DOC-' in answer.text and "<html" not in answer.text


def test_a_suggestion_takes_at_most_seven_queries(client, sefrou, django_assert_max_num_queries):
    put(1, "ميزانية")
    adopted(sefrou.council, number=47)
    searchindex.index_dirty(now=MONDAY)
    searchindex.renew_vocabulary(now=MONDAY)
    client.get(SUGGEST, {"q": "مقرر ميزانيه"})
    with django_assert_max_num_queries(8):  # the host's community is one of them
        client.get(SUGGEST, {"q": "مقرر ميزانيه نادره"})


def test_looking_writes_nothing(client, sefrou):
    put(1, "ميزانية")
    client.get(HOME, {"q": "ميزانية"})
    client.get(SUGGEST, {"q": "ميزانية"})
    assert not SuggestionCount.objects.exists() and not Attempt.objects.exists()


# What is counted ----------------------------------------------------------------------------------


def counts() -> dict[str, tuple[int, int, int, int]]:
    rows = SuggestionCount.objects.order_by("kind", "subject")
    return {
        row.subject or row.kind: (row.shown, row.opened, row.answered, row.asked_anyway)
        for row in rows
    }


def test_a_press_counts_what_was_shown_and_what_answered(client, sefrou):
    one, two = put(1, "ميزانية"), put(2, "ميزانية أخرى")
    sent = client.post(TOLD, {"q": "ميزانية", "shown": [one, two, one], "answered": one})
    assert (sent.status_code, sent.url) == (303, f"{HOME}?told=answered")
    assert "شكرا" in words(client.get(sent.url))
    assert counts() == {"DOC-1": (1, 0, 1, 0), "DOC-2": (1, 0, 0, 0), "search": (1, 0, 1, 0)}
    client.post(TOLD, {"q": "ميزانية", "shown": [one], "ask": "yes"})
    assert counts()["DOC-1"] == (2, 0, 1, 1) and counts()["search"] == (2, 0, 1, 1)
    assert client.post(OPENED, {"opened": two}).status_code == 204
    assert counts()["DOC-2"] == (1, 1, 0, 0)
    told = deflection(community=sefrou.province, first=MONDAY.date(), last=MONDAY.date())
    assert (told.answered, told.asked_anyway, told.rate) == (1, 1, 0.5)
    assert "ميزانية" not in str(list(SuggestionCount.objects.values()))


def test_what_is_not_public_or_not_there_is_not_counted(client, sefrou):
    hidden = put(1, "سر", is_public=False)
    for told in (hidden, "document:none", "request:X", "search:", "x", "", ":"):
        client.post(TOLD, {"shown": [told], "answered": told})
        client.post(OPENED, {"opened": told})
    assert counts() == {}


def test_each_day_and_community_counts_by_itself(client, sefrou):
    one = put(1, "ميزانية")
    client.post(TOLD, {"shown": [one], "answered": one})
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        client.post(TOLD, {"shown": [one], "answered": one})
    days = SuggestionCount.objects.filter(kind="document").values_list("day", "answered")
    assert [count for _day, count in days] == [1, 1] and len(set(days)) == 2
    commune = deflection(community=sefrou.commune, first=date(2020, 1, 1), last=date(2030, 1, 1))
    assert commune.rate is None


def test_a_network_is_limited_but_may_always_go_on_to_ask(client, sefrou):
    one = put(1, "ميزانية")
    most, _seconds = OPTIONS.suggestions_per_network
    for _ in range(most + 5):
        client.post(TOLD, {"q": "x", "shown": [one], "ask": "yes"})
    assert counts()["DOC-1"] == (most, 0, 0, most)
    assert client.post(TOLD, {"q": "x", "ask": "yes"}).status_code == 303


def test_another_site_counts_nothing(sefrou):
    from django.test import Client

    one = put(1, "ميزانية")
    stranger = Client(headers={"host": "localhost", "sec-fetch-site": "cross-site"})
    assert stranger.post(TOLD, {"shown": [one], "answered": one}).status_code == 403
    assert stranger.post(OPENED, {"opened": one}).status_code == 403
    assert counts() == {}
