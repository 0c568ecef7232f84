"""Answers that are put off or taken back show nothing but why, at any door."""

import pytest
from django.test import Client

from infitah.publication.tests.acting import withdraw
from infitah.publication.tests.factories import (
    REASON,
    REFERENCE,
    make_deferred,
    make_record,
    stage,
    to_publish,
)
from infitah.publication.tests.reading import LOG, ONE, page

pytestmark = pytest.mark.django_db


def everywhere(client: Client) -> str:
    """Return all that the public can read of the log, in one text."""
    told = []
    for address in (
        LOG,
        f"{LOG}?item=P06",
        f"{LOG}deferred/",
        ONE,
        f"{ONE}record.json",
        f"{ONE}verdict/",
        f"{LOG}log.csv",
        f"{LOG}log.json",
        "/feeds/information-log.atom",
        "/ar/transparency/",
        "/sitemap.xml",
        "/sitemaps/answers.xml",
        "/ar/register/",
    ):
        answer = client.get(address)
        is_whole = not answer.streaming
        body = answer.content if is_whole else b"".join(answer.streaming_content)
        told.append(body.decode())
    return "".join(told)


def test_of_an_answer_put_off_only_the_reason_and_the_day_are_told(client, sefrou):
    stored = stage(sefrou.province)
    made = make_deferred(sefrou.province, files=(to_publish(stored),))
    for address in (f"{LOG}deferred/", ONE):
        text = page(client, address)
        assert REASON.ar in text and "1 يونيو 2026" in text and REFERENCE in text
    told = everywhere(client)
    for hidden in (
        made.title.ar,
        made.summary.ar,
        made.question,
        made.answer,
        "الطرق",
        stored.name,
    ):
        assert hidden not in told, hidden
    page(client, f"/files/{stored.key}/{stored.name}", 404)
    assert f"{LOG}deferred/" in page(client, LOG)


def test_what_is_taken_back_is_gone_with_its_reason(client, sefrou):
    stored = stage(sefrou.province)
    made = make_record(sefrou.province, files=(to_publish(stored),))
    withdraw(sefrou.province)
    text = page(client, ONE, 410)
    assert REASON.ar in text and "2 أبريل 2026" in text
    assert client.get(f"{ONE}record.json").status_code == 410
    page(client, f"/files/{stored.key}/{stored.name}", 404)
    told = everywhere(client)
    for hidden in (made.title.ar, made.summary.ar, made.question, made.answer, stored.name):
        assert hidden not in told, hidden
    assert "no-store" not in client.get(ONE).get("Cache-Control", "")  # a notice may be kept
