"""One answer over HTTP: all that is told of it, and what readers say."""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from infitah.community.queries import url_of
from infitah.kernel.localized import LocalizedText
from infitah.publication import operations
from infitah.publication.models import RecordCount
from infitah.publication.rules import Outcome, Verdict
from infitah.publication.tests.factories import (
    ASKER,
    BY,
    HELD,
    NOW,
    PRIVATE,
    REFERENCE,
    make_record,
    make_text,
    stage,
    to_publish,
)
from infitah.publication.tests.reading import LOG, ONE, listed, page
from tests.filled import Reader

pytestmark = pytest.mark.django_db


def test_the_page_of_an_answer_tells_everything_of_it(client, sefrou):
    stored = stage(sefrou.province)
    file = to_publish(stored, withheld=(PRIVATE,), pages=3)
    made = make_record(
        sefrou.province,
        outcome=Outcome.PARTIAL,
        withheld=(HELD,),
        files=(file,),
        axes=("transparency",),
    )
    text = page(client, ONE)
    for told in (
        made.title.ar,
        made.summary.ar,
        made.question,
        made.answer,
        HELD.sentence.ar,
        PRIVATE.sentence.ar,
        "في 3 مواضع",
        "3 صفحات",
        "17 يوم عمل",
        "CC BY 4.0",
        "ألا يحرف مضمون المعلومات",
        url_of(sefrou.province, f"/d/{REFERENCE}"),
        f"/ar/register/{made.register_number}/",
        made.sha256,
        stored.sha256,
        "?item=P06",
        "?axis=transparency",
    ):
        assert told in text, told
    assert f'action="{ONE}verdict/"' in text
    address = f"/files/{stored.key}/{stored.name}"
    assert quote(address) in text
    given = client.get(address)
    assert given.status_code == 200
    given.close()


def test_the_line_to_cite_and_the_link_to_embed_are_plain_text_to_copy(client, sefrou):
    make_record(sefrou.province, title=LocalizedText(ar='عنوان "خاص" <b>'))
    text = page(client, ONE)
    url = url_of(sefrou.province, f"/d/{REFERENCE}")
    link = f"&lt;a href=&quot;{url}&quot; lang=&quot;ar&quot;&gt;"
    assert f'data-copy="{link}' in text
    assert "<b>" not in text.split("<main")[1]
    assert f"الجواب رقم {REFERENCE}" in text  # what is copied has no marks in it


def test_the_number_alone_leads_to_the_answer(client, sefrou):
    assert client.get(f"/d/{REFERENCE}").status_code == 404
    make_record(sefrou.province)
    answer = client.get(f"/d/{REFERENCE}")
    assert (answer.status_code, answer["Location"]) == (302, ONE)
    assert client.get(f"/d/{REFERENCE}-P1")["Location"] == ONE


def test_the_data_of_an_answer_are_the_bytes_of_its_hash(client, sefrou):
    made = make_record(sefrou.province, outcome=Outcome.REFUSED, withheld=(PRIVATE,))
    answer = client.get(f"{ONE}record.json")
    assert sha256(answer.content).hexdigest() == made.sha256
    assert answer.json()["withheld"][0]["code"] == "E03"
    assert client.get(f"{ONE}1/record.json").content == answer.content
    found = client.get("/ar/verify/", {"sought": made.sha256}).content.decode()
    assert made.title.ar in found


def test_an_answer_opened_again_leads_to_the_newest_and_keeps_the_first(client, sefrou):
    make_record(sefrou.province, outcome=Outcome.REFUSED, withheld=(PRIVATE,), answer="رفض أول")
    operations.publish_record(
        community=sefrou.province,
        record=make_text(answer="جواب جديد"),
        identity=ASKER,
        by=BY,
        now=NOW,
        replaces=1,
    )
    newest, first = page(client, ONE), page(client, f"{ONE}1/")
    assert "جواب جديد" in newest and f'href="{ONE}1/"' in newest
    assert "رفض أول" in first and "اقرؤوا أحدث جواب" in first
    assert f"{ONE}verdict/" not in first
    assert listed(page(client, LOG)) == [REFERENCE]


@pytest.mark.parametrize("address", [f"{LOG}SFR-2026-R-9999/", f"{ONE}7/", f"{LOG}nothing/"])
def test_what_was_never_published_is_not_there(client, sefrou, address):
    make_record(sefrou.province)
    page(client, address, 404)


def test_another_community_sees_nothing_of_it(client, sefrou):
    stored = stage(sefrou.province)
    make_record(sefrou.province, files=(to_publish(stored),))
    there = Client(headers={"host": sefrou.other.host})
    assert listed(page(there, LOG)) == []
    for address in (ONE, f"{ONE}record.json", f"/files/{stored.key}/{stored.name}"):
        page(there, address, 404)
    assert there.get(f"/d/{REFERENCE}").status_code == 404
    data = b"".join(there.get(f"{LOG}log.json").streaming_content).decode()
    assert REFERENCE not in data and '"count": 0' in data


def test_a_reader_says_so_with_one_button_and_no_script(client, sefrou):
    make_record(sefrou.province)
    reader = Reader(client)
    told = reader.send(reader.read(ONE), press="said=answered_me")
    assert "احتسب رأيكم دون اسمكم" in told.text
    reader.send(reader.read(ONE), press="said=answered_me")
    assert RecordCount.objects.get().answered_me == 1
    other = reader.send(reader.read(ONE), press="said=not_what_i_asked")
    assert "قد يكون ما تبحثون عنه" in other.text
    count = RecordCount.objects.get()
    assert (count.answered_me, count.not_what_i_asked) == (0, 1)


def test_a_verdict_from_elsewhere_or_of_no_kind_is_not_counted(client, sefrou):
    make_record(sefrou.province)
    stranger = Client(headers={"host": "localhost", "origin": "https://elsewhere.example"})
    assert stranger.post(f"{ONE}verdict/", {"said": "answered_me"}).status_code == 403
    assert client.post(f"{ONE}verdict/", {"said": "x' OR 1"}).status_code == 422
    assert client.post(f"{LOG}SFR-2026-R-9999/verdict/", {"said": "answered_me"}).status_code == 404
    assert not RecordCount.objects.exists()


def test_the_page_tells_what_readers_said_up_to_yesterday(client, sefrou):
    with time_machine.travel(NOW, tick=False):
        make_record(sefrou.province)
        for key in ("a", "b"):
            operations.count_verdict(
                community=sefrou.province,
                reference=REFERENCE,
                verdict=Verdict.ANSWERED_ME,
                key=key,
                network=key,
                now=NOW,
            )
        assert "إلى غاية أمس" not in page(client, ONE)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert "أفاد قارئين" in page(client, ONE)


def test_where_requests_are_taken_the_pages_lead_there(client, sefrou, monkeypatch):
    way = [("calculator:deadline", "text")]
    monkeypatch.setattr("infitah.publication.queries.asking._WAYS", way)
    make_record(sefrou.province)
    assert f"/ar/information/deadline/?text={quote('الماء')}" in page(client, f"{LOG}?q=الماء")
    said = page(client, f"{ONE}verdict/?said=not_what_i_asked")
    assert 'href="/ar/information/deadline/"' in said
    monkeypatch.setattr("infitah.publication.queries.asking._WAYS", [])
    assert "/ar/information/deadline/?text" not in page(client, f"{LOG}?q=الماء")
