"""`infitah verify FILE`: the verdict on a document of the register, without any database."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infitah.ledger.queries import OUTCOMES, REASONS
from infitah.ledger.rules import (
    Bound,
    Document,
    Outcome,
    Pinned,
    Unreadable,
    Verdict,
    opened,
    read_heads,
    read_keys,
    unreadable,
    verdict,
)

EXIT = {Outcome.INTACT_KNOWN_KEY: 0, Outcome.INTACT_UNKNOWN_KEY: 1, Outcome.NOT_INTACT: 2}
MAX_FILE = 64 * 1024 * 1024


class Command(BaseCommand):
    """Exit code: 0 intact and known key, 1 intact but unknown key, 2 not intact, 3 no answer."""

    help = (
        "Verify a receipt (JSON, or a PDF that carries it), a consistency proof, roots.json, "
        "or the texts that an act bound (an adopted programme's programme.json), "
        "with nothing but the file and what you pinned beforehand. "
        "Answers 0: intact, known key; 1: intact, key unknown; 2: not intact."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keys", type=Path, help="a roots.json or infitah.json kept before")
        parser.add_argument("--heads", type=Path, help="a roots.json, receipt or proof kept before")

    def handle(self, *args: Any, **options: Any) -> None:
        pinned = _pinned(options["keys"], options["heads"])
        document: Document | None = None
        try:
            document = opened(_content(options["file"]))
            answer = verdict(document, pinned)
        except Unreadable:
            answer = unreadable()
        self._tell(answer)
        if isinstance(document, Bound):
            self._tell_texts(document)
        if EXIT[answer.outcome]:
            sys.exit(EXIT[answer.outcome])

    def _tell_texts(self, document: Bound) -> None:
        self.stdout.write(f"  {len(document.parts)} texts, SHA-256 {document.sha256}")
        for part in document.parts:
            mark = "intact" if part.is_intact else "CHANGED"
            self.stdout.write(f"  {part.name} {part.sha256} {mark}")

    def _tell(self, answer: Verdict) -> None:
        self.stdout.write(f"{answer.outcome.value}: {OUTCOMES[answer.outcome]}")
        for reason in answer.reasons:
            self.stdout.write(f"  {reason.value}: {REASONS[reason]}")
        if answer.facts is not None:
            facts = answer.facts
            self.stdout.write(
                f"  {facts.community} {facts.number}: {facts.act} {facts.subject}, "
                f"{facts.occurred_on}, recorded {facts.recorded_at:%Y-%m-%d %H:%M:%S} UTC"
            )
        for signed in answer.heads[-1:]:
            head = signed.head
            self.stdout.write(
                f"  head {head.community} size {head.size}, {head.time:%Y-%m-%d %H:%M:%S} UTC, "
                f"key {head.key_id}"
            )


def _pinned(keys: Path | None, heads: Path | None) -> Pinned:
    try:
        return Pinned(
            keys=read_keys(_content(keys)) if keys else {},
            heads=read_heads(_content(heads)) if heads else (),
        )
    except Unreadable as error:
        raise CommandError(f"What you pinned cannot be used: {error}", returncode=3) from error


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise CommandError(f"{path} is larger than any document of a register.", returncode=3)
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=3) from error
