"""Evidence: captured, dated and hashed by us; judged by another person, whatever the account."""

import hashlib
import http.server
import threading
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from infitah.community.models import AccessGrant
from infitah.community.tests.factories import AccessGrantFactory, AppointmentFactory, UserFactory
from infitah.core import files
from infitah.core.letters import read
from infitah.core.models import Mail, Outbox
from infitah.core.operations import dispatch_events, stage_file
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.proceedings.tests.factories import SittingFactory, held_sitting
from infitah.programme import fetching, operations
from infitah.programme.fetching import FetchRefused, Reach
from infitah.programme.models import CommitmentIdea, Evidence, Milestone, TimetableEntry
from infitah.programme.operations import EvidenceAsked, EvidenceRefused, MilestoneRefused
from infitah.programme.rules import captures
from infitah.programme.rules.captures import Fetched
from infitah.programme.tests.factories import BY, evidence, idea_of

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
TODAY = date(2026, 8, 3)
TITLE = LocalizedText(ar="محضر التسلم", fr="Procès-verbal de réception")
REASON = LocalizedText(ar="الصورة لا تبين المكان")


def claimed(commitment, by, **more):
    reference = f"{commitment.reference}-M1"
    operations.claim_done(reference=reference, evidence=evidence(**more), on=TODAY, by=by, now=NOW)
    return reference


def verify(reference, by):
    return operations.verify_milestone(reference=reference, on=TODAY, by=by, now=NOW)


def officer(name, email="", person=None, community=None):
    """Return an actor with an account, and an office opened by `person`."""
    user = UserFactory(username=name, email=email)
    if person is not None:
        appointment = AppointmentFactory(community=community, person=person, office="verifier")
        AccessGrantFactory(appointment=appointment, user=user)
    return Actor("officer", name, "verifier")


# The second person -------------------------------------------------------------------------------


@pytest.mark.parametrize("tie", ["case", "mail", "person", "link", "responsible"])
def test_one_person_under_two_names_does_not_confirm(sefrou, commitment, tie):
    claimer = officer("owner", "owner@example.org")
    if tie == "case":
        judge = Actor("officer", "OWNER ", "verifier")
    elif tie == "mail":
        judge = officer("second", "Owner@Example.org")
    elif tie == "person":
        grant = AccessGrant.objects.get(user=sefrou.commitment_owner)
        claimer = Actor("officer", sefrou.commitment_owner.username)
        judge = officer("second", "x@example.org", grant.appointment.person, sefrou.province)
    elif tie == "link":
        commitment = operations.set_owner(
            commitment=commitment, address="me@example.org", language="ar", by=BY, now=NOW
        )
        judge = officer("second", "me@example.org")
    else:
        grant = AccessGrant.objects.get(user=sefrou.verifier)
        commitment.responsible = grant.appointment.person
        commitment.save(update_fields=["responsible"])
        judge = Actor("officer", sefrou.verifier.username)
    reference = claimed(commitment, claimer)
    with pytest.raises(MilestoneRefused) as refused:
        verify(reference, judge)
    assert refused.value.code == ("owner" if tie in {"link", "responsible"} else "same")
    assert Milestone.objects.get(reference=reference).state == "claimed"


def test_another_person_confirms_and_owner_and_authors_are_told(sefrou, commitment):
    operations.set_owner(
        commitment=commitment, address="me@example.org", language="fr", by=BY, now=NOW
    )
    dispatch_events(now=NOW)  # the adoption, before the idea is linked
    idea = idea_of(sefrou, 7)
    idea.author = sefrou.participant
    idea.save(update_fields=["author"])
    CommitmentIdea.objects.create(
        community=sefrou.province, commitment=commitment, idea=idea, weight="main", linked_on=TODAY
    )
    reference = claimed(commitment, officer("owner", "o@example.org"))
    verify(reference, officer("second", "s@example.org"))
    dispatch_events(now=NOW)
    dispatch_events(now=NOW)
    told = {mail.template: read(mail) for mail in Mail.objects.all()}
    assert told["programme/email/confirmed"].to == "me@example.org"
    assert reference in told["programme/email/confirmed"].subject
    assert idea.reference in told["participation/email/result"].subject
    assert Mail.objects.count() == 2


