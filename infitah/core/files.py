"""Stored files: taken in outside any transaction, bound by the act that needs them (decisions E19).

`stage` writes the bytes and a row; `bind` gives them to a subject inside the act's transaction;
what is never bound is swept. Bytes lie under STORED_FILES_ROOT and are never served by path.
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infitah.core import clamd, media_types
from infitah.core.conf import FILES
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.kernel.text import clean_line

BLOCK = 256 * 1024
INCOMING, WORK = "incoming", "work"
"""Folders of what is half received or half made: in no backup, whoever put it there erases it."""


class FileRefused(OperationRefused):
    """The file cannot be taken in or used."""


class Upload(Protocol):
    """What is read in blocks: Django's uploaded file, or any open binary file."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Written:
    path: Path
    size: int
    digest: str


def root() -> Path:
    """Return the folder of the stored bytes."""
    return Path(settings.STORED_FILES_ROOT)


def path_of(stored: StoredFile) -> Path:
    """Return where the bytes of a file lie."""
    return root() / stored.path


def content(stored: StoredFile) -> bytes:
    """Return the bytes of a file, whole."""
    return path_of(stored).read_bytes()


def stage(
    upload: Upload,
    *,
    community_key: str,
    name: str,
    now: datetime,
    max_bytes: int = FILES.max_bytes,
    takes_any: bool = False,
) -> StoredFile:
    """Take in a file: stream it to the store, hash it, tell its kind by content, scan it.

    With `takes_any` what is unknown or damaged is kept too, unopened, as BINARY. Must be called
    outside a transaction. Raises FileRefused beyond `max_bytes` or for an
    infected file, KindRefused for a kind that is not taken in; nothing is left behind then.
    """
    written = _write(upload, max_bytes)
    try:
        with written.path.open("rb") as content_:
            kind = _kind(content_, name, takes_any=takes_any)
            verdict = clamd.scan(settings.ENVIRONMENT.clamd, content_)
        if verdict.state == "infected":
            raise FileRefused(
                _("The file holds a virus (%(name)s) and was not kept.") % {"name": verdict.note},
                code="infected",
                field="file",
            )
        stored = StoredFile(
            community_key=community_key,
            name=safe_name(name, kind),
            size=written.size,
            sha256=written.digest,
            media_type=kind,
            scan=verdict.state,
            scan_note=verdict.note,
            scanned_at=now,
            staged_at=now,
        )
        final = path_of(stored)
        final.parent.mkdir(parents=True, exist_ok=True)
        written.path.rename(final)
        stored.save(force_insert=True)
    finally:
        written.path.unlink(missing_ok=True)
    return stored


def _kind(content_: BinaryIO, name: str, *, takes_any: bool) -> str:
    try:
        return media_types.media_type_of(content_, name, head_bytes=FILES.head_bytes)
    except media_types.KindRefused as refused:
        if takes_any and refused.code in media_types.UNTOLD:
            return media_types.BINARY
        raise


def _write(upload: Upload, max_bytes: int) -> _Written:
    folder = root() / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / secrets.token_hex(12)
    digest, size = sha256(), 0
    try:
        with path.open("xb") as out:
            for block in _blocks(upload):
                size += len(block)
                if size > max_bytes:
                    limit = max_bytes // (1024 * 1024)
                    raise FileRefused(
                        _("The file is larger than %(limit)s MB.") % {"limit": limit},
                        code="too_large",
                        field="file",
                    )
                digest.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return _Written(path, size, digest.hexdigest())


def _blocks(upload: Upload) -> Iterator[bytes]:
    while block := upload.read(BLOCK):
        yield block


def safe_name(name: str, kind: str) -> str:
    """Return a file name fit for a header and for any disk, its ending true to its kind."""
    last = clean_line(name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if character not in '<>:"|?*\0').strip(". ")
    ending = ENDINGS[kind]
    stem = kept[: -len(Path(kept).suffix)] if Path(kept).suffix else kept
    if Path(kept).suffix.lower() in OWN_ENDINGS.get(kind, {ending}):
        ending = Path(kept).suffix
    while len(stem.encode()) > 180:  # a disk counts bytes: Arabic letters take two
        stem = stem[:-1]
    return f"{stem.strip('. ') or 'file'}{ending}"


