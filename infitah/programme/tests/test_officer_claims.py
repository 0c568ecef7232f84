"""What an officer without scripts meets: claims that lose nothing, days that are true, judges."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from infitah.community.tests.factories import log_in
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.models import Evidence, Milestone
from infitah.programme.tests.factories import BY, SECOND, evidence

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
HOST = {"host": "localhost"}
DONE_ON, FOUND_ON = date(2026, 7, 23), date(2026, 8, 20)
FOUND = datetime(2026, 8, 20, 9, tzinfo=UTC)
NOTE = "وصلت الأجهزة وجربت بحضور أعضاء اللجنة"


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-08-03 11:00+01:00", tick=False):
        yield


def words(response):
    text = unescape(re.sub("<[^>]*>", " ", response.content.decode()))
    return " ".join(text.split())


def claimed(commitment, sefrou, **more):
    """Let the owner's account say that the first milestone is done since 23 July."""
    by = Actor("officer", sefrou.commitment_owner.username, "commitment_owner")
    reference = f"{commitment.reference}-M1"
    word = operations.Word(
        standing="done",
        note=NOTE,
        milestone=reference,
        done_on=DONE_ON,
        evidence=evidence(captured_on=date(2026, 8, 3), **more),
    )
    operations.tell_progress(commitment=commitment, word=word, by=by, now=NOW)
    return reference


def test_what_is_said_to_be_done_is_not_reported_on(commitment, sefrou, client):
    reference = claimed(commitment, sefrou)
    log_in(client, sefrou.commitment_owner, sefrou.province)
    address = f"/desk/programme/milestones/{reference}/report/"
    body = client.get(address).content.decode()
    assert 'name="step"' not in body and f"/milestones/{reference}/confirm/" in body
    late = client.post(address, {"step": "start", "on": "2026-08-03"})
    assert late.status_code == 422 and 'class="error-summary"' in late.content.decode()
    assert Milestone.objects.get(reference=reference).state == "claimed"


# The kind of evidence ----------------------------------------------------------------------------


def test_another_kind_of_evidence_keeps_all_that_was_typed(commitment, sefrou, client):
    log_in(client, sefrou.commitment_owner, sefrou.province)
    address = f"/desk/programme/milestones/{commitment.reference}-M1/claim/"
    first = client.get(address).content.decode()
    assert first.count('name="kind"') == 5 and 'name="file"' in first and 'type="url"' not in first
    typed = {"title_ar": "محضر التسلم", "on": "2026-07-23", "alt": "واجهة القاعة"}
    file = SimpleUploadedFile("minutes.txt", b"text of the minutes", "text/plain")
    shown = client.post(address, {**typed, "kind": "url", "show": "1", "file": file})
    body = shown.content.decode()
    assert shown.status_code == 200 and 'type="url"' in body and "field-error" not in body
    for kept in ("محضر التسلم", "2026-07-23", "واجهة القاعة", "minutes.txt"):
        assert kept in body
    key = re.search(r'name="kept" value="([^"]+)"', body)[1]
    more = {**typed, "kept": key, "url": "https://other.example/page/", "show": "1"}
    record = client.post(address, {**more, "kind": "deliberation"}).content.decode()
    assert 'name="file"' not in record  # the file and the address wait, unseen
    for kept in ("https://other.example/page/", key, "محضر التسلم"):
        assert kept in record
    assert not Evidence.objects.exists()
    last = {name: value for name, value in more.items() if name != "show"}
    assert client.post(address, {**last, "kind": "file"}).status_code == 302
    assert Evidence.objects.get().file.name == "minutes.txt"


# Days --------------------------------------------------------------------------------------------


def test_the_day_of_the_claim_is_not_the_day_of_the_work(commitment, sefrou, client):
    claimed(commitment, sefrou)
    log_in(client, sefrou.verifier, sefrou.province)
    said = words(client.get("/desk/programme/confirm/"))
    assert "قيل إنها أنجزت يوم 23 يوليوز 2026" in said
    assert "صرح بذلك يوم 3 غشت 2026" in said


