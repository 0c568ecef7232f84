"""The owner's monthly word: when it is asked, what its link is worth, what a word needs.

Source: programme.md 5 (step 13), decisions G34. Dates and instants in, states out: no clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from infitah.kernel.calendar import WorkingCalendar
from infitah.kernel.dates import local_day
from infitah.programme.rules.states import CommitmentState

NOTE_MAX = 600
LINK_LIFE = timedelta(days=35)
"""A month and the days until the next one is asked; a newer link ends it earlier."""

HISTORY = timedelta(days=7)

ASKED_STATES = frozenset(
    {
        CommitmentState.ADOPTED,
        CommitmentState.AMENDED,
        CommitmentState.RUNNING,
        CommitmentState.CLAIMED,
    }
)
"""Commitments that are being carried out: what is confirmed or ended is asked no more."""


class Standing(StrEnum):
    """What the owner says of a commitment this month."""

    ON_TIME = "on_time"
    LATE = "late"
    BLOCKED = "blocked"
    DONE = "done"


EXPLAINING = frozenset({Standing.LATE, Standing.BLOCKED})
"""Standings whose note says what stands in the way."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word on a commitment: on what day, of which milestone, empty for the whole of it."""

    on: date
    standing: str
    milestone: str
    note: str
    language: str


def reason_among(words: Sequence[Spoken], milestone: str) -> Spoken | None:
    """Return the word that says why a milestone is late, or None; `words` in order of time.

    The newest one that names it; else the last of all, where that speaks of the whole commitment.
    """
    told = [one for one in words if one.standing in EXPLAINING and one.note]
    named = [one for one in told if one.milestone == milestone]
    if named:
        return named[-1]
    whole = [one for one in words if not one.milestone][-1:]
    return whole[0] if whole and whole[0] in told else None


class WordFault(StrEnum):
    """What a word lacks."""

    NOTE_MISSING = "note_missing"
    NOTE_LONG = "note_long"
    MILESTONE_MISSING = "milestone_missing"
    EVIDENCE_MISSING = "evidence_missing"


class LinkState(StrEnum):
    """What the link of a mail is worth on the device that opens it."""

    READY = "ready"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    FORWARDED = "forwarded"
    FORGED = "forged"


def is_history(on: date, today: date) -> bool:
    """Return whether what happened on `on` is entered afterwards: then nobody is told by mail."""
    return today - on > HISTORY


def month_of(day: date) -> date:
    """Return the first day of the month of `day`: the name of the month that is asked about."""
    return day.replace(day=1)


def first_asked_on(day: date, calendar: WorkingCalendar) -> date:
    """Return the first working day of the month of `day`: from it on the owners are asked."""
    return calendar.next_working_day(month_of(day))


def is_asked(day: date, calendar: WorkingCalendar) -> bool:
    """Return whether this month's word is due to be asked; from then on, not in a window only."""
    return day >= first_asked_on(day, calendar)


def state_of_link(
    *,
    used_at: datetime | None,
    revoked_at: datetime | None,
    expires_at: datetime,
    opened_by: str,
    device: str,
    now: datetime,
) -> LinkState:
    """Return what a link that we sent is worth to `device` (a digest, empty where none is known).

    A link taken up on one device is not used from another one: it was forwarded. What was used
    says so before anything else.
    """
    if used_at is not None:
        return LinkState.USED
    if revoked_at is not None:
        return LinkState.REVOKED
    if now >= expires_at:
        return LinkState.EXPIRED
    if opened_by and opened_by != device:
        return LinkState.FORWARDED
    return LinkState.READY


def may_correct_word(
    *, used_at: datetime | None, opened_by: str, device: str, now: datetime
) -> bool:
    """Return whether what was said by a link may still be corrected by it.

    On the same device (a digest), until the end of the day on which it was said.
    """
    if used_at is None or not opened_by or opened_by != device:
        return False
    return local_day(used_at) == local_day(now)


def fault_of_word(
    standing: Standing, *, note: str, has_milestone: bool, has_evidence: bool
) -> WordFault | None:
    """Return what a word lacks first, or None: blocked work says why, done work shows evidence."""
    if len(note) > NOTE_MAX:
        return WordFault.NOTE_LONG
    if standing == Standing.BLOCKED and not note:
        return WordFault.NOTE_MISSING
    if standing == Standing.DONE and not has_milestone:
        return WordFault.MILESTONE_MISSING
    if standing == Standing.DONE and not has_evidence:
        return WordFault.EVIDENCE_MISSING
    return None


def are_same_person(claimer: frozenset[str], judge: frozenset[str]) -> bool:
    """Return whether two actors are one person: they share an account, an address or a person.

    Each is a set of marks such as `account:owner`, `mail:<digest>`, `person:12` (programme.md 9).
    """
    return bool(claimer & judge)
