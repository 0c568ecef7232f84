"""The run: each check first on its planted fault, then on the product; what is missing counts."""

import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired

from tests.outside import checks
from tests.outside.bad.server import BadServer
from tests.outside.check import Check, Stage
from tests.outside.site import Copies
from tests.outside.toolbox import Missing

SHOWN = 40


@dataclass(frozen=True)
class Outcome:
    """How one check ended: `ok`, `FAIL` or `MISSING`, with the lines to show."""

    word: str
    lines: tuple[str, ...] = ()


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)  # noqa: T201 a command speaks


def carry_out(check: Check, stage: Stage) -> Outcome:
    """Return how a check ended; a planted fault that is not caught fails it."""
    try:
        caught = "\n".join(check.bad(stage))
        unseen = [word for word in check.expects if word not in caught]
        if unseen:
            words = f"the planted fault was not caught ({', '.join(unseen)}): {caught[:600]}"
            return Outcome("FAIL", (words,))
        wrong = check.good(stage)
    except Missing as missing:
        return Outcome("MISSING", (str(missing),))
    except TimeoutExpired as late:
        return Outcome("FAIL", (f"not ended after {late.timeout:.0f} s: {late.cmd[0]}",))
    except Exception:  # noqa: BLE001 one broken check must not hide the others
        return Outcome("FAIL", tuple(traceback.format_exc().splitlines()[-6:]))
    return Outcome("FAIL" if wrong else "ok", tuple(wrong))


def show(check: Check, outcome: Outcome, notes: list[str], seconds: float) -> None:
    """Print one check."""
    say(f"{outcome.word:<8}{check.name} ({check.tool}, {seconds:.0f} s)")
    for line in notes:
        say(f"          {line}")
    for line in outcome.lines[:SHOWN]:
        say(f"        - {line}")
    if len(outcome.lines) > SHOWN:
        say(f"        - and {len(outcome.lines) - SHOWN} more")


def chosen(names: list[str]) -> list[Check]:
    """Return the checks that are named, or all; stops at a name that is none."""
    known = {check.name: check for check in checks.ALL}
    strange = [name for name in names if name not in known]
    if strange:
        sys.exit(f"No such check: {', '.join(strange)}. There are: {', '.join(known)}")
    return [known[name] for name in names] if names else list(checks.ALL)


def carry_out_all(wanted: list[Check], folder: Path) -> list[str]:
    """Carry out checks against one running copy; return the word of each."""
    words, bad, copies = [], BadServer(), Copies(folder)
    say("Preparing the demonstration …")
    try:
        with copies.running() as site:
            for check in wanted:
                began, stage = time.monotonic(), Stage(copies, site, bad, folder)
                outcome = carry_out(check, stage)
                show(check, outcome, stage.notes, time.monotonic() - began)
                words.append(outcome.word)
    finally:
        bad.close()
    return words


def main() -> int:
    if sys.argv[1:] == ["--list"]:
        for check in checks.ALL:
            say(f"{check.name:<14}{check.tool}")
        return 0
    wanted = chosen(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="infitah-outside-") as folder:
        words = carry_out_all(wanted, Path(folder))
    failed, missing = words.count("FAIL"), words.count("MISSING")
    say(f"make outside: {words.count('ok')} passed, {failed} failed, {missing} missing")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
