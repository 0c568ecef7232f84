"""The searches of outside-checks.md 6, on whichever database the suite runs."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from infitah.searchindex import operations, queries, rules
from infitah.searchindex.models import IndexedText

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

DOCUMENTS = {
    "1": ("ميزانية مجلس إقليم صفرو", "المصادقة على الميزانية السنوية للجماعات الترابية والنفقات"),
    "2": ("دورة المجلس", "محضر الدورة العادية لشهر يناير"),
    "3": ("Budget du conseil provincial", "Dépenses d'équipement et élections"),
    "4": ("ⵜⴰⵎⴰⵣⵉⵖⵜ ⴷ ⵓⵎⵓⵔ", "ⴰⵙⵇⵇⵉⵎ ⵏ ⵚⴼⵔⵓ"),
    "5": ("مُقَرَّر الانفتاح", "برنامج الإنفتاح"),
}
SEARCHES = [
    ("الميزانية", "1"),
    ("ميزانية", "1"),
    ("ميزانيه", "1"),
    ("الجماعات", "1"),
    ("جماعات", "1"),
    ("مقرر", "5"),
    ("مُقَرَّر", "5"),
    ("إنفتاح", "5"),
    ("انفتاح", "5"),
    ("depenses", "3"),
    ("dépenses", "3"),
    ("élections", "3"),
    ("election", "3"),
    ("élection", "3"),
    ("ⵚⴼⵔⵓ", "4"),
    ("ميزانيه الجماعات", "1"),
]
MORE = [
    ("باب", "كتاب", False),
    ("مدرسه", "ومدرسة", True),
    ("بلدية", "البلدية", True),
    ("لجنة", "للجنة", True),
    ("للجنة", "لجنة", True),
    ("الاقليمية", "الإقليمية", True),
    ("ﺍﻟﻤﺠﻠﺲ", "مجلس", True),
    ("31.13", "القانون 31-13", True),
    ("covid19_x", "Covid19_X ici", True),
]


def put(subject: str, title: str, body: str = "", **changes: object) -> None:
    wanted: dict[str, object] = {
        "community_key": "SFR",
        "kind": "document",
        "subject": subject,
        "language": "ar",
        "title": title,
        "body": body,
        "url": f"/ar/documents/{subject}/",
        "is_public": True,
    }
    operations.put(**{**wanted, **changes})  # type: ignore[arg-type]


def found(text: str, **changes: object) -> list[str]:
    answer = queries.search(community_key="SFR", text=text, **changes)  # type: ignore[arg-type]
    return [hit.subject for hit in answer.hits]


@pytest.fixture
def five() -> None:
    for subject, (title, body) in DOCUMENTS.items():
        put(subject, title, body)


@pytest.mark.parametrize(("text", "subject"), SEARCHES)
def test_each_search_finds_exactly_its_document(five: None, text: str, subject: str) -> None:
    assert found(text) == [subject]


@pytest.mark.parametrize(("text", "title", "is_found"), MORE)
def test_clitics_and_writings(text: str, title: str, is_found: bool) -> None:
    put("9", title)
    assert found(text) == (["9"] if is_found else [])


def test_all_words_first_then_some_of_the_rarest(five: None) -> None:
    answer = queries.search(community_key="SFR", text="محضر انتخاب الرئيس بالدورة")
    assert [hit.subject for hit in answer.hits] == ["2"]
    assert not answer.has_all_words
    assert queries.search(community_key="SFR", text="محضر الدورة").has_all_words
    assert found("كلمة مجهولة تماما") == []
    assert found("؟!") == []


def test_titles_and_exact_words_come_first() -> None:
    put("text", "شيء آخر", "ذكرت الميزانية هنا")
    put("stem", "بميزانيات كثيرة")
    put("title", "الميزانية")
    assert found("الميزانية")[0] == "title"


def test_words_are_marked_in_the_original(five: None) -> None:
    hit = queries.search(community_key="SFR", text="جماعات نفقات").hits[0]
    marked = [piece.text for piece in hit.passage if piece.is_marked]
    assert marked == ["للجماعات", "والنفقات"]
    assert "".join(piece.text for piece in hit.passage) == DOCUMENTS["1"][1]
    five_hit = queries.search(community_key="SFR", text="مقرر").hits[0]
    assert five_hit.title[0] == rules.Fragment("مُقَرَّر", is_marked=True)


def test_a_passage_is_cut_around_the_answer() -> None:
    put("long", "تقرير", "كلام " * 400 + "عن النافورة القديمة " + "كلام " * 400)
    passage = queries.search(community_key="SFR", text="نافورة").hits[0].passage
    text = "".join(piece.text for piece in passage)
    assert text.startswith("… ") and text.endswith(" …") and len(text) < rules.PASSAGE + 60
    assert [piece.text for piece in passage if piece.is_marked] == ["النافورة"]


def test_only_this_community_and_public_texts_answer() -> None:
    put("mine", "حديقة عمومية")
    put("secret", "حديقة عمومية", is_public=False)
    put("theirs", "حديقة عمومية", community_key="BHL")
    put("idea", "حديقة عمومية", kind="idea")
    assert found("حديقة", kinds=("document",)) == ["mine"]
    assert sorted(found("حديقة")) == ["idea", "mine"]
    assert queries.counts_by_kind("SFR") == {"document": 1, "idea": 1}
    similar = queries.similar(community_key="SFR", kind="document", text="حديقة عمومية")
    assert [one.subject for one in similar] == ["mine"]


def test_a_record_in_two_languages_is_one_hit_in_the_readers_language() -> None:
    put("1", "المسبح البلدي Piscine")
    put("1", "Piscine municipale", language="fr")
    hits = queries.search(community_key="SFR", text="piscine", language="fr").hits
    assert [(hit.subject, hit.language) for hit in hits] == [("1", "fr")]
    similar = queries.similar(community_key="SFR", kind="document", text="piscine municipale")
    assert len(similar) == 1


def test_pages_of_hits() -> None:
    for number in range(7):
        put(str(number), f"طريق {number}")
    answer = queries.search(community_key="SFR", text="طريق", start=4, limit=2)
    assert (len(answer.hits), answer.total) == (2, 7)
    assert found("طريق", limit=4) + found("طريق", start=4) == found("طريق")


def test_completion_takes_the_last_word_as_unfinished(five: None) -> None:
    def completed(text: str) -> list[str]:
        return [hit.subject for hit in queries.complete(community_key="SFR", text=text)]

    assert completed("مجلس إقل") == ["1"]
    assert completed("Budg") == ["3"]
    assert completed("ⵚⴼ") == ["4"]
    assert completed("B") == []
    assert completed("") == []


def test_changed_text_answers_as_it_reads_now() -> None:
    put("1", "سقاية")
    put("1", "نافورة")
    assert (found("سقاية"), found("نافورة")) == ([], ["1"])
    assert IndexedText.objects.count() == 1
    operations.remove(community_key="SFR", kind="document", subject="1")
    assert found("نافورة") == []
    assert not queries.is_indexed(community_key="SFR", kind="document", subject="1")


def test_long_and_hostile_texts_are_indexed() -> None:
    put("1", "ع" * 5000, " ".join(f"كلمة{number}" for number in range(60_000)))
    put("2", "\u202eملف\u202c 'x' OR \"y\" * NEAR( ) & | ! : <->", "<script>alert(1)</script>")
    assert found("كلمة77") == ["1"]
    assert found("ملف NEAR") == ["2"]
    for text in ('"', "' OR 1=1 --", "a* OR b", "NOT", "x:*", "\\", "ا" * 200_000):
        found(text)
        queries.complete(community_key="SFR", text=text)
        queries.similar(community_key="SFR", kind="document", text=text)


def test_query_counts(five: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        found("الميزانية")
    with django_assert_num_queries(4):
        found("الميزانية مجهولة")
    with django_assert_num_queries(2):
        queries.complete(community_key="SFR", text="ميز")
    with django_assert_num_queries(3):
        queries.similar(community_key="SFR", kind="document", text="ميزانية المجلس")
    with django_assert_num_queries(4):  # two between a savepoint and its release
        put("6", "شيء")
    with django_assert_num_queries(3):
        operations.mark_dirty(community_key="SFR", kind="document", subject="6")
    with django_assert_num_queries(5):
        operations.remove(community_key="SFR", kind="document", subject="6")


def test_all_that_hold_every_word_come_newest_first_and_no_others(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    put("1", "صيانة الطريق", "نفقات")
    put("2", "الطريق", "نفقات صيانة الطريق")
    put("3", "الطريق", "بلا شيء")
    put("4", "صيانة الطريق", "نفقات", kind="other")
    put("5", "صيانة الطريق", "نفقات", community_key="BHL")
    put("6", "صيانة الطريق", "نفقات", is_public=False)
    asked = {"community_key": "SFR", "text": "نفقات الطريق", "kind": "document"}
    with django_assert_num_queries(2):
        assert queries.newest_holding(**asked, limit=10) == ["2", "1"]
    assert queries.newest_holding(**asked, limit=1) == ["2"]
    assert queries.newest_holding(**{**asked, "text": "؟"}, limit=10) == []
