"""locust: twenty readers for some seconds; a failed answer fails the check."""

import csv
from pathlib import Path

from tests.outside import toolbox
from tests.outside.check import DRIVERS, Check, Stage

READERS, SECONDS = 20, 10
PATHS = "/ar/ /fr/ /ar/consultations/next-programme/ /ar/register/ /fr/council/"


def locust(stage: Stage, url: str, paths: str) -> list[str]:
    """Return which addresses failed, by locust's own table; note rate and 95th percentile."""
    out: Path = stage.scratch("locust") / "seen"
    command = [str(toolbox.python("load") / "locust"), "-f", str(DRIVERS / "load.py"), "--headless"]
    size = ["-u", str(READERS), "-r", str(READERS), "-t", f"{SECONDS}s", "-H", url]
    asked = [*command, *size, "--only-summary", "--csv", str(out)]
    done = toolbox.run(asked, seconds=SECONDS + 60, env={"OUTSIDE_PATHS": paths})
    table = out.with_name("seen_stats.csv")
    if not table.exists():
        return [f"locust did not run: {done.stderr[-300:]}"]
    rows = list(csv.DictReader(table.open()))
    total = rows[-1]
    stage.note(
        f"{total['Request Count']} answers, {float(total['Requests/s']):.0f} a second, "
        f"95 % within {total['95%']} ms, {total['Failure Count']} failed"
    )
    few = [f"only {total['Request Count']} answers"] if int(total["Request Count"]) < 50 else []
    failed = [row for row in rows[:-1] if int(row["Failure Count"])]
    return few + [f"{row['Name']}: {row['Failure Count']} failed" for row in failed]


CHECKS = (
    Check(
        "locust",
        f"{READERS} readers for {SECONDS} s",
        lambda stage: locust(stage, stage.bad.url, "/ /fail"),
        lambda stage: locust(stage, stage.site.url, PATHS),
        ("/fail",),
    ),
)
