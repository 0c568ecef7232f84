"""The fixture `live_site`: the real server on a copy of the seeded demonstration."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import databases

ADDRESS = os.environ.get("DATABASE_URL", "")


@dataclass(frozen=True)
class LiveSite:
    """A running server: its address, its home, its process."""

    url: str
    port: int
    home: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def path(self, path: str, host: str = "localhost") -> str:
        """Return the address of a path on a community's host."""
        return f"http://{host}:{self.port}{path}"


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait for /health/live; raise if the server ends or stays silent."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode}.")
        try:
            with urllib.request.urlopen(f"{url}/health/live", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("The server did not answer in time.")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a server as an operator would."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def seeded_environment(home: Path) -> dict[str, str]:
    """Return the environment of a server whose home is a copy of the seeded demonstration."""
    shutil.copytree(
        databases.CACHE / f"seeded-{databases.fingerprint('seeded')}.home", home, dirs_exist_ok=True
    )
    port = free_port()
    database = home / "infitah.sqlite3"
    databases.copy_sqlite("seeded", database)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "infitah.config.testing",
        "INFITAH_TEST_LIVE": "1",
        "INFITAH_TEST_HOME": str(home),
        "INFITAH_DEMO_PASSWORD": "demonstration-only",
        "INFITAH_URL": f"http://localhost:{port}",
        "INFITAH_WORKERS": "1",
        "PORT": str(port),
        "DATABASE_URL": f"sqlite://{database}",
    }


@pytest.fixture(scope="session")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    databases.sqlite_template("seeded")
    home = tmp_path_factory.mktemp("live")
    environment = seeded_environment(home)
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=databases.ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    url = environment["INFITAH_URL"]
    try:
        wait_until_ready(url, process)
        yield LiveSite(url, int(environment["PORT"]), home, environment, process)
    finally:
        stop(process)
        log.close()
