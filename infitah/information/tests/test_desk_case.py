"""One request at the desk: the next act, those beside it, what is typed wrongly, who asked."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import UnitFactory, grant, log_in
from infitah.core.models import Outbox
from infitah.information import operations
from infitah.information.models import Requester, RequesterReading
from infitah.information.rules import RefusalGround, Withholding
from infitah.information.tests.asked import NOW, RECEIVED, file
from infitah.information.tests.case_files import checked_file
from infitah.information.tests.desk import (
    DESK,
    TITLE,
    again,
    at,
    decided,
    delivered,
    named,
    officer,
    registered,
)
from infitah.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)
SECRET = Withholding(
    RefusalGround.EXCEPTION, "E03", "المادة 7", "أرقام البطاقات", "مس بالحياة الخاصة", "لا مصلحة"
)


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def desk(sefrou):
    return officer(sefrou)


def page(desk, request, status=200):
    answer = desk.get(f"{DESK}{request.reference}/")
    assert answer.status_code == status
    return answer.content.decode()


def do(desk, request, name, typed=None, status=302):
    data = {f"{name}-{field}": value for field, value in (typed or {}).items()}
    answer = desk.post(f"{DESK}{request.reference}/acts/{name}/", data)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_the_card_is_the_next_act_of_each_state(sefrou, desk):
    for made, act in (
        (file(sefrou).request, "register"),
        (decided(sefrou), "deliver"),
    ):
        html = page(desk, made)
        card = html.split('id="next"')[1].split("act-fold")[0]
        assert f"/acts/{act}/" in card, act


def test_a_request_is_registered_under_a_title_without_its_author(sefrou, desk):
    request = file(sefrou).request
    html = page(desk, request)
    assert 'value="نسخة من محضر الدورة العادية لشهر يناير 2026 ولائحة الحاضرين"' in html
    for title in ("  ", "طلب السيدة الصفريوية أمينة", "الملف CD 123456"):
        wrong = do(desk, request, "register", {"title": title}, 422)
        assert "register-title-error" in wrong and title.strip() in wrong
    do(desk, request, "register", {"title": TITLE})
    assert (again(request).public_title, again(request).phase) == (TITLE, "open")
    twice = do(desk, request, "register", {"title": TITLE}, 422)
    assert "error-summary" in twice and request.acts.count() == 2


def test_an_extension_keeps_what_was_typed_and_is_carried_out_once(sefrou, desk):
    request = registered(sefrou)
    html = page(desk, request)
    assert 'id="act-extend"' in html and "extend-ground" in html
    wrong = do(desk, request, "extend", {"ground": "busy", "words": "كثرة الأشغال"}, 422)
    assert "كثرة الأشغال" in wrong and "extend-ground" in wrong and "<details" in wrong
    do(desk, request, "extend", {"ground": "large_volume", "words": "وثائق كثيرة"})
    assert again(request).is_extended and 'id="act-extend"' not in page(desk, request)
    do(desk, request, "extend", {"ground": "large_volume", "words": "وثائق كثيرة"}, 422)
    assert Outbox.objects.filter(kind="information.extended").count() == 1


def test_after_the_last_day_no_extension_is_offered_and_none_is_taken(sefrou):
    request = registered(sefrou)
    late = request.due_latest + timedelta(days=1)
    with time_machine.travel(at(late), tick=False):
        desk = officer(sefrou)
        html = page(desk, request)
        assert 'id="act-extend"' not in html and "notice-late" in html
        wrong = do(desk, request, "extend", {"ground": "large_volume", "words": "سبب"}, 422)
    assert "error-summary" in wrong and not again(request).is_extended


def test_asking_and_consulting_leave_the_clock_running(sefrou, desk):
    request = registered(sefrou)
    due = request.due_on
    do(desk, request, "ask", {"words": "أي سنة؟"})
    html = page(desk, request)
    assert "/acts/clarified/" in html.split('id="next"')[1].split("act-fold")[0]
    assert "أي سنة؟" in html
    tomorrow = (DAY + timedelta(days=1)).isoformat()
    wrong = do(desk, request, "clarified", {"words": "سنة 2025", "on": tomorrow}, 422)
    assert "سنة 2025" in wrong and "clarified-on-error" in wrong
    do(desk, request, "clarified", {"words": "سنة 2025", "on": DAY.isoformat()})
    do(desk, request, "consult", {"party": "شركة الأشغال", "words": "هل تقبلون؟"})
    html = page(desk, request)
    grounds = html.split("extend-ground")[1].split("</fieldset>")[0]
    assert 'value="third_party_consultation"' in html and "checked" not in grounds
    do(desk, request, "consulted", {"words": "لا مانع", "on": DAY.isoformat()})
    assert again(request).due_on == due
    entry = Entry.objects.get(act="information.third_party_consulted")
    assert "شركة الأشغال" not in str(entry.canonical)


def test_urgency_is_refused_with_its_reason_inside_the_day(sefrou, desk):
    request = file(sefrou, urgent_case="life").request
    html = page(desk, request)
    assert 'id="act-not-urgent"' in html and 'class="urgent"' in html
    do(desk, request, "not-urgent", {"words": ""}, 422)
    do(desk, request, "not-urgent", {"words": "لا خطر على أحد"})
    assert not again(request).is_urgent and 'id="act-not-urgent"' not in page(desk, request)


def test_what_withholds_is_read_by_another_person_and_may_be_sent_back(sefrou, desk):
    request = decided(sefrou, withheld=(SECRET,))
    operations_by = again(request).decisions.get().signer
    assert operations_by == "information_officer"
    html = page(desk, request)
    assert "أنتم من وقع هذا القرار" in html and "E03" in html
    do(desk, request, "read", status=422)
    deputy = officer(sefrou, "deputy_information_officer", username="deputy")
    do(deputy, request, "send-back", {"note": ""}, 422)
    do(deputy, request, "send-back", {"note": "أضيفوا الصفحة 3"})
    assert "أضيفوا الصفحة 3" in page(desk, request)
    assert again(request).phase == "open"
    second = decided(sefrou, withheld=(SECRET,))
    do(deputy, second, "read")
    assert again(second).phase == "read"
    assert "/acts/deliver/" in page(desk, second).split('id="next"')[1]


def test_delivery_needs_its_way_and_its_proof(sefrou, desk):
    request = decided(sefrou)
    wrong = do(
        desk, request, "deliver", {"channel": "post", "proof": "", "on": DAY.isoformat()}, 422
    )
    assert "deliver-proof-error" in wrong
    wrong = do(desk, request, "deliver", {"channel": "email", "on": DAY.isoformat()}, 422)
    assert "deliver-channel" in wrong, "no address was left"
    wrong = do(
        desk, request, "deliver", {"channel": "counter", "proof": "وقع", "on": "2026-3"}, 422
    )
    assert "2026-3" in wrong
    typed = {"channel": "post", "proof": "RR123456789MA", "on": DAY.isoformat()}
    do(desk, request, "deliver", typed)
    assert again(request).delivered_on == DAY
    do(desk, request, "deliver", typed, 422)
    mailed = decided(sefrou, email="amina@example.org")
    do(desk, mailed, "deliver", {"channel": "email", "on": DAY.isoformat()})


def test_the_president_decides_on_a_complaint_and_nobody_else(sefrou, desk):
    request = delivered(sefrou)
    president = officer(sefrou, "president")
    head = {"words": "الجواب ناقص", "on": DAY.isoformat()}
    do(desk, request, "complaint-head", head)
    html = page(desk, request)
    assert "/acts/rule/" not in html and "رئيس" in html
    ruling = {"ruling": "upheld", "words": "تعطى الوثيقة كاملة", "on": DAY.isoformat()}
    do(desk, request, "rule", ruling, 404)
    card = page(president, request).split('id="next"')[1]
    assert "/acts/rule/" in card and "/acts/extend/" not in card
    wrong = do(president, request, "rule", {"words": "نعم", "on": DAY.isoformat()}, 422)
    assert "نعم" in wrong and "rule-ruling" in wrong
    do(president, request, "rule", ruling)
    assert (again(request).phase, again(request).remedy) == ("open", "none")


def test_who_signed_does_not_rule_on_the_complaint(sefrou):
    request = registered(sefrou)
    signer = officer(sefrou, "president")
    by = operations.deciding.Actor("officer", "president", "president")
    answer = operations.Answer("نمدكم بها", gives=True)
    operations.decide(answer=answer, on=DAY, now=at(DAY), **named(request, by))
    operations.deliver(channel="counter", proof="وقع", on=DAY, now=at(DAY), **named(request))
    operations.complain(
        level="complained_head", words="ناقص", on=DAY, now=at(DAY), **named(request)
    )
    ruling = {"ruling": "upheld", "words": "سبب", "on": DAY.isoformat()}
    assert "error-summary" in do(signer, request, "rule", ruling, 422)
    assert again(request).remedy == "head_open"


def test_a_request_is_withdrawn_at_the_counter_with_how_it_was_asked(sefrou, desk):
    request = registered(sefrou)
    do(desk, request, "withdraw", {"note": "", "on": DAY.isoformat()}, 422)
    do(desk, request, "withdraw", {"note": "طلب مكتوب موقع", "on": DAY.isoformat()})
    html = page(desk, request)
    assert (
        "طلب مكتوب موقع" in html
        and 'id="next"' in html
        and f"{request.reference}/acts/" not in html
    )


def test_who_asked_is_seen_by_a_logged_act_alone(sefrou, desk):
    request = file(sefrou, email="amina@example.org").request
    assert "الصفريوية" not in page(desk, request) and "amina@" not in page(desk, request)
    at_identity = f"{DESK}{request.reference}/identity/"
    assert desk.get(at_identity).status_code == 405
    short = desk.post(at_identity, {"unveil-reason": "لأن"})
    assert short.status_code == 422 and not RequesterReading.objects.exists()
    shown = desk.post(at_identity, {"unveil-reason": "لإرسال الجواب بالبريد المضمون"})
    html = shown.content.decode()
    assert "أمينة الصفريوية" in html and "CD123456" in html and "no-store" in shown["Cache-Control"]
    reading = RequesterReading.objects.get()
    assert (reading.reader, reading.office) == ("information_officer", "information_officer")
    entry = Entry.objects.get(act="information.identity_read")
    assert entry.subject == request.reference and "الصفريوية" not in str(entry.canonical)
    president = officer(sefrou, "president")
    assert president.post(at_identity, {"unveil-reason": "x" * 20}).status_code == 404
    Requester.objects.update(
        purged_at=NOW, identity_sealed="", contact_sealed="", repeat_digest="", has_email=False
    )
    gone = desk.post(at_identity, {"unveil-reason": "لإرسال الجواب بالبريد المضمون"})
    assert gone.status_code == 422


def test_the_same_person_again_is_flagged_and_nothing_is_refused_by_itself(sefrou, desk):
    first, second = file(sefrou).request, file(sefrou).request
    html = page(desk, second)
    assert f"{DESK}{first.reference}/" in html and "R4" in html
    assert again(second).phase == "received"


def test_what_looks_personal_is_said_and_blocks_nothing(sefrou, desk):
    request = file(sefrou, text="أريد نسخة من عقد ازديادي رقم AB123456").request
    html = page(desk, request)
    assert html.count("notice-attention") >= 2
    do(desk, request, "register", {"title": "وثائق الحالة المدنية"})


def test_an_unknown_act_or_request_is_not_found(sefrou, desk):
    request = registered(sefrou)
    do(desk, request, "burn", status=404)
    assert desk.get(f"{DESK}SFR-2026-R-9999/").status_code == 404
    for name in ("extend", "deliver", "nonsense"):
        status = desk.get(f"{DESK}{request.reference}/acts/{name}/").status_code
        assert status == (404 if name == "nonsense" else 200)


def test_another_communitys_officer_does_nothing_to_it(sefrou):
    request = registered(sefrou)
    theirs = grant(sefrou.other, "information_officer", username="theirs")
    desk = log_in(Client(), theirs, sefrou.other)
    for name in ("extend", "withdraw", "ask", "deliver", "register"):
        do(desk, request, name, {"words": "سبب", "ground": "large_volume"}, 404)
    assert request.acts.count() == 2


def test_a_case_costs_the_same_however_much_happened(sefrou, desk, django_assert_max_num_queries):
    unit = UnitFactory(community=sefrou.province, slug="council")
    request = registered(sefrou)
    counts = []
    for number in (1, 8):
        for place in range(number):
            words = f"وثيقة {number}.{place}"
            operations.ask_service(
                unit=unit,
                words=words,
                due_on=DAY,
                on=DAY,
                now=at(DAY),
                **named(request),
            )
            checked_file(request, title=words)
        page(desk, request)
        with django_assert_max_num_queries(36) as captured:
            page(desk, request)
        counts.append(len(captured))
    assert counts[0] == counts[1] and RECEIVED < DAY
