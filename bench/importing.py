"""A running programme of 4,000 rows: looked at, imported, exported, and looked at again."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from bench.figure import Figure, at_least, at_most, stated

COMMITMENTS, MILESTONES = 200, 20
LIMIT_SECONDS = 2.0  # within the request, so that no job has to be watched (decisions 0011)
HEAD = (
    *("key", "title_ar", "problem_ar", "axis", "milestone_title_ar", "weight"),
    *("announced_start", "announced_end", "milestone_state", "done_on"),
)
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def table() -> bytes:
    """Return the file: 200 commitments of 20 milestones, every row with texts in Arabic."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEAD)
    for number in range(1, COMMITMENTS + 1):
        head = [str(number), f"مشروع الانفتاح رقم {number}", "وثائق المجلس متأخرة عن موعدها", "one"]
        for step in range(1, MILESTONES + 1):
            state = ["claimed", "2026-06-01"] if step % 2 else ["", ""]
            days = ["2026-01-01", "31/12/2026"]
            writer.writerow([*head, f"مرحلة رقم {step}", "5", *days, *state])
    return ("\ufeff" + text.getvalue()).encode()


def measured_here() -> dict[str, float]:
    """Return the seconds of each part, in a home of its own that holds one community."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from infitah.core.viewer import Viewer
    from infitah.programme import operations, queries
    from infitah.programme.queries.export import COLUMNS

    cycle, deliberation, by = _founded()
    content, took = table(), {}
    began = time.perf_counter()
    preview = queries.preview_of(cycle, content, TODAY)
    took["preview"] = time.perf_counter() - began
    began = time.perf_counter()
    operations.import_programme(
        cycle=cycle,
        reading=preview.reading,
        deliberation=deliberation,
        file=None,
        by=by,
        now=NOW,
    )
    took["import"] = time.perf_counter() - began
    cycle.refresh_from_db()
    viewer = Viewer(cycle.community.key, cycle.community_id)
    rows = list(queries.commitment_rows(cycle, viewer, TODAY))
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows({name: row[name] for name in COLUMNS} for row in rows)
    again = queries.preview_of(cycle, out.getvalue().encode(), TODAY)
    return took | {"rows": len(rows), "same": again.same, "different": again.different}


def _founded():  # type: ignore[no-untyped-def]
    from infitah.community import operations as communities
    from infitah.core.viewer import Actor
    from infitah.council.operations import AdoptedText
    from infitah.council.rules import CalledBy, SessionKind
    from infitah.kernel.localized import LocalizedText
    from infitah.programme import operations

    by, words = Actor.system("bench"), LocalizedText(ar="نص", fr="Texte")
    step = {"by": by, "now": NOW}
    community = communities.create_community(
        hcp_code="03.451", key="SFR", slug="sefrou-province", host="localhost", **step
    )
    council = communities.add_body(
        community=community,
        slug="council",
        kind="council",
        name=words,
        created_on=date(2021, 9, 24),
        **step,
    )
    axis = communities.add_axis(community=community, slug="one", name=words, **step)
    cycle = operations.open_cycle(
        community=community,
        slug="2026-2027",
        title=words,
        intention=words,
        span=(date(2026, 1, 1), date(2027, 12, 31)),
        principles=operations.add_national_principles(community=community, **step)[:1],
        challenges={axis: words},
        committee=None,
        opened_on=TODAY,
        **step,
    )
    session = operations.PastSession(
        kind=SessionKind.ORDINARY,
        called_by=CalledBy.LAW,
        title=words,
        convened_on=date(2025, 9, 20),
        held_on=date(2025, 10, 7),
        place=words,
    )
    deliberation = operations.enter_past_deliberation(
        body=council,
        session=session,
        adopted=AdoptedText(31, words, words),
        counts=None,
        **step,
    )
    return cycle, deliberation, by


def run() -> list[Figure]:
    """Return the seconds of preview and import, and how much of the export comes back the same."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as home:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "infitah.config.settings",
            "INFITAH_HOME": home,
            "INFITAH_MEANING": "off",
            "DATABASE_URL": f"sqlite:///{Path(home) / 'importing.sqlite3'}",
        }
        command = [sys.executable, "-m", "bench.importing"]
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    took: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    note = f"{COMMITMENTS} commitments of {MILESTONES} milestones"
    return [
        stated("import: rows of the file", took["rows"], "rows", note),
        at_most("import: look at the file", took["preview"], "s", LIMIT_SECONDS, note),
        at_most("import: write it in one transaction", took["import"], "s", LIMIT_SECONDS, note),
        at_least("import: commitments the same after export", took["same"], "", COMMITMENTS),
        at_most("import: commitments that differ after export", took["different"], "", 0.0),
    ]


if __name__ == "__main__":
    print(json.dumps(measured_here()))