def test_what_was_entered_afterwards_was_said_when_its_evidence_was_given(
    commitment, sefrou, client
):
    claimed(commitment, sefrou)
    Evidence.objects.update(captured_on=date(2026, 7, 24))
    log_in(client, sefrou.verifier, sefrou.province)
    said = words(client.get("/desk/programme/confirm/"))
    assert "صرح بذلك يوم 24 يوليوز 2026 (أدرج لاحقا يوم 3 غشت 2026" in said.replace("( ", "(")


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({}, "التقط يوم 3 غشت 2026"),
        ({"kind": "deliberation", "url": "", "record": "SFR-2023-D-0001"}, "أودع يوم 3 غشت 2026"),
    ],
)
def test_only_a_page_was_captured(commitment, sefrou, client, more, word):
    claimed(commitment, sefrou, **more)
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    assert word in words(client.get(page, headers=HOST))


def test_evidence_stands_on_the_thread_at_the_day_of_its_finding(commitment, sefrou, client):
    reference = claimed(commitment, sefrou)
    operations.return_milestone(
        reference=reference,
        reason=LocalizedText(ar="لا تبين"),
        on=FOUND_ON,
        by=SECOND,
        now=FOUND,
    )
    page = client.get(f"/ar/programme/2024-2025/commitments/{commitment.reference}/", headers=HOST)
    thread = page.content.decode().split('aria-labelledby="thread"')[1].split("</section>")[0]
    knot = next(one for one in thread.split("<li") if f"{commitment.reference}-E1" in one)
    assert "20 غشت 2026" in knot and "3 غشت 2026" not in knot


def test_what_is_only_claimed_is_not_told_as_done(commitment, sefrou, client):
    reference = claimed(commitment, sefrou)
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    said = words(client.get(page, headers=HOST))
    assert "قيل إنها أنجزت يوم 23 يوليوز 2026 ( لم تؤكد بعد )" in said.replace(
        "(لم", "( لم"
    ).replace("بعد)", "بعد )")
    late = (DONE_ON - date(2024, 1, 28)).days
    assert f"بعد الموعد المعلن بـ {late}" in said
    assert "أنجزت بعد الموعد" not in said and "· أنجزت يوم 23 يوليوز 2026" not in said
    operations.verify_milestone(reference=reference, on=FOUND_ON, by=SECOND, now=FOUND)
    said = words(client.get(page, headers=HOST))
    assert f"أنجزت بعد الموعد المعلن بـ {late}" in said and "· أنجزت يوم 23 يوليوز 2026" in said


# The second person -------------------------------------------------------------------------------


def test_who_claimed_sees_the_milestone_and_why_they_cannot_confirm(commitment, sefrou, client):
    reference = claimed(commitment, sefrou)
    log_in(client, sefrou.commitment_owner, sefrou.province)
    address = f"/desk/programme/milestones/{reference}/confirm/"
    page = client.get(address)
    assert page.status_code == 200 and "ليس لكم أن تؤكدوا ما صرحتم به" in page.content.decode()
    assert 'name="finding"' not in page.content.decode()
    assert client.post(address, {"finding": "verify"}).status_code == 403
    assert Milestone.objects.get(reference=reference).state == "claimed"
    log_in(client, sefrou.moderator, sefrou.province)
    assert client.get(address).status_code == 404


def test_what_nobody_says_is_done_is_not_confirmed(commitment, sefrou, client):
    log_in(client, sefrou.verifier, sefrou.province)
    address = f"/desk/programme/milestones/{commitment.reference}-M1/confirm/"
    page = client.get(address).content.decode()
    assert "لا شيء يؤكد بعد" in page and 'name="finding"' not in page
    assert client.post(address, {"finding": "verify"}).status_code == 403


def test_what_goes_on_is_told_from_the_page_of_the_milestone(commitment, sefrou, client):
    log_in(client, sefrou.commitment_owner, sefrou.province)
    page = client.get(f"/desk/programme/milestones/{commitment.reference}-M1/report/")
    body = page.content.decode()
    assert f"/desk/programme/carrying-out/{commitment.reference}/word/" in body
    ask = re.search(r'href="([^"]*/mine/update/\?reference=[^"]+)"', body)[1]
    form = client.get(ask, headers=HOST).content.decode()
    assert f'value="{commitment.reference}"' in form


