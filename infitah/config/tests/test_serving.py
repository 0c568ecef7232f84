"""The real server: slow clients, crashes, kills, a clean stop (decisions E18)."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from infitah.core.tests.conftest import ROOT, file_environment  # noqa: F401 (a fixture)

pytestmark = pytest.mark.processes


def children(pid: int) -> list[int]:
    """Return the processes that `pid` started, and theirs."""
    done = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    own = [int(line) for line in done.stdout.split()]
    return own + [one for child in own for one in children(child)]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(happens: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.1)
    return False


@dataclass
class Server:
    """One running `infitah serve`."""

    process: subprocess.Popen[bytes]
    port: int

    def answers(self, path: str = "/health/live") -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=3) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def family(self) -> list[int]:
        return children(self.process.pid)

    def stalled(self) -> socket.socket:
        """Begin an upload and stop in the middle of it."""
        line = socket.create_connection(("127.0.0.1", self.port))
        line.sendall(b"POST /ar/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nhalf")
        return line


@pytest.fixture
def server(file_environment: dict[str, str]) -> Iterator[Server]:  # noqa: F811
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**file_environment, "PORT": str(port), "INFITAH_WORKERS": "1"}
    command = [sys.executable, "-m", "infitah.config.cli", "serve"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    running = Server(process, port)
    assert until(running.answers, 60)
    assert until(lambda: len(running.family()) >= 3)
    yield running
    family = running.family()
    process.kill()
    process.wait()
    assert until(lambda: not any(is_alive(pid) for pid in family), 15)


def test_stalled_phones_hold_nobody_up(server: Server) -> None:
    lines = [server.stalled() for _ in range(20)]
    time.sleep(0.5)
    assert all(server.answers() for _ in range(10))
    for line in lines:
        line.close()
    assert server.answers()


def test_what_crashes_is_started_again(server: Server) -> None:
    web, *_ = server.family()
    for pid in server.family():
        if pid != web:
            os.kill(pid, signal.SIGKILL)
    assert until(lambda: len([pid for pid in server.family() if is_alive(pid)]) >= 3)
    assert until(server.answers)


def test_it_stops_within_seconds_and_leaves_nobody(server: Server) -> None:
    line = server.stalled()
    family = server.family()
    begun = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(15) == 0
    assert time.monotonic() - begun < 9
    assert not any(is_alive(pid) for pid in family)
    line.close()


def test_a_killed_supervisor_leaves_nobody(server: Server) -> None:
    family = server.family()
    server.process.kill()
    assert until(lambda: not any(is_alive(pid) for pid in family), 15)
