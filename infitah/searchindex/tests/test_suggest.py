"""Suggestions while typing and the lists behind them, on whichever database the suite runs."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from infitah.searchindex import operations, queries, synonyms
from infitah.searchindex.meaning import service
from infitah.searchindex.models import VocabularyWord

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KINDS = ("record", "document")


def put(subject: str, title: str, body: str = "", **changes: object) -> None:
    wanted: dict[str, object] = {
        "community_key": "SFR",
        "kind": "record",
        "subject": subject,
        "language": "ar",
        "title": title,
        "body": body,
        "url": f"/{subject}/",
        "is_public": True,
        "dated_on": date(2025, 3, 4),
    }
    operations.put(**{**wanted, **changes})  # type: ignore[arg-type]


def suggested(text: str, language: str = "ar", **changes: object) -> list[queries.Suggestion]:
    asked = {"community_key": "SFR", "text": text, "kinds": KINDS, "language": language}
    return queries.suggest(**{**asked, **changes})  # type: ignore[arg-type]


def subjects(text: str, language: str = "ar", **changes: object) -> list[str]:
    return [one.subject for one in suggested(text, language, **changes)]


@pytest.fixture
def few() -> None:
    put("bus", "النقل المدرسي بالجماعات القروية", "اقتنى المجلس حافلات للتلاميذ.")
    put("budget", "ميزانية المجلس الإقليمي", "المداخيل والمصاريف لسنة 2026.")
    put("water", "Coupures d'eau potable", "Le débit des sources a baissé.", language="fr")
    put("doc", "محضر دورة يناير", kind="document")
    operations.renew_vocabulary(now=NOW)


def test_a_suggestion_says_what_it_is_and_why(few: None) -> None:
    (one,) = suggested("حافلات التلاميذ", limit=1)
    assert (one.kind, one.subject, one.language, one.url) == ("record", "bus", "ar", "/bus/")
    assert (one.dated_on, one.found_by) == (date(2025, 3, 4), "words")
    marks = [piece.text for piece in one.passage if piece.is_marked]
    assert marks == ["حافلات", "للتلاميذ"]
    assert "".join(piece.text for piece in one.title) == "النقل المدرسي بالجماعات القروية"


@pytest.mark.parametrize("typed", ["الميز", "الميزا", "ميزانية المج", "لمداخ"])
def test_the_last_word_may_go_on_from_the_third_letter(few: None, typed: str) -> None:
    assert subjects(typed)[:1] == ["budget"]


def test_fewer_than_three_letters_and_no_word_at_all_suggest_nothing(few: None) -> None:
    for typed in ("", "مي", "  م ", "؟؟؟", "...", "\u200f\u200f\u200f"):
        assert subjects(typed) == []


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("ميزانيه المجلس الاقليمى", "budget"),
        ("مِيزَانِيَّة", "budget"),
        ("ميزنية", "budget"),
        ("الميزانبة", "budget"),
        ("ميزانيةالمجلس", "budget"),
        ("المصاريف لسنة ٢٠٢٦", "budget"),
        ("coupure deau potabel", "water"),
        ("ﺍﻟﻨﻘﻞ ﺍﻟﻤﺪﺭﺳﻲ", "bus"),
    ],
)
def test_noise_is_tolerated(few: None, typed: str, subject: str) -> None:
    assert subjects(typed)[:1] == [subject]


@pytest.mark.parametrize(
    ("typed", "language", "subject"),
    [
        ("transport scolaire", "fr", "bus"),
        ("dépenses du conseil", "fr", "budget"),
        ("الما كيتقطع", "ar", "water"),
        ("شحال من كار ديال المدرسة", "ar", "bus"),
    ],
)
def test_words_alone_reach_the_other_language_and_what_people_speak(
    few: None, typed: str, language: str, subject: str
) -> None:
    found = suggested(typed, language)
    assert found[0].subject == subject
    assert found[0].found_by == ("meaning" if language == "fr" or subject == "water" else "words")


def test_the_readers_language_comes_first_and_a_record_once() -> None:
    put("both", "السوق الأسبوعي")
    put("both", "Souk hebdomadaire", language="fr")
    put("french", "Marché aux bestiaux du souk", language="fr")
    put("arabic", "كراء السوق الأسبوعي")
    operations.renew_vocabulary(now=NOW)
    assert [(one.subject, one.language) for one in suggested("souk hebdomadaire", "fr")][:2] == [
        ("both", "fr"),
        ("french", "fr"),
    ]
    arabic = suggested("السوق الأسبوعي")
    assert [one.language for one in arabic] == sorted(one.language for one in arabic)
    assert len({one.subject for one in arabic}) == len(arabic)


def test_meaning_brings_what_no_word_does(
    few: None, with_meaning: service.Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    while operations.encode_waiting(now=NOW):
        pass
    monkeypatch.setattr(synonyms, "standing_for", lambda _words: {})
    found = suggested("Transport scolaire pour les élèves des communes rurales", "fr")
    assert [(one.subject, one.found_by) for one in found] == [("bus", "meaning")]
    assert subjects("شروق الشمس فوق القمر البعيد") == []


def test_only_this_community_public_texts_and_these_kinds(few: None) -> None:
    put("theirs", "ميزانية", community_key="BHL")
    put("secret", "ميزانية", is_public=False)
    put("idea", "ميزانية", kind="idea")
    operations.renew_vocabulary(now=NOW)
    assert subjects("ميزانية") == ["budget"]
    put("budget", "شيء آخر تماما", "لا غير")
    assert subjects("ميزانية") == []


def test_a_new_word_is_found_before_the_vocabulary_is_read_anew(few: None) -> None:
    put("new", "دوار سيقرصبصب")
    assert subjects("سيقرصبصب") == ["new"]
    assert subjects("النقل سيقرصبصب")[0] in {"new", "bus"}


def test_the_work_is_the_same_whatever_the_index_holds(few: None) -> None:
    def queries_of(text: str) -> int:
        with CaptureQueriesContext(connection) as taken:
            suggested(text)
        return len(taken)

    asked = ["ميزانية المجلس", "ميزنية", "الميزا", "دورة"]
    before = [queries_of(text) for text in asked]
    for number in range(300):
        put(f"more-{number}", f"ميزانية المجلس رقم {number}", "كلمة " * 20)
    operations.renew_vocabulary(now=NOW)
    assert [queries_of(text) for text in asked] == before
    assert max(before) <= 5


def test_lists_by_kind_and_page(few: None) -> None:
    for number in range(30):
        put(f"road-{number}", f"الطريق رقم {number}", kind="document" if number % 3 else "record")
    operations.renew_vocabulary(now=NOW)

    def found(**changes: object) -> queries.Found:
        asked = {"community_key": "SFR", "text": "الطريق", "kinds": KINDS, "language": "ar"}
        return queries.find(**{**asked, **changes})  # type: ignore[arg-type]

    both = found()
    assert both.totals == {"record": 10, "document": 20}
    assert [one.kind for one in both.shown].count("document") == 5
    pages = [
        [one.subject for one in found(kind="document", page=slice(start, start + 10)).shown]
        for start in (0, 10, 20)
    ]
    assert [len(page) for page in pages] == [10, 10, 0]
    assert len({*pages[0], *pages[1]}) == 20


def test_a_list_is_bounded_and_names_the_newest_of_many() -> None:
    for number in range(160):
        put(f"road-{number}", "الطريق", kind="document")
    found = queries.find(
        community_key="SFR", text="الطريق", kinds=KINDS, language="ar", page=slice(0, 100)
    )
    assert sum(found.totals.values()) <= 100
    assert "road-159" in [one.subject for one in found.shown]


@pytest.mark.parametrize(
    "text", ["'", '"', "a* OR b", "x:*", "\\", "& | !", "ا" * 5000, "NOT", "(", "%s %d"]
)
def test_hostile_words_are_words(few: None, text: str) -> None:
    suggested(text)
    queries.find(community_key="SFR", text=text, kinds=KINDS, language="ar")


def test_the_vocabulary_follows_the_index() -> None:
    put("1", "نافورة نافورة", "ماء")
    put("2", "نافورة")
    operations.renew_vocabulary(now=NOW)
    counted = dict(VocabularyWord.objects.values_list("form", "texts"))
    assert (counted["نافوره"], counted["ماء"], counted[""]) == (2, 1, 2)
    operations.remove(community_key="SFR", kind="record", subject="1")
    operations.renew_vocabulary(now=NOW)
    counted = dict(VocabularyWord.objects.values_list("form", "texts"))
    assert counted["نافوره"] == 1 and "ماء" not in counted
