"""`infitah recount`: write into the lists of requests what their acts say."""

from typing import Any

from django.core.management.base import BaseCommand

from infitah.core import clock
from infitah.information.operations.replay import recount


class Command(BaseCommand):
    """Replay the acts of every request; needed only where `infitah doctor` says so."""

    help = "Replay the acts of all requests for information and mend what the lists say."

    def handle(self, *_args: Any, **_options: Any) -> None:
        changed = recount(now=clock.now())
        self.stdout.write(f"{changed} requests stood otherwise than their acts say; mended.")
