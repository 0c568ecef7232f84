"""Ordinary words in the one box lead to the pages of help, and other questions do not."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from infitah.information.queries.help import PAGES, help_for
from infitah.information.rules.help_topics import PHRASES, WORDS, topics_of

HOME, SUGGEST = "/ar/information/", "/ar/information/suggest/"


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("شكاية", "remedies"),
        ("الشكايات", "remedies"),
        ("تظلم", "remedies"),
        ("ماذا أفعل إذا لم يجيبوا", "remedies"),
        ("لم يُجيبوا عن طلبي منذ شهرين فماذا أفعل", "remedies"),
        ("رفض", "remedies"),
        ("رفضوا طلبي شنو ندير", "remedies"),
        ("ما جاوبونيش", "remedies"),
        ("كيفاش ندير شكاية", "remedies"),
        ("المحكمة الإدارية", "remedies"),
        ("recours", "remedies"),
        ("Réclamation", "remedies"),
        ("que faire sans réponse du conseil depuis un mois", "remedies"),
        ("ils n'ont pas répondu à ma demande", "remedies"),
        ("comment porter plainte contre un refus", "remedies"),
        ("أجل", "deadline"),
        ("أجل الجواب عن الطلب", "deadline"),
        ("délai", "deadline"),
        ("délai de réponse de la commune", "deadline"),
        ("نموذج", "form"),
        ("تحميل نموذج الطلب", "form"),
        ("formulaire", "form"),
        ("أين وصل طلبي", "follow"),
        ("suivre ma demande", "follow"),
        ("الحق في الحصول على المعلومات", "right"),
        ("loi 31-13", "right"),
        ("إحصائيات", "figures"),
        ("statistiques", "figures"),
        ("الأجوبة المنشورة", "log"),
        ("réponses déjà données", "log"),
        ("من هو الشخص المكلف بالمعلومات", "officer"),
        ("publication proactive", "proactive"),
    ],
)
def test_ordinary_words_name_a_page_of_help_first(asked, topic):
    assert topics_of(asked)[0] == topic


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "؟؟",
        "ميزانية المجلس لسنة 2026",
        "أجل تسليم نسخ رسوم الولادة",
        "أريد معرفة صفقة إصلاح طريق قريتي سنة 2025 والمبلغ واسم الشركة",
        "طلب عروض بناء ملعب",
        "عدد حافلات النقل المدرسي",
        "délai de livraison des cars scolaires",
        "droits de stationnement des taxis",
        "transport scolaire",
    ],
)
def test_a_question_about_something_else_gets_no_help(asked):
    assert topics_of(asked) == []


def test_every_topic_has_its_words_and_its_page():
    assert set(PHRASES) == set(WORDS) == set(PAGES)
    for topic, phrases in {**PHRASES, **WORDS}.items():
        assert all(phrases.split(";")), topic
    for language in ("ar", "fr"):
        with override(language):
            for route, _place, name, sentence in PAGES.values():
                assert reverse(route) and str(name) and str(sentence)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "asked", "page"),
    [
        ("ar", "شكاية", "remedies/"),
        ("ar", "ماذا أفعل إذا لم يجيبوا", "remedies/"),
        ("ar", "أجل", "deadline/"),
        ("ar", "نموذج", "form.pdf"),
        ("fr", "recours", "remedies/"),
        ("fr", "sans réponse", "remedies/"),
        ("fr", "formulaire", "form.pdf"),
    ],
)
def test_the_list_and_the_suggestions_show_the_page_of_help(client, sefrou, language, asked, page):
    address = f"/{language}/information/"
    listed = client.get(address, {"q": asked}).text
    assert f'href="{address}{page}"' in listed[listed.index('id="help"') :]
    offered = client.get(f"{address}suggest/", {"q": asked})
    assert offered.status_code == 200 and f'href="{address}{page}"' in offered.text
    assert "data-place" not in offered.text


@pytest.mark.django_db
def test_without_a_topic_there_is_no_help_and_one_kind_alone_shows_none(client, sefrou):
    assert 'id="help"' not in client.get(HOME, {"q": "ميزانية المجلس"}).text
    assert 'id="help"' not in client.get(HOME, {"q": "شكاية", "kind": "record"}).text
    assert client.get(SUGGEST, {"q": "ميزانية المجلس"}).status_code == 204


def test_help_is_three_pages_at_most():
    assert len(help_for("شكاية أجل نموذج إحصائيات تتبع")) <= 3
