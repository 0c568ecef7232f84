"""Three voices on a commitment, kept apart: the claim, the finding, what citizens see.

Source: programme.md 5 (15, 16), 7.3 (no percentages below 20), 8.1 (the five levels of the OGP's
independent review). Nothing here makes one number of the three.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

LEAST_FOR_SHARES: Final = 20
REPLY_WITHIN: Final = timedelta(days=15)
"""The council's right of reply to an independent report (programme.md 5, step 16)."""


class Kind(StrEnum):
    """Whose finding it is."""

    SELF = "self"
    COMMITTEE = "committee"
    INDEPENDENT = "independent"


class Level(StrEnum):
    """Completion in five levels; the last two count as high."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


STARS: Final[Mapping[Level, str]] = {
    Level.NO_EVIDENCE: "to_come",
    Level.NOT_STARTED: "to_come",
    Level.LIMITED: "under_way",
    Level.SUBSTANTIAL: "under_way",
    Level.COMPLETE: "done",
}


class FindingFault(StrEnum):
    """Why a finding cannot be published."""

    MEETING_MISSING = "meeting_missing"
    MEETING_NOT_ITS = "meeting_not_its"
    INTERESTS_MISSING = "interests_missing"
    NOT_COMPLETE = "not_complete"


def fault_of_finding(
    kind: Kind, level: Level, *, has_meeting: bool, has_interests: bool, is_confirmed: bool
) -> FindingFault | None:
    """Return what stands against a finding first, or None.

    The committee's rests on one of its meetings and no other kind does; an independent one
    declares interests; the council does not call complete what is not confirmed to the last
    milestone.
    """
    if kind == Kind.COMMITTEE and not has_meeting:
        return FindingFault.MEETING_MISSING
    if kind != Kind.COMMITTEE and has_meeting:
        return FindingFault.MEETING_NOT_ITS
    if kind == Kind.INDEPENDENT and not has_interests:
        return FindingFault.INTERESTS_MISSING
    if kind == Kind.SELF and level == Level.COMPLETE and not is_confirmed:
        return FindingFault.NOT_COMPLETE
    return None


def reply_due(published_on: date) -> date:
    """Return the last day on which the council's reply to an independent report is in time."""
    return published_on + REPLY_WITHIN


@dataclass(frozen=True, slots=True)
class Sights:
    """How many citizens see a commitment in life, see part of it, do not see it."""

    yes: int
    partly: int
    no: int

    @property
    def n(self) -> int:
        """How many answered."""
        return self.yes + self.partly + self.no

    @property
    def shares(self) -> tuple[int, int, int] | None:
        """The shares in per cent, which make 100; None below twenty answers."""
        if self.n < LEAST_FOR_SHARES:
            return None
        yes, partly, no = shares_of((self.yes, self.partly, self.no))
        return yes, partly, no


def shares_of(counts: Sequence[int]) -> list[int]:
    """Return whole per cents that sum to 100: what rounding leaves goes to the largest remainders.

    Counts are not negative and not all 0; ties go to the earlier one.
    """
    total = sum(counts)
    shares = [count * 100 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: (-(counts[at] * 100 % total), at))
    for at in by_remainder[: 100 - sum(shares)]:
        shares[at] += 1
    return shares


def moved(before: str | None, after: str) -> dict[str, int]:
    """Return by how much each count moves when one citizen's answer becomes `after`."""
    if before == after:
        return {}
    return {after: 1} if before is None else {before: -1, after: 1}
