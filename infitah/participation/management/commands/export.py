"""`infitah export ideas SLUG FILE`: the open package of a consultation, as anybody may fetch it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infitah.core import clock
from infitah.core.viewer import Viewer
from infitah.participation import queries
from infitah.participation.models import Consultation


class Command(BaseCommand):
    """Write the package of a consultation; what is not whole never takes the file's name."""

    help = "ideas SLUG FILE.zip --community KEY: everything open of a consultation"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        ideas = what.add_parser("ideas", help="the package of a consultation")
        ideas.add_argument("consultation", help="its short name")
        ideas.add_argument("file", type=Path, help="where to write the ZIP")
        ideas.add_argument("--community", default="", help="reference code; default: default one")

    def handle(self, *_args: Any, **options: Any) -> None:
        target: Path = options["file"]
        consultation = self._consultation(options["community"], options["consultation"])
        community = consultation.community
        viewer = Viewer(community_key=community.key, community_id=community.pk)
        partial = target.with_name(f"{target.name}.part")
        blocks = queries.package(consultation=consultation, viewer=viewer, now=clock.now())
        try:
            with partial.open("wb") as file:
                for block in blocks:
                    file.write(block)
            rows = queries.read_package(partial).rows
            partial.replace(target)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from error
        self.stdout.write(f"Written: {target}, ideas {rows}.")

    def _consultation(self, key: str, slug: str) -> Consultation:
        found = Consultation.objects.announced().filter(slug=slug).select_related("community")
        here = found.filter(community__key=key) if key else found.filter(community__is_default=True)
        consultation = here.first()
        if consultation is None:
            raise CommandError(f"No announced consultation has the short name {slug}.")
        return consultation
