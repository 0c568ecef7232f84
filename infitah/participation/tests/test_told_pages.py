"""What a page says after an act, and what it offers where a search finds nothing."""

import re
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from infitah.core.operations import bump
from infitah.kernel.localized import LocalizedText
from infitah.participation import operations
from infitah.participation.models import Consultation, Idea, IdeaAnswer
from infitah.participation.operations import AnswerText
from infitah.participation.queries.thread import Became, Outcome
from infitah.participation.tests.answering import REASON, answer
from infitah.participation.tests.factories import (
    AFTER,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
)
from infitah.participation.tests.giving import BASE, give
from infitah.searchindex.operations import encode_waiting, index_dirty

LIST = f"{BASE}ideas/"
SCHOOL = "تزويد مدرسة الدوار بالماء الصالح للشرب طيلة السنة"
WATER = "الإعلان عن حصص المياه الصالحة للشرب وجودتها في كل دوار"
LEARN = "Former les associations à la lecture d’un budget de commune"
MASKED = '<bdi dir="ltr" class="ref">a•••@example.org</bdi>'


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def text_of(client, address, **asked):
    found = client.get(address, asked)
    assert found.status_code == 200, address
    return found.content.decode()


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize("words", ["الماء", "lma", "eau"])
def test_what_is_near_in_meaning_is_offered_where_words_find_nothing(
    client, sefrou, june, with_meaning, words
):
    near = make_idea(june, sefrou.axis, WATER)
    make_idea(june, sefrou.axis)
    index_dirty(now=DURING)
    encode_waiting(now=DURING)
    page = text_of(client, LIST, q=words)
    assert "لا فكرة بهذه الكلمات؛ هذه قريبة منها في المعنى" in page
    assert near.reference in page and STATEMENT not in page
    Idea.objects.filter(pk=near.pk).update(state="held")  # the index does not know of it yet
    assert near.reference not in text_of(client, LIST, q=words)


def test_what_is_near_stands_below_few_hits_under_its_own_heading(
    client, sefrou, june, with_meaning
):
    heading = "بدون هذه الكلمات، قريبة منها في المعنى"
    held = make_idea(june, sefrou.axis, "Amener l’eau potable aux douars de la montagne")
    near = make_idea(june, sefrou.axis, WATER)
    make_idea(june, sefrou.axis)
    index_dirty(now=DURING)
    encode_waiting(now=DURING)
    page = text_of(client, LIST, q="eau")
    hits, below = page.split(heading)
    assert held.reference in hits and near.reference not in hits
    assert near.reference in below and held.reference not in below and STATEMENT not in below
    assert heading not in text_of(client, LIST, q="eau", axis=sefrou.second_axis.slug)
    for number in range(4):
        make_idea(june, sefrou.axis, f"Une eau propre dans le quartier numéro {number}")
    index_dirty(now=DURING)
    assert heading not in text_of(client, LIST, q="eau")


def test_an_axis_whose_name_or_question_holds_the_words_is_shown(client, sefrou, june):
    said = "محاور يتضمن اسمها أو سؤالها هذه الكلمات"
    sefrou.second_axis.name = LocalizedText(ar="التكوين والتحسيس", fr="Formations et écoute")
    sefrou.second_axis.save()
    bump("SFR", "participation")
    at = f'href="{BASE}axes/{sefrou.second_axis.slug}/"'
    for words in ("formation", "تكوين", "la formation"):
        page = text_of(client, LIST, q=words)
        assert said in page and at in page.split(said)[1].split("</ul>")[0], words
    assert said not in text_of(client, LIST, q="formation des vaches")
    both = text_of(client, LIST, q="تقترحون")
    assert both.split(said)[1].split("</ul>")[0].count("<li>") == 2


def test_words_that_begin_alike_are_offered_without_the_encoder(client, sefrou, june):
    near = make_idea(june, sefrou.axis, LEARN)
    make_idea(june, sefrou.second_axis, SCHOOL)
    index_dirty(now=DURING)
    page = text_of(client, LIST, q="formation")
    assert "في هذه كلمات تبدأ مثلها" in page and near.reference in page and SCHOOL not in page
    beyond = text_of(client, LIST, q="formation", axis=sefrou.second_axis.slug)
    assert near.reference not in beyond


