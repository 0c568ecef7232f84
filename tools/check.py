"""`make check`: format, lint, types, floors, migrations, messages, templates, CSS, docs."""

import sys
import time

import environment
from environment import run, say

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy", "infitah")),
    ("floors and rooms", ("lint-imports",)),
    ("templates", ("python", "tools/templates.py")),
    ("messages", ("python", "tools/messages.py", "check")),
    ("migrations", ("python", "manage.py", "makemigrations", "--check", "--dry-run")),
    ("django", ("python", "manage.py", "check")),
    (
        "house, CSS, docs",
        ("python", "-m", "pytest", "-q", "tests/house"),
    ),
)
SETTINGS = {"DJANGO_SETTINGS_MODULE": "infitah.config.testing"}


def main() -> None:
    environment.ensure("base", "dev", "postgres")
    environment.must("python", "tools/messages.py", "compile")
    failed = []
    for name, command in CHECKS:
        began = time.monotonic()
        code = run(*command, env=SETTINGS)
        say(f"{'ok  ' if code == 0 else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)")
        if code:
            failed.append(name)
    if failed:
        sys.exit(f"make check: {len(failed)} failed: {', '.join(failed)}")
    say(f"make check: all {len(CHECKS)} clean")


if __name__ == "__main__":
    main()