def test_an_office_that_does_not_confirm_is_told_so(commitment, sefrou, client):
    reference = f"{commitment.reference}-M1"
    operations.claim_done(reference=reference, evidence=evidence(), on=DONE_ON, by=BY, now=NOW)
    log_in(client, sefrou.commitment_owner, sefrou.province)
    page = client.get(f"/desk/programme/milestones/{reference}/confirm/")
    assert "مهمتكم لا تشمل تأكيد الإثباتات" in page.content.decode()
    assert 'name="finding"' not in page.content.decode()


def test_a_second_person_reads_the_note_who_said_it_when_and_how_to_check(
    commitment, sefrou, client, django_assert_max_num_queries
):
    commitment.verifiability = LocalizedText(ar="زوروا القاعة واسألوا عن الأجهزة")
    commitment.save(update_fields=["verifiability"])
    reference = claimed(commitment, sefrou)
    log_in(client, sefrou.verifier, sefrou.province)
    with django_assert_max_num_queries(25):
        page = client.get(f"/desk/programme/milestones/{reference}/confirm/")
    said = words(page)
    for told in (
        NOTE,
        "زوروا القاعة واسألوا عن الأجهزة",
        "صرح بذلك يوم 3 غشت 2026 · المسؤول عن الالتزام",
        "قيل إنها أنجزت يوم 23 يوليوز 2026",
    ):
        assert told in said, told
    assert 'name="finding"' in page.content.decode()


def test_what_is_missing_is_told_in_arabic(commitment, sefrou, client):
    address = f"/desk/programme/milestones/{claimed(commitment, sefrou)}/confirm/"
    log_in(client, sefrou.verifier, sefrou.province)
    said = {"finding": "return", "reason_ar": "", "reason_fr": "La photo est floue"}
    refused = client.post(address, said)
    assert refused.status_code == 422 and "La photo est floue" in refused.content.decode()
    assert 'href="#id_reason_ar"' in refused.content.decode()
    assert client.post(address, said | {"reason_ar": "الصورة غير واضحة"}).status_code == 302


# Lists and words ---------------------------------------------------------------------------------


def test_claimed_milestones_stand_apart_from_those_to_report_on(commitment, sefrou, client):
    reference = claimed(commitment, sefrou)
    log_in(client, sefrou.commitment_owner, sefrou.province)
    todo, told = client.get("/desk/programme/").content.decode().split('id="claimed"')
    assert reference in told and f"{commitment.reference}-M2" not in told
    assert f"{commitment.reference}-M2" in todo and reference not in todo


def test_a_milestone_whose_day_is_over_is_not_the_next_one(commitment, client):
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    for address in (page, "/ar/programme/2024-2025/"):
        said = words(client.get(address, headers=HOST))
        assert "أقدم المراحل المتأخرة، وعددها 2:" in said and "المرحلة المقبلة" not in said
    with time_machine.travel("2024-01-10 11:00+01:00", tick=False):
        assert "المرحلة المقبلة" in words(client.get(page, headers=HOST))


@pytest.mark.parametrize(("language", "word"), [("ar", "مبرمجة"), ("fr", "prévu")])
def test_states_of_milestones_agree_with_them(commitment, sefrou, client, language, word):
    with time_machine.travel("2024-01-10 11:00+01:00", tick=False):
        page = f"/{language}/programme/2024-2025/commitments/{commitment.reference}/"
        said = words(client.get(page, headers=HOST))
    assert said.count(word) >= 2


# The monthly link --------------------------------------------------------------------------------


def opened(commitment, client):
    operations.set_owner(
        commitment=commitment, address="owner@example.org", language="ar", by=BY, now=NOW
    )
    operations.send_monthly_links(now=NOW)
    letter = read(Mail.objects.filter(template="programme/email/monthly").last())
    path = re.search(r"/ar/mine/update/[^/\s]+/", letter.text)[0]
    return path, client.get(path, headers=HOST).content.decode()


def on_time_button(body):
    return re.search(r'<button([^>]*)name="standing" value="on_time"', body)[1]


