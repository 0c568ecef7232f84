"""Stored files: told by content, staged, bound, scanned, served (decisions D15, E19)."""

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from infitah.core import clamd, files, registry, views
from infitah.core.files import FileRefused
from infitah.core.media_types import KindRefused, media_type_of
from infitah.core.models import StoredFile
from infitah.core.operations import bind_file, stage_file, withdraw_file
from infitah.core.tests.conftest import NOW
from infitah.core.viewer import Viewer

PDF = b"%PDF-1.7\nhello"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HERE = Viewer("SFR")


def archive(*names: str, content: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


ODT = archive("mimetype", "content.xml", content=b"application/vnd.oasis.opendocument.text")
DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "x.exe", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "x", "image/png"),
        (b"\xff\xd8\xff\xe0....", "x", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "x", "image/webp"),
        (DOCX, "x", WORD),
        (XLSX, "x", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (ODT, "x", "application/vnd.oasis.opendocument.text"),
        ("الاسم;العدد\n".encode(), "جدول.CSV", "text/csv"),
        ("نص\n".encode(), "x.txt", "text/plain"),
        ("م".encode() * 6000, "x.txt", "text/plain"),  # a letter is cut by the end of the head
    ],
)
def test_the_kind_is_told_by_content(content: bytes, name: str, kind: str) -> None:
    assert media_type_of(io.BytesIO(content), name) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\0", "program"),
        (b"\x7fELF\x02", "program"),
        (b"#!/bin/sh\n", "program"),
        (b"<!DOCTYPE html><p>", "markup"),
        (b"\xef\xbb\xbf  <html>", "markup"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "markup"),
        (b"<?xml version='1.0'?><svg/>", "markup"),
        (b"hello <ScRiPt>alert(1)</script>", "markup"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
        (archive("a.txt"), "kind"),
        (archive("mimetype", content=b"application/epub+zip"), "kind"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x00\x01\x02", "kind"),
        ("é".encode("latin-1") * 9, "kind"),
        (b"text\x1b[31m", "kind"),
        (b"GIF89a", "kind"),
    ],
)
def test_what_could_run_or_is_unknown_is_refused(content: bytes, code: str) -> None:
    if content.startswith(b"GIF"):
        content += b"\0\0"
    with pytest.raises(KindRefused) as refused:
        media_type_of(io.BytesIO(content), "x.pdf")
    assert refused.value.code == code
    assert refused.value.field == "file"


# --- Staging, binding, sweeping ----------------------------------------------


def staged(content: bytes = PDF, name: str = "محضر.pdf", **more: Any) -> StoredFile:
    return stage_file(io.BytesIO(content), community_key="SFR", name=name, now=NOW, **more)


def bound(content: bytes = PDF, name: str = "محضر.pdf", **more: Any) -> StoredFile:
    given = {"community_key": "SFR", "subject": "SFR-2026-K-0001", "is_public": True, "now": NOW}
    return bind_file(key=str(staged(content, name).key), **{**given, **more})


