"""`make run`: from a clean clone to a running demonstration, with nothing but Python and git."""

import os
import sys
from hashlib import sha256
from pathlib import Path

import environment
from environment import BIN, ROOT, must, say

HOME = Path(os.environ.get("INFITAH_HOME") or ROOT / "var")


def code_fingerprint() -> str:
    """Return a digest of what the prepared files are made from."""
    digest = sha256()
    sources = [ROOT / "requirements" / "base.txt"]
    for pattern in ("*.po", "static/**/*", "migrations/*.py"):
        sources += sorted(path for path in (ROOT / "infitah").rglob(pattern) if path.is_file())
    for path in sources:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare() -> None:
    """Compile messages, migrate and gather static files where anything changed since."""
    mark = HOME / ".prepared"
    wanted = code_fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return
    HOME.mkdir(parents=True, exist_ok=True)
    say("Preparing messages, database and static files …")
    must("python", "tools/messages.py", "compile")
    must("infitah", "migrate", "--verbosity", "0")
    must("infitah", "collectstatic", "--no-input", "--verbosity", "0")
    mark.write_text(wanted)


def main() -> None:
    environment.ensure("base")
    prepare()
    if not (HOME / ".seeded").exists():
        say("Telling the story of Sefrou (demonstration) …")
        must("infitah", "seed", "sefrou")
        (HOME / ".seeded").touch()
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(BIN / "infitah", [str(BIN / "infitah"), "serve"])


if __name__ == "__main__":
    main()
