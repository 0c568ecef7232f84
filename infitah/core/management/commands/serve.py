"""`infitah serve`: the web server and the worker under one supervisor.

The console script starts the supervisor itself, without loading Django; this command is the same
door for whoever comes through Django.
"""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections


class Command(BaseCommand):
    help = "Start the web server and the background worker; stop them with Ctrl-C or SIGTERM."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=settings.ENVIRONMENT.port)

    def handle(self, *_args: Any, **options: Any) -> None:
        connections.close_all()
        command = [sys.executable, "-m", "infitah.config.cli", "serve"]
        command += ["--host", options["host"], "--port", str(options["port"])]
        os.execv(sys.executable, command)  # noqa: S606 (the supervisor replaces this process)
