"""`infitah backup FILE`: everything that must survive, in one file; the server may run."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infitah.core import archive, clock, sealing
from infitah.core.management import passphrase


class Command(BaseCommand):
    help = "Write the database and the files to FILE; the keys too, sealed, with --passphrase."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        passphrase.add_argument(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            secret = passphrase.given(options, is_new=True)
            made = archive.make(options["file"], now=clock.real_now(), passphrase=secret)
        except (archive.ArchiveRefused, sealing.SealRefused, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        told = "with the keys, sealed" if made.has_keys else "WITHOUT the keys"
        size = options["file"].stat().st_size
        self.stdout.write(f"{options['file']}: {len(made.hashes)} members, {size} bytes, {told}.")
        if not made.has_keys:
            self.stdout.write(
                "Identity data cannot be opened without the keys: copy INFITAH_HOME/keys to a "
                "safe place, or make the backup with --passphrase."
            )
