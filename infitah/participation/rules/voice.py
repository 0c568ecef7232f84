"""Supports and votes on statements: what counts, what may be said of the counts, in which order.

Source: the method of statement voting (agree, disagree or pass on short statements, results hidden
until closing, no percentages of few). Values in, values out: no clock, no database, no Django.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from infitah.kernel.dates import CASABLANCA
from infitah.participation.rules.answers import PERCENT_FROM
from infitah.participation.rules.ideas import ConsultationState, IdeaState

VOTES_PER_VISIT: Final = 12
"""How many statements a visit asks about, so that everybody can finish (programme.md 7.4)."""
SETTLING: Final = timedelta(minutes=2)
"""How long after closing the votes are counted into their hash: the last acts have ended then."""
SMOOTHING: Final = 2
"""Votes that the orders add to a statement's own, so that one vote alone never leads."""
SCALE: Final = 1_000_000


class Choice(IntEnum):
    """What somebody says of a statement."""

    AGREE = 1
    PASS = 0
    DISAGREE = -1


CHOICES: Final = {"agree": Choice.AGREE, "pass": Choice.PASS, "disagree": Choice.DISAGREE}
"""The words of a form for each choice."""


class Order(StrEnum):
    """The orders in which results are read."""

    AGREED = "agreed"
    DIVISIVE = "divisive"


class VoiceFault(StrEnum):
    """Why a vote or a support does not count."""

    NOT_OPEN = "not_open"
    CLOSED = "closed"
    NO_VOTES = "no_votes"
    NOT_SHOWN = "not_shown"
    OWN = "own"


def fault_of_vote(
    state: ConsultationState, *, takes_votes: bool, statement_state: str
) -> VoiceFault | None:
    """Return why a vote in a consultation of `state` does not count, or None.

    `statement_state` is that of the idea; a paragraph put to the public is always visible.
    """
    if state is ConsultationState.CLOSED:
        return VoiceFault.CLOSED
    if state is not ConsultationState.OPEN:
        return VoiceFault.NOT_OPEN
    if not takes_votes:
        return VoiceFault.NO_VOTES
    return None if statement_state == IdeaState.VISIBLE else VoiceFault.NOT_SHOWN


def fault_of_support(
    state: ConsultationState, *, statement_state: str, is_own: bool
) -> VoiceFault | None:
    """Return why a support does not count, or None; who gave an idea stands behind it already."""
    fault = fault_of_vote(state, takes_votes=True, statement_state=statement_state)
    return fault or (VoiceFault.OWN if is_own else None)


@dataclass(frozen=True, slots=True)
class Change:
    """How the counts of a statement move by one vote."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0


def change_of(before: Choice | None, after: Choice | None) -> Change:
    """Return how counts move when a vote goes from `before` to `after`; None is no vote."""

    def step(choice: Choice) -> int:
        return int(after == choice) - int(before == choice)

    return Change(
        agree=step(Choice.AGREE),
        disagree=step(Choice.DISAGREE),
        passed=step(Choice.PASS),
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """Whole percentages of votes, each rounded by itself: equal counts, equal percentages."""

    agree: int
    disagree: int
    passed: int

    @property
    def are_whole(self) -> bool:
        """Whether they add up to 100; where they do not, rounding is said."""
        return self.agree + self.disagree + self.passed == 100


def shares_of(agree: int, disagree: int, passed: int) -> Shares | None:
    """Return percentages of all votes, None below 20 votes: a few people are counted, not weighed.

    Each is rounded by itself, halves up, so that equal counts show equal percentages.
    """
    votes = agree + disagree + passed
    if votes < PERCENT_FROM:
        return None
    counts = (agree, disagree, passed)
    return Shares(*((2 * count * 100 + votes) // (2 * votes) for count in counts))


def order_value(order: Order, agree: int, disagree: int, passed: int) -> int:
    """Return by what a statement stands in `order`, in millionths; the greatest first.

    Most agreed: those who agree; most divisive: the smaller of the two camps; each divided by all
    votes and two more, so that few votes never lead.
    """
    counted = agree if order is Order.AGREED else min(agree, disagree)
    return counted * SCALE // (agree + disagree + passed + SMOOTHING)


def median_of(counts: Iterable[int]) -> int:
    """Return the middle of `counts`, the lower one of two; 0 of none."""
    ordered = sorted(counts)
    return ordered[(len(ordered) - 1) // 2] if ordered else 0


def day_before(now: datetime) -> date:
    """Return the last local day that has ended at `now` (Africa/Casablanca)."""
    return now.astimezone(CASABLANCA).date() - timedelta(days=1)


def set_digest(lines: Iterable[str]) -> str:
    """Return the SHA-256 of a set of lines, whatever order they come in."""
    digest = hashlib.sha256()
    for line in sorted(lines):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()
