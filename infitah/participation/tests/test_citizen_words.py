"""What a citizen meets: numbers found, one flag a person, Darija filed as Arabic, what is open."""

import uuid
from datetime import date

import pytest
import time_machine

from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.kernel.references import TypedNumber, typed_number
from infitah.participation import operations, queries, rules
from infitah.participation.models import Idea
from infitah.participation.tests.factories import (
    AFTER,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.giving import BASE, SAME, give
from infitah.searchindex.operations import index_dirty

DARIJA = "bghit site dyal lmajlis ykoun fih kolchi 3la lmachari3"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("SFR-2026-I-0021", TypedNumber(21, 2026, "SFR")),
        ("sfr 2026 i 21", TypedNumber(21, 2026, "SFR")),
        ("I-0021", TypedNumber(21)),
        ("٢٠٢٦-I-٠٠٢١", TypedNumber(21, 2026)),
        ("I-00٢١", TypedNumber(21)),
        ("SFR-2026-C-0021", None),
        ("2026", None),
        ("الماء", None),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed, read):
    assert typed_number(typed, "I") == read


def test_a_typed_number_leads_to_its_idea_also_in_another_consultation(sefrou, june, anybody):
    here = make_idea(june, sefrou.axis, author=sefrou.participant)
    spring = make_consultation(sefrou.province, sefrou.axis, slug="spring")
    there = make_idea(spring, sefrou.axis, "توفير النقل المدرسي للتلاميذ بالدواوير البعيدة")
    index_dirty(now=DURING)
    for words in (here.reference, f"I-{here.number:04d}", f"i {here.number}"):
        page = anybody.get(f"{BASE}ideas/", {"q": words}).content.decode()
        assert f'href="{BASE}ideas/{here.reference}/"' in page, words
        assert "لا توجد فكرة فيها هذه الكلمات" not in page
    page = anybody.get(f"{BASE}ideas/", {"q": there.reference}).content.decode()
    assert f'href="/ar/consultations/spring/ideas/{there.reference}/"' in page
    assert "في استشارة أخرى" in page
    Idea.objects.filter(pk=there.pk).update(state="held")
    page = anybody.get(f"{BASE}ideas/", {"q": there.reference}).content.decode()
    assert there.statement not in page and there.reference in page
    elsewhere = anybody.get(f"{BASE}ideas/", {"q": "RBT-2023-I-0001"}).content.decode()
    assert here.statement not in elsewhere


def test_a_second_flag_of_the_same_text_says_that_the_first_reason_stays(sefrou, june, anybody):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    first, second = make_rule(sefrou.province, 2), make_rule(sefrou.province, 3)
    at = f"{BASE}ideas/{idea.reference}/flag/"
    done = anybody.post(at, {"rule": first.pk}, **SAME)
    assert "السبب الأول" not in anybody.get(done.url).content.decode()
    assert anybody.post(at, {"rule": first.pk}, **SAME).url == done.url  # sent twice
    again = anybody.post(at, {"rule": second.pk}, **SAME)
    page = anybody.get(again.url).content.decode()
    assert "سببكم الأول، وهو القاعدة 2" in page and "لم يضف السبب الثاني" in page


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (DARIJA, "ar-Latn"),
        ("khasna lma f douar", "ar-Latn"),
        ("Une route vers le douar Ain Sbit", "fr"),
        ("Réduire le CO2 de la ville", "fr"),
        ("Budget MP3 4G Sefrou", "fr"),
        (STATEMENT, "ar"),
    ],
)
def test_darija_in_latin_letters_is_arabic(words, language):
    assert rules.language_of(words, "fr") == language


