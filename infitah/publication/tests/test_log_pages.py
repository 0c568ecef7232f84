"""The log over HTTP: its order, its filters, its pages, what each costs."""

from datetime import timedelta

import pytest

from infitah.publication.rules import Outcome
from infitah.publication.tests.factories import (
    HELD,
    NOW,
    PRIVATE,
    make_many,
    make_record,
    make_records,
)
from infitah.publication.tests.reading import LOG, counts_of, listed, page
from infitah.searchindex import operations as searchindex

pytestmark = pytest.mark.django_db


def test_the_log_says_why_it_is_empty(client, sefrou):
    assert "لم ينشر هنا أي جواب بعد" in page(client, LOG)


def test_the_newest_answer_stands_first_with_its_outcome(client, sefrou):
    make_records(sefrou.province, 2)
    text = page(client, LOG)
    assert listed(text) == ["SFR-2026-R-0002", "SFR-2026-R-0001"]
    assert "أعطيت كاملة" in text and "17 يوم عمل" in text
    assert "Dépenses d&#x27;entretien" in page(client, "/fr/information/log/")


def test_an_answer_says_in_words_whether_it_came_in_time_where_that_is_known(client, sefrou):
    make_record(sefrou.province, "SFR-2026-R-0001")
    assert "داخل الأجل" not in page(client, LOG)
    make_record(sefrou.province, "SFR-2026-R-0002", is_late=False)
    assert page(client, LOG).count("داخل الأجل") == 1
    make_record(sefrou.province, "SFR-2026-R-0003", is_late=True)
    assert page(client, LOG).count("متأخر: بعد انقضاء الأجل القانوني") == 1
    assert "متأخر: بعد" in page(client, f"{LOG}SFR-2026-R-0003/")


def test_an_answer_in_the_other_language_alone_says_so(client, sefrou):
    make_record(sefrou.province, language="fr")
    assert page(client, LOG).count("السؤال والجواب بالفرنسية") == 1
    assert "question et réponse en" not in page(client, "/fr/information/log/")
    make_record(sefrou.province, "SFR-2026-R-0043")
    assert page(client, "/fr/information/log/").count("question et réponse en arabe") == 1


def test_subjects_in_the_language_of_the_page_come_first(client, sefrou):
    make_record(sefrou.province, "SFR-2026-R-0001", tags=("marchés publics", "الطرق"))
    make_record(sefrou.province, "SFR-2026-R-0002", tags=("marchés publics", "الميزانية"))
    arabic, french = page(client, LOG), page(client, "/fr/information/log/")
    assert arabic.index(">الطرق") < arabic.index("marchés publics")
    assert french.index("marchés publics") < french.index("الطرق")


def test_pages_of_the_log_lead_on_and_back_without_a_gap(client, sefrou):
    make_many(sefrou.province, 45)
    newest = [f"SFR-2025-R-{number:04d}" for number in range(45, 0, -1)]
    seen, address = [], LOG
    pages = []
    for _turn in range(3):
        text = page(client, address)
        pages.append((address, listed(text)))
        seen += listed(text)
        if 'rel="next"' in text:
            address = LOG + text.split('rel="next" href="')[1].split('"')[0].replace(
                LOG, ""
            ).replace("&amp;", "&")
    assert seen == newest
    back = page(client, pages[2][0])
    previous = back.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert listed(page(client, previous)) == newest[20:40]


def test_the_log_is_narrowed_by_each_facet(client, sefrou):
    make_record(sefrou.province, "SFR-2026-R-0001", axes=("transparency",))
    make_record(
        sefrou.province,
        "SFR-2026-R-0002",
        outcome=Outcome.PARTIAL,
        withheld=(PRIVATE,),
        language="fr",
        tags=("Budget",),
        items=(),
        now=NOW - timedelta(days=400),
    )
    second = ["SFR-2026-R-0002"]
    assert listed(page(client, f"{LOG}?outcome=partial")) == second
    assert listed(page(client, f"{LOG}?language=fr")) == second
    assert listed(page(client, f"{LOG}?year=2025")) == second
    assert listed(page(client, f"{LOG}?tag=budget")) == second
    assert listed(page(client, f"{LOG}?ground=E03")) == second
    assert PRIVATE.sentence.ar in page(client, f"{LOG}?ground=E03")
    assert listed(page(client, f"{LOG}?item=P06")) == ["SFR-2026-R-0001"]
    assert listed(page(client, f"{LOG}?axis=transparency")) == ["SFR-2026-R-0001"]
    assert listed(page(client, f"{LOG}?tag=budget&outcome=partial&year=2025")) == second
    assert listed(page(client, f"{LOG}?tag=budget&outcome=full")) == []
    nothing = page(client, f"{LOG}?tag=nobody-wrote-this")
    assert listed(nothing) == [] and "لا جواب منشورا يوافق بحثكم" in nothing


def test_a_filter_says_how_many_it_would_leave(client, sefrou):
    make_records(sefrou.province, 3)
    make_record(sefrou.province, outcome=Outcome.NOT_HELD, withheld=(HELD,))
    text = page(client, LOG)
    assert counts_of(text) == {"full": "3", "not_held": "1"}
    narrowed = page(client, f"{LOG}?tag=الطرق")
    assert counts_of(narrowed) == {}


@pytest.mark.parametrize(
    "address",
    [
        LOG,
        f"{LOG}?outcome=full&tag=الطرق",
        f"{LOG}?before=SFR-2025-R-0006",
        f"{LOG}?q=الطريق",
        f"{LOG}deferred/",
        f"{LOG}SFR-2025-R-0001/",
        "/ar/transparency/",
        "/feeds/information-log.atom",
    ],
)
def test_a_page_asks_as_often_at_ten_rows_as_at_a_thousand(
    client, sefrou, django_assert_num_queries, django_assert_max_num_queries, address
):
    make_many(sefrou.province, 10)
    while searchindex.index_dirty(now=NOW):
        pass
    client.get(address)  # what a process remembers between pages is read once
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    make_many(sefrou.province, 1000)
    with django_assert_num_queries(len(few)):
        client.get(address)
