"""Fixtures of the base: a scratch home and keys, mail templates of the tests, a database file."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from infitah.core import keys
from tests import databases

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture
def environment(settings: Any, tmp_path: Path) -> Callable[..., None]:
    """Return a function that changes variables of the environment for one test."""

    def change(**values: Any) -> None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, **values)

    return change


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path, environment: Callable[..., None]) -> Iterator[Path]:
    """Give each test a home and a key ring of its own."""
    environment(home=tmp_path, keys_dir=tmp_path / "keys", clamd="", smtp=None)
    settings.HOME = tmp_path
    settings.STORED_FILES_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT = tmp_path / "media"
    keys.ring.cache_clear()
    yield tmp_path
    keys.ring.cache_clear()


@pytest.fixture
def mail_templates(settings: Any) -> None:
    """Let Django find the mail templates of the tests."""
    first, *rest = settings.TEMPLATES
    settings.TEMPLATES = [{**first, "DIRS": [TEMPLATES]}, *rest]


@pytest.fixture
def file_environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a process that works on a migrated database file of its own."""
    home = tmp_path / "live"
    home.mkdir()
    databases.copy_sqlite("plain", home / "infitah.sqlite3")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "infitah.config.testing",
        "INFITAH_TEST_LIVE": "1",
        "INFITAH_TEST_HOME": str(home),
        "DATABASE_URL": f"sqlite://{home / 'infitah.sqlite3'}",
        "PYTHONPATH": str(ROOT),
    }


def manage(
    environment: dict[str, str], *arguments: str, code: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run a command of the product in a process of its own."""
    command = [sys.executable, "-m", "infitah.config.cli", *arguments]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == code, f"{arguments}: {done.stdout}{done.stderr}"
    return done


def smtp_at(port: int) -> SimpleNamespace:
    """Return a mail server on this machine as the environment names it."""
    return SimpleNamespace(
        host="127.0.0.1", port=port, username="", password="", is_tls=False, is_starttls=False
    )
