"""Check the templates' indentation with djhtml."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    # Mails are left as written: their white space is pinned by snapshots.
    found = (ROOT / "infitah").rglob("templates/**/*.html")
    files = sorted(str(path) for path in found if "email" not in path.parts)
    if not files:
        sys.exit("No templates were found.")
    program = Path(sys.executable).parent / "djhtml"
    sys.exit(
        subprocess.run([program, "--check", "--tabwidth", "2", *files], check=False).returncode
    )


if __name__ == "__main__":
    main()
