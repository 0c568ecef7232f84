"""The tools that others wrote, each set in an environment of its own under `var/outside`.

None of them is imported by the product or its tests: they are called as programs, with files or
JSON between us and them (outside-checks 1). What is missing on this machine raises `Missing`.
"""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = Path(os.environ.get("INFITAH_OUTSIDE_CACHE") or ROOT / "var" / "outside").resolve()
NODE = CACHE / "node"
SYSTEM_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
# Without the last ones the browser itself calls out (outside-checks 1).
CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


class Missing(Exception):
    """A tool is not on this machine; the text says which one and what brings it."""


def program(name: str, package: str) -> str:
    """Return the path of a program of the system. Raises Missing with Debian's package name."""
    found = shutil.which(name, path=SYSTEM_PATH)
    if found is None:
        raise Missing(f"{name} is not installed (Debian: {package})")
    return found


def chromium() -> str:
    """Return the path of the browser. Raises Missing."""
    return os.environ.get("INFITAH_CHROMIUM") or program("chromium", "chromium")


def _is_filled(folder: Path, wanted: str) -> bool:
    mark = folder / ".filled"
    return mark.exists() and mark.read_text() == wanted


def python(name: str) -> Path:
    """Return the `bin` folder of a set of Python tools, installed by hash at its first use."""
    lock = HERE / "requirements" / f"{name}.txt"
    wanted = sha256(sys.version.encode() + lock.read_bytes()).hexdigest()
    folder = CACHE / "python" / name
    if not _is_filled(folder, wanted):
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        command = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
        _install([*command, "install", "--require-hashes", "-r", str(lock)], folder, f"pip {name}")
        (folder / ".filled").write_text(wanted)
    return folder / "bin"


def node(name: str) -> str:
    """Return the path of a Node tool; the set is installed at its first use."""
    npm = program("npm", "npm")
    listed = HERE / "node" / "package.json"
    wanted = sha256(listed.read_bytes()).hexdigest()
    if not _is_filled(NODE, wanted):
        shutil.rmtree(NODE, ignore_errors=True)
        NODE.mkdir(parents=True)
        shutil.copy(listed, NODE)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
        _install([npm, "install", "--loglevel=error", *quiet], NODE, "npm")
        _stub_lists()
        (NODE / ".filled").write_text(wanted)
    return str(NODE / "node_modules" / ".bin" / name)


def _stub_lists() -> None:
    """Put in place what the observatory would download after installing."""
    folder = NODE / "node_modules" / "@mdn" / "mdn-http-observatory" / "conf"
    (folder / "hsts-preload.json").write_text("{}")
    (folder / "tld-list.json").write_text('["localhost"]')


def _install(command: Sequence[str], folder: Path, name: str) -> None:
    print(f"     installing {name} …", flush=True)  # noqa: T201 takes a minute
    done = run(command, cwd=folder, seconds=900, env={"PUPPETEER_SKIP_DOWNLOAD": "1"})
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise Missing(f"{name} could not be installed: {lines[-1] if lines else 'no word why'}")


def run(
    command: Sequence[str],
    *,
    seconds: float = 120,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    given: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a tool to its end; its exit code is for the caller to believe or not."""
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PATH": SYSTEM_PATH, **(env or {})},
        input=given,
        stdin=None if given is not None else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds,
        check=False,
    )
