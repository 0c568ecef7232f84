"""A running copy of the product for a benchmark: its own home, its own port, stopped afterwards."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live import free_port, stop, wait_until_ready

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Site:
    """The address, home and process tree of a running copy."""

    url: str
    home: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    seconds_to_start: float


def environment(home: Path, workers: int, **variables: str) -> dict[str, str]:
    """Return the environment of a copy in `home`, with the product's own settings."""
    port = free_port()
    kept = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    return {
        **kept,
        "INFITAH_HOME": str(home),
        "INFITAH_DEMO_PASSWORD": "demonstration-only",
        "INFITAH_URL": f"http://localhost:{port}",
        "INFITAH_WORKERS": str(workers),
        "PORT": str(port),
        **variables,
    }


def manage(env: dict[str, str], *arguments: str) -> None:
    """Run a command of the product in the copy's environment."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def prepare(env: dict[str, str]) -> None:
    """Migrate, gather static files and tell the story in the copy."""
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "collectstatic", "--no-input", "--verbosity", "0")
    manage(env, "seed", "sefrou")


def start(env: dict[str, str]) -> tuple[subprocess.Popen[bytes], float]:
    """Start the server; return it with the seconds until its first answer."""
    log = (Path(env["INFITAH_HOME"]) / "server.log").open("ab")
    began = time.monotonic()
    command = [sys.executable, "manage.py", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    log.close()
    wait_until_ready(env["INFITAH_URL"], process)
    return process, time.monotonic() - began


@contextmanager
def running(workers: int = 2, settings: str = "", **variables: str) -> Iterator[Site]:
    """Yield a seeded running copy; `settings` names a module that stands in for the product's."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as folder:
        home = Path(folder)
        env = environment(home, workers, **variables)
        if settings:
            env["DJANGO_SETTINGS_MODULE"] = settings
        prepare(env)
        process, seconds = start(env)
        try:
            yield Site(env["INFITAH_URL"], home, env, process, seconds)
        finally:
            stop(process)


def descendants(pid: int) -> list[int]:
    """Return `pid` and every process below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in descendants(int(child)))]


def memory(pid: int) -> float:
    """Return the proportional memory of a process tree in MB (PSS: shared pages counted once)."""
    total = 0
    for one in descendants(pid):
        for row in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if row.startswith("Pss:"):
                total += int(row.split()[1])
    return total / 1024
