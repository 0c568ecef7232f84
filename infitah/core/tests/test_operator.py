"""What the person who keeps the server does: doctor, backup, restore, upgrade, health."""

import json
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from infitah.core import archive, clock, diagnosis, keys, registry, views
from infitah.core.checks import pretended_time_fault, storage_is_known, time_is_true
from infitah.core.models import Installation
from infitah.core.tests.conftest import NOW, manage, smtp_at
from infitah.core.worker import beat

SECRET = "a passphrase of the operator"


@pytest.fixture
def installed(file_environment: dict[str, str]) -> dict[str, str]:
    """Return an installation with one counter, one stored file and its keys."""
    home = Path(file_environment["INFITAH_TEST_HOME"])
    write(home, "INSERT INTO core_generation (community_key, kind, number) VALUES ('SFR','a',7)")
    (home / "files" / "SFR").mkdir(parents=True)
    (home / "files" / "SFR" / "one").write_bytes(b"bytes of a file")
    (home / "files" / "incoming").mkdir()
    (home / "files" / "incoming" / "half").write_bytes(b"no")
    (home / "files" / "work" / "bundles" / "1").mkdir(parents=True)
    (home / "files" / "work" / "bundles" / "1" / "act-1").write_bytes(b"no")
    (home / "keys").mkdir()
    (home / "keys" / "identity-0001.key").write_text("ab" * 32)
    return file_environment


def write(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "infitah.sqlite3")) as line, line:
        line.execute(statement)


def number(home: Path) -> int:
    with closing(sqlite3.connect(home / "infitah.sqlite3")) as line:
        row = line.execute("SELECT number FROM core_generation WHERE kind = 'a'").fetchone()
        return int(row[0])


@pytest.mark.processes
def test_a_backup_brings_everything_back(installed: dict[str, str], tmp_path: Path) -> None:
    home, file = Path(installed["INFITAH_TEST_HOME"]), tmp_path / "one.tar.gz"
    phrase = {**installed, "INFITAH_PASSPHRASE": SECRET}
    told = manage(phrase, "backup", str(file), "--passphrase").stdout
    assert "with the keys, sealed" in told
    assert file.stat().st_mode & 0o077 == 0
    manage(phrase, "backup", str(file), code=1)  # never over another one
    with tarfile.open(file) as archived:
        names = archived.getnames()
    assert names == ["database", "files/SFR/one", "keys.sealed", "manifest.json"]

    write(home, "UPDATE core_generation SET number = 99")
    (home / "files" / "SFR" / "one").write_bytes(b"changed")
    (home / "keys" / "identity-0001.key").write_text("cd" * 32)
    refused = manage(phrase, "restore", str(file), code=1).stderr
    assert "--force" in refused
    wrong = {**installed, "INFITAH_PASSPHRASE": "another passphrase"}
    assert "wrong" in manage(wrong, "restore", str(file), "--force", "--passphrase", code=1).stderr
    assert number(home) == 99

    manage(phrase, "restore", str(file), "--force", "--passphrase")
    assert number(home) == 7
    assert (home / "files" / "SFR" / "one").read_bytes() == b"bytes of a file"
    assert (home / "keys" / "identity-0001.key").read_text() == "ab" * 32
    (aside,) = home.glob("before-restore-*")
    assert number(aside) == 99
    assert (aside / "files" / "SFR" / "one").read_bytes() == b"changed"