ENDINGS = {
    media_types.PDF: ".pdf",
    media_types.CSV: ".csv",
    media_types.PLAIN: ".txt",
    media_types.DOCX: ".docx",
    media_types.XLSX: ".xlsx",
    media_types.ODT: ".odt",
    media_types.ODS: ".ods",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    media_types.BINARY: ".bin",
}
OWN_ENDINGS = {
    "image/jpeg": {".jpg", ".jpeg"},
    media_types.BINARY: {
        *(".bin", ".zip", ".rar", ".7z", ".doc", ".xls", ".ppt", ".msg", ".gif", ".tif", ".tiff"),
        *(".heic", ".mp3", ".m4a", ".ogg", ".opus", ".mp4", ".3gp"),
    },
}
"""Endings that a name may keep, where there are several of a kind."""


@transaction.atomic
def bind(
    *, key: str, community_key: str, subject: str, is_public: bool, now: datetime
) -> StoredFile:
    """Give a staged file to `subject`, as part of its act; doing it twice changes nothing.

    Raises FileRefused if it is unknown here, infected, withdrawn, or belongs to another subject.
    """
    stored = (
        StoredFile.objects.select_for_update()
        .filter(key=key, community_key=community_key)
        .exclude(scan=StoredFile.Scan.INFECTED)
        .first()
    )
    is_theirs = stored is not None and stored.state == StoredFile.State.BOUND
    if stored is None or stored.state == StoredFile.State.WITHDRAWN:
        raise FileRefused(_("The file is no longer here. Choose it again."), code="gone")
    if is_theirs and stored.subject != subject:
        raise FileRefused(_("The file belongs to something else. Choose it again."), code="taken")
    stored.state, stored.subject, stored.is_public = StoredFile.State.BOUND, subject, is_public
    stored.bound_at = stored.bound_at or now
    stored.save(update_fields=["state", "subject", "is_public", "bound_at"])
    return stored


@transaction.atomic
def withdraw(*, key: str, now: datetime, is_erased: bool = False) -> None:
    """Take a file out of view; its row and hash stay. With `is_erased` its bytes go for good."""
    stored = StoredFile.objects.select_for_update().get(key=key)
    if stored.state != StoredFile.State.WITHDRAWN:
        stored.state, stored.withdrawn_at, stored.is_public = "withdrawn", now, False
        stored.save(update_fields=["state", "withdrawn_at", "is_public"])
    if is_erased:
        path = path_of(stored)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def sweep(*, now: datetime) -> int:
    """Remove files that no act bound in time, and what broken uploads left; return how many."""
    before = now - timedelta(hours=FILES.keep_staged_hours)
    removed = 0
    for stored in StoredFile.objects.filter(state=StoredFile.State.STAGED, staged_at__lt=before):
        # Only if still unbound: an act may take it this very moment.
        gone, _rows = StoredFile.objects.filter(pk=stored.pk, state="staged").delete()
        if gone:
            path_of(stored).unlink(missing_ok=True)
            removed += 1
    return removed + _sweep_incoming(before)


def _sweep_incoming(before: datetime) -> int:
    removed = 0
    for path in (root() / INCOMING).glob("*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def has_unscanned(now: datetime) -> bool:
    """Return whether a scanner is set up and a file waits for it."""
    return bool(settings.ENVIRONMENT.clamd) and _unscanned(now).exists()


def _unscanned(now: datetime) -> QuerySet[StoredFile]:
    before = now - timedelta(minutes=FILES.rescan_minutes)
    return StoredFile.objects.filter(
        scan=StoredFile.Scan.NOT_SCANNED, scanned_at__lt=before
    ).exclude(state=StoredFile.State.WITHDRAWN)


def rescan(*, now: datetime) -> int:
    """Scan what could not be scanned before, ten at a time; return how many have a verdict."""
    told = 0
    for stored in _unscanned(now).order_by("scanned_at")[:10]:
        try:
            with path_of(stored).open("rb") as content_:
                verdict = clamd.scan(settings.ENVIRONMENT.clamd, content_)
        except FileNotFoundError:
            verdict = clamd.Verdict("not_scanned", "the bytes are missing")
        StoredFile.objects.filter(pk=stored.pk).update(
            scan=verdict.state, scan_note=verdict.note, scanned_at=now
        )
        told += verdict.state != "not_scanned"
    return told
