"""An owner on a phone, a second person, a citizen and the focal point, over HTTP."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from infitah.community.tests.factories import log_in
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.ledger.models import Entry
from infitah.proceedings.tests.factories import held_sitting
from infitah.programme import operations
from infitah.programme.models import (
    Assessment,
    Evidence,
    Milestone,
    MonthlyLink,
    ProgressUpdate,
    Rating,
)
from infitah.programme.tests.factories import BY
from infitah.programme.views import update

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
WHEN = "2026-08-03 11:00+01:00"
HOST = {"host": "localhost"}
ORIGIN = {**HOST, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(WHEN, tick=False):
        yield


@pytest.fixture
def owned(commitment):
    return operations.set_owner(
        commitment=commitment, address="owner@example.org", language="ar", by=BY, now=NOW
    )


def mailed(language="ar"):
    """Send the monthly mails; return the address of the link in the last one."""
    operations.send_monthly_links(now=NOW)
    letter = read(Mail.objects.filter(template="programme/email/monthly").last())
    path = re.search(r"/ar/mine/update/[^/\s]+/", letter.text)[0]
    return path.replace("/ar/", f"/{language}/", 1)


def post(client, path, **data):
    return client.post(path, data, headers=ORIGIN)


def photo(name="photo.jpg"):
    out = BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_an_owner_tells_in_three_requests_from_the_mail(owned, client):
    path = mailed()
    opened = client.get(path, headers=HOST)
    body = opened.content.decode()
    assert opened.status_code == 200 and "Set-Cookie" not in opened.headers
    assert body.count('name="standing" value=') == 4 and owned.title.ar in body
    told = post(client, path, standing="late", note="تأخر المورد في التسليم")
    assert (told.status_code, told.headers["Location"]) == (302, f"{path}done/")
    done = client.get(f"{path}done/", headers=HOST).content.decode()
    update = ProgressUpdate.objects.get()
    assert f"/ar/register/{update.register_number}/" in done and "تأخر المورد" in done
    public = f"/ar/programme/2024-2025/commitments/{owned.reference}/"
    assert public in done
    page = client.get(public, headers=HOST)
    assert "تأخر المورد في التسليم" in page.content.decode() and "Set-Cookie" not in page.headers
    assert "owner@example.org" not in page.content.decode()


def test_a_word_pressed_by_mistake_is_corrected_until_the_end_of_its_day(owned, client):
    path = mailed()
    assert client.get(path, headers=HOST).status_code == 200 and not ProgressUpdate.objects.exists()
    assert post(client, path, standing="on_time").status_code == 302
    first = ProgressUpdate.objects.get().register_number
    assert f'href="{path}"' in client.get(f"{path}done/", headers=HOST).content.decode()
    assert post(client, path, standing="late").status_code == 302  # a second tap of the same page
    assert ProgressUpdate.objects.get().standing == "on_time"
    page = client.get(path, headers=HOST).content.decode()
    assert 'name="correct" value="1"' in page and "تصححون ما صرحتم به اليوم" in page
    other = client.__class__()
    assert other.get(path, headers=HOST).status_code == 410
    assert post(other, path, standing="blocked", note="غيره", correct="1").status_code in (302, 410)
    assert post(client, path, standing="late", correct="1").status_code == 302
    said = ProgressUpdate.objects.get()
    entry = Entry.objects.get(number=said.register_number)
    assert said.standing == "late" and entry.facts.public["corrects"] == first
    public = f"/ar/programme/2024-2025/commitments/{owned.reference}/"
    head = client.get(public, headers=HOST).content.decode().split("</header>")
    assert any("آخر تحيين" in part and "3 غشت 2026" in part for part in head)
    with time_machine.travel("2026-08-04 00:30+01:00", tick=False):
        assert client.get(path, headers=HOST).status_code == 410
        post(client, path, standing="blocked", note="غدا", correct="1")
    assert ProgressUpdate.objects.get().standing == "late"


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "قولوا ما الذي يعيق العمل"), ("fr", "Dites ce qui empêche d’avancer")],
)
def test_blocked_asks_why_and_keeps_the_link(owned, client, language, words):
    path = mailed(language)
    answer = post(client, path, standing="blocked", title="شيء كتب من قبل")
    assert answer.status_code == 422
    assert words in answer.content.decode() and "شيء كتب من قبل" in answer.content.decode()
    assert post(client, path, standing="blocked", note="ننتظر القرض").status_code == 302
    assert post(client, path).headers["Location"] == f"{path}done/"
    assert ProgressUpdate.objects.count() == 1


def test_done_by_a_photograph_waits_for_a_second_person(owned, sefrou, client):
    path, reference = mailed(), f"{owned.reference}-M1"
    early = post(client, path, standing="done", milestone=reference, file=photo())
    assert early.status_code == 422  # nobody says what it shows yet; the photograph is kept
    kept = re.search(r'name="kept" value="([^"]+)"', early.content.decode())[1]
    told = post(
        client, path, standing="done", milestone=reference, kept=kept, title="واجهة القاعة الجديدة"
    )
    assert told.status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.alt, evidence.file.is_public) == ("واجهة القاعة الجديدة", True)
    done = client.get(f"{path}done/", headers=HOST).content.decode()
    assert evidence.reference in done and "شخص ثان" in done
    log_in(client, sefrou.verifier, sefrou.province)
    address = f"/desk/programme/milestones/{reference}/confirm/"
    assert evidence.sha256 in client.get(address).content.decode()
    assert client.post(address, {"finding": "verify"}).status_code == 302
    assert Milestone.objects.get(reference=reference).state == "verified"
    assert Mail.objects.filter(template="programme/email/confirmed").exists()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_dead_link_says_why_and_offers_a_new_one(owned, client, language):
    said = {
        "ar": ("ليس منا", "استعمل هذا الرابط على جهاز آخر", "استعمل هذا الرابط من قبل، بصفة:"),
        "fr": ("ne vient pas de nous", "sur un autre appareil", "déjà servi, au titre de"),
    }[language]
    path = mailed(language)
    forged = client.get(f"/{language}/mine/update/forged.token/", headers=HOST)
    assert forged.status_code == 404 and said[0] in forged.content.decode()
    post(client, path, standing="blocked")  # takes the link up on this device
    other = client.__class__()
    forwarded = other.get(path, headers=HOST)
    assert forwarded.status_code == 410 and said[1] in forwarded.content.decode()
    assert post(other, path, standing="late").status_code == 410
    post(client, path, standing="late")
    used = other.get(path, headers=HOST)
    assert used.status_code == 410 and said[2] in used.content.decode()
    for dead in (forged, forwarded, used):
        assert f'action="/{language}/mine/update/"' in dead.content.decode()
        assert "owner@example.org" not in dead.content.decode()


def test_a_link_that_ran_out_or_was_ended_says_so(owned, client):
    path = mailed()
    with time_machine.travel("2026-10-01 11:00+01:00", tick=False):
        late = client.get(path, headers=HOST)
        assert late.status_code == 410 and "انتهت صلاحية هذا الرابط" in late.content.decode()
    operations.revoke_links(commitment=owned, now=NOW)
    ended = client.get(path, headers=HOST)
    assert ended.status_code == 410 and "أنهي هذا الرابط" in ended.content.decode()


def test_asking_for_a_new_link_says_the_same_whatever_is_asked(owned, client):
    path = "/fr/mine/update/"
    assert client.get(path, headers=HOST).status_code == 200
    known = post(client, path, reference=owned.reference)
    unknown = post(client, path, reference="SFR-2023-C-0999")
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    assert Mail.objects.count() == 1
    assert post(client, path, reference="").status_code == 422
    strange = client.post(
        path, {"reference": "x"}, headers={**HOST, "Sec-Fetch-Site": "cross-site"}
    )
    assert strange.status_code == 403


def test_the_done_page_is_for_a_used_link_only(owned, client):
    path = mailed()
    assert client.get(f"{path}done/", headers=HOST).status_code == 404


def test_too_many_tries_are_stopped(owned, client, monkeypatch):
    few = replace(update.OPTIONS, words_per_network=(2, 3600))
    monkeypatch.setattr(update, "OPTIONS", few)
    path = mailed()
    for _n in range(2):
        post(client, path, standing="blocked")
    assert post(client, path, standing="late").status_code == 429
    assert not ProgressUpdate.objects.exists()


def test_a_proved_citizen_answers_once_and_may_change_it(sefrou, commitment, client):
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    client.cookies["device"] = sefrou.device
    answer = post(client, f"{page}rate/", sight="no")
    mine = f"/ar/mine/see/2024-2025/{commitment.reference}/"
    assert answer.headers["Location"] == mine
    assert "لا أراه" in client.get(mine, headers=HOST).content.decode()
    post(client, f"{page}rate/", sight="yes")
    assert Rating.objects.get().sight == "yes"
    body = client.get(page, headers=HOST).content.decode()
    assert "أجاب مواطن واحد" in body and "%" not in body.partition('id="voices"')[2][:6000]
    wrong = post(client, f"{page}rate/", sight="maybe")
    assert wrong.status_code == 422


def test_an_unproved_citizen_is_led_to_the_door_of_proof(commitment, client):
    page = f"/fr/programme/2024-2025/commitments/{commitment.reference}/rate/"
    waiting = post(client, page, sight="partly")
    assert waiting.headers["Location"].startswith("/fr/mine/act/")
    opened = client.get(waiting.headers["Location"], headers=HOST).content.decode()
    assert "Je le vois en partie" in opened and not Rating.objects.exists()


# The desk ----------------------------------------------------------------------------------------


@pytest.fixture
def focal(client, sefrou):
    return log_in(client, sefrou.officer, sefrou.province)


def test_the_focal_point_names_an_owner_sends_and_ends_links(commitment, focal):
    base = f"/desk/programme/carrying-out/{commitment.reference}"
    assert commitment.title.ar in focal.get("/desk/programme/carrying-out/").content.decode()
    wrong = focal.post(f"{base}/owner/", {"address": "not an address", "language": "ar"})
    assert wrong.status_code == 422 and "not an address" in wrong.content.decode()
    given = {"address": "o@example.org", "language": "fr"}
    assert focal.post(f"{base}/owner/", given).status_code == 302
    focal.post(f"{base}/owner/link/", {})
    assert MonthlyLink.objects.get().revoked_at is None
    assert "o@example.org" in focal.get(f"{base}/owner/?sent=1").content.decode()
    focal.post(f"{base}/owner/link/", {"end": "1"})
    assert MonthlyLink.objects.get().revoked_at is not None
    assert focal.post(f"{base}/word/", {"standing": "blocked"}).status_code == 422
    assert focal.post(f"{base}/word/", {"standing": "on_time"}).status_code == 302
    assert ProgressUpdate.objects.get().office == "focal_point"


def test_findings_are_written_published_and_replied_to_at_the_desk(commitment, sefrou, focal):
    base = f"/desk/programme/carrying-out/{commitment.reference}/findings/"
    sitting, _present = held_sitting(commitment.cycle.committee, seats=3)
    typed = {
        "level": "limited",
        "assessed_on": "2026-08-03",
        "text_ar": "لم تنجز إلا المرحلة الأولى",
        "session": "",
    }
    wrong = focal.post(f"{base}committee/", typed)
    assert wrong.status_code == 422 and "لم تنجز إلا المرحلة الأولى" in wrong.content.decode()
    found = focal.post(f"{base}committee/", {**typed, "session": sitting.session.pk})
    assert found.status_code == 302
    made = Assessment.objects.get()
    assert focal.get(f"/desk/programme/findings/{made.pk}/").status_code == 200
    assert focal.post(f"/desk/programme/findings/{made.pk}/publish/").status_code == 302
    assert focal.post(f"/desk/programme/findings/{made.pk}/publish/").status_code == 422
    complete = focal.post(f"{base}self/", {**typed, "level": "complete"})
    assert "لا يمكن للمجلس أن يصفه بالمكتمل" in complete.content.decode()
    review = {**typed, "reviewer": "جمعية التقييم", "interests_ar": "لا مصالح"}
    assert focal.post(f"{base}independent/", review).status_code == 302
    theirs = Assessment.objects.get(kind="independent")
    focal.post(f"/desk/programme/findings/{theirs.pk}/publish/")
    assert (
        focal.post(f"/desk/programme/findings/{theirs.pk}/reply/", {"reply_ar": ""}).status_code
        == 422
    )
    reply = {"reply_ar": "أخذ المجلس علما بذلك"}
    assert focal.post(f"/desk/programme/findings/{theirs.pk}/reply/", reply).status_code == 302
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    body = focal.get(page).content.decode()
    for words in ("لم تنجز إلا المرحلة الأولى", "جمعية التقييم", "أخذ المجلس علما بذلك"):
        assert words in body
    assert sitting.session.reference in body


def test_an_owner_claims_by_each_kind_of_evidence(commitment, sefrou, client):
    log_in(client, sefrou.commitment_owner, sefrou.province)
    deliberation = commitment.cycle.deliberation.reference
    address = f"/desk/programme/milestones/{commitment.reference}-M1/claim/"
    base = {"on": "2026-08-03", "title_ar": "ما يثبت الإنجاز"}
    for kind in ("file", "url", "deliberation", "event", "dataset"):
        assert client.get(f"{address}?kind={kind}").status_code == 200
        empty = client.post(address, {**base, "kind": kind})
        assert empty.status_code == 422 and "ما يثبت الإنجاز" in empty.content.decode()
        assert "sha256" not in empty.content.decode()
    far = {**base, "kind": "url", "url": "https://other.example/page/"}
    refused = client.post(address, far)
    assert refused.status_code == 422 and "لا يجلب هذا الموقع" in refused.content.decode()
    told = client.post(address, {**base, "kind": "deliberation", "record": deliberation})
    assert told.status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.record, len(evidence.sha256)) == (deliberation, 64)
    page = f"/ar/programme/2024-2025/commitments/{commitment.reference}/"
    body = client.get(page).content.decode()
    assert f"/d/{deliberation}/" in body and f"/files/{evidence.capture.key}/" in body


def test_an_officer_adds_a_capture_where_none_could_be_made(commitment, sefrou, client):
    given = operations.EvidenceGiven(
        kind="url",
        title=commitment.title,
        sha256="",
        captured_on=date(2026, 8, 3),
        url="http://localhost:8000/ar/nowhere/",
    )
    reference = f"{commitment.reference}-M1"
    operations.claim_done(reference=reference, evidence=given, on=date(2026, 8, 3), by=BY, now=NOW)
    evidence = Evidence.objects.get()
    log_in(client, sefrou.commitment_owner, sefrou.province)
    address = f"/desk/programme/evidence/{evidence.reference}/capture/"
    assert client.post(address, {}).status_code == 422
    picture = {"file": photo(), "alt": "صفحة المقرر"}
    assert client.post(address, picture).status_code == 302
    evidence.refresh_from_db()
    assert len(evidence.sha256) == 64 and evidence.alt == "صفحة المقرر"
    assert client.get(address).status_code == 404


def test_pages_of_carrying_out_are_closed_without_their_right(commitment, sefrou, client):
    base = f"/desk/programme/carrying-out/{commitment.reference}"
    log_in(client, sefrou.verifier, sefrou.province)
    closed = ("", f"{base}/owner/", f"{base}/word/", f"{base}/findings/", f"{base}/findings/self/")
    for path in closed:
        address = path or "/desk/programme/carrying-out/"
        assert client.get(address).status_code == 404, address
    claim = f"/desk/programme/milestones/{commitment.reference}-M1/claim/"
    assert client.get(claim).status_code == 404
    log_in(client, sefrou.other_officer, sefrou.other)
    for path in closed[1:]:
        assert client.get(path).status_code == 404, path
