"""Other doors to the log: Atom, CSV and JSON say the same as the pages."""

import csv
import json
from io import StringIO
from xml.etree import ElementTree

import pytest

from infitah.community.queries import url_of
from infitah.publication.queries import data
from infitah.publication.rules import Outcome
from infitah.publication.tests.factories import (
    NOW,
    PRIVATE,
    REFERENCE,
    make_many,
    make_record,
    make_records,
    stage,
    to_publish,
)
from infitah.publication.tests.reading import LOG

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/feeds/information-log.atom"


def rows(client, language: str = "ar") -> list[list[str]]:
    answer = client.get(f"/{language}/information/log/log.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def whole(client) -> dict:
    return json.loads(b"".join(client.get(f"{LOG}log.json").streaming_content))


def test_the_feed_tells_the_newest_answers_in_the_language_asked_for(client, sefrou):
    make_records(sefrou.province, 2)
    for language, title in (("ar", "نفقات صيانة"), ("fr", "Dépenses d'entretien")):
        tree = ElementTree.fromstring(client.get(f"{FEED}?lang={language}").content)
        entries = tree.findall(f"{ATOM}entry")
        assert len(entries) == 2 and title in entries[0].findtext(f"{ATOM}title")
        link = entries[0].find(f"{ATOM}link").get("href")
        assert link == url_of(sefrou.province, f"/{language}/information/log/SFR-2026-R-0002/")
    assert client.get(f"{FEED}?lang=<x>").status_code == 200


def test_the_table_holds_each_answer_whole(client, sefrou):
    stored = stage(sefrou.province)
    made = make_record(
        sefrou.province,
        outcome=Outcome.PARTIAL,
        withheld=(PRIVATE,),
        files=(to_publish(stored),),
        answer='=HYPERLINK("http://x")',
        axes=("transparency",),
    )
    head, row = rows(client)
    told = dict(zip(head, row, strict=True))
    assert told["رقم الطلب"] == REFERENCE
    assert told["السؤال"] == made.question
    assert told["الجواب"] == '\'=HYPERLINK("http://x")'  # starts no formula
    assert told["أسناد ما حجب"] == "E03"
    assert told["بنود المادة 10"] == "P06"
    assert told["المواضيع"] == "الطرق, الميزانية"
    assert told["بصمة المضمون SHA-256"] == made.sha256
    assert str(stored.key) in told["الملفات"]
    assert rows(client, "fr")[0][0] == "Numéro de la demande"


def test_the_data_hold_each_answer_with_its_terms(client, sefrou):
    stored = stage(sefrou.province)
    made = make_record(sefrou.province, files=(to_publish(stored),))
    told = whole(client)
    assert told["count"] == 1 and told["log"]["terms"]["article"] == "6"
    one = told["records"][0]
    assert (one["reference"], one["sha256"]) == (REFERENCE, made.sha256)
    assert one["question"] == made.question and one["title"]["fr"] == made.title.fr
    assert one["files"][0]["sha256"] == stored.sha256
    assert str(stored.key) in one["files"][0]["url"]
    assert (one["tags"], one["items"]) == (["الطرق", "الميزانية"], ["P06"])


def test_an_empty_log_is_whole_too(client, sefrou):
    assert whole(client) == {**whole(client), "records": [], "count": 0}
    assert len(rows(client)) == 1


def test_no_answer_is_lost_or_doubled_between_pieces(client, sefrou, monkeypatch):
    monkeypatch.setattr(data, "PIECE", 7)
    make_many(sefrou.province, 23)
    numbers = [one["reference"] for one in whole(client)["records"]]
    assert numbers == [f"SFR-2025-R-{number:04d}" for number in range(23, 0, -1)]
    assert [row[0] for row in rows(client)[1:]] == numbers


def test_answers_of_one_moment_are_all_there(client, sefrou, monkeypatch):
    monkeypatch.setattr(data, "PIECE", 2)
    for number in range(1, 6):
        make_record(sefrou.province, f"SFR-2026-R-{number:04d}", now=NOW)
    assert len({one["reference"] for one in whole(client)["records"]}) == 5


def test_a_piece_costs_four_queries(client, sefrou, django_assert_num_queries):
    make_many(sefrou.province, 450)
    client.get(LOG)
    answer = client.get(f"{LOG}log.json")
    with django_assert_num_queries(3 * 4):  # three pieces of at most 200
        b"".join(answer.streaming_content)