@pytest.mark.django_db
def test_a_file_is_kept_with_its_hash_and_its_kind(home: Path) -> None:
    stored = staged()
    assert stored.sha256 == sha256(PDF).hexdigest()
    assert (stored.size, stored.media_type, stored.state) == (14, "application/pdf", "staged")
    assert (stored.scan, stored.scan_note) == ("not_scanned", "no scanner is set up")
    assert files.content(stored) == PDF
    assert not list((home / "files" / "incoming").iterdir())


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"<html>", PDF + b"x" * 100])
def test_a_refused_file_leaves_nothing_behind(home: Path, content: bytes) -> None:
    with pytest.raises((KindRefused, FileRefused)):
        staged(content, max_bytes=100)
    assert not StoredFile.objects.exists()
    assert not [path for path in (home / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\docs\\محضر.pdf", "application/pdf", "محضر.pdf"),
        ("report.html", "application/pdf", "report.pdf"),
        ("صورة.JPEG", "image/jpeg", "صورة.JPEG"),
        ("a\r\nb\u202efdp.exe", "application/pdf", "a bfdp.pdf"),
        ("", "text/csv", "file.csv"),
        ("...", "text/csv", "file.csv"),
        ("م" * 300 + ".pdf", "application/pdf", "م" * 90 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, kind: str, safe: str) -> None:
    assert files.safe_name(name, kind) == safe


@pytest.mark.django_db
def test_binding_twice_changes_nothing() -> None:
    stored = bound()
    again = bind_file(
        key=str(stored.key),
        community_key="SFR",
        subject=stored.subject,
        is_public=True,
        now=NOW + timedelta(days=1),
    )
    assert (again.pk, again.bound_at) == (stored.pk, NOW)


@pytest.mark.django_db
def test_a_file_is_not_taken_from_another_subject_or_community() -> None:
    stored = bound()
    with pytest.raises(FileRefused) as taken:
        bind_file(
            key=str(stored.key), community_key="SFR", subject="other", is_public=True, now=NOW
        )
    assert taken.value.code == "taken"
    with pytest.raises(FileRefused) as gone:
        bind_file(
            key=str(staged().key), community_key="BHL", subject="other", is_public=True, now=NOW
        )
    assert gone.value.code == "gone"


@pytest.mark.django_db
def test_an_infected_or_withdrawn_file_is_not_bound() -> None:
    for change in ({"scan": "infected"}, {"state": "withdrawn"}):
        stored = staged()
        StoredFile.objects.filter(pk=stored.pk).update(**change)
        with pytest.raises(FileRefused):
            bind_file(
                key=str(stored.key), community_key="SFR", subject="x", is_public=True, now=NOW
            )


@pytest.mark.django_db
def test_the_sweep_takes_what_no_act_bound_and_nothing_else(home: Path) -> None:
    kept, lost = bound(), staged()
    (home / "files" / "incoming" / "broken").write_bytes(b"half")
    assert files.sweep(now=NOW + timedelta(hours=23)) == 0
    assert files.sweep(now=datetime.now(UTC) + timedelta(days=2)) == 2
    assert files.path_of(kept).exists()
    assert not files.path_of(lost).exists()


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_file_keeps_its_hash_and_its_bytes_go_when_asked() -> None:
    stored = bound()
    withdraw_file(key=str(stored.key), now=NOW)
    assert files.path_of(stored).exists()
    withdraw_file(key=str(stored.key), now=NOW, is_erased=True)
    stored.refresh_from_db()
    assert (stored.state, stored.is_public, stored.withdrawn_at) == ("withdrawn", False, NOW)
    assert not files.path_of(stored).exists()


# --- Serving -----------------------------------------------------------------


def get(stored: StoredFile, name: str = "", viewer: Viewer = HERE) -> Any:
    request = RequestFactory().get("/files/")
    request.viewer = viewer  # type: ignore[attr-defined]
    response = views.stored_file(request, key=stored.key, name=name or stored.name)
    response.body = b"".join(response)  # type: ignore[attr-defined, arg-type]
    response.close()
    return response


def is_found(stored: StoredFile, viewer: Viewer = HERE) -> bool:
    try:
        return get(stored, viewer=viewer).status_code == 200
    except Http404:
        return False


@pytest.mark.django_db
def test_a_public_file_is_shown_in_a_sandbox() -> None:
    response = get(bound())
    assert response.body == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Infitah-Scan"] == "not_scanned"
    assert response["Content-Disposition"] == (
        "inline; filename=\"file.pdf\"; filename*=UTF-8''%D9%85%D8%AD%D8%B6%D8%B1.pdf"
    )


@pytest.mark.django_db
def test_what_a_browser_need_not_show_is_handed_over() -> None:
    response = get(bound("الاسم\n".encode(), "liste d'été.csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="liste d\'t.csv"')


@pytest.mark.django_db
def test_another_name_leads_to_the_true_one() -> None:
    response = get(bound(), name="x.html")
    assert response.status_code == 302
    assert response["Location"].endswith("/%D9%85%D8%AD%D8%B6%D8%B1.pdf")


@pytest.mark.django_db
def test_unbound_private_infected_and_foreign_files_do_not_exist() -> None:
    assert is_found(bound())
    assert not is_found(staged())
    assert not is_found(bound(is_public=False))
    assert not is_found(bound(), viewer=Viewer("BHL"))
    infected = bound()
    StoredFile.objects.filter(pk=infected.pk).update(scan="infected")
    assert not is_found(infected)
    lost = bound()
    files.path_of(lost).unlink()
    assert not is_found(lost)


@pytest.mark.django_db
def test_a_guard_opens_private_files_of_its_subjects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "FILE_GUARDS", {})
    registry.register_file_guard("idea/", lambda viewer, subject: viewer.may("idea.hide"))
    registry.register_file_guard("idea/SFR-2026-I-0002", lambda viewer, subject: False)
    officer = Viewer("SFR", rights=frozenset({"idea.hide"}))
    private = bound(is_public=False, subject="idea/SFR-2026-I-0001")
    assert is_found(private, officer)
    assert get(private, viewer=officer)["Cache-Control"] == "private, no-store"
    assert not is_found(private)
    assert not is_found(bound(is_public=False, subject="idea/SFR-2026-I-0002"), officer)


# --- The scanner, spoken to over a real socket -------------------------------


class Scanner(threading.Thread):
    """Speaks clamd's INSTREAM on a socket: finds EICAR, refuses what is longer than `limit`."""

    def __init__(self, limit: int = 1_000_000, version: str = "") -> None:
        super().__init__(daemon=True)
        today = f"{datetime.now(UTC):%a %b %d %H:%M:%S %Y}"
        self.version = version or f"ClamAV 1.0.5/27000/{today}"
        self.limit = limit
        self.line = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.line.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                talk, _ = self.line.accept()
            except OSError:
                return
            with talk:
                talk.sendall(self._answer(talk) + b"\0")

    def _answer(self, talk: socket.socket) -> bytes:
        wire = talk.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            command += wire.read(1)
        if command == b"zVERSION\0":
            return self.version.encode()
        assert command == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", wire.read(4))[0]:
            content += wire.read(length)
        if len(content) > self.limit:
            return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Infitah.EICAR FOUND" if EICAR in content else b"stream: OK"

    def stop(self) -> None:
        self.line.shutdown(socket.SHUT_RDWR)
        self.line.close()


@pytest.fixture
def scanner(environment: Callable[..., None]) -> Iterator[Scanner]:
    daemon = Scanner()
    daemon.start()
    environment(clamd=daemon.address)
    yield daemon
    daemon.stop()
    daemon.join()


@pytest.mark.django_db
def test_a_clean_file_is_marked_clean(scanner: Scanner) -> None:
    assert staged(PDF + b"x" * 200_000).scan == "clean"


@pytest.mark.django_db
def test_an_infected_file_is_refused_by_name(scanner: Scanner, home: Path) -> None:
    with pytest.raises(FileRefused, match=r"Infitah\.EICAR") as refused:
        staged(EICAR, "x.txt")
    assert refused.value.code == "infected"
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_what_is_too_large_for_the_scanner_is_not_scanned(scanner: Scanner) -> None:
    scanner.limit = 10
    stored = staged()
    assert (stored.scan, stored.scan_note) == (
        "not_scanned",
        "INSTREAM size limit exceeded. ERROR",
    )


@pytest.mark.django_db
def test_a_scanner_that_is_away_means_not_scanned_and_a_later_look(
    environment: Callable[..., None], scanner: Scanner
) -> None:
    environment(clamd="127.0.0.1:1")
    stored = staged(EICAR, "x.txt")
    assert (stored.scan, stored.scan_note[:29]) == ("not_scanned", "the scanner does not answer: ")
    environment(clamd=scanner.address)
    assert not files.has_unscanned(NOW)
    later = NOW + timedelta(hours=1)
    assert files.has_unscanned(later)
    assert files.rescan(now=later) == 1
    stored.refresh_from_db()
    assert (stored.scan, stored.scan_note) == ("infected", "Infitah.EICAR")
    assert not files.has_unscanned(later)


def test_signatures_must_exist_and_be_fresh(scanner: Scanner) -> None:
    now = datetime.now(UTC)
    assert clamd.fault(scanner.address, now) == ""
    assert "older than 7 days" in clamd.fault(scanner.address, now + timedelta(days=9))
    scanner.version = "ClamAV 1.0.5"
    assert "no virus signatures" in clamd.fault(scanner.address, now)
    assert "does not answer" in clamd.fault("127.0.0.1:1", now)


def test_a_scanner_may_listen_at_a_socket_file(tmp_path: Path) -> None:
    path = str(tmp_path / "c")
    line = socket.socket(socket.AF_UNIX)
    line.bind(path)
    line.listen()

    def answer() -> None:
        talk, _ = line.accept()
        with talk:
            talk.recv(100)
            talk.sendall(b"PONG\0")

    thread = threading.Thread(target=answer)
    thread.start()
    assert clamd.ask(path, "PING") == "PONG"
    thread.join()
    line.close()
