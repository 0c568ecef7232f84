"""A word at the desk: it is said to be recorded, and the list of milestones shows it."""

import re
from html import unescape

import pytest
import time_machine

from infitah.community.tests.factories import log_in
from infitah.programme.models import ProgressUpdate

HOST = {"host": "localhost"}


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-08-03 11:00+01:00", tick=False):
        yield


def words(response):
    text = unescape(re.sub("<[^>]*>", " ", response.content.decode()))
    return " ".join(text.split())


def test_a_word_is_said_to_be_recorded_and_stands_beside_the_state(commitment, sefrou, client):
    log_in(client, sefrou.commitment_owner, sefrou.province)
    reference = f"{commitment.reference}-M1"
    told = {"standing": "late", "milestone": reference, "note": "تأخر التوريد"}
    address = f"/desk/programme/carrying-out/{commitment.reference}/word/"
    said = words(client.post(address, told, follow=True))
    assert "سجل التصريح وهو عمومي" in said
    assert "آخر تحيين: متأخر · 3 غشت 2026" in said
    # What the state tells later is newer than the word.
    report = {"step": "start", "on": "2026-08-03"}
    assert client.post(f"/desk/programme/milestones/{reference}/report/", report).status_code == 302
    assert ProgressUpdate.objects.count() == 1
    assert "متأخر · 3 غشت" not in words(client.get("/desk/programme/"))
