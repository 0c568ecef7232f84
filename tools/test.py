"""`make test`: everything on SQLite, then what depends on the database on PostgreSQL.

`INFITAH_TEST_DATABASES=all` (the CI) runs on PostgreSQL every test that asks for the database; the
others would do the same again, as would a browser that looks at the same pages. While the first
tests run, a third process makes the databases from which the tests copy theirs.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import browser
import environment
import postgres
from environment import must, run, say


def pytest(*arguments: str, env: dict[str, str]) -> int:
    """Run pytest on every core, return its exit code; one that is done takes work from another."""
    shared = ("-n", "auto", "--dist", "worksteal")
    return run("python", "-m", "pytest", *shared, "-q", *arguments, env=env)


@contextmanager
def templates(env: dict[str, str]) -> Iterator[None]:
    """Make the databases that the tests copy, beside the tests that need none."""
    maker = subprocess.Popen(
        [str(environment.PYTHON), "-m", "tests.databases"],
        cwd=environment.ROOT,
        env={**os.environ, **env},
        stderr=subprocess.DEVNULL,  # a test that needs one tries again, and says what is wrong
        start_new_session=True,
    )
    try:
        yield
    finally:
        if maker.poll() is None:
            os.killpg(maker.pid, signal.SIGTERM)
        maker.wait()


def on_sqlite(app: list[str], env: dict[str, str]) -> int:
    """Run the tests on SQLite."""
    say("On SQLite:")
    return pytest(*app, env={**env, "DATABASE_URL": ""})


ALL_OF_POSTGRES = "database or (asks_database and not browser)"


def on_postgres(app: list[str], env: dict[str, str]) -> int:
    """Run the tests that depend on the database; of the CI, all that ask for it."""
    is_whole = os.environ.get("INFITAH_TEST_DATABASES") == "all"
    part = ALL_OF_POSTGRES if is_whole else "database"
    say(f"On PostgreSQL (the tests marked `{part}`):")
    return pytest("-m", part, *app, env=env)


def everything(app: list[str], env: dict[str, str]) -> list[int]:
    """Run the tests on SQLite and on PostgreSQL; return the exit codes."""
    with ExitStack() as stack:
        address = stack.enter_context(postgres.cluster()) if postgres.programs() else ""
        env = {**env, "DATABASE_URL": address}
        if not app:
            stack.enter_context(templates(env))
        codes = [on_sqlite(app, env)]
        if address:
            return [*codes, on_postgres(app, env)]
        say("PostgreSQL's server programs were not found: its part is NOT run.")
        return codes


def main() -> None:
    environment.ensure("base", "dev", "postgres")
    must("python", "tools/messages.py", "compile")
    app = [f"infitah/{name}" for name in sys.argv[1:] if name]
    nothing_run = 5
    # The tests start many processes: what the first one compiles, the others read.
    env = {"INFITAH_CHROMIUM": browser.ensure(), "PYTHONDONTWRITEBYTECODE": ""}
    codes = everything(app, env)
    sys.exit(max(code for code in [*codes, 0] if code != nothing_run or not app))


if __name__ == "__main__":
    main()
