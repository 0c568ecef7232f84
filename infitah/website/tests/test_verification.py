"""Verifying a receipt: what is proven is told in words, to be compared with a paper."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from infitah.core.viewer import Actor
from infitah.council.operations import record_sending
from infitah.council.tests.factories import adopted
from infitah.kernel.localized import LocalizedText
from infitah.ledger import rules
from infitah.ledger.models import Entry
from infitah.ledger.tests.factories import drop_triggers, make_entries, make_entry
from infitah.participation import operations, queries
from infitah.participation.tests.factories import AFTER, STATEMENT, make_consultation, make_idea
from infitah.proceedings.tests.factories import BY, HELD, NOW
from infitah.website.register_views import MAX_JUDGED

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
    assert "لم يعد الموقع يحتفظ به" not in page


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
    assert "هذا ما في ملفكم؛ لم يعد الموقع يحتفظ به" in page


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


def asked(client, sought, language="ar"):
    answer = client.get(f"/{language}/verify/?sought={sought}", **HOST)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_deliberation_is_judged_with_its_vote_and_each_of_its_acts(client, sefrou):
    item = adopted(sefrou.council, number=47)
    n = item.vote.in_favour
    for word, votes in (("ar", f"{n} مع، 0 ضد، 0 امتناع"), ("fr", f"{n} pour, 0 contre, 0 abst")):
        page = re.sub(r"<bdi[^>]*>|</bdi>", "", asked(client, item.reference, word))
        assert votes in page
    page = asked(client, item.reference)
    assert "سليم" in page and "مقرر" in page and "المجلس الإقليمي" in page
    assert "صودق عليه، حرفا بحرف" in page and "infitah verify" in page
    record_sending(reference=item.reference, sent_on=HELD, by=BY, now=NOW)
    several = client.get(f"/ar/verify/?sought={item.reference}", **HOST)
    assert [one.is_intact for one in several.context["acts"]] == [True, True]
    assert len(re.findall(r"</svg>\s*سليم|>سليم<", several.text)) == 2
    assert several.context["proven"].vote.in_favour == n


def test_a_text_that_differs_from_the_vote_is_not_said_to_be_the_one_voted(client, sefrou):
    item = adopted(sefrou.council)
    version = item.versions.get()
    type(version).objects.filter(pk=version.pk).update(text=LocalizedText(ar="نص آخر", fr="Autre"))
    assert "صودق عليه، حرفا بحرف" not in asked(client, item.reference)


def test_checking_without_us_says_what_the_program_is_and_keeps_jargon_for_last(client, sefrou):
    item = adopted(sefrou.council)
    page = asked(client, item.reference)
    alone = page[page.index("كيف تتحققون دون الاعتماد علينا") : page.index('id="ask"')]
    assert "البرنامج الحر الذي يشغل هذا الموقع" in alone and "EUPL-1.2" in alone
    assert "pip install --no-deps ." in alone and "Ed25519" in alone
    number = Entry.objects.get(subject=item.reference).number
    assert f'href="/ar/register/{number}/"' in alone
    plain, _summary, experts = alone.partition("بلغة المهندسين")
    assert "جذر موقع" in experts and "جذر" not in plain.replace("إلى الجذر", "")


def test_an_entry_that_was_changed_is_said_not_to_be_intact(client, sefrou):
    item = adopted(sefrou.council)
    entry = Entry.objects.get(subject=item.reference)
    drop_triggers()
    changed = entry.canonical.replace('"against":0', '"against":9')
    Entry.objects.filter(pk=entry.pk).update(canonical=changed)
    page = asked(client, item.reference)
    assert "غير سليم" in page and "notice-done" not in page


def test_only_words_are_to_be_compared_with_a_paper(client, sefrou, idea):
    item = adopted(sefrou.council)
    number = Entry.objects.get(subject=item.reference).number
    receipt = rules.read_document(client.get(f"/register/SFR/{number}.json", **HOST).content)
    without_words = verify(client, pasted=json.dumps(receipt.as_json())).content.decode()
    assert "بورقتكم" not in without_words
    assert "بورقتكم" in verify(client, pasted=queries.receipt_json(idea).decode()).content.decode()
    assert "بورقتكم" not in asked(client, idea.reference)  # nobody holds a paper


def test_decision_and_entry_offer_one_button(client, sefrou):
    item = adopted(sefrou.council)
    decision = client.get(f"/ar/council/decisions/{item.reference}/", **HOST).content.decode()
    assert f'href="/ar/verify/?sought={item.reference}">تحققوا من هذا المقرر' in decision
    number = Entry.objects.get(subject=item.reference).number
    entry = client.get(f"/ar/register/{number}/", **HOST).content.decode()
    assert f'href="/ar/verify/?sought=%23{number}"' in entry
    assert client.get(f"/ar/verify/?sought=%23{number}", **HOST).context["proven"].number == number


def test_the_verdict_costs_the_same_for_each_act(client, sefrou, django_assert_max_num_queries):
    make_entries(60)
    make_entry(subject="SFR-2026-I-0042")
    asked(client, "SFR-2026-I-0042")
    with django_assert_max_num_queries(45):
        asked(client, "SFR-2026-I-0042")
    for _n in range(MAX_JUDGED + 3):
        make_entry(subject="SFR-2026-I-0099")
    page = client.get("/ar/verify/?sought=SFR-2026-I-0099", **HOST)
    assert len(page.context["acts"]) == MAX_JUDGED and len(page.context["unjudged"]) == 3