@pytest.mark.processes
def test_a_backup_without_passphrase_holds_no_key(
    installed: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "one.tar.gz"
    assert "WITHOUT the keys" in manage(installed, "backup", str(file)).stdout
    assert ("ab" * 32).encode() not in file.read_bytes()
    with tarfile.open(file) as archived:
        assert "keys.sealed" not in archived.getnames()


@pytest.mark.processes
def test_a_running_server_is_not_restored_over(installed: dict[str, str], tmp_path: Path) -> None:
    home, file = Path(installed["INFITAH_TEST_HOME"]), tmp_path / "one.tar.gz"
    manage(installed, "backup", str(file))
    now = datetime.now(UTC).replace(tzinfo=None)
    write(
        home,
        "INSERT INTO core_joblock (name, holder, last_run_at, expires_at) "
        f"VALUES ('worker:x', 'x', '{now}', '{now}')",
    )
    assert "Stop it first" in manage(installed, "restore", str(file), "--force", code=1).stderr


@pytest.mark.processes
def test_an_upgrade_that_fails_is_rolled_back(installed: dict[str, str]) -> None:
    home = Path(installed["INFITAH_TEST_HOME"])
    assert "up to date" in manage(installed, "upgrade").stdout
    write(home, "DELETE FROM django_migrations WHERE app = 'core'")  # it will meet its own tables
    told = manage(installed, "upgrade", code=1)
    assert "rolled back" in told.stderr
    assert number(home) == 7
    assert (home / "files" / "SFR" / "one").read_bytes() == b"bytes of a file"
    assert len(list((home / "backups").glob("before-upgrade-*.tar.gz"))) == 1
    assert not list(home.glob("failed-upgrade-*"))


@pytest.fixture
def folder(home: Path) -> Iterator[Path]:
    (home / "files").mkdir()
    (home / "files" / "one").write_bytes(b"bytes")
    yield home


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("member", ["files/one", "manifest.json", "files/added"])
def test_an_altered_archive_is_refused(folder: Path, tmp_path: Path, member: str) -> None:
    made, altered = tmp_path / "a.tar.gz", tmp_path / "b.tar.gz"
    archive.make(made, now=NOW)
    work = tmp_path / "work"
    with tarfile.open(made) as one:
        one.extractall(work, filter="data")
    content = (work / member).read_bytes() if (work / member).exists() else b""
    (work / member).write_bytes(content.replace(b'"format": 1', b'"format": 2') + b" ")
    with tarfile.open(altered, "w:gz") as two:
        two.add(work, arcname=".")
    with pytest.raises(archive.ArchiveRefused):
        archive.unpack(altered, tmp_path / "out")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"hello")
    with pytest.raises(archive.ArchiveRefused, match="not a whole backup"):
        archive.unpack(tmp_path / "x", tmp_path / "out")


def test_acts_after_a_restore_are_registered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "AFTER_RESTORE", [])

    def act(*, archive_sha256: str, made_at: datetime, now: datetime) -> None:
        """Would record it."""

    registry.register_after_restore(act)
    registry.register_after_restore(act)
    assert [act] == registry.AFTER_RESTORE


# --- Doctor ------------------------------------------------------------------


def findings() -> dict[str, diagnosis.Finding]:
    return {one.name: one for one in diagnosis.examine(clock.real_now())}


@pytest.mark.django_db
def test_every_finding_that_is_not_well_says_how_to_mend() -> None:
    told = findings()
    assert told["database"].verdict == told["migrations"].verdict == "well"
    assert told["worker"].mend == "Start the server: infitah serve"
    assert told["mail"].verdict == "warning"
    assert told["static files"].verdict == "fault"
    assert all(one.mend for one in told.values() if one.verdict != "well"), told


@pytest.mark.django_db
def test_the_doctor_insists_on_a_copy_of_the_keys(home: Path) -> None:
    assert findings()["missing keys"].verdict == "warning"
    keys.signing_key()
    assert findings()["copy of the keys"].verdict == "fault"
    keys.mark_copied(NOW)
    assert "copy of the keys" not in findings()
    (path,) = (home / "keys").glob("*.key")
    path.chmod(0o644)
    assert "others may read" in findings()["keys"].told


@pytest.mark.django_db
def test_the_doctor_tries_mail_scanner_and_storage(
    environment: Callable[..., None], settings: Any
) -> None:
    settings.EMAIL_BACKEND = "infitah.core.mailbox.InfitahBackend"
    environment(smtp=smtp_at(1), clamd="127.0.0.1:1", storage_url="s3://bucket")
    told = findings()
    assert [told[name].verdict for name in ("mail", "scanner", "storage")] == ["fault"] * 3


