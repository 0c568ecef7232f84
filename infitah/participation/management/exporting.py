"""`infitah export ideas SLUG FILE`: the open package of a consultation, as anybody may fetch it."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from infitah.core import clock
from infitah.core.viewer import Viewer
from infitah.participation import queries
from infitah.participation.models import Consultation


class IdeasExport:
    """Writes the package of a consultation; what is not whole never takes the file's name."""

    help = "SLUG FILE.zip --community KEY: everything open of a consultation"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the consultation, the file and the community."""
        parser.add_argument("consultation", help="its short name")
        parser.add_argument("file", type=Path, help="where to write the ZIP")
        parser.add_argument("--community", default="", help="reference code; default: default one")

    def write(self, options: Mapping[str, Any]) -> str:
        """Write the package; return its path and its number of ideas. Raises CommandError."""
        target: Path = options["file"]
        consultation = _consultation(options["community"], options["consultation"])
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
        return f"Written: {target}, ideas {rows}."


def _consultation(key: str, slug: str) -> Consultation:
    found = Consultation.objects.announced().filter(slug=slug).select_related("community")
    here = found.filter(community__key=key) if key else found.filter(community__is_default=True)
    consultation = here.first()
    if consultation is None:
        raise CommandError(f"No announced consultation has the short name {slug}.")
    return consultation