def test_a_late_commitment_leads_no_choice_and_says_first_what_is_late(commitment, client):
    path, body = opened(commitment, client)
    assert "button-quiet" in on_time_button(body)
    assert body.index('id="late"') < body.index('value="on_time"')
    assert "متأخرة بـ" in body.split('id="late"')[1].split("</section>")[0]
    for one in commitment.milestones.all():
        one.announced_end = one.planned_end = date(2026, 12, 31)
        one.save(update_fields=["announced_end", "planned_end"])
    body = client.get(path, headers=HOST).content.decode()
    assert "button-quiet" not in on_time_button(body) and 'id="late"' not in body


def test_an_error_of_done_leaves_its_part_open(commitment, client):
    path, body = opened(commitment, client)
    assert "<details open>" not in body
    sent = {"standing": "done", "title": ""}
    answer = client.post(path, sent, headers={**HOST, "Sec-Fetch-Site": "same-origin"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "<details open>" in body and "اختاروا المرحلة التي أنجزت" in body


def test_an_address_shows_that_it_is_done_too(commitment, client):
    path, _body = opened(commitment, client)
    sent = {
        "standing": "done",
        "milestone": f"{commitment.reference}-M1",
        "title": "صفحة الطلبات في الموقع",
        "url": "https://other.example/page/",
    }
    origin = {**HOST, "Sec-Fetch-Site": "same-origin"}
    far = client.post(path, sent, headers=origin)
    assert far.status_code == 422 and "لا يجلب هذا الموقع" in far.content.decode()
    assert "https://other.example/page/" in far.content.decode()
    own = {**sent, "url": "http://localhost:8000/ar/programme/"}
    assert client.post(path, own, headers=origin).status_code == 302
    found = Evidence.objects.get()
    assert (found.kind, found.url, found.sha256) == ("url", own["url"], "")


def test_a_file_is_what_its_content_is_and_a_copy_shows_a_page(commitment, sefrou, client):
    log_in(client, sefrou.commitment_owner, sefrou.province)
    address = f"/desk/programme/milestones/{commitment.reference}-M1/claim/"
    said = {"title_ar": "محضر التسلم", "on": "2026-07-23"}
    fake = SimpleUploadedFile("fake.pdf", b"one line of text", "application/pdf")
    answer = client.post(address, {**said, "kind": "file", "file": fake})
    assert answer.status_code == 422 and "محضر التسلم" in answer.content.decode()
    assert "محتوى هذا الملف ليس ما يقوله اسمه" in words(answer)
    link = {**said, "kind": "url", "url": "https://other.example/page/"}
    text = SimpleUploadedFile("page.txt", b"one line of text", "text/plain")
    answer = client.post(address, {**link, "file": text})
    assert answer.status_code == 422 and "ومحتوى هذا الملف ليس أيا منهما" in words(answer)
    nothing = words(client.post(address, {**said, "kind": "url"}))
    assert "رابط الصفحة" in nothing and "اكتبوا رابط الصفحة" in nothing
    assert not Evidence.objects.exists()
    copy = SimpleUploadedFile("page.pdf", b"%PDF-1.4 the page", "application/pdf")
    assert client.post(address, {**link, "file": copy}).status_code == 302
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    body = words(client.get(page, headers=HOST))
    assert "رفعت نسخته يوم" in body and "النسخة المرفوعة" in body
    assert "التقط يوم" not in body


def test_the_owner_reads_at_the_desk_why_evidence_came_back(commitment, sefrou, client):
    reference, why = claimed(commitment, sefrou), "الصورة لا تبين القاعة"
    back = {"reason": LocalizedText(ar=why), "on": FOUND_ON, "by": SECOND, "now": FOUND}
    operations.return_milestone(reference=reference, **back)
    log_in(client, sefrou.commitment_owner, sefrou.province)
    desk = "/desk/programme/"
    for path in (
        desk,
        f"{desk}milestones/{reference}/report/",
        f"{desk}milestones/{reference}/claim/",
        f"{desk}carrying-out/{commitment.reference}/word/",
    ):
        said = words(client.get(path))
        assert "ردها الشخص الثاني يوم 20 غشت 2026" in said and why in said, path
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    assert why in words(client.get(page, headers=HOST))
