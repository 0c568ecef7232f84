"""The report of a cycle with 20 commitments: frozen, its page, both PDFs."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figure import Figure, at_most, stated
from bench.site import ROOT, environment, prepare

COMMITMENTS = 20
PAGE_SECONDS = 1.0
PDF_SECONDS = 3.0  # programme.md 12 (23): a council document of 40 pages in 3 s


def run() -> list[Figure]:
    """Return the seconds of the report of a cycle with 20 commitments."""
    with tempfile.TemporaryDirectory(prefix="infitah-report-") as folder:
        env = environment(Path(folder), 1)
        env["DJANGO_SETTINGS_MODULE"] = "infitah.config.settings"
        prepare(env)
        command = [sys.executable, "-m", "bench.report", "inside"]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)
    took = json.loads(done.stdout.splitlines()[-1])
    return [
        stated("report: commitments in it", took["commitments"], "commitments"),
        stated("report: freezing it", took["freeze"], "s"),
        at_most("report: its page", took["page"], "s", PAGE_SECONDS),
        at_most("report: PDF in Arabic", took["ar"], "s", PDF_SECONDS),
        at_most("report: PDF in French", took["fr"], "s", PDF_SECONDS),
    ]


def _more_commitments() -> None:
    """Copy the cycle's commitments with all they hold until there are twenty."""
    from infitah.programme.models import Commitment, Evidence, Indicator, Milestone

    known = list(Commitment.objects.filter(cycle__slug="2024-2025").order_by("position"))
    for number in range(len(known), COMMITMENTS):
        source = Commitment.objects.get(pk=known[number % len(known)].pk)
        milestones = list(source.milestones.prefetch_related("evidence", "changes"))
        indicators = list(source.indicators.all())
        source.pk, source.position = None, number + 1
        source.reference = f"SFR-2023-C-{900 + number:04d}"
        source.save(force_insert=True)
        for one in milestones:
            kept, changes = list(one.evidence.all()), list(one.changes.all())
            copy = Milestone.objects.get(pk=one.pk)
            copy.pk, copy.commitment, copy.depends_on = None, source, None
            copy.reference = f"{source.reference}-M{one.number}"
            copy.save(force_insert=True)
            for place, proof in enumerate(kept):
                fresh = Evidence.objects.get(pk=proof.pk)
                fresh.pk, fresh.milestone = None, copy
                fresh.reference = f"{source.reference}-E{one.number}{place}"
                fresh.save(force_insert=True)
            for change in changes:
                change.pk, change.milestone = None, copy
                change.save(force_insert=True)
        for figure in indicators:
            fresh_figure = Indicator.objects.get(pk=figure.pk)
            fresh_figure.pk, fresh_figure.commitment = None, source
            fresh_figure.save(force_insert=True)


def _inside() -> None:
    from datetime import date

    from django.test import Client

    from infitah.core import clock
    from infitah.core.viewer import Actor
    from infitah.programme import operations, queries
    from infitah.programme.models import Cycle

    _more_commitments()
    cycle = Cycle.objects.get(slug="2024-2025")
    step = {"by": Actor("officer", "focal_point", "focal_point"), "now": clock.now()}
    took: dict[str, float] = {}
    began = time.perf_counter()
    report = operations.make_report(
        cycle=cycle,
        year=2025,
        counted_on=date(2025, 12, 30),
        today=clock.today(),
        reason="قياس زمن إعداد التقرير",
        **step,
    )
    took["freeze"] = time.perf_counter() - began
    report = operations.publish_report(reference=report.reference, on=clock.today(), **step)
    client = Client(headers={"host": "localhost"})
    address = queries.url_of_report(report)
    path = address if address.startswith("/ar/") else f"/ar{address}"
    for _turn in range(2):
        began = time.perf_counter()
        answer = client.get(path)
        took["page"] = time.perf_counter() - began
    assert answer.status_code == 200, (path, answer.status_code)
    for language in ("ar", "fr"):
        began = time.perf_counter()
        queries.report_pdf(report, language)
        took[language] = time.perf_counter() - began
    took["commitments"] = len(report.content["commitments"])
    print(json.dumps(took))


if __name__ == "__main__":
    import django

    django.setup()
    _inside()
