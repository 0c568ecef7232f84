"""Published answers are found by ordinary questions that share no exact word form with them."""

from datetime import timedelta

import pytest

from infitah.kernel.localized import LocalizedText
from infitah.publication import queries
from infitah.publication.queries import FoundList, LogFilter
from infitah.publication.rules import FacetKind, Outcome
from infitah.publication.tests.factories import (
    HELD,
    NOW,
    REFERENCE,
    anybody,
    make_record,
    stage,
    to_publish,
)
from infitah.publication.tests.reading import LOG, listed, page
from infitah.searchindex import operations as searchindex
from infitah.searchindex.models import IndexedText

pytestmark = pytest.mark.django_db
OTHERS = (
    ("لائحة الجمعيات المستفيدة من الدعم سنة 2025", "استفادت 34 جمعية من دعم المجلس."),
    ("النقل المدرسي بالعالم القروي", "يوفر المجلس 61 حافلة للنقل المدرسي."),
    ("محاضر لجنة المالية بالمجلس", "عقدت اللجنة ستة اجتماعات بمقر المجلس."),
    ("كم عدد المستفيدين من القوافل الطبية", "استفاد من قوافل المجلس 1200 شخص."),
)


@pytest.fixture
def log(sefrou):
    """A log of five answers, one of which is about roads."""
    make_record(sefrou.province)
    for number, (title, answer) in enumerate(OTHERS, start=1):
        make_record(
            sefrou.province,
            f"SFR-2026-R-{number:04d}",
            now=NOW + timedelta(days=number),
            title=LocalizedText(ar=title),
            summary=LocalizedText(ar=answer),
            question=f"أطلب معلومات عن: {title}",
            answer=answer,
            tags=(),
            items=(),
        )
    indexed()


def indexed() -> None:
    while searchindex.index_dirty(now=NOW):
        pass
    searchindex.renew_vocabulary(now=NOW)


@pytest.mark.parametrize(
    "question",
    [
        "كم صرف المجلس على الطرقات",
        "مصاريف إصلاح الطرق",
        "شحال خسرو على الطريق",
        "dépenses pour les routes",
        "نفقاتُ صيانةِ الطَّريقِ",
        "صيانه الطريق الاقليميه",
    ],
)
def test_an_ordinary_question_finds_the_answer(client, log, question):
    found = listed(page(client, f"{LOG}?q={question}"))
    assert found[0] == REFERENCE


def test_the_question_shares_no_word_form_with_what_it_finds(client, log):
    """The walk of the issue: an Arabic query without one exact word of the record."""
    text = IndexedText.objects.get(kind="record", subject=REFERENCE, language="ar")
    words = set(f"{text.title_words} {text.body_words}".split())
    assert not words & {"صرف", "الطرقات", "المجلس"}
    assert listed(page(client, f"{LOG}?q=صرف المجلس الطرقات"))[0] == REFERENCE


def test_a_search_shows_where_the_words_stand_and_can_be_narrowed(client, sefrou, log):
    text = page(client, f"{LOG}?q=الدعم")
    assert listed(text) == ["SFR-2026-R-0001"] and "<strong>الدعم</strong>" in text
    assert listed(page(client, f"{LOG}?q=الدعم&tag=الطرق")) == []
    assert listed(page(client, f"{LOG}?q=الطريق&tag=الطرق")) == [REFERENCE]
    assert "لا جواب منشورا يوافق بحثكم" in page(client, f"{LOG}?q=زرافة")


@pytest.mark.parametrize("typed", [REFERENCE, "2026-R-42", "sfr 2026 r 42", "٢٠٢٦-R-٤٢"])
def test_a_number_typed_leads_to_its_answer(client, log, typed):
    assert REFERENCE in listed(page(client, f"{LOG}?q={typed}"))


def test_words_of_files_are_found_too(client, sefrou):
    stored = stage(sefrou.province)
    make_record(sefrou.province, files=(to_publish(stored, text="مقاولة أطلس للأشغال"),))
    indexed()
    assert listed(page(client, f"{LOG}?q=مقاولة أطلس")) == [REFERENCE]


def test_a_record_is_indexed_in_each_language_of_its_title(sefrou):
    make_record(sefrou.province, answer_language="fr", answer="Un million deux cent mille dirhams.")
    ar, fr = queries.searchable_record("SFR", REFERENCE)
    assert (ar.language, fr.language) == ("ar", "fr")
    assert "ما هي المبالغ" in ar.body and "Un million" in fr.body and "Un million" not in ar.body
    assert fr.url == f"/fr/information/log/{REFERENCE}/"
    assert ar.is_public and ar.dated_on == NOW.date()


def test_a_search_goes_on_page_by_page_without_a_double(sefrou):
    for number in range(1, 46):
        make_record(sefrou.province, f"SFR-2026-R-{number:04d}", now=NOW + timedelta(days=number))
    indexed()
    first = look(sefrou, "الطريق")
    assert len(first.closest) == 10
    seen, page_ = [one.row.reference for one in first.closest], first
    while page_.others.rows:
        seen += [row.reference for row in page_.others.rows]
        if not page_.others.older:
            break
        page_ = look(sefrou, "الطريق", before=page_.others.older)
        assert page_.closest == ()
    assert len(seen) == len(set(seen)) == 45


def look(sefrou, words: str, *facets: tuple[FacetKind, str], **place: str) -> FoundList:
    return queries.found_records(
        viewer=anybody(sefrou.province), wanted=LogFilter(facets, words), language="ar", **place
    )


def test_facets_and_words_together(sefrou):
    make_record(sefrou.province)
    make_record(sefrou.province, "SFR-2026-R-0001", outcome=Outcome.NOT_HELD, withheld=(HELD,))
    indexed()
    found = look(sefrou, "الطريق", (FacetKind.OUTCOME, "not_held"))
    assert [one.row.reference for one in found.closest] == ["SFR-2026-R-0001"]
    assert found.others.rows == []
    assert look(sefrou, "الطريق", (FacetKind.TAG, "nothing")) == FoundList()


def test_meaning_finds_what_no_word_does(client, log, with_meaning):
    while searchindex.encode_waiting(now=NOW):
        pass
    found = listed(page(client, f"{LOG}?q=coût de l'entretien des voies"))
    assert found[0] == REFERENCE


def test_a_list_that_is_cut_says_so(client, sefrou, monkeypatch):
    monkeypatch.setattr("infitah.publication.queries.search.MOST_HELD", 12)
    for number in range(1, 16):
        make_record(sefrou.province, f"SFR-2026-R-{number:04d}", now=NOW + timedelta(days=number))
    indexed()
    assert look(sefrou, "الطريق").is_cut
    assert "لا يعرض منها إلا الأحدث" in page(client, f"{LOG}?q=الطريق")
    monkeypatch.setattr("infitah.publication.queries.search.MOST_HELD", 200)
    assert not look(sefrou, "الطريق").is_cut