def test_what_is_sent_back_tells_the_owner_why(sefrou, commitment):
    operations.set_owner(
        commitment=commitment, address="me@example.org", language="ar", by=BY, now=NOW
    )
    reference = claimed(commitment, officer("owner", "o@example.org"))
    operations.return_milestone(
        reference=reference, reason=REASON, on=TODAY, by=officer("second"), now=NOW
    )
    assert REASON.ar in read(Mail.objects.get(template="programme/email/returned")).text


def test_history_entered_afterwards_tells_nobody(sefrou, commitment):
    operations.set_owner(
        commitment=commitment, address="me@example.org", language="ar", by=BY, now=NOW
    )
    reference = claimed(commitment, officer("owner"))
    operations.verify_milestone(
        reference=reference, on=date(2024, 2, 1), by=officer("second"), now=NOW
    )
    assert not Mail.objects.exists()
    assert not Outbox.objects.filter(kind="programme.milestone_verified").exists()


# What an officer names ---------------------------------------------------------------------------


def prepared(sefrou, kind, **more):
    asked = EvidenceAsked(kind=kind, title=TITLE, **more)
    return operations.prepare_evidence(community=sefrou.province, asked=asked, now=NOW)


def staged(content=b"text of the minutes", name="minutes.txt"):
    return stage_file(BytesIO(content), community_key="SFR", name=name, now=NOW)


def picture():
    out = BytesIO()
    Image.new("RGB", (4, 4), "green").save(out, "PNG")
    return staged(out.getvalue(), "photo.png")


def test_a_record_is_kept_as_canonical_json_with_its_hash(sefrou, commitment):
    reference = commitment.cycle.deliberation.reference
    given_ = prepared(sefrou, "deliberation", record=reference)
    kept = files.content(given_.capture)
    assert hashlib.sha256(kept).hexdigest() == given_.sha256
    assert reference.encode() in kept and given_.captured_on == TODAY


def test_a_meeting_is_a_past_step_or_a_held_session(sefrou, commitment):
    step = TimetableEntry.objects.create(
        community=sefrou.province,
        cycle=commitment.cycle,
        slug="training",
        kind="training",
        starts_on=date(2024, 3, 4),
        ends_on=date(2024, 3, 5),
        text=TITLE,
    )
    assert prepared(sefrou, "event", record="2024-2025/training").sha256
    sitting, _present = held_sitting(commitment.cycle.committee, seats=3)
    assert prepared(sefrou, "event", record=sitting.session.reference).sha256
    step.ends_on = date(2026, 9, 1)
    step.save(update_fields=["ends_on"])
    with pytest.raises(EvidenceRefused) as refused:
        prepared(sefrou, "event", record="2024-2025/training")
    assert refused.value.code == "future"
    planned = SittingFactory(session__body=commitment.cycle.committee).session
    with pytest.raises(EvidenceRefused) as refused:
        prepared(sefrou, "event", record=planned.reference)
    assert refused.value.code == "not_held"


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("deliberation", {"record": "SFR-2023-D-0099"}, "record"),
        ("event", {"record": "2024-2025/none"}, "record"),
        ("event", {"record": "SFR-2023-S-0099"}, "record"),
        ("record", {"record": "SFR-2023-I-0001"}, "record"),
        ("file", {}, "file"),
        ("url", {}, "url"),
        ("dataset", {"url": "https://other.example/data.csv"}, "file"),
        ("url", {"url": "https://other.example/"}, "file"),
    ],
)
def test_what_shows_nothing_is_refused_beside_its_field(sefrou, kind, more, field):
    with pytest.raises(EvidenceRefused) as refused:
        prepared(sefrou, kind, **more)
    assert refused.value.field == field


def test_a_photograph_says_what_it_shows(sefrou):
    with pytest.raises(EvidenceRefused) as refused:
        prepared(sefrou, "file", file=picture())
    assert refused.value.field == "alt"
    assert prepared(sefrou, "file", file=picture(), alt="واجهة الموقع").alt


def test_a_claim_of_tomorrow_or_with_another_hash_is_refused(commitment):
    reference = f"{commitment.reference}-M1"
    for more, on, field in (
        ({}, date(2026, 8, 4), "on"),
        ({"file": staged(), "kind": "file"}, TODAY, "file"),
    ):
        with pytest.raises(MilestoneRefused) as refused:
            operations.claim_done(
                reference=reference, evidence=evidence(**more), on=on, by=BY, now=NOW
            )
        assert refused.value.field == field


