# ruff: noqa: N999 - the word of the command
"""`infitah import programme|ideas FILE`: what another home or a table holds, as at the desk."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.council.models import Deliberation
from infitah.programme import operations, queries
from infitah.programme.management.ideas import add_ideas_arguments, take_ideas
from infitah.programme.models import Cycle


class Command(BaseCommand):
    """Import a running programme into its cycle, or exported ideas into an empty consultation."""

    help = (
        "programme FILE --community KEY --cycle SLUG --deliberation REF; "
        "ideas FILE --community KEY --consultation SLUG; --check writes nothing"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        programme = what.add_parser("programme", help="the same columns as our export")
        programme.add_argument("file", type=Path, help="CSV in UTF-8")
        programme.add_argument("--community", required=True, help="reference code, such as SFR")
        programme.add_argument("--cycle", required=True, help="short name, such as 2026-2027")
        programme.add_argument("--deliberation", default="", help="number of what adopted it")
        programme.add_argument("--check", action="store_true", help="tell, and write nothing")
        add_ideas_arguments(what.add_parser("ideas", help="a package, or its ideas.csv"))

    def handle(self, *_args: Any, **options: Any) -> None:
        with override("fr"):
            if options["what"] == "ideas":
                take_ideas(self.stdout, options)
            else:
                self._programme(options)

    def _programme(self, options: dict[str, Any]) -> None:
        cycle = self._cycle(options["community"], options["cycle"])
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        preview = queries.preview_of(cycle, content, clock.today())
        if preview.faults:
            lines = (f"{one.row}, {one.column}: {one.sentence}" for one in preview.faults)
            raise CommandError("\n".join(["Nothing is imported.", *lines]))
        self.stdout.write(
            f"Rows {preview.reading.rows}; commitments new {preview.new}, same {preview.same}, "
            f"different {preview.different}."
        )
        if options["check"]:
            return
        deliberation = self._deliberation(cycle, options["deliberation"])
        try:
            done = operations.import_programme(
                cycle=cycle,
                reading=preview.reading,
                deliberation=deliberation,
                file=None,
                by=Actor.system("command"),
                now=clock.now(),
            )
        except OperationRefused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(
            f"Imported: commitments {done.made}, milestones {done.milestones}; "
            f"unchanged {done.unchanged}."
        )

    def _cycle(self, key: str, slug: str) -> Cycle:
        found = Cycle.objects.filter(community__key=key, slug=slug).select_related("community")
        cycle = found.first()
        if cycle is None:
            raise CommandError("Open the cycle at the desk first: /desk/programme/cycles/new/")
        return cycle

    def _deliberation(self, cycle: Cycle, reference: str) -> Deliberation:
        found = Deliberation.objects.of(cycle.community).filter(reference=reference).first()
        if found is None:
            raise CommandError(
                "Name the deliberation that adopted it: --deliberation SFR-2025-D-0003"
            )
        return found
