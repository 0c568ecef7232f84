"""The journeys of a citizen, over HTTP and without script."""

import json
import re

import pytest
import time_machine
from django.test import Client

from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.ledger import queries as ledger
from infitah.participation.models import Idea
from infitah.participation.tests.factories import (
    DURING,
    STATEMENT,
    make_consultation,
)

SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}
BASE = "/ar/consultations/june/"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000154a24f5f0000000049454e44ae426082"
)


@pytest.fixture
def open_consultation(sefrou):
    return make_consultation(sefrou.province, sefrou.axis, sefrou.second_axis)


@pytest.fixture
def client():
    return Client(headers={"host": "localhost"}, **SAME)


def typed(sefrou, **changes):
    return {"axis": sefrou.axis.slug, "statement": STATEMENT, "detail": "تفصيل", **changes}


def last_code() -> str:
    letter = read(Mail.objects.filter(template="community/email/code").latest("id"))
    return re.search(r"\b(\d{6})\b", letter.text)[1]


def give(client, sefrou, email="citizen@example.org", **changes) -> str:
    """Walk to the code; return the address of the draft."""
    first = client.post(f"{BASE}give/", typed(sefrou, **changes))
    assert first.status_code == 302, first.content.decode()[:3000]
    answer = client.post(first.url, {"email": email, "consent": "on"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return first.url


@time_machine.travel(DURING, tick=False)
def test_idea_code_number_receipt_verify_withdraw(client, sefrou, open_consultation):
    page = client.get(f"{BASE}give/")
    assert page.status_code == 200 and "csrf" not in page.content.decode()
    draft = give(client, sefrou)
    assert Idea.objects.count() == 0
    assert client.get(draft).status_code == 200
    code_page = f"{draft}code/"
    wrong = client.post(code_page, {"code": "000000" if last_code() != "000000" else "111111"})
    assert wrong.status_code == 422 and not wrong.cookies
    done = client.post(code_page, {"code": last_code()})
    assert done.status_code == 302 and done.url == f"{draft}received/"
    cookie = done.cookies["device"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    idea = Idea.objects.get()
    assert (idea.reference, idea.state) == ("SFR-2023-I-0001", "visible")
    receipt = client.get(done.url)
    assert "SFR-2023-I-0001" in receipt.content.decode() and not receipt.cookies
    proof = json.loads(client.get(f"{draft}receipt.json").content)
    assert proof
    sheet = client.get(f"{draft}receipt.pdf")
    assert sheet.content.startswith(b"%PDF-")
    assert STATEMENT in client.get(f"{BASE}ideas/{idea.reference}/").content.decode()
    assert STATEMENT in client.get(BASE).content.decode()
    taken = client.post("/ar/mine/", {"reference": idea.reference})
    assert taken.status_code == 302
    stone = client.get(f"{BASE}ideas/{idea.reference}/")
    assert stone.status_code == 200 and STATEMENT not in stone.content.decode()
    assert STATEMENT not in client.get(BASE).content.decode()
    assert ledger.of_subject("SFR", idea.reference)[-1].act == "register.openings_erased"
