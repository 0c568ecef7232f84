"""`infitah serve`: the web server and the worker under one supervisor."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import infitah
from infitah.core.checks import pretended_time_fault, storage_is_known

SUPERVISOR = "infitah.config.supervisor"


class Command(BaseCommand):
    help = "Start the web server and the background worker; stop them with Ctrl-C or SIGTERM."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=settings.ENVIRONMENT.port)

    def handle(self, *_args: Any, **options: Any) -> None:
        self._refuse_faults()
        connection.close()
        root = str(Path(infitah.__file__).parent.parent)
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
        command = [sys.executable, "-m", SUPERVISOR, "--host", options["host"]]
        command += ["--port", str(options["port"]), "--url", settings.ENVIRONMENT.url]
        command += ["--workers", str(settings.ENVIRONMENT.workers)]
        # The supervisor replaces this process: it must be small, so it loads no Django.
        os.execve(sys.executable, command, {**os.environ, "PYTHONPATH": path})  # noqa: S606

    def _refuse_faults(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is not up to date. Run: infitah upgrade")
        faults = [pretended_time_fault(), *(str(one.msg) for one in storage_is_known())]
        for fault in filter(None, faults):
            raise CommandError(fault)
