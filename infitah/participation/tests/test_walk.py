"""What a citizen on a telephone is told: before sending, after, and after taking back."""

import io
import json

import pytest
import time_machine

from infitah.community.models import Device
from infitah.core.models import Installation, Mail
from infitah.design import pdf
from infitah.ledger import rules as ledger
from infitah.participation import operations, queries
from infitah.participation.models import Idea, IdeaDraft
from infitah.participation.tests.factories import (
    AFTER,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.giving import BASE, give, last_code, typed

LATER = AFTER.replace(month=7)
FIRST, LAST = "2023-06-21", "2023-07-30"


def page_of(client, address, **query) -> str:
    return client.get(address, query).content.decode()


def july(sefrou):
    return make_consultation(
        sefrou.province,
        sefrou.axis,
        slug="july",
        first_day=AFTER.date(),
        last_day=LATER.date(),
    )


def test_before_sending_one_knows_scope_rules_counter_and_what_is_public(client, sefrou, june):
    make_rule(sefrou.province, 3)
    with time_machine.travel(DURING, tick=False):
        form = page_of(client, f"{BASE}give/")
        assert "قاعدة الإشراف رقم 3" in form and "/ar/consultations/moderation-rules/" in form
        assert "المادة 79" in form and 'id="counter"' in form
        draft = client.post(f"{BASE}give/", typed(sefrou, name="فاطمة")).url
        page = page_of(client, draft)
        before, sealed = page.split("ما لن يقرأه أحد في الموقع")
        assert STATEMENT in before and "تفصيل" in before and "فاطمة" not in before
        assert "فاطمة" in sealed and 'id="counter"' in sealed
        assert "14 يونيو 2025" in sealed  # until when the address is kept: 24 months
        assert "لم يسجل بعد" in sealed
        rules = page_of(client, "/ar/consultations/moderation-rules/")
        assert "قاعدة الإشراف رقم 3" in rules


@time_machine.travel(DURING, tick=False)
def test_the_same_sentence_again_is_told_with_its_day_and_number(proved, sefrou, june):
    make_idea(june, sefrou.axis, author=sefrou.participant)
    draft = proved.post(f"{BASE}give/", typed(sefrou, name="فاطمة")).url
    answer = proved.post(draft, {"consent": "on"}, follow=True)
    page = answer.content.decode()
    assert "سبق أن قدمتم هذه الفكرة يوم" in page and "14 يونيو 2023" in page
    assert "SFR-2023-I-0001" in page and "لم يحفظ" in page
    assert Idea.objects.count() == 1 and not IdeaDraft.objects.exists()
    alone = answer.redirect_chain[-1][0].partition("?")[0]
    assert "سبق أن قدمتم" not in page_of(proved, alone)


@time_machine.travel(DURING, tick=False)
def test_a_spent_code_offers_a_new_one(client, sefrou, june):
    draft = give(client, sefrou)
    wrong = "111111" if last_code() != "111111" else "222222"
    for _try in range(2):
        assert "اطلبوا رمزا جديدا" not in (
            client.post(f"{draft}code/", {"code": wrong}).content.decode()
        )
    spent = client.post(f"{draft}code/", {"code": wrong}).content.decode()
    assert "اطلبوا رمزا جديدا" in spent and f'class="button" href="{draft}"' in spent


def withdrawn(client, june, sefrou) -> Idea:
    with time_machine.travel(DURING, tick=False):
        make_idea(june, sefrou.axis, author=sefrou.participant, wants_receipt=True)
    with time_machine.travel(AFTER, tick=False):
        client.post("/ar/mine/", {"reference": "SFR-2023-I-0001"})
    return Idea.objects.get()


def test_the_receipt_of_a_withdrawn_idea_says_so_on_page_sheet_and_proof(proved, sefrou, june):
    idea = withdrawn(proved, june, sefrou)
    base = f"{BASE}give/{idea.submission_key}"
    page = page_of(proved, f"{base}/received/")
    number = queries.withdrawal_number(idea)
    assert "سحبت يوم" in page and "22 يونيو 2023" in page
    assert f"/ar/register/{number}/" in page
    for false in ("معروضة الآن", "<dt>الفكرة</dt>", "ماذا بعد ذلك"):
        assert false not in page
    proof = json.loads(proved.get(f"{base}/receipt.json").content)
    assert json.loads(proof["entry"])["act"] == "participation.idea_withdrawn"
    sheet = proved.get(f"{base}/receipt.pdf").content
    document = ledger.opened(sheet)
    assert document.facts.act == "participation.idea_withdrawn"
    assert ledger.verdict(document, ledger.Pinned()).is_intact
    facts = queries.receipts._facts(idea, "ar", number)
    assert STATEMENT not in str(facts) and "" not in [value for _label, value in facts]


def test_a_withdrawn_idea_leads_to_the_act_that_withdrew_it(proved, sefrou, june):
    idea = withdrawn(proved, june, sefrou)
    page = page_of(proved, f"{BASE}ideas/{idea.reference}/")
    assert f"/ar/register/{queries.withdrawal_number(idea)}/" in page
    assert "22 يونيو 2023" in page


def test_a_device_is_forgotten_when_asked(proved, sefrou, june):
    withdrawn(proved, june, sefrou)
    with time_machine.travel(AFTER, tick=False):
        assert "سحبتم جميع أفكاركم" in page_of(proved, "/ar/mine/")
        answer = proved.post("/ar/mine/", {"forget": "1"}, follow=True)
        assert "لم يعد هذا الجهاز معروفا" in answer.content.decode()
        assert not proved.cookies["device"].value
        assert not Device.objects.filter(revoked_at=None).exists()
        assert "SFR-2023-I-0001" not in page_of(proved, "/ar/mine/")


@time_machine.travel(DURING, tick=False)
def test_the_links_are_asked_for_by_mail_alone_and_nobody_learns_of_whom(client, sefrou, june):
    make_idea(june, sefrou.axis, author=sefrou.participant)
    address = operations.letters.address_of_author(sefrou.participant)
    assert 'action="/ar/mine/link/"' in page_of(client, "/ar/mine/")
    known = client.post("/ar/mine/link/", {"email": address})
    unknown = client.post("/ar/mine/link/", {"email": "nobody@example.org"})
    assert known.content == unknown.content and known.status_code == 200
    assert Mail.objects.filter(template="participation/email/my_ideas").count() == 1


def test_a_closed_consultation_leads_first_to_the_open_one(client, sefrou, june):
    with time_machine.travel(AFTER, tick=False):
        make_idea(june, sefrou.axis)
        assert 'class="button" href="/ar/consultations/july/give/"' not in page_of(client, BASE)
        july(sefrou)
        idea = make_idea(june, sefrou.axis, "بناء ملعب رياضي في كل جماعة", at=AFTER)
        for address in (
            BASE,
            f"{BASE}give/",
            f"{BASE}give/{idea.submission_key}/received/",
        ):
            page = page_of(client, address)
            button = 'class="button" href="/ar/consultations/july/give/"'
            assert button in page, address
        page = page_of(client, BASE)
        assert page.index(button) < page.index(f'href="{BASE}give/"')


def test_similar_ideas_of_the_open_consultation_come_first_with_day_and_name(
    client, sefrou, june, monkeypatch
):
    old = make_idea(june, sefrou.axis)
    with time_machine.travel(AFTER, tick=False):
        new = make_idea(july(sefrou), sefrou.axis, f"{STATEMENT} للجميع", at=AFTER)
        proposed = [
            type("Found", (), {"subject": one.reference, "found_by": "words"}) for one in (old, new)
        ]
        monkeypatch.setattr(
            queries.ideas.searchindex, "similar", lambda **_asked: proposed, raising=True
        )
        page = page_of(client, f"{BASE}similar/", q=STATEMENT)
    assert page.index(new.reference) < page.index(old.reference)
    assert "مفتوحة الآن" in page and "استشارة يونيو" in page and "14 يونيو 2023" in page
    assert "تتبع" not in page


def test_an_idea_of_a_closed_consultation_stops_nobody(client, sefrou, june, monkeypatch):
    old = make_idea(june, sefrou.axis)
    with time_machine.travel(AFTER, tick=False):
        july(sefrou)
        found = type("Found", (), {"subject": old.reference, "found_by": "words"})
        monkeypatch.setattr(queries.ideas.searchindex, "similar", lambda **_asked: [found])
        draft = client.post("/ar/consultations/july/give/", typed(sefrou)).url
        page = page_of(client, draft)
    assert old.reference in page and "في استشارة مغلقة" in page and "سيظهر الجواب" not in page


def test_days_without_answer_are_counted_and_nobody_is_accused(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    with time_machine.travel(DURING, tick=False):
        assert "لم يجب المجلس" not in page_of(client, BASE)
    with time_machine.travel(LATER, tick=False):
        for address in (BASE, f"{BASE}ideas/{idea.reference}/"):
            page = page_of(client, address)
            assert "لم يجب المجلس بعد" in page and "32 يوما" in page
            assert "notice-late" not in page


def test_an_answered_idea_is_not_said_to_wait(client, sefrou, june, monkeypatch):
    idea = make_idea(june, sefrou.axis)
    monkeypatch.setattr(
        queries.thread, "ANSWERS", [lambda _key, references: {*references} & {idea.reference}]
    )
    with time_machine.travel(LATER, tick=False):
        assert "لم يجب المجلس" not in page_of(client, f"{BASE}ideas/{idea.reference}/")
        assert "لها تتمة" in page_of(client, BASE)


@time_machine.travel(DURING, tick=False)
def test_a_new_idea_is_received_not_done(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    for address in (
        f"{BASE}ideas/{idea.reference}/",
        f"{BASE}give/{idea.submission_key}/received/",
    ):
        page = page_of(client, address)
        assert "تم التوصل بها" in page and "منجز ومؤكد" not in page


@time_machine.travel(DURING, tick=False)
def test_the_receipt_teaches_to_verify_without_this_site(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    page = page_of(client, f"{BASE}give/{idea.submission_key}/received/")
    for needed in ("infitah verify", "/.well-known/infitah.json", queries.signing_key(idea)):
        assert needed in page
    assert 'href="/ar/verify/"' in page


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "حرفا واحدا"), (2, "حرفين"), (5, "5 أحرف"), (13, "13 حرفا")],
)
@time_machine.travel(DURING, tick=False)
def test_characters_are_counted_in_good_arabic(client, sefrou, june, count, words):
    answer = client.post(f"{BASE}give/", typed(sefrou, statement="ت" * count))
    assert words in answer.content.decode()


@time_machine.travel(DURING, tick=False)
def test_no_mark_stands_twice(client, sefrou, june):
    first = client.post(f"{BASE}give/", typed(sefrou))
    page = client.post(first.url, {"email": ""}).content.decode()
    assert ".:" not in page and "؟:" not in page


def test_the_mailbox_of_the_demonstration_is_told_where_links_are_sent(client, sefrou, june):
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    page = client.post("/ar/mine/link/", {"email": "nobody@example.org"}).content.decode()
    assert "/ar/demonstration/mailbox/" in page


def test_a_demonstration_does_not_call_an_idea_invented(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    type(june).objects.update(is_demonstration=True)
    page = page_of(client, f"{BASE}ideas/{idea.reference}/")
    assert "هذا الموقع عرض تجريبي" in page and "أفكار هذه الاستشارة" not in page


@pytest.mark.parametrize(("language", "words"), [("ar", "في هذا الموقع"), ("fr", "sur ce site")])
def test_the_table_has_words_beside_codes(client, sefrou, june, language, words):
    make_idea(june, sefrou.axis)
    address = f"/{language}/consultations/june/ideas.csv"
    text = b"".join(client.get(address).streaming_content).decode()
    assert words in text and ",online," in text and "العربية" in text


def test_the_address_that_people_shorten_leads_to_the_list(client, sefrou, june):
    idea = make_idea(june, sefrou.axis)
    page = client.get(f"{BASE}ideas/").content.decode()
    assert 'id="ideas"' in page and f"{BASE}ideas/{idea.reference}/" in page


def test_the_sheet_is_drawn_in_both_languages(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    for language in ("ar", "fr"):
        assert io.BytesIO(queries.receipt_pdf(idea, language)).read(5) == b"%PDF-"
    assert pdf
