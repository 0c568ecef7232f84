"""`infitah export ideas|requests ...`: what the parts of the house hand out, as a file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from infitah.core.registry import EXPORTS


class Command(BaseCommand):
    """Write a file that an app registered under a name."""

    help = "NAME ...: `infitah export NAME --help` says what each takes"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        for name, export in sorted(EXPORTS.items()):
            export.add_arguments(what.add_parser(name, help=export.help))

    def handle(self, *_args: Any, **options: Any) -> None:
        written = EXPORTS[options["what"]].write(options)
        if written:
            self.stdout.write(written)
