"""Backups: one archive with the database, the files and a manifest of hashes.

The database is copied by SQLite's own online backup (or by `pg_dump`), so the server may run. Files
are immutable once bound and are copied after the database, so every file that the copy knows is
there. Keys are left out unless a passphrase seals them (decisions F30): a copy without keys cannot
open identity data, a copy with keys is as precious as they are.
"""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings
from django.db import connection

import infitah
from infitah.core import keys, sealing
from infitah.core.files import INCOMING, WORK

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
SEALED_KEYS: Final = "keys.sealed"
TREES: Final = ("files", "media")
HALF: Final = frozenset({INCOMING, WORK})
BLOCK: Final = 1024 * 1024
STILL_SECONDS: Final = 60.0


class ArchiveRefused(Exception):
    """The archive cannot be made or used; the message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds: when, by which version, and the hash of each member."""

    made_at: datetime
    version: str
    database: str
    has_keys: bool
    hashes: Mapping[str, str]


def _trees() -> Iterator[tuple[str, Path]]:
    yield "files", Path(settings.STORED_FILES_ROOT)
    yield "media", Path(settings.MEDIA_ROOT)


def make(target: Path, *, now: datetime, passphrase: str = "") -> Manifest:
    """Write a backup to `target`, whole or not at all. Raises ArchiveRefused."""
    if target.exists():
        raise ArchiveRefused(f"{target} exists already: choose another name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    hashes: dict[str, str] = {}
    try:
        with TemporaryDirectory(dir=target.parent) as scratch, _private(part) as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as archive:
                copy = Path(scratch) / DATABASE
                _copy_database(copy)
                _add(archive, copy, DATABASE, hashes)
                for name, root in _trees():
                    for path in _files_below(root):
                        _add(archive, path, f"{name}/{path.relative_to(root).as_posix()}", hashes)
                if passphrase:
                    sealed = sealing.seal_bytes(_packed_keys(), passphrase)
                    _add_bytes(archive, sealed, SEALED_KEYS, hashes)
                manifest = Manifest(
                    now, infitah.__version__, connection.vendor, bool(passphrase), hashes
                )
                _add_bytes(archive, _written(manifest), MANIFEST, {})
            out.flush()
            os.fsync(out.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    if passphrase:
        keys.mark_copied(now)
    return manifest


def _private(path: Path) -> io.BufferedWriter:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "wb")


def _files_below(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.relative_to(root).parts[0] not in HALF:
            yield path


def _add(archive: tarfile.TarFile, path: Path, name: str, hashes: dict[str, str]) -> None:
    with path.open("rb") as content:
        entry = archive.gettarinfo(arcname=name, fileobj=content)
        entry.uname = entry.gname = ""
        archive.addfile(entry, content)
        content.seek(0)
        hashes[name] = _hash(content)


def _add_bytes(archive: tarfile.TarFile, content: bytes, name: str, hashes: dict[str, str]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
    hashes[name] = sha256(content).hexdigest()


def _hash(content: Any) -> str:
    digest = sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as content:
        return _hash(content)


def _written(manifest: Manifest) -> bytes:
    body = {
        "format": FORMAT,
        "made_at": manifest.made_at.isoformat(),
        "version": manifest.version,
        "database": manifest.database,
        "has_keys": manifest.has_keys,
        "sha256": dict(manifest.hashes),
    }
    return json.dumps(body, indent=1, sort_keys=True).encode()


def _packed_keys() -> bytes:
    folder = Path(settings.ENVIRONMENT.keys_dir)
    found = {path.name: path.read_text() for path in sorted(folder.glob("*.key"))}
    secret = Path(settings.HOME) / "secret-key"
    if secret.exists():
        found["secret-key"] = secret.read_text()
    return json.dumps(found).encode()


# --- Taking out --------------------------------------------------------------


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack an archive into an empty folder and check every hash. Raises ArchiveRefused."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        body = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, OSError, ValueError, EOFError) as error:
        raise ArchiveRefused(f"{source} is not a whole backup: {error}") from error
    if body.get("format") != FORMAT:
        raise ArchiveRefused(f"{source} is of another format; use the version that made it.")
    found = {
        path.relative_to(folder).as_posix(): hash_of(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    if found != body["sha256"]:
        wrong = sorted(set(found.items()) ^ set(body["sha256"].items()))
        raise ArchiveRefused(f"{source} was altered or is damaged: {wrong[0][0]} differs.")
    return Manifest(
        datetime.fromisoformat(body["made_at"]),
        body["version"],
        body["database"],
        body["has_keys"],
        body["sha256"],
    )


def put_back(folder: Path, manifest: Manifest, *, aside: Path, passphrase: str = "") -> None:
    """Put an unpacked backup in place; what stood there before is moved to `aside`."""
    if manifest.database != connection.vendor:
        raise ArchiveRefused(
            f"The backup is of {manifest.database}, this installation uses {connection.vendor}."
        )
    packed = b""
    if passphrase and manifest.has_keys:
        packed = sealing.open_bytes((folder / SEALED_KEYS).read_bytes(), passphrase)
    aside.mkdir(parents=True)
    _restore_database(folder / DATABASE, aside)
    for name, root in _trees():
        if root.exists():
            root.rename(aside / name)
        if (folder / name).exists():
            shutil.move(folder / name, root)
    if packed:
        _put_keys_back(json.loads(packed), aside)


def _put_keys_back(found: Mapping[str, str], aside: Path) -> None:
    folder = Path(settings.ENVIRONMENT.keys_dir)
    if folder.exists():
        shutil.copytree(folder, aside / "keys")
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.key"):
        path.unlink()
    for name, secret in found.items():
        path = Path(settings.HOME) / name if name == "secret-key" else folder / Path(name).name
        path.unlink(missing_ok=True)
        with _private(path) as out:
            out.write(secret.encode())
    keys.ring.cache_clear()


# --- The two databases -------------------------------------------------------


def _copy_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy, pages=4096, progress=_patience())
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _run_postgres("pg_dump", "--format=custom", f"--file={target}")


def _patience() -> Callable[[int, int, int], None]:
    """Return what gives up a copy that has not moved for a minute: someone holds the file."""
    seen, since = -1, time.monotonic()

    def look(_status: int, remaining: int, _total: int) -> None:
        nonlocal seen, since
        if remaining != seen:
            seen, since = remaining, time.monotonic()
        elif time.monotonic() - since > STILL_SECONDS:
            raise ArchiveRefused("The database stays locked by another program. Try again later.")

    return look


def _restore_database(source: Path, aside: Path) -> None:
    if connection.vendor == "sqlite":
        live = Path(str(settings.DATABASES["default"]["NAME"]))
        connection.close()
        for ending in ("", "-wal", "-shm"):
            path = live.with_name(live.name + ending)
            if path.exists():
                path.rename(aside / path.name)
        live.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, live)
    else:
        connection.close()
        _run_postgres("pg_dump", "--format=custom", f"--file={aside / DATABASE}")
        name = str(settings.DATABASES["default"]["NAME"])
        _run_postgres(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error",
            "--single-transaction", f"--dbname={name}", str(source),
        )  # fmt: skip


def _run_postgres(program: str, *arguments: str) -> None:
    database = settings.DATABASES["default"]
    given = {
        "PGDATABASE": database["NAME"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
    }
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    try:
        done = subprocess.run(  # noqa: S603 (two programs of PostgreSQL)
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise ArchiveRefused(
            f"{program} is not installed: install PostgreSQL's client programs."
        ) from error
    if done.returncode:
        raise ArchiveRefused(f"{program} failed: {done.stderr.strip()[:500]}")
