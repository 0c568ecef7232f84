"""What binds a programme to the deliberation that adopts it: each text by its hash, all by one.

The council adopts the text that the committee validated, or that text with the amendments which
it carried; nothing else (programme.md 5, steps 10 and 11; 13.8).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from infitah.kernel.localized import LocalizedText
from infitah.programme.rules.states import DRAFT_STATES, CommitmentState
from infitah.programme.rules.texts import programme_digest


class AdoptionFault(StrEnum):
    """Why a programme cannot be adopted as it stands."""

    EMPTY = "empty"
    VALIDATED = "validated"
    WEIGHTS = "weights"
    AMENDMENT = "amendment"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commitment before the council: where it stands, and the hashes of its text.

    `present_sha256` is that of the record as it stands, `committee_sha256` that of the version
    which the committee validated, `sha256` that of the text to be adopted: the committee's, or
    the one which carried amendments led to.
    """

    reference: str
    state: CommitmentState
    are_weights_whole: bool
    open_amendments: int
    present_sha256: str
    committee_sha256: str
    sha256: str

    @property
    def is_rejected(self) -> bool:
        """Whether it was not kept: it stays public, and is no part of the programme."""
        return self.state == CommitmentState.REJECTED

    @property
    def fault(self) -> AdoptionFault | None:
        """Why the council cannot adopt this text, or None."""
        if self.is_rejected:
            return None
        if self.state != CommitmentState.VALIDATED:
            return AdoptionFault.VALIDATED
        if not self.are_weights_whole:
            return AdoptionFault.WEIGHTS
        if self.open_amendments:
            return AdoptionFault.AMENDMENT
        if self.present_sha256 != self.committee_sha256:
            return AdoptionFault.TEXT
        return None


def kept(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the commitments that the programme is made of: all but the rejected ones."""
    return [one for one in candidates if not one.is_rejected]


def adoption_fault(candidates: Sequence[Candidate]) -> tuple[AdoptionFault, str] | None:
    """Return the first reason against the adoption with the reference concerned, or None.

    A programme of which nothing is left cannot be adopted.
    """
    return next(iter(adoption_faults(candidates)), None)


def adoption_faults(candidates: Sequence[Candidate]) -> list[tuple[AdoptionFault, str]]:
    """Return all that stands against the adoption, each with the reference concerned, in order."""
    if not kept(candidates):
        return [(AdoptionFault.EMPTY, "")]
    return [(one.fault, one.reference) for one in candidates if one.fault is not None]


def digest_of(candidates: Iterable[Candidate]) -> str:
    """Return the hash of the programme that these commitments make, the rejected ones left out."""
    return programme_digest((one.reference, one.sha256) for one in kept(candidates))


def unquoted_in(text: LocalizedText, digest: str) -> tuple[str, ...]:
    """Return the languages in which a deliberation is written without quoting the hash."""
    return tuple(code for code in text.languages() if digest not in text.text_of(code))


def body_of_rejection(state: CommitmentState) -> str:
    """Return whose vote may reject a commitment that stands so: committee, council, or nobody's."""
    if state in DRAFT_STATES:
        return "committee"
    return "council" if state == CommitmentState.VALIDATED else ""


def is_newer_than_vote(
    made_on: date, changed_at: datetime, taken_on: date, recorded_at: datetime | None
) -> bool:
    """Return whether a text was worded after the vote that is to bind it.

    By days; on one day by the instants of the change and of the vote's record. A vote whose
    instant is not known counts as the end of its day.
    """
    if made_on != taken_on:
        return made_on > taken_on
    return recorded_at is not None and changed_at > recorded_at
