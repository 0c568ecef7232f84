"""The journey of a citizen who asks, follows and complains, over HTTP and without script."""

import json
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.utils.html import strip_tags

from infitah.information.models import InformationRequest, RequestDraft, Requester
from infitah.information.tests.walking import (
    AGREED,
    ASK,
    TEXT,
    WHO,
    ask,
    last_code,
    to_third_screen,
)

pytestmark = [pytest.mark.django_db]
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def words(answer) -> str:
    return answer.content.decode()


@time_machine.travel(MONDAY, tick=False)
def test_three_screens_lead_to_a_number_a_day_and_a_code(client, sefrou):
    first = client.get(f"{ASK}?text=النقل المدرسي")
    assert "النقل المدرسي" in words(first) and not first.cookies
    assert "csrf" not in words(first) and "motif" not in words(first).lower()
    third = to_third_screen(client)
    assert not InformationRequest.objects.exists()
    page = words(client.get(third))
    assert TEXT in page and "الصفريوية" in page and 'name="code"' not in page
    sent = client.post(third, AGREED)
    receipt = words(client.get(sent.url))
    asked = InformationRequest.objects.get()
    assert "SFR-2026-R-0001" in receipt and asked.channel == "web"
    code = re.search(r'class="code">([0-9A-Z]{8})<', receipt)[1]
    assert client.post(third, AGREED).url == sent.url
    assert InformationRequest.objects.count() == 1
    sheet = client.get(f"{ASK}{asked.submission_key}/receipt.pdf")
    assert sheet.content.startswith(b"%PDF-")
    assert json.loads(client.get(f"{ASK}{asked.submission_key}/receipt.json").content)
    found = client.post(
        "/ar/information/follow/", {"reference": "sfr-2026-r-0001", "code": code.lower()}
    )
    assert found.url == f"/ar/information/follow/{asked.token}/"
    assert TEXT in words(client.get(found.url))


@time_machine.travel(MONDAY, tick=False)
def test_an_address_is_proved_by_the_code_on_the_third_screen(client, sefrou):
    third = to_third_screen(client, who={"email": "amina@example.org"})
    assert 'name="code"' in words(client.get(third))
    wrong = "000000" if last_code() != "000000" else "111111"
    refused = client.post(third, {**AGREED, "code": wrong})
    assert refused.status_code == 422 and TEXT in words(refused)
    assert not InformationRequest.objects.exists()
    sent = client.post(third, {**AGREED, "code": last_code()})
    assert sent.status_code == 302 and sent.cookies["device"]["httponly"]
    person = Requester.objects.get()
    assert person.has_email and person.participant is not None


@time_machine.travel(MONDAY, tick=False)
def test_a_code_that_does_not_come_hinders_nobody(client, sefrou):
    third = to_third_screen(client, access="email", who={"email": "amina@example.org"})
    sent = client.post(third, {**AGREED, "without_email": "1"})
    assert sent.status_code == 302
    assert not Requester.objects.get().has_email
    assert InformationRequest.objects.get().access == "copy"


@time_machine.travel(MONDAY, tick=False)
def test_a_proved_device_is_asked_for_no_code_for_its_own_address_only(client, sefrou):
    client.cookies["device"] = sefrou.device
    other = to_third_screen(client, who={"email": "somebody@example.org"})
    assert 'name="code"' in words(client.get(other))


@time_machine.travel(MONDAY, tick=False)
def test_nothing_typed_lies_in_clear_and_a_draft_dies_in_a_day(client, sefrou):
    third = to_third_screen(client)
    draft = RequestDraft.objects.get()
    for part in (TEXT, "الصفريوية", "CD123456"):
        assert part not in draft.typed_sealed
    with time_machine.travel(datetime(2026, 3, 3, 9, 31, tzinfo=UTC), tick=False):
        gone = client.post(third, AGREED)
    assert gone.status_code == 404 and not InformationRequest.objects.exists()


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"document": "123456"}, "document"),
        ({"document": "ABC123456"}, "document"),
        ({"first_name": "   "}, "first_name"),
        ({"address": ""}, "address"),
        ({"email": "amina@"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"is_urgent": "on"}, "urgent_case"),
        ({"status": "minister"}, "status"),
        ({"family_name": "x" * 5000}, "family_name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(client, sefrou, changed, field):
    first = client.post(ASK, {"text": TEXT})
    back = client.post(first.url, {**WHO, **changed})
    assert back.status_code == 422
    assert f'id="id_{field}-error"' in words(back) or f'href="#id_{field}' in words(back)
    kept = {**WHO, **changed}
    kept.pop(field, None)
    for name in ("first_name", "family_name", "address"):
        if name in kept:
            assert kept[name] in words(back)


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("text", ["", "   ", "؟", "x" * 5000, "\u202e\u200b\u200b", "\x00" * 50])
def test_a_text_that_asks_nothing_or_is_enormous_is_given_back(client, sefrou, text):
    back = client.post(ASK, {"text": text, "period": "2024"})
    assert back.status_code == 422 and "2024" in words(back)
    assert not RequestDraft.objects.exists()


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("أريد عقد ازديادي من فضلكم في أقرب وقت", "watiqa.ma"),
        ("أشتكي من جاري الذي يرمي الأزبال", "chikaya.ma"),
        ("Je voudrais obtenir un permis de construire", "rokhas.ma"),
        ("رقم بطاقتي CD123456 وأريد نسخة من القرار", "بطاقة"),
    ],
)
def test_what_looks_like_something_else_is_said_and_never_blocked(client, sefrou, text, sign):
    first = client.post(ASK, {"text": text})
    assert sign in words(client.get(first.url))
    assert client.post(first.url, WHO).status_code == 302