# Captures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:192.168.1.1", False),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_only_the_public_internet_is_reached(address, is_public):
    assert captures.is_public_address(address) is is_public


@pytest.mark.parametrize(
    ("address", "is_fetchable"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org:80/", True),
        ("http://example.org:22/", False),
        ("ftp://example.org/", False),
        ("file:///etc/passwd", False),
        ("http://user:word@example.org/", False),
        ("http:///nohost", False),
        ("http://[broken/", False),
        ("http://example.org:99999/", False),
    ],
)
def test_only_plain_addresses_are_fetched(address, is_fetchable):
    assert (captures.fetchable(address) is not None) is is_fetchable


@given(st.text(max_size=200))
def test_what_is_kept_of_a_page_can_run_nowhere(words):
    page = f"<html><script>x()</script><p>{words}</p></html>".encode(errors="replace")
    kept = captures.page_capture(
        Fetched("https://a.example/", 200, "text/html", page), asked="https://a.example/", at=NOW
    )
    assert b"<" not in kept and b"x()" not in kept.partition(b"\n\n")[2]
    assert hashlib.sha256(page).hexdigest().encode() in kept


class Site(http.server.BaseHTTPRequestHandler):
    """Another site: a page, a redirect, an endless redirect, a large file, an error."""

    def do_GET(self):
        answers = {
            "/page": (200, "text/html", "<h1>نتيجة</h1><p>المحضر منشور</p>".encode()),
            "/moved": (302, "text/plain", b""),
            "/round": (302, "text/plain", b""),
            "/inwards": (302, "text/plain", b""),
            "/large": (200, "text/plain", b"x" * (captures.MAX_BYTES + 1)),
        }
        status, kind, body = answers.get(self.path, (500, "text/plain", b"fault"))
        self.send_response(status)
        onwards = {"/moved": "/page", "/round": "/round", "/inwards": "http://10.0.0.1/"}
        if self.path in onwards:
            self.send_header("Location", onwards[self.path])
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


