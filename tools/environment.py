"""The virtual environment of a checkout: made, and filled from the locks, when they change."""

import os
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
OLDEST = (3, 11)


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def _fingerprint(names: tuple[str, ...]) -> str:
    digest = sha256(sys.version.encode())
    for path in [
        *(ROOT / "requirements" / f"{name}.txt" for name in names),
        ROOT / "pyproject.toml",
    ]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("The dependencies could not be installed: see the lines of pip above.")


def ensure(*names: str) -> None:
    """Make `.venv` hold what the locks `names` say; nothing is done when it does already."""
    if sys.version_info < OLDEST:
        sys.exit("Python 3.11 or newer is needed: set PYTHON=python3.11 (or newer).")
    mark = VENV / f".installed-{'-'.join(names)}"
    wanted = _fingerprint(names)
    if mark.exists() and mark.read_text() == wanted:
        return
    if not PYTHON.exists():
        say("Making .venv …")
        venv.create(VENV, with_pip=True)
    say(f"Installing the locked dependencies ({', '.join(names)}) …")
    files = [part for name in names for part in ("-r", f"requirements/{name}.txt")]
    _pip("install", "--require-hashes", *files)
    _pip("install", "--no-deps", "-e", ".")
    mark.write_text(wanted)


def run(*command: str, env: dict[str, str] | None = None) -> int:
    """Run a program of the environment in the checkout; return its exit code."""
    program, *rest = command
    path = BIN / program
    full = [str(path if path.exists() else program), *rest]
    return subprocess.run(full, cwd=ROOT, env={**os.environ, **(env or {})}, check=False).returncode


def must(*command: str, env: dict[str, str] | None = None) -> None:
    """Run a program of the environment; stop with its exit code if it fails."""
    code = run(*command, env=env)
    if code:
        sys.exit(code)
