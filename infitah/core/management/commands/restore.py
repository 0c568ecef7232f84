"""`infitah restore FILE`: put a backup back; what stood there is moved aside, not deleted."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from infitah.core import archive, clock, registry, sealing
from infitah.core.conf import WORK
from infitah.core.management import passphrase
from infitah.core.queries import worker_seen_at


class Command(BaseCommand):
    help = "Check the backup FILE and put it in place of this installation."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace what is here")
        passphrase.add_argument(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        source: Path = options["file"]
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        self._refuse_to_overwrite(bool(options["force"]))
        try:
            self._restore(source, passphrase.given(options, is_new=False))
        except (archive.ArchiveRefused, sealing.SealRefused, OSError) as error:
            raise CommandError(str(error)) from error

    def _restore(self, source: Path, secret: str) -> None:
        now = clock.real_now()
        home = Path(settings.HOME)
        home.mkdir(parents=True, exist_ok=True)
        aside = home / f"before-restore-{now:%Y%m%d-%H%M%S}"
        with TemporaryDirectory(dir=home) as scratch:
            manifest = archive.unpack(source, Path(scratch))
            archive.put_back(Path(scratch), manifest, aside=aside, passphrase=secret)
        call_command("migrate", verbosity=0)
        digest = archive.hash_of(source)
        for act in registry.AFTER_RESTORE:
            act(archive_sha256=digest, made_at=manifest.made_at, now=clock.now())
        self.stdout.write(f"Restored the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC.")
        self.stdout.write(f"What was here before is in {aside}.")
        if manifest.has_keys and not secret:
            self.stdout.write("The keys of the backup were not asked for: those here stay.")

    def _refuse_to_overwrite(self, is_forced: bool) -> None:
        tables = _tables()
        seen = worker_seen_at() if "core_joblock" in tables else None
        if seen and clock.real_now() - seen < timedelta(seconds=WORK.beat_seconds * 2):
            raise CommandError("The server is running. Stop it first.")
        if tables and not is_forced:
            raise CommandError(
                "This installation is not empty. With --force it is replaced; what is here is "
                "moved aside, not deleted."
            )


def _tables() -> set[str]:
    try:
        return set(connection.introspection.table_names())
    except DatabaseError:
        return set()
