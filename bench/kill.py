"""kill -9 of the whole server, 20 times during load: nothing acknowledged is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from bench.figure import Figure, at_most, stated
from bench.ideas import kept, load, prepare_devices
from bench.site import ROOT, descendants, running, start
from tests.live import stop

KILLS = 20
CLIENTS = 8
LOAD_SECONDS = 2.5


def kill_all(server: subprocess.Popen[bytes]) -> None:
    """Kill the supervisor and everything below it at once: nobody gets to say goodbye."""
    for pid in descendants(server.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    server.wait()


@contextmanager
def killed(server: subprocess.Popen[bytes], after: float) -> Iterator[threading.Event]:
    """Kill the server `after` seconds from now, during a load; the event says that it is dead."""
    is_over = threading.Event()

    def cut() -> None:
        time.sleep(after)
        kill_all(server)
        is_over.set()

    cutter = threading.Thread(target=cut)
    cutter.start()
    try:
        yield is_over
    finally:
        cutter.join()


def run() -> list[Figure]:
    """Return the figures; the register of the copy is verified afterwards."""
    acknowledged: list[str] = []
    with running(workers=2) as site:
        server, port = site.process, urlsplit(site.url).port or 80
        cookies = prepare_devices(site, CLIENTS)
        began = time.perf_counter()
        try:
            for number in range(KILLS):
                with killed(server, after=0.6 + number % 5 * 0.3) as is_over:
                    acknowledged += load(port, cookies, LOAD_SECONDS, stop=is_over).keys
                server, _seconds = start(site.environment)
            acknowledged += load(port, cookies, 1.0).keys
        finally:
            stop(server)
        after = kept(site.home, acknowledged)
        command = [sys.executable, "manage.py", "register", "verify"]
        verified = subprocess.run(
            command, cwd=ROOT, env=site.environment, check=False, stdout=subprocess.DEVNULL
        )
        seconds = time.perf_counter() - began
    return [
        stated("kills of the whole server during load", KILLS, "", f"{seconds:.0f} s in all"),
        stated("ideas acknowledged", len(acknowledged), ""),
        at_most("acknowledged ideas lost", after.lost, "", 0),
        at_most("numbers doubled", after.doubled, "", 0),
        at_most("numbers missing", after.missing, "", 0),
        at_most("register verify, exit code", verified.returncode, "", 0),
    ]
