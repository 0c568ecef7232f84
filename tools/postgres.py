"""A throw-away PostgreSQL cluster that a run of tests starts and stops itself."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


def programs() -> Path | None:
    """Return the folder that holds the server's programs, newest version first, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*(path.parent for path in found), *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "postgres").exists()), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_another() -> list[str]:
    """Return the prefix that runs a program as somebody else: the server refuses root."""
    if os.geteuid():
        return []
    user = next((name for name in ("postgres", "nobody") if _is_user(name)), "nobody")
    return ["runuser", "-u", user, "--"]


def _is_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh cluster; it is stopped and removed afterwards."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL's server programs were not found.")
    prefix = _as_another()
    scratch = Path(tempfile.mkdtemp(prefix="infitah-pg-"))
    scratch.chmod(0o777)
    port = _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    start = [
        *prefix,
        str(folder / "initdb"),
        "-D",
        str(scratch / "data"),
        "-U",
        "infitah",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    subprocess.run(start, check=True, **quiet)  # type: ignore[call-overload]
    serve = [
        *prefix,
        str(folder / "postgres"),
        "-D",
        str(scratch / "data"),
        "-p",
        str(port),
        "-h",
        "127.0.0.1",
        "-k",
        str(scratch),
        *FAST,
    ]
    server = subprocess.Popen(serve, **quiet)  # type: ignore[call-overload]
    try:
        ready = [str(folder / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-t", "30", "-q"]
        for _attempt in range(60):
            if subprocess.run(ready, check=False).returncode == 0:
                break
            subprocess.run(["sleep", "0.25"], check=False)
        yield f"postgresql://infitah@127.0.0.1:{port}/postgres"
    finally:
        stop = [
            *prefix,
            str(folder / "pg_ctl"),
            "-D",
            str(scratch / "data"),
            "-m",
            "immediate",
            "stop",
        ]
        subprocess.run(stop, check=False, **quiet)  # type: ignore[call-overload]
        server.wait(timeout=30)
        shutil.rmtree(scratch, ignore_errors=True)
