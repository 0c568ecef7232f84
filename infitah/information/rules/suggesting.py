"""What somebody who looks for something is offered, and what is counted of it.

A figure of "how often a suggestion answered" is worth only what it counts: decisions that people
told us by pressing a button, never the pages that were looked at.
"""

from dataclasses import dataclass
from typing import Final

KINDS: Final = ("record", "deliberation", "document", "dataset")
"""Kinds of the index that may answer a question, in the order in which they are shown."""

SEARCH: Final = "search"
"""The kind under which the decisions themselves are counted, whatever was shown."""

MIN_TYPED: Final = 3
QUESTION_MAX: Final = 1000
SUGGESTED: Final = 5
FIRST_OF_KIND: Final = 5
PAGE: Final = 10
MAX_TOLD: Final = 40
"""Records that one decision may name as shown."""

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader decided in front of a list: what was shown, and which record answered.

    Without a record that answered the reader went on to ask.
    """

    shown: tuple[Place, ...] = ()
    answered: Place | None = None


@dataclass(frozen=True, slots=True)
class Deflection:
    """Of the readers who told what they decided: whom a record answered, and who asked anyway."""

    answered: int
    asked_anyway: int

    @property
    def decided(self) -> int:
        return self.answered + self.asked_anyway

    @property
    def rate(self) -> float | None:
        """The share that needed no request, None where nobody decided anything."""
        return self.answered / self.decided if self.decided else None


def place_of(text: str) -> Place | None:
    """Return the record that "kind:subject" names, None for anything else."""
    kind, _colon, subject = text.partition(":")
    return (kind, subject) if kind in KINDS and 0 < len(subject) <= 60 else None