def test_darija_in_latin_letters_is_filed_and_marked_as_arabic(sefrou, june, anybody):
    idea = make_idea(june, sefrou.axis, DARIJA, author=sefrou.participant)
    make_idea(june, sefrou.axis, "Publier le budget de la commune chaque année")
    index_dirty(now=DURING)
    page = anybody.get(f"{BASE}ideas/", {"language": "ar"}).content.decode()
    assert f'lang="ar-Latn"><bdi dir="auto">{DARIJA}' in page and "Publier le budget" not in page
    french = anybody.get(f"{BASE}ideas/", {"language": "fr"}).content.decode()
    assert DARIJA not in french and "Publier le budget" in french
    assert queries.tallies(june).by_language == {"ar": 1, "fr": 1}
    at = f"{BASE}ideas/{idea.reference}/"
    assert f'lang="ar-Latn"><bdi dir="auto">{DARIJA}' in anybody.get(at).content.decode()


@pytest.mark.parametrize("words", ["الما", "lma"])
def test_near_ideas_stand_under_the_few_that_hold_the_letters(sefrou, june, anybody, words):
    make_idea(june, sefrou.axis, "تخصيص خمسة في المائة من الميزانية للشباب")
    water = make_idea(june, sefrou.axis, "تزويد مدرسة الدوار بالماء الصالح للشرب")
    index_dirty(now=DURING)
    page = anybody.get(f"{BASE}ideas/", {"q": words}).content.decode()
    assert water.statement in page


def test_a_closed_consultation_leads_to_every_open_one(sefrou, june, anybody):
    with time_machine.travel(AFTER, tick=False):
        days = {"first_day": date(2023, 6, 21), "last_day": date(2023, 7, 30)}
        make_consultation(sefrou.province, sefrou.axis, slug="one", **days)
        page = anybody.get(BASE).content.decode()
        assert "تقدم الأفكار في هذه الاستشارات المفتوحة" not in page and "/one/give/" in page
        make_consultation(sefrou.province, sefrou.axis, slug="two", **days)
        page = anybody.get(BASE).content.decode()
        assert "تقدم الأفكار في هذه الاستشارات المفتوحة" in page
        assert "/one/give/" in page and "/two/give/" in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (STATEMENT, "نشر ميزانية المجلس الإقليمي كل سنة…"),
        ("Une place", "Une place"),
        ("visit http://x.example now evil.example me@x.example", "visit now…"),
        ("a" * 80, "a" * 50 + "…"),
    ],
)
def test_the_first_words_of_a_text_hold_no_address(words, told):
    assert rules.first_words(words) == told


def test_the_mail_with_the_code_says_what_it_is_for_and_no_vote(sefrou, june, client):
    give(client, sefrou)
    assert "يؤكد الرمز: فكرتكم «نشر ميزانية المجلس الإقليمي كل سنة…»" in code_mail()
    idea = make_idea(june, sefrou.axis, "توفير النقل المدرسي للتلاميذ")
    act = operations.begin_act(
        community=sefrou.province,
        key=uuid.uuid4(),
        kind="vote",
        subject=idea.reference,
        payload={"slug": "june", "idea": idea.reference, "choice": "agree"},
        interface="fr",
        back="",
        now=DURING,
    )
    client.post(f"/fr/mine/act/{act.key}/", {"email": "c@example.org", "consent": "on"})
    assert "votre vote sur « توفير النقل المدرسي للتلاميذ »" in code_mail()


def test_the_receipt_mail_gives_the_closing_day_and_the_mark_for_the_answer(sefrou, june, client):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant, wants_receipt=True)
    operations.send_receipts(now=DURING)
    text = read(Mail.objects.get(template="participation/email/received")).text
    assert "23:59 يوم 20 يونيو 2023" in text and "إلى غاية 20 يوليوز 2023" in text
    assert "ليس هذا اليوم أجلا يحدده قانون" in text
    page = client.get(f"/ar/consultations/june/ideas/{idea.reference}/").content.decode()
    assert "20 يوليوز 2023" in page and "وهو أجل وضعه المجلس لنفسه" in page


def code_mail():
    return read(Mail.objects.filter(template="community/email/code").latest("id")).text