def test_a_search_without_hits_leads_to_the_consultations_that_have_some(
    client, sefrou, june, django_assert_max_num_queries
):
    other = make_consultation(sefrou.province, sefrou.axis, slug="other")
    make_idea(june, sefrou.axis)
    hidden = make_consultation(sefrou.province, sefrou.axis, slug="hidden")
    Consultation.objects.filter(pk=hidden.pk).update(announced_at=None)
    for one in (other, other, hidden):
        make_idea(one, sefrou.axis, SCHOOL)
    index_dirty(now=DURING)
    page = text_of(client, LIST, q="مدرسة")
    link = f'href="/ar/consultations/other/ideas/?{urlencode({"q": "مدرسة"})}#ideas"'
    assert link in page and "فكرتان تتضمنانها" in page and "/consultations/hidden/" not in page
    assert link not in text_of(client, LIST, q="الطائرات")
    with django_assert_max_num_queries(24):
        client.get(LIST, {"q": "مدرسة بعيدة جدا"})


def test_the_page_of_the_code_says_where_it_was_sent(client, sefrou, june):
    at = give(client, sefrou)
    client.post(at, {"email": "amina@example.org", "consent": "on"})
    page = text_of(client, f"{at}code/")
    assert MASKED in page and "amina@" not in page
    client.cookies.clear()
    idea = make_idea(june, sefrou.second_axis, SCHOOL)
    act = client.post(f"{LIST}{idea.reference}/support/").url
    client.post(act, {"email": "amina@example.org", "consent": "on"})
    assert MASKED in text_of(client, f"{act}code/")
    assert MASKED in client.post(f"{act}code/", {"code": "12"}).content.decode()


def test_taking_back_is_confirmed_and_told_once(proved, sefrou, june):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    at = proved.post("/ar/mine/", {"reference": idea.reference}).url
    page = text_of(proved, at)
    assert plain(page).count(f"تم سحب الفكرة {idea.reference}") == 1
    card = plain(page[page.index("<article") : page.index("</article")])
    assert card.count("2023") - card.count(idea.reference) == 1
    assert "تم سحب الفكرة" not in text_of(proved, "/ar/mine/")
    made = operations.comment(
        community=sefrou.province,
        on=operations.Statement("june", make_idea(june, sefrou.axis, SCHOOL).reference),
        given=operations.CommentText(uuid.uuid4(), "فكرة نافعة جدا لنا", "for", 0, "ar"),
        author_id=sefrou.participant.pk,
        now=DURING,
    )
    at = proved.post("/ar/mine/comments/", {"comment": str(made.pk)}).url
    assert f"تم سحب تعليقكم رقم {made.number}" in text_of(proved, at)
    assert "تم سحب" not in text_of(proved, "/ar/mine/comments/?withdrawn=9")


# Answers ------------------------------------------------------------------------------------------

TITLE = LocalizedText(ar="موقع جديد", fr="Un nouveau site")


def top_of(page):
    return plain(page[page.index('class="page-state"') : page.index('class="page-meta"')])


@pytest.mark.parametrize(("title", "words"), [(TITLE, "موقع جديد"), (None, "SFR-2023-C-0001")])
def test_an_answer_names_the_commitment_by_its_title(
    client, sefrou, june, monkeypatch, title, words
):
    idea = make_idea(june, sefrou.axis)
    told = [Outcome("لم تنجز بعد", "to_come", title, "/c/", reference="SFR-2023-C-0001")]
    ups = [lambda *_about: Became(outcomes=told if title else [])]
    monkeypatch.setattr("infitah.participation.queries.thread.FOLLOW_UPS", ups)
    with time_machine.travel(AFTER, tick=False):
        answer(idea)
        IdeaAnswer.objects.update(link="SFR-2023-C-0001")
        page = text_of(client, f"{LIST}{idea.reference}/")
    said = plain(page[page.index('id="answer"') :])
    assert f"الالتزام: {words}" in said and "ما هو قائم" not in said


def test_the_badge_of_an_answered_idea_is_its_answer_and_leads_on(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    assert "منشورة" in top_of(text_of(client, f"{LIST}{idea.reference}/"))
    with time_machine.travel(AFTER, tick=False):
        answer(idea, AnswerText(code="no_budget", text=REASON))
        page = text_of(client, f"{LIST}{idea.reference}/")
        badge = str(IdeaAnswer.Code.NO_BUDGET.label)
        assert badge in top_of(page) and "منشورة" not in top_of(page)
        assert "/consultations/next/give/" not in page
        opens = {"opens_at": AFTER - timedelta(days=1), "closes_at": AFTER + timedelta(days=9)}
        later = make_consultation(sefrou.province, sefrou.axis, slug="next")
        Consultation.objects.filter(pk=later.pk).update(**opens)
        bump("SFR", "participation")
        assert "/consultations/next/give/" in text_of(client, f"{LIST}{idea.reference}/")
