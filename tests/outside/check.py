"""What a check is: a planted fault that must be caught first, then the product, without a fault."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.outside.bad.server import BadServer
from tests.outside.site import Copies, Site

BAD = Path(__file__).resolve().parent / "bad"
DRIVERS = Path(__file__).resolve().parent / "drivers"


@dataclass
class Stage:
    """Where checks play: the running copy, the bad server, a scratch folder, what was measured."""

    copies: Copies
    site: Site
    bad: BadServer
    folder: Path
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Keep one line of what was measured, printed under the check."""
        self.notes.append(text)

    def scratch(self, name: str) -> Path:
        """Return a folder of that name in the scratch folder."""
        made = self.folder / name
        made.mkdir(parents=True, exist_ok=True)
        return made


Look = Callable[[Stage], list[str]]


@dataclass(frozen=True)
class Check:
    """One tool: what it says of the planted fault must hold every word of `expects`."""

    name: str
    tool: str
    bad: Look
    good: Look
    expects: tuple[str, ...]


def objects(text: str) -> Any:
    """Return the JSON that a tool printed, which may stand after lines of chatter."""
    starts = [place for mark in "[{" if (place := text.find(mark)) >= 0]
    if not starts:
        raise ValueError(f"no JSON in: {text[:200]!r}")
    return json.loads(text[min(starts) :])
