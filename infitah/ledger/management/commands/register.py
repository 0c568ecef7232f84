"""`infitah register verify`: audits every register of this installation."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infitah.ledger import queries
from infitah.ledger.queries import FAULTS
from infitah.ledger.rules import Unreadable, read_heads

SHOWN = 100


class Command(BaseCommand):
    """Exit code: 0 intact, 2 not intact, 3 no answer."""

    help = "Verify the register: every entry, node, root and signature, recomputed from the texts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="do", required=True)
        verify = acts.add_parser("verify", help=self.help)
        verify.add_argument("--heads", type=Path, help="a roots.json or receipt kept outside")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        audit = queries.audit(_heads(options["heads"]) if options["heads"] else ())
        seconds = time.perf_counter() - started
        self.stdout.write(
            f"{audit.entries} entries, {audit.nodes} nodes, {audit.heads} signed heads "
            f"of {audit.communities} communities read in {seconds:.2f} s."
        )
        for finding in audit.findings[:SHOWN]:
            self.stdout.write(
                f"  {finding.community} {finding.place}: {finding.fault.value}: "
                f"{FAULTS[finding.fault]}"
            )
        if audit.is_intact:
            self.stdout.write("The register is intact.")
            return
        self.stdout.write(f"The register is NOT intact: {len(audit.findings)} findings.")
        sys.exit(2)


def _heads(path: Path) -> Any:
    try:
        return read_heads(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=3) from error
    except Unreadable as error:
        raise CommandError(f"{path}: {error}", returncode=3) from error
