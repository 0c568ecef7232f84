"""A telephone in an idea or a comment is said before it is public, and nothing is blocked."""

import pytest
import time_machine

from infitah.participation.models import Comment, Idea, IdeaDraft
from infitah.participation.tests.factories import DURING
from infitah.participation.tests.giving import BASE, typed

PHONE = "إصلاح الإنارة بالحي، للاتصال 06 12 34 56 78"
CARD = "بطاقتي الوطنية C123456"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def test_an_idea_with_a_telephone_is_warned_of_once(june, sefrou, client):
    sent = typed(sefrou, detail=PHONE)
    warned = client.post(f"{BASE}give/", sent)
    page = warned.content.decode()
    assert warned.status_code == 200 and "رقم هاتف" in page and PHONE in page
    assert not IdeaDraft.objects.exists()
    assert '<input type="hidden" name="warned" value="phone">' in page
    leads = page.index('<a href="#id_detail">')  # names the field, above the form
    assert page.index("رقم هاتف") < leads < page.index('<form method="post"')
    assert '<a href="#id_statement">' not in page
    other = client.post(f"{BASE}give/", {**sent, "statement": CARD, "warned": "phone"})
    assert other.status_code == 200 and "رقم بطاقة وطنية" in other.content.decode()
    assert client.post(f"{BASE}give/", {**sent, "warned": "phone"}).status_code == 302
    assert IdeaDraft.objects.get().detail == PHONE


def test_what_is_wrong_comes_before_the_warning(june, sefrou, client):
    wrong = client.post(f"{BASE}give/", typed(sefrou, statement="قصير", detail=PHONE))
    assert wrong.status_code == 422 and "رقم هاتف" not in wrong.content.decode()
    plain = client.post(f"{BASE}give/", typed(sefrou))
    assert plain.status_code == 302


def test_an_idea_typed_for_a_visitor_is_warned_of_too(june, sefrou, focal):
    at = "/desk/participation/consultations/june/enter/"
    sent = {"axis": sefrou.axis.slug, "statement": PHONE}
    warned = focal.post(at, sent)
    assert warned.status_code == 200 and "رقم هاتف" in warned.content.decode()
    assert not Idea.objects.exists()
    assert focal.post(at, {**sent, "warned": "phone"}).status_code == 302
    assert Idea.objects.get().statement == PHONE


def test_a_comment_with_a_telephone_is_warned_of_once(idea, proved):
    at = f"{BASE}ideas/{idea.reference}/comment/"
    warned = proved.post(at, {"text": PHONE})
    assert warned.status_code == 200 and "رقم هاتف" in warned.content.decode()
    assert not Comment.objects.exists()
    assert proved.post(at, {"text": PHONE, "warned": "phone"}).status_code == 303
    assert Comment.objects.get().text == PHONE
