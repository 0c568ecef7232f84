"""`infitah worker`: background tasks and periodic jobs."""

import logging
import os
import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infitah.core import lifeline
from infitah.core.checks import startup_faults
from infitah.core.worker import Worker


class Command(BaseCommand):
    help = "Run background tasks, mail and periodic jobs until stopped."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = startup_faults()
        if faults:
            raise CommandError(faults[0], returncode=lifeline.CANNOT_START)
        if lifeline.supervisor():
            lifeline.follow_parent(lifeline.supervisor())
        logging.basicConfig(level=logging.WARNING, format="worker: %(levelname)s %(message)s")
        worker = Worker()

        def stop(_number: int, _frame: object) -> None:
            if worker.stopping.is_set():
                os._exit(1)  # asked twice: what is left is taken up after the next start
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()