@pytest.mark.django_db
def test_a_running_worker_and_a_demonstration_are_well() -> None:
    beat("w")
    Installation.objects.create(pk=1, is_demonstration=True)
    told = findings()
    assert told["worker"].verdict == told["mail"].verdict == "well"


@pytest.mark.processes
def test_the_doctor_ends_with_one_where_something_is_broken(
    file_environment: dict[str, str],
) -> None:
    done = manage(file_environment, "doctor", "--json", code=1)
    assert {one["name"] for one in json.loads(done.stdout)} >= {"home", "disk", "database", "mail"}


# --- The pretended date ------------------------------------------------------


@pytest.mark.django_db
def test_a_date_is_pretended_in_a_demonstration_only(environment: Callable[..., None]) -> None:
    assert pretended_time_fault() == ""
    environment(now=datetime(2026, 6, 1))
    assert "INFITAH_NOW" in pretended_time_fault()
    assert [one.id for one in time_is_true(databases=["default"])] == ["core.E001"]
    assert time_is_true(databases=None) == []
    Installation.objects.create(pk=1, is_demonstration=True)
    assert pretended_time_fault() == ""


@pytest.mark.processes
def test_neither_server_nor_worker_start_with_a_pretended_date(
    file_environment: dict[str, str],
) -> None:
    settings = {**file_environment, "DJANGO_SETTINGS_MODULE": "infitah.config.settings"}
    settings |= {
        "INFITAH_HOME": file_environment["INFITAH_TEST_HOME"],
        "INFITAH_NOW": "2026-06-01",
    }
    assert "INFITAH_NOW" in manage(settings, "worker", code=78).stderr
    assert "INFITAH_NOW" in manage({**settings, "PORT": "8199"}, "serve", code=1).stderr


def test_the_clock_is_shifted_by_a_fixed_offset(environment: Callable[..., None]) -> None:
    clock._offset.cache_clear()
    environment(now=datetime(2023, 6, 12, 0, 30))  # local: 23:30 of the day before in UTC
    try:
        assert clock.today().isoformat() == "2023-06-12"
        assert clock.now() - datetime(2023, 6, 11, 23, 30, tzinfo=UTC) < timedelta(seconds=5)
        assert clock.real_now() - clock.now() > timedelta(days=365)
    finally:
        clock._offset.cache_clear()


def test_an_object_store_is_refused_until_it_is_built(environment: Callable[..., None]) -> None:
    assert storage_is_known() == []
    environment(storage_url="s3://bucket")
    assert [one.id for one in storage_is_known()] == ["core.E002"]


# --- Health over HTTP --------------------------------------------------------


def get(view: Any, **meta: str) -> Any:
    return view(RequestFactory().get("/", **meta))


@pytest.mark.django_db
def test_health_is_503_until_a_worker_lives() -> None:
    assert json.loads(get(views.live).content) == {"status": "alive"}
    assert get(views.ready).status_code == 503
    beat("w")
    answer = get(views.ready)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content)["parts"]["database"]["well"] is True


@pytest.mark.django_db
def test_metrics_are_for_this_machine_or_for_who_knows_the_token(
    environment: Callable[..., None],
) -> None:
    assert get(views.metrics).status_code == 200
    for meta in (
        {"REMOTE_ADDR": "10.0.0.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "9.9.9.9"},
        {"REMOTE_ADDR": "10.0.0.1", "HTTP_AUTHORIZATION": "Bearer "},
    ):
        with pytest.raises(Http404):
            get(views.metrics, **meta)
    environment(metrics_token="t0ken")
    given = {"REMOTE_ADDR": "10.0.0.1", "HTTP_AUTHORIZATION": "Bearer t0ken"}
    assert get(views.metrics, **given).status_code == 200