@time_machine.travel(MONDAY, tick=False)
def test_a_form_of_another_site_is_refused(client, sefrou):
    answer = client.post(ASK, {"text": TEXT}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


@time_machine.travel(MONDAY, tick=False)
def test_wrong_codes_of_following_say_nothing_and_are_limited(client, sefrou):
    ask(client)
    for _try in range(20):
        answer = client.post(
            "/ar/information/follow/", {"reference": "SFR-2026-R-0001", "code": "AAAAAAAA"}
        )
        assert answer.status_code == 422 and "20 محاولة" in words(answer)
    unknown = client.post(
        "/ar/information/follow/", {"reference": "SFR-2026-R-0999", "code": "AAAAAAAA"}
    )
    assert unknown.status_code == 422 and "انتظروا ساعة" in words(unknown)
    assert client.get("/ar/information/follow/nothing/").status_code == 404


@time_machine.travel(MONDAY, tick=False)
def test_while_open_the_page_says_what_silence_will_mean(client, sefrou):
    ask(client)
    at = f"/ar/information/follow/{InformationRequest.objects.get().token}/"
    page = strip_tags(words(client.get(at)))
    assert "إذا لم يصدر أي جواب إلى نهاية" in page and "اعتبر القانون السكوت" in page


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("email", "access", "way"),
    [
        ("", "", "نسخة ورقية"),
        ("", "post", "العنوان الشخصي"),
        ("amina@example.org", "", "بريدكم الإلكتروني"),
    ],
)
def test_the_third_screen_says_how_the_answer_comes(client, sefrou, email, access, way):
    third = to_third_screen(client, who={"email": email}, access=access)
    shown = strip_tags(words(client.get(third)).partition('id="way"')[2].partition("</section>")[0])
    assert way in shown
    assert ("لم تتركوا عنوانا إلكترونيا" in shown) is (not email)
    assert ("يمكنكم تغييره" in shown) is (not access)
    first = words(client.get(ASK))
    assert "نسخة ورقية تسحبونها من مكتب الاستقبال" in first and "لكل شخص أن يطلب" not in first


def test_silence_opens_the_complaint_written_beforehand(client, sefrou):
    with time_machine.travel(MONDAY, tick=False):
        ask(client)
    asked = InformationRequest.objects.get()
    at = f"/ar/information/follow/{asked.token}/"
    with time_machine.travel(datetime(2026, 4, 6, 9, tzinfo=UTC), tick=False):
        page = words(client.get(at))
        assert f"{at}complain/" in page
        form = client.get(f"{at}complain/")
        assert "أجل جواب الرئيس على الشكاية: 15 يوما" in words(form)
        assert "SFR-2026-R-0001" in words(form)
        assert len(words(form)) > 1000
        paper = client.post(f"{at}complain/", {"words": "لم أتلق أي جواب.", "print": "1"})
        assert paper.content.startswith(b"%PDF-")
        sent = client.post(f"{at}complain/", {"words": "لم أتلق أي جواب داخل الأجل القانوني."})
        assert sent.status_code == 302
        asked.refresh_from_db()
        assert asked.remedy == "head_open" and asked.turn == "head"
        assert client.get(f"{at}complain/").status_code == 302
        assert client.get(f"{at}cdai.pdf").content.startswith(b"%PDF-")
    with time_machine.travel(datetime(2026, 5, 4, 9, tzinfo=UTC), tick=False):
        cdai = words(client.get(f"{at}complain/"))
        assert "cdai.pdf" in cdai
        noted = client.post(f"{at}complain/", {"words": "أرسلت الملف إلى اللجنة."})
        assert noted.status_code == 302
        asked.refresh_from_db()
        assert asked.remedy == "cdai_open"
    with time_machine.travel(datetime(2026, 6, 10, 9, tzinfo=UTC), tick=False):
        court = words(client.get(at))
        assert "المحكمة الإدارية" in court


@time_machine.travel(MONDAY, tick=False)
def test_a_request_is_taken_back_only_with_a_tick(client, sefrou):
    ask(client)
    asked = InformationRequest.objects.get()
    at = f"/ar/information/follow/{asked.token}/"
    assert client.post(f"{at}withdraw/", {}).status_code == 422
    assert client.post(f"{at}withdraw/", {"sure": "on"}).status_code == 302
    asked.refresh_from_db()
    assert asked.phase == "withdrawn"
    days = words(client.get(f"{at}days/"))
    for page in (strip_tags(words(client.get(at))), strip_tags(days)):
        assert "يجب الجواب قبل نهاية" not in page and "اعتبر القانون السكوت" not in page
        assert "2 مارس 2026" in page
    assert "deadline-under_way" not in days and "كان آخر يوم هو" in days


@time_machine.travel(MONDAY, tick=False)
def test_the_model_form_is_printed_blank_or_filled(client, sefrou):
    blank = client.get("/ar/information/form.pdf")
    assert blank.content.startswith(b"%PDF-") and not blank.cookies
    third = to_third_screen(client)
    filled = client.get(third.replace("send/", "form.pdf"))
    assert (
        filled.content.startswith(b"%PDF-")
        and filled.headers["Cache-Control"] == "private, no-store"
    )
    assert not InformationRequest.objects.exists()
