"""Pages and files at an address, fetched by the worker: which ones, and what is kept of them."""

import hashlib
import http.server
import threading

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from infitah.core import files
from infitah.ledger.models import Entry
from infitah.programme import fetching, operations
from infitah.programme.fetching import FetchRefused, Reach
from infitah.programme.models import Evidence
from infitah.programme.operations import EvidenceRefused, MilestoneRefused
from infitah.programme.rules import captures
from infitah.programme.rules.captures import Fetched
from infitah.programme.tests.claims import NOW, TODAY, officer, prepared, staged, verify
from infitah.programme.tests.factories import BY

NEAR = Reach(is_allowed=lambda address: address == "127.0.0.1", is_any_port=True)


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
    kept = staged(b"%PDF-1.4 the page", "page.pdf")
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
