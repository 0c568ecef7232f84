"""What `infitah import ideas` does: progress, faults by row, numbers that changed."""

import csv
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.participation import operations, queries
from infitah.participation.models import Consultation

STEP = 5_000  # rows between two lines of progress


def add_ideas_arguments(ideas: ArgumentParser) -> None:
    """Name what `import ideas` takes."""
    ideas.add_argument("file", type=Path, help="consultation.zip, or ideas.csv of one")
    ideas.add_argument("--community", default="", help="reference code; default: the default one")
    ideas.add_argument("--consultation", required=True, help="short name; must hold no idea")
    ideas.add_argument("--check", action="store_true", help="tell, and write nothing")
    ideas.add_argument("--numbers", type=Path, help="where to write the numbers that changed")


def take_ideas(out: OutputWrapper, options: dict[str, Any]) -> None:
    """Import the ideas of a file. Raises CommandError, which ends with status 1."""
    consultation = _consultation(options["community"], options["consultation"])
    try:
        checked = operations.check_import(
            consultation=consultation, package=queries.read_package(options["file"])
        )
        out.write(f"Rows to import: {checked.rows}.")
        if options["check"]:
            return
        taken = _taken(out, consultation, checked)
    except operations.ImportRefused as refused:
        lines = (f"{one.row}, {one.column}: {one.sentence}" for one in refused.faults)
        raise CommandError("\n".join([refused.message, *lines])) from refused
    except OperationRefused as refused:
        raise CommandError(refused.message) from refused
    out.write(
        f"Imported: rows {taken.rows}, ideas made {taken.made}, "
        f"numbers changed {len(taken.renumbered)}."
    )
    if taken.renumbered:
        target = options["numbers"] or options["file"].with_suffix(".numbers.csv")
        _write_numbers(target, taken.renumbered)
        out.write(f"Old and new numbers: {target}")
    if taken.rows != checked.rows:
        raise CommandError(f"The file changed meanwhile: {taken.rows} of {checked.rows} rows.")


def _taken(
    out: OutputWrapper, consultation: Consultation, checked: operations.Checked
) -> operations.Taken:
    taken = operations.Taken(0, 0, ())
    for taken in operations.import_ideas(
        consultation=consultation, checked=checked, by=Actor.system("command"), now=clock.now()
    ):
        if not taken.rows % STEP:
            out.write(f"{taken.rows} of {checked.rows}")
            out.flush()
    return taken


def _write_numbers(target: Path, numbers: Sequence[tuple[str, str]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["number_there", "number_here"])
        writer.writerows(numbers)


def _consultation(key: str, slug: str) -> Consultation:
    found = Consultation.objects.filter(slug=slug).select_related("community")
    here = found.filter(community__key=key) if key else found.filter(community__is_default=True)
    consultation = here.first()
    if consultation is None:
        raise CommandError(
            "Prepare the consultation at the desk first, with the same axes: "
            "/desk/participation/consultations/new/"
        )
    return consultation
