"""The supervisor of `infitah serve`: one web server and one worker, kept alive together.

Starts both as children, starts a crashed one again after a growing wait, stops both on SIGTERM
and Ctrl-C within seconds. It loads no Django: it must be small, and outlive any fault of theirs.
Each child follows its parent by `lifeline`, so that a killed supervisor leaves nobody behind.
"""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from infitah.config import environment
from infitah.core.lifeline import CANNOT_START

DESCRIPTION = "Start the web server and the background worker; stop them with Ctrl-C or SIGTERM."
ROOT = str(Path(__file__).resolve().parent.parent.parent)  # whence the children import
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
STEADY_SECONDS = 20.0  # who ran so long begins with a short wait again
GRACE_SECONDS = 8.0


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)  # noqa: T201


@dataclass
class Child:
    """One program that should run, and how its last starts went."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    wait: float = FIRST_WAIT
    started: float = 0.0
    due: float = 0.0
    last_code: int = 0

    def start(self) -> None:
        """Start the program in a group of its own, so that Ctrl-C reaches only the supervisor."""
        variables = {**os.environ, "INFITAH_SUPERVISOR": str(os.getpid())}
        variables["PYTHONPATH"] = os.pathsep.join(filter(None, [ROOT, variables.get("PYTHONPATH")]))
        self.process = subprocess.Popen(  # noqa: S603 (our own programs)
            self.command, env=variables, process_group=0
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start the program if it is due; plan its next start if it ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
        elif self.process.poll() is not None:
            self._plan(now, self.process.returncode)

    def _plan(self, now: float, code: int) -> None:
        self.end_group()
        self.last_code = code
        self.wait = FIRST_WAIT if now - self.started > STEADY_SECONDS else self.wait
        if code != CANNOT_START:
            say(f"infitah: {self.name} ended with {code}; again in {self.wait:.1f} s")
        self.due, self.process = now + self.wait, None
        self.wait = min(self.wait * 2, LONGEST_WAIT)

    def ask_to_stop(self) -> None:
        """Tell the program to finish."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end_group(self) -> None:
        """End whatever of the program's group is left."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command of the web server."""
    return [
        sys.executable, "-m", "infitah.config.web", host, str(port), str(workers),
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Return the command of the background worker."""
    return [sys.executable, "-m", "infitah.config.cli", "worker"]


def port_fault(host: str, port: int) -> str:
    """Return why nobody can listen there, or nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return f"{host}:{port} cannot be used ({error.strerror}). Set PORT to another number."
    return ""


def supervise(children: list[Child], stopping: threading.Event) -> bool:
    """Keep the children alive until told to stop, then stop them all.

    Return False if one of them said that it cannot be started here; it printed why.
    """
    is_refused = False
    while not stopping.is_set() and not is_refused:
        for child in children:
            child.look_after()
        is_refused = any(child.last_code == CANNOT_START for child in children)
        stopping.wait(0.2)
    for child in children:
        child.ask_to_stop()
    end = time.monotonic() + GRACE_SECONDS
    for child in children:
        if child.process is not None:
            try:
                child.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"infitah: {child.name} did not stop in time and was ended")
        child.end_group()
    return not is_refused


def main(arguments: list[str]) -> int:
    """Run until SIGTERM or Ctrl-C; return 1 if the installation does not let itself be started."""
    try:
        known = environment.read()
    except environment.EnvironmentRefused as refused:
        say(f"infitah: {refused}")
        return 1
    parser = argparse.ArgumentParser(prog="infitah serve", description=DESCRIPTION)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--port", type=int, default=known.port, help="port to listen at")
    options = parser.parse_args(arguments)
    fault = port_fault(options.host, options.port)
    if fault:
        say(f"infitah: {fault}")
        return 1
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    say(f"infitah: {known.url}")
    web = Child("web server", web_command(options.host, options.port, known.workers))
    return int(not supervise([web, Child("worker", worker_command())], stopping))
