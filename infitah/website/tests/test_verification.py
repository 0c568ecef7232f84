"""Verifying a receipt: what is proven is told in words, to be compared with a paper."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from infitah.core.viewer import Actor
from infitah.ledger import rules
from infitah.participation import operations, queries
from infitah.participation.tests.factories import AFTER, STATEMENT, make_consultation, make_idea

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


@pytest.fixture
def idea(sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    return make_idea(june, sefrou.axis, author=sefrou.participant, detail="تفصيل الفكرة")


def verify(client, language="ar", **data):
    path = f"/{language}/verify/"
    return client.post(path, data, HTTP_SEC_FETCH_SITE="same-origin", **HOST)


def withdraw(idea):
    operations.withdraw_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        author_id=idea.author_id,
        by=Actor("participant", str(idea.author_id)),
        now=AFTER,
    )


def uploaded(content):
    return SimpleUploadedFile("receipt.json", content)


@pytest.mark.parametrize("way", ["file", "pasted"])
def test_a_receipt_tells_the_sentence_number_community_day_and_act(client, idea, way):
    content = queries.receipt_json(idea)
    sent = uploaded(content) if way == "file" else content.decode()
    page = verify(client, **{way: sent}).content.decode()
    for proven in (STATEMENT, "تفصيل الفكرة", idea.reference, "14 يونيو 2023", "قدمت فكرة"):
        assert proven in page
    assert "المجلس الإقليمي" in page and ">SFR<" not in page
    assert "النص المطبوع على الورق" in page  # what the machine did not look at


def test_what_is_not_intact_proves_nothing(client, idea):
    receipt = json.loads(queries.receipt_json(idea))
    receipt["openings"]["statement"]["value"] = "بناء ملعب جديد في كل جماعة من الإقليم"
    page = verify(client, pasted=json.dumps(receipt)).content.decode()
    assert "غير سليم" in page and "بناء ملعب جديد" not in page
    assert 'id="proven"' not in page


def test_a_receipt_of_an_idea_withdrawn_since_says_on_which_day(client, idea):
    content = queries.receipt_json(idea)
    withdraw(idea)
    page = verify(client, file=uploaded(content)).content.decode()
    assert "سحبت هذه الفكرة يوم" in page and "22 يونيو 2023" in page
    assert STATEMENT in page  # of the reader's own file; the site has erased it


def test_the_address_of_the_qr_is_checked_by_its_code(client, idea):
    address = queries.verify_url(idea, "ar")
    answer = client.get(address[address.index("/ar/") :], **HOST)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert answer.context["verdict"].outcome is rules.Outcome.INTACT_KNOWN_KEY
    assert STATEMENT in page and idea.reference in page
    pasted = verify(client, sought=address)
    assert STATEMENT in pasted.content.decode()
    wrong = verify(client, sought=address[:-4] + "zzzz")
    assert wrong.status_code == 422
    other = verify(client, sought=address[:-4] + "0000")
    assert other.status_code == 422 and "ليس رمز" in other.content.decode()


def test_the_qr_of_a_withdrawn_idea_says_so_and_shows_no_words(client, idea):
    address = queries.verify_url(idea, "fr")
    withdraw(idea)
    page = client.get(address[address.index("/fr/") :], **HOST).content.decode()
    assert "retirée le" in page and "22 juin 2023" in page and STATEMENT not in page


def test_text_that_is_no_proof_is_told_beside_the_field(client, sefrou):
    answer = verify(client, pasted="ليس إثباتا")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer.context["form"].errors["pasted"] and "ليس إثباتا" in page


def test_a_receipt_says_nothing_of_the_person(idea):
    receipt = queries.receipt_json(idea)
    assert b"participant:" not in receipt
    document = rules.read_document(receipt)
    assert set(document.openings) == {"statement", "detail"}
