"""Deliberations in the word index: found in each language of their title, by their newest text."""

import pytest

from infitah.council import operations
from infitah.council.tests.factories import TITLE, adopted
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.tests.factories import BY, HELD, NOW
from infitah.searchindex import operations as searchindex
from infitah.searchindex.models import IndexedText
from infitah.searchindex.queries import find

pytestmark = pytest.mark.database


def found(text: str, language: str = "ar") -> list[tuple[str, str]]:
    answer = find(community_key="SFR", text=text, kinds=("deliberation",), language=language)
    return [(hit.subject, hit.url) for hit in answer.shown]


def test_a_deliberation_is_found_once_it_is_adopted_and_again_once_it_is_completed(sefrou):
    item = adopted(sefrou.council, number=47)
    assert found(TITLE.ar) == []
    searchindex.index_dirty(now=NOW)
    assert found(TITLE.ar) == [(item.reference, f"/ar/council/decisions/{item.reference}/")]
    row = IndexedText.objects.get(subject=item.reference, language="ar")
    assert (row.dated_on, row.is_public) == (HELD, True)
    assert found("الملحق السري العجيب") == []
    operations.complete_text(
        reference=item.reference,
        addition=LocalizedText(ar="ويضاف الملحق العجيب.", fr="L'annexe étrange est ajoutée."),
        reason="إتمام",
        by=BY,
        now=NOW,
    )
    searchindex.index_dirty(now=NOW)
    assert found("الملحق العجيب")[0][0] == item.reference


def test_each_language_of_the_title_is_indexed_and_no_other(sefrou):
    item = adopted(sefrou.council, number=47)
    searchindex.index_dirty(now=NOW)
    languages = IndexedText.objects.filter(subject=item.reference).values_list("language", "url")
    assert dict(languages) == {
        code: f"/{code}/council/decisions/{item.reference}/" for code in TITLE.languages()
    }