@pytest.fixture(scope="module")
def elsewhere():
    """The address of another site on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


NEAR = Reach(is_allowed=lambda address: address == "127.0.0.1", is_any_port=True)


def test_a_page_elsewhere_is_fetched_along_its_redirects(sefrou, elsewhere):
    found = fetching.capture(f"{elsewhere}/moved", may_fetch=True, reach=NEAR)
    assert found.address.endswith("/page") and found.is_page
    kept = captures.page_capture(found, asked=f"{elsewhere}/moved", at=NOW).decode()
    assert "نتيجة\nالمحضر منشور" in kept


@pytest.mark.parametrize(
    ("path", "more", "code"),
    [
        ("/page", {"may_fetch": False}, "off"),
        ("/page", {"reach": fetching.PUBLIC}, "address"),
        ("/page", {"reach": Reach(is_any_port=True)}, "address"),
        ("/inwards", {}, "address"),
        ("/round", {}, "redirects"),
        ("/large", {}, "too_large"),
        ("/fault", {}, "status"),
    ],
)
def test_what_may_not_or_cannot_be_fetched_says_why(sefrou, elsewhere, path, more, code):
    with pytest.raises(FetchRefused) as refused:
        fetching.capture(f"{elsewhere}{path}", **({"may_fetch": True, "reach": NEAR} | more))
    assert refused.value.code == code


def test_nobody_listens_there(sefrou):
    with pytest.raises(FetchRefused) as refused:
        fetching.capture("http://127.0.0.1:9/", may_fetch=True, reach=NEAR)
    assert refused.value.code == "unreachable"


def own(path):
    return f"{settings.ENVIRONMENT.url}{path}"


def test_our_own_page_is_captured_from_our_render_then_confirmed(sefrou, commitment):
    address = own(f"/ar/programme/2024-2025/commitments/{commitment.reference}/")
    asked = prepared(sefrou, "url", url=address)
    assert asked.awaits_capture
    claimer, judge = officer("owner", "o@example.org"), officer("second", "s@example.org")
    reference = f"{commitment.reference}-M1"
    operations.claim_done(reference=reference, evidence=asked, on=TODAY, by=claimer, now=NOW)
    with pytest.raises(MilestoneRefused) as early:
        verify(reference, judge)
    assert early.value.code == "capture"
    operations.make_captures(now=NOW)
    evidence_ = Evidence.objects.get(milestone__reference=reference)
    kept = files.content(evidence_.capture)
    assert hashlib.sha256(kept).hexdigest() == evidence_.sha256
    assert commitment.title.ar.encode() in kept and evidence_.capture.is_public
    entry = Entry.objects.get(act="programme.evidence_captured")
    assert evidence_.sha256 in entry.canonical and entry.subject == evidence_.reference
    assert not operations.has_captures_to_make(NOW)
    assert verify(reference, judge).state == "verified"


def test_an_address_that_cannot_be_captured_is_tried_thrice_then_told(sefrou, commitment):
    asked = prepared(sefrou, "url", url=own("/ar/nothing-here/"))
    reference = f"{commitment.reference}-M1"
    operations.claim_done(reference=reference, evidence=asked, on=TODAY, by=BY, now=NOW)
    for _n in range(captures.TRIES):
        assert operations.has_captures_to_make(NOW)
        operations.make_captures(now=NOW)
    held = Evidence.objects.get()
    assert (held.capture_fault, held.sha256) == ("status", "")
    assert not operations.has_captures_to_make(NOW)
    kept = staged()
    values = {"reference": held.reference, "alt": "", "by": BY, "now": NOW}
    assert operations.keep_capture(file=kept, **values).sha256 == kept.sha256
    with pytest.raises(EvidenceRefused):
        operations.keep_capture(file=staged(b"other"), **values)


def test_the_worker_passes_for_no_neighbour(sefrou):
    with pytest.raises(FetchRefused) as refused:
        fetching.capture(own("/metrics"), may_fetch=False)
    assert refused.value.code == "status"


def test_a_file_at_an_address_is_kept_as_it_came(sefrou, commitment):
    csv = own("/ar/programme/2024-2025/commitments.csv")
    asked = prepared(sefrou, "dataset", url=csv)
    operations.claim_done(
        reference=f"{commitment.reference}-M1", evidence=asked, on=TODAY, by=BY, now=NOW
    )
    operations.make_captures(now=NOW)
    kept = Evidence.objects.get().capture
    assert kept.media_type == "text/csv" and commitment.reference.encode() in files.content(kept)


def test_what_is_not_kept_in_the_store_is_no_capture(sefrou, commitment, monkeypatch):
    asked = prepared(sefrou, "url", url=own("/ar/"))
    operations.claim_done(
        reference=f"{commitment.reference}-M1", evidence=asked, on=TODAY, by=BY, now=NOW
    )
    drawing = Fetched(own("/ar/"), 200, "image/svg+xml", b"<svg onload='x()'/>")
    monkeypatch.setattr(operations.capture, "capture", lambda *_a, **_k: drawing)
    operations.make_captures(now=NOW)
    assert Evidence.objects.get().capture_fault == "kind"


def test_a_charset_that_nobody_knows_is_read_as_utf_8():
    found = Fetched("https://a.example/", 200, "text/html", "<p>نص</p>".encode(), "x-unknown")
    assert "نص" in captures.page_capture(found, asked="https://a.example/", at=NOW).decode()


def test_the_last_milestone_tells_of_the_whole_commitment(sefrou, commitment):
    dispatch_events(now=NOW)
    idea = idea_of(sefrou, 7)
    idea.author = sefrou.participant
    idea.save(update_fields=["author"])
    CommitmentIdea.objects.create(
        community=sefrou.province, commitment=commitment, idea=idea, weight="main", linked_on=TODAY
    )
    Milestone.objects.filter(commitment=commitment, number=2).update(
        state="verified", done_on=TODAY
    )
    verify(claimed(commitment, officer("owner", "o@example.org")), officer("second"))
    event = Outbox.objects.get(kind="programme.milestone_verified")
    assert operations.tell_authors(event=event, now=NOW) == 1
    letter = read(Mail.objects.get(template="participation/email/result"))
    assert commitment.title.ar in letter.text
    Milestone.objects.filter(commitment=commitment).update(state="started")
    assert operations.tell_authors(event=event, now=NOW) == 0
