"""Test databases: migrated (and seeded) once, then copied; never flushed (decisions E24).

Triggers guard the register against DELETE and TRUNCATE, so a flush would rightly fail. To migrate
costs most: the seeded template is a copy of the migrated one. `python -m tests.databases` makes
them ahead of the tests that wait for them.
"""

import fcntl
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("plain", "seeded")
CACHE = Path(tempfile.gettempdir()) / f"infitah-templates-{os.getuid()}"


def _sources(kind: str) -> list[Path]:
    patterns = ["infitah/*/migrations/*.py", "infitah/core/fields.py", "requirements/base.txt"]
    if kind == "seeded":
        patterns += ["infitah/**/*.py", "infitah/*/data/*"]
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "tests" not in path.parts)


@cache
def fingerprint(kind: str) -> str:
    """Return what a template of `kind` is made from, as a short digest."""
    digest = sha256(kind.encode())
    for path in _sources(kind):
        digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _manage(*arguments: str, home: Path, address: str) -> None:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "infitah.config.testing",
        "INFITAH_TEST_LIVE": "1",
        "INFITAH_TEST_HOME": str(home),
        "INFITAH_DEMO_PASSWORD": "demonstration-only",
        "DATABASE_URL": address,
    }
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")


def _build(kind: str, home: Path, address: str) -> None:
    _manage("migrate", "--verbosity", "0", home=home, address=address)
    if kind == "seeded":
        _manage("seed", "sefrou", home=home, address=address)


def sqlite_template(kind: str) -> Path:
    """Return the SQLite file of the template, made at its first use."""
    path = CACHE / f"{kind}-{fingerprint(kind)}.sqlite3"
    with _alone(path.stem):
        if not path.exists():
            fresh = path.with_suffix(".part")
            for left in CACHE.glob(f"{fresh.name}*"):
                left.unlink()
            home = path.with_suffix(".home")
            home.mkdir(exist_ok=True)
            if kind != "plain":
                copy_sqlite("plain", fresh)
            _build(kind, home, f"sqlite://{fresh}")
            with sqlite3.connect(fresh) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            fresh.rename(path)
    return path


def keys_of(kind: str, *, postgres: bool = False) -> Path:
    """Return the key ring with which the template's records were sealed and signed."""
    return CACHE / f"{kind}-{fingerprint(kind)}.{'pghome' if postgres else 'home'}" / "keys"


def copy_sqlite(kind: str, target: Path) -> None:
    """Copy the template of `kind` to `target`."""
    with sqlite3.connect(sqlite_template(kind)) as source, sqlite3.connect(target) as fresh:
        source.backup(fresh)


def with_name(address: str, name: str) -> str:
    """Return a PostgreSQL address that names another database."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def _admin(address: str, *statements: str) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        rows: list[tuple[object, ...]] = []
        for statement in statements:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            rows = cursor.fetchall() if cursor.description else rows
        return rows


def postgres_template(kind: str, address: str) -> str:
    """Return the name of the template database of `kind`, made at its first use."""
    name = f"template_{kind}_{fingerprint(kind)}"
    with _alone(f"pg-{name}"):
        if not _admin(address, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
            home = CACHE / f"{kind}-{fingerprint(kind)}.pghome"
            home.mkdir(exist_ok=True)
            plain = "" if kind == "plain" else postgres_template("plain", address)
            source = f' TEMPLATE "{plain}"' if plain else ""
            _admin(
                address,
                f'DROP DATABASE IF EXISTS "{name}_part" WITH (FORCE)',
                f'CREATE DATABASE "{name}_part"{source}',
            )
            _build(kind, home, with_name(address, f"{name}_part"))
            _admin(address, f'ALTER DATABASE "{name}_part" RENAME TO "{name}"')
    return name


def copy_postgres(kind: str, address: str, name: str) -> str:
    """Make the database `name` a fresh copy of the template; return its address."""
    template = postgres_template(kind, address)
    _admin(
        address,
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
    )
    return with_name(address, name)


def main() -> None:
    """Make every template of SQLite, and of the PostgreSQL server in DATABASE_URL."""
    for kind in KINDS:
        sqlite_template(kind)
    if address := os.environ.get("DATABASE_URL", ""):
        for kind in KINDS:
            postgres_template(kind, address)


if __name__ == "__main__":
    main()
