"""The journey of a citizen who gives an idea, over HTTP and without script."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from infitah.ledger import queries as ledger
from infitah.participation.models import Idea, IdeaDraft
from infitah.participation.tests.factories import AFTER, DURING, STATEMENT, make_consultation
from infitah.participation.tests.giving import BASE, SAME, give, last_code, typed


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


@time_machine.travel(DURING, tick=False)
def test_the_same_sentence_of_the_same_person_leads_to_the_idea_it_became(
    sefrou, open_consultation
):
    for _time in range(2):
        client = Client(headers={"host": "localhost"}, **SAME)
        code_page = f"{give(client, sefrou)}code/"
        done = client.post(code_page, {"code": last_code()})
        assert "SFR-2023-I-0001" in client.get(done.url).content.decode()
    assert Idea.objects.count() == 1


@time_machine.travel(DURING, tick=False)
def test_a_proved_device_skips_the_code(client, sefrou, open_consultation):
    client.cookies["device"] = sefrou.device
    first = client.post(f"{BASE}give/", typed(sefrou))
    page = client.get(first.url).content.decode()
    assert 'name="email"' not in page
    done = client.post(first.url, {"consent": "on"})
    assert done.url == f"{first.url}received/"
    assert Idea.objects.get().author == sefrou.participant
    mine = client.get("/ar/mine/").content.decode()
    assert STATEMENT in mine and "SFR-2023-I-0001" in mine


@time_machine.travel(DURING, tick=False)
def test_a_draft_proved_on_one_device_is_not_given_from_another(client, sefrou, open_consultation):
    client.cookies["device"] = sefrou.device
    first = client.post(f"{BASE}give/", typed(sefrou))
    stranger = Client(headers={"host": "localhost"}, **SAME)
    refused = stranger.post(first.url, {"consent": "on"})
    assert refused.status_code == 422 and Idea.objects.count() == 0
    assert 'name="email"' in refused.content.decode()


@time_machine.travel(DURING, tick=False)
def test_double_submits_the_back_button_and_two_tabs_make_one_idea(
    client, sefrou, open_consultation
):
    key = "6f1c2a34-1111-4222-8333-444455556666"
    once = client.post(f"{BASE}give/", typed(sefrou, key=key))
    twice = client.post(f"{BASE}give/", typed(sefrou, key=key))
    assert once.url == twice.url and IdeaDraft.objects.count() == 1
    client.post(once.url, {"email": "citizen@example.org", "consent": "on"})
    code = last_code()
    first = client.post(f"{once.url}code/", {"code": code})
    again = client.post(f"{once.url}code/", {"code": code})
    assert first.url == again.url and Idea.objects.count() == 1
    # Back to the very first page, sent once more, and a second tab with the same words.
    back = client.post(f"{BASE}give/", typed(sefrou, key=key), follow=True)
    assert "SFR-2023-I-0001" in back.content.decode()
    tab = client.post(f"{BASE}give/", typed(sefrou))
    client.post(tab.url, {"consent": "on"}, follow=True)
    assert Idea.objects.count() == 1


@time_machine.travel(DURING, tick=False)
def test_an_error_keeps_everything_that_was_typed(client, sefrou, open_consultation):
    answer = client.post(
        f"{BASE}give/",
        {
            "key": "6f1c2a34-1111-4222-8333-444455556666",
            "axis": sefrou.second_axis.slug,
            "statement": "قصيرة",
            "detail": "تفصيل <b>عريض</b>",
            "name": "فاطمة",
            "commune": str(sefrou.commune.pk),
            "attachment_alt": "صورة",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("قصيرة", "تفصيل &lt;b&gt;عريض&lt;/b&gt;", "فاطمة", "صورة", "6f1c2a34-1111"):
        assert kept in page
    assert re.search(rf'value="{sefrou.second_axis.slug}"[^>]*checked', page)
    assert re.search(rf'value="{sefrou.commune.pk}" selected', page)
    assert 'id="id_statement-error"' in page and 'href="#id_statement"' in page
    assert "فيها" not in page and "الحد الأدنى 20" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "ضعوا علامة"), ("fr", "Cochez cette case"), ("zgh", "Cochez cette case")],
)
@time_machine.travel(DURING, tick=False)
def test_errors_speak_the_language_of_the_page(client, sefrou, open_consultation, language, words):
    first = client.post(f"/{language}/consultations/june/give/", typed(sefrou))
    answer = client.post(first.url, {"email": "no address"})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert 'value="no address"' in answer.content.decode()


@time_machine.travel(DURING, tick=False)
def test_a_paste_of_200_kb_is_told_and_given_back(client, sefrou, open_consultation):
    paste = "نشر الميزانية " * 14_000
    answer = client.post(f"{BASE}give/", typed(sefrou, statement=paste))
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count("نشر الميزانية") > 13_000
    detail = client.post(f"{BASE}give/", typed(sefrou, detail="ت" * 200_001))
    assert detail.status_code == 422 and "طويل جدا" in detail.content.decode()


@time_machine.travel(DURING, tick=False)
def test_what_nobody_sees_is_taken_out_before_it_counts(client, sefrou, open_consultation):
    hostile = "نشر\u202e الميزا\u200bنية\u0000 السنوية في\u2066 صفحة واحدة\ufeff"
    give(client, sefrou, statement=hostile, detail="<script>alert(1)</script>\u202e")
    draft = IdeaDraft.objects.get()
    assert draft.statement == "نشر الميزانية السنوية في صفحة واحدة"
    page = client.get(f"{BASE}give/{draft.key}/").content.decode()
    assert "<script>alert" not in page and "\u202e" not in page


@time_machine.travel(DURING, tick=False)
def test_bytes_that_are_no_utf_8_are_told_and_never_break(client, sefrou, open_consultation):
    body = f"axis={sefrou.axis.slug}&statement=".encode() + b"%C7%E1%E3%ED" * 9
    form = "application/x-www-form-urlencoded"
    answer = client.post(f"{BASE}give/", body, content_type=form)
    assert answer.status_code == 422 and "تعذرت قراءة" in answer.content.decode()
    other = client.post(f"{BASE}give/", body, content_type=f"{form}; charset=windows-1256")
    assert other.status_code in {400, 422}
    assert Idea.objects.count() == IdeaDraft.objects.count() == 0


@given(text=st.text(max_size=300), key=st.text(max_size=40), code=st.text(max_size=12))
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_hostile_text_through_http_never_breaks_a_page(sefrou, text, key, code):
    client = Client(headers={"host": "localhost"}, **SAME)
    if not Idea.objects.exists() and not sefrou.province.consultations.exists():
        make_consultation(sefrou.province, sefrou.axis)
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    code, key = (word.encode("utf-8", "replace").decode() for word in (code, key))
    with time_machine.travel(DURING, tick=False):
        sent = {"axis": text[:60], "statement": text, "detail": text, "name": text, "key": key}
        answer = client.post(f"{BASE}give/", {**sent, "axis": sefrou.axis.slug, "kept": key})
        assert answer.status_code in {302, 422}
        assert client.post(f"{BASE}give/", sent).status_code == 422
        if answer.status_code == 302:
            page = client.get(answer.url)
            assert page.status_code == 200
            assert client.post(answer.url, {"email": text}).status_code == 422
        assert client.get(f"{BASE}similar/", {"q": text}).status_code in {200, 204}
        query = {"axis": text, "language": code, "before": key, "after": text[:9], "tray": code}
        assert client.get(BASE, query).status_code == 200
        assert client.get(f"{BASE}give/", {"change": key, "axis": text}).status_code == 200


def test_a_closed_consultation_says_when_it_closed_and_shows_the_tray(
    client, sefrou, open_consultation
):
    with time_machine.travel(AFTER, tick=False):
        page = client.get(f"{BASE}give/").content.decode()
        assert "20 يونيو 2023" in page and "الأفكار المتأخرة" in page
        draft = give(client, sefrou)
        client.post(f"{draft}code/", {"code": last_code()})
        idea = Idea.objects.get()
        assert idea.state == "late"
        listed = client.get(BASE).content.decode()
        assert STATEMENT not in listed and "?tray=late#ideas" in listed
        assert STATEMENT in client.get(BASE, {"tray": "late"}).content.decode()


def test_what_was_typed_too_late_goes_over_to_the_open_consultation(
    client, sefrou, open_consultation
):
    with time_machine.travel(AFTER, tick=False):
        make_consultation(
            sefrou.province,
            sefrou.axis,
            slug="july",
            first_day=date(2023, 6, 21),
            last_day=date(2023, 6, 30),
        )
        draft = give(client, sefrou, detail="تفاصيل الفكرة", name="فاطمة")
        key = IdeaDraft.objects.get().key
        over = f"/ar/consultations/july/give/?late={key}"
        assert f'href="{over}"' in client.get(draft).content.decode()
        page = client.get(over).content.decode()
        for typed_before in (STATEMENT, "تفاصيل الفكرة", "فاطمة"):
            assert typed_before in page
        assert f'value="{key}"' not in page  # a draft of its own: the late one stays
        elsewhere = Client(headers={"host": sefrou.commune.host})
        assert STATEMENT not in elsewhere.get(over).content.decode()


def test_nothing_is_given_before_opening(client, sefrou, open_consultation):
    with time_machine.travel("2023-06-10 10:00", tick=False):
        answer = client.get(f"{BASE}give/")
        assert answer.status_code == 302 and answer.url == BASE
        assert "12 يونيو 2023" in client.get(BASE).content.decode()


@time_machine.travel(DURING, tick=False)
def test_another_site_cannot_send_the_form(sefrou, open_consultation):
    elsewhere = Client(headers={"host": "localhost", "sec-fetch-site": "cross-site"})
    assert elsewhere.post(f"{BASE}give/", typed(sefrou)).status_code == 403


def test_a_draft_that_is_gone_says_so_and_offers_to_write_again(client, sefrou, open_consultation):
    gone = client.get(f"{BASE}give/6f1c2a34-1111-4222-8333-444455556666/")
    assert gone.status_code == 404 and f'href="{BASE}give/"' in gone.content.decode()
    nothing = client.get(f"{BASE}give/6f1c2a34-1111-4222-8333-444455556666/received/")
    assert nothing.status_code == 404


@time_machine.travel(DURING, tick=False)
def test_a_used_or_spent_code_says_so(client, sefrou, open_consultation):
    draft = give(client, sefrou)
    right = last_code()
    wrong = "111111" if right != "111111" else "222222"
    for left in ("2", "1", "ثلاث"):
        answer = client.post(f"{draft}code/", {"code": wrong})
        assert answer.status_code == 422 and left in answer.content.decode()
    assert "#id_code" not in answer.content.decode()  # the field is gone: nothing leads to it
    spent = client.post(f"{draft}code/", {"code": right})
    assert spent.status_code == 422 and Idea.objects.count() == 0
    dead = client.get(f"{draft}code/")
    assert dead.status_code == 200 and 'name="code"' not in dead.content.decode()
    assert f'class="button" href="{draft}"' in dead.content.decode()
    assert client.post(f"{draft}code/", {"code": "12"}).status_code == 422
    assert client.get(draft).status_code == 200  # another code can be asked for


@time_machine.travel(DURING, tick=False)
def test_what_was_typed_can_be_changed_before_the_code(client, sefrou, open_consultation):
    draft = give(client, sefrou, name="فاطمة", commune=str(sefrou.commune.pk))
    key = str(IdeaDraft.objects.get().key)
    page = client.get(f"{BASE}give/", {"change": key}).content.decode()
    assert STATEMENT in page and "فاطمة" in page and f'value="{key}"' in page
    changed = client.post(f"{BASE}give/", typed(sefrou, key=key, detail="جديد"))
    assert changed.url == draft and IdeaDraft.objects.get().detail == "جديد"
