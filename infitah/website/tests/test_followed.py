"""What one follows, in words: the sentence of an idea, its number once, in few queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from infitah.core import letters
from infitah.core.models import Follow, Mail, Subscriber
from infitah.core.viewer import Actor
from infitah.participation.operations import withdraw_idea
from infitah.participation.tests.factories import DURING, STATEMENT, make_consultation, make_idea
from infitah.participation.tests.giving import SAME

pytestmark = pytest.mark.django_db


@pytest.fixture
def june(sefrou):
    return make_consultation(sefrou.province, sefrou.axis)


@pytest.fixture
def client(sefrou):
    client = Client(headers={"host": "localhost"}, **SAME)
    client.cookies["device"] = sefrou.device
    return client


def test_a_followed_idea_is_told_by_its_sentence_and_once_by_its_number(client, sefrou, june):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    at = f"/ar/mine/follow/idea:{idea.reference}/"
    shown = told_in(client.get(at).text)
    assert STATEMENT in shown and shown.count(idea.reference) == 1
    client.post(at)
    letter = letters.read(Mail.objects.get(template="website/email/followed"))
    assert STATEMENT in letter.subject and letter.subject.count(idea.reference) == 1
    assert STATEMENT in told_in(client.get("/ar/mine/mails/").text)
    withdraw_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        author_id=idea.author_id,
        by=Actor("participant", str(idea.author_id)),
        now=DURING,
    )
    for page in (at, "/ar/mine/mails/"):
        shown = told_in(client.get(page).text)
        assert STATEMENT not in shown and "الفكرة" in shown and idea.reference in shown
    assert told_in(client.get(at).text).count(idea.reference) == 1


def told_in(page: str) -> str:
    """Return the words of the content of a page, as they are read."""
    content = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<[^>]+>", "", content)


def test_ones_own_page_leads_to_what_one_follows(client, sefrou):
    link = '<a href="/ar/mine/mails/">ما أتتبعه بالبريد</a>'
    assert link in client.get("/ar/mine/").text
    assert link in Client(headers={"host": "localhost"}).get("/ar/mine/").text


def test_what_one_follows_is_read_in_the_same_queries_however_much_it_is(
    client, sefrou, june, django_assert_num_queries
):
    ideas = [make_idea(june, sefrou.axis).reference for _n in range(4)]
    client.post("/ar/mine/follow/consultation:june/")
    client.post(f"/ar/mine/follow/idea:{ideas[0]}/")
    held = Subscriber.objects.get()
    pages = ("/ar/mine/mails/", f"/ar/mine/mails/{held.token}/")
    for page in pages:
        client.get(page)  # warms what the process keeps
    before = [_queries_of(client, page) for page in pages]
    for topic in (*(f"idea:{one}" for one in ideas[1:]), "consultation:gone"):
        Follow.objects.create(subscriber=held, topic=topic, since=DURING)
    for page, few in zip(pages, before, strict=True):
        with django_assert_num_queries(few):
            shown = client.get(page).text
        assert "استشارة يونيو" in shown and "شيء لم يعد معروضا" in shown
        assert all(f' · <bdi dir="ltr" class="ref">{one}</bdi>' in shown for one in ideas)


def _queries_of(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as made:
        client.get(page)
    return len(made)
