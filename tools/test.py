"""`make test`: everything on SQLite, then what depends on the database on PostgreSQL.

`INFITAH_TEST_DATABASES=all` (the CI) runs the whole suite on both.
"""

import os
import sys

import browser
import environment
import postgres
from environment import must, run, say


def pytest(*arguments: str, env: dict[str, str]) -> int:
    """Run pytest over both cores; return its exit code."""
    return run("python", "-m", "pytest", "-n", "auto", "-q", *arguments, env=env)


def main() -> None:
    environment.ensure("base", "dev", "postgres")
    must("python", "tools/messages.py", "compile")
    env = {"INFITAH_CHROMIUM": browser.ensure()}
    app = [f"infitah/{name}" for name in sys.argv[1:] if name]
    codes = []
    if postgres.programs() is None:
        say("PostgreSQL's server programs were not found: its part is NOT run.")
    else:
        part = [] if os.environ.get("INFITAH_TEST_DATABASES") == "all" else ["-m", "database"]
        say("On PostgreSQL" + (" (what depends on the database):" if part else ":"))
        with postgres.cluster() as address:
            codes.append(pytest(*part, *app, env={**env, "DATABASE_URL": address}))
    say("On SQLite:")
    codes.append(pytest(*app, env=env))
    nothing_run = 5
    sys.exit(max(code for code in [*codes, 0] if code != nothing_run or not app))


if __name__ == "__main__":
    main()
