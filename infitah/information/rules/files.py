"""Whether a file of a case may leave with the answer: looked into, redacted where it must be."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FileState(StrEnum):
    """Where a file stands on its way out; only the last two may be given."""

    INFECTED = "infected"
    CHECKING = "checking"
    PROPOSED = "proposed"
    TO_REDACT = "to_redact"
    REPLACED = "replaced"
    STALE = "stale"
    FOUND = "found"
    ACCEPTED = "accepted"
    GREEN = "green"


GIVABLE: Final = frozenset({FileState.ACCEPTED, FileState.GREEN})


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What decides on a file: its checks, what they found, its boxes and its copies.

    `is_stale` is said of a redacted copy whose original got other boxes since.
    """

    is_infected: bool = False
    is_checked: bool = False
    has_proposals: bool = False
    has_boxes: bool = False
    has_copy: bool = False
    is_stale: bool = False
    has_findings: bool = False
    is_accepted: bool = False


def file_state(facts: FileFacts) -> FileState:
    """Return where a file stands: what forbids it first, so that it fails closed."""
    forbids = (
        (facts.is_infected, FileState.INFECTED),
        (not facts.is_checked, FileState.CHECKING),
        (facts.has_proposals, FileState.PROPOSED),
        (facts.has_copy, FileState.REPLACED),
        (facts.has_boxes, FileState.TO_REDACT),
        (facts.is_stale, FileState.STALE),
        (facts.has_findings and not facts.is_accepted, FileState.FOUND),
    )
    found = next((state for is_so, state in forbids if is_so), None)
    if found is not None:
        return found
    return FileState.ACCEPTED if facts.has_findings else FileState.GREEN
