"""`infitah doctor`: look at every part of the installation and say how to mend it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infitah.core import clock, keys
from infitah.core.diagnosis import examine

MARKS = {"well": "ok  ", "warning": "warn", "fault": "BAD "}


class Command(BaseCommand):
    help = "Check the installation; every line says how to mend. Ends with 1 if a part is broken."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument(
            "--keys-copied", action="store_true", help="note that the keys were copied by hand"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        now = clock.real_now()
        if options["keys_copied"]:
            keys.mark_copied(now)
        findings = list(examine(now))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(one) for one in findings], ensure_ascii=False))
        else:
            for one in findings:
                mend = f"\n     -> {one.mend}" if one.mend else ""
                self.stdout.write(f"{MARKS[one.verdict]} {one.name}: {one.told}{mend}")
        faults = sum(one.verdict == "fault" for one in findings)
        if faults:
            raise CommandError(f"{faults} to mend.", returncode=1)
