"""Real processes end with whoever started them, however early that one is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from infitah.core.tests.conftest import ROOT

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc"),
]
PARENT = """
import multiprocessing, sys, time

def child(wait):
    time.sleep(wait)
    from infitah.core import lifeline
    lifeline.{call}
    time.sleep(60)

if __name__ == "__main__":
    one = multiprocessing.get_context("{method}").Process(target=child, args=({wait},))
    one.start()
    print(one.pid, flush=True)
    time.sleep(60)
"""


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def ends_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not is_alive(pid):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.parametrize("wait", [0, 1.5], ids=["followed in time", "killed while it loads"])
def test_a_child_ends_when_its_parent_was_killed(tmp_path: Path, method: str, wait: float) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PARENT.format(call="follow_parent()", method=method, wait=wait))
    parent = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(program)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    if not wait:
        time.sleep(1)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    try:
        assert ends_within(pid, 12)
    finally:
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)
