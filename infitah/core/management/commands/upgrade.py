"""`infitah upgrade`: backup, migrate, check; back to the backup if anything fails."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from infitah.core import archive, clock


class Command(BaseCommand):
    help = "Bring the database to this version: backup, migrate, check; roll back on failure."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not _is_pending():
            self.stdout.write("The database is up to date.")
            return
        now = clock.real_now()
        home = Path(settings.HOME)
        kept = home / "backups" / f"before-upgrade-{now:%Y%m%d-%H%M%S}.tar.gz"
        manifest = archive.make(kept, now=now)
        self.stdout.write(f"Backup: {kept}")
        try:
            call_command("migrate", verbosity=0)
            call_command("check", databases=["default"])
        except Exception as error:
            self._roll_back(kept, manifest.made_at.strftime("%Y%m%d-%H%M%S"))
            raise CommandError(
                f"The upgrade failed and was rolled back: {type(error).__name__}: {error}. "
                "Start the version that ran before, and report this line."
            ) from error
        self.stdout.write("The database is up to date.")

    def _roll_back(self, kept: Path, stamp: str) -> None:
        home = Path(settings.HOME)
        aside = home / f"failed-upgrade-{stamp}"
        with TemporaryDirectory(dir=home) as scratch:
            manifest = archive.unpack(kept, Path(scratch))
            archive.put_back(Path(scratch), manifest, aside=aside)
        shutil.rmtree(aside)  # the half-migrated copy is worth nothing


def _is_pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
