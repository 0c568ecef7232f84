"""Moderation cases: reported, decided, appealed once at most, closed; and the service clock.

Source: programme.md 6 and 9: 24 hours from the report and again from the appeal, one appeal.
No law sets these numbers; they are this service's own. No clock, no database, no Django.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from infitah.participation.rules.answers import quantile

SERVICE_CLOCK: Final = timedelta(hours=24)
"""Within how long a report, and again an appeal, is decided; ours, no law sets it."""
APPEAL_WITHIN: Final = timedelta(days=30)
"""How long an author may appeal after a text was hidden; ours, no law sets it."""
APPEAL_MAX: Final = 600
APPEAL_MIN: Final = 10


class CaseState(StrEnum):
    """Where a case stands."""

    REPORTED = "reported"
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"


class CaseAct(StrEnum):
    """What moves a case on."""

    KEEP = "keep"
    HIDE = "hide"
    REOPEN = "reopen"  # a decision is undone by who decided, before anybody appealed
    APPEAL = "appeal"
    UPHOLD = "uphold"
    REVERSE = "reverse"
    RESTORE = "restore"  # shown again without an appeal
    LAPSE = "lapse"  # the days for an appeal are over
    WITHDRAW = "withdraw"  # the author took the text back: nothing is left to decide


class CaseOutcome(StrEnum):
    """How a case was decided."""

    NONE = ""
    KEPT = "kept"
    HIDDEN = "hidden"
    UPHELD = "upheld"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Standing:
    """State and outcome of a case together: what decides which acts are allowed."""

    state: CaseState
    outcome: CaseOutcome


_REPORTED: Final = Standing(CaseState.REPORTED, CaseOutcome.NONE)
_KEPT: Final = Standing(CaseState.DECIDED, CaseOutcome.KEPT)
_HIDDEN: Final = Standing(CaseState.DECIDED, CaseOutcome.HIDDEN)
_APPEALED: Final = Standing(CaseState.APPEALED, CaseOutcome.HIDDEN)


def _closed(outcome: CaseOutcome) -> Standing:
    return Standing(CaseState.CLOSED, outcome)


TRANSITIONS: Final[Mapping[tuple[Standing, CaseAct], Standing]] = {
    (_REPORTED, CaseAct.KEEP): _KEPT,
    (_REPORTED, CaseAct.HIDE): _HIDDEN,
    (_REPORTED, CaseAct.WITHDRAW): _closed(CaseOutcome.NONE),
    (_KEPT, CaseAct.REOPEN): _REPORTED,
    (_KEPT, CaseAct.LAPSE): _closed(CaseOutcome.KEPT),
    (_KEPT, CaseAct.WITHDRAW): _closed(CaseOutcome.KEPT),
    (_HIDDEN, CaseAct.REOPEN): _REPORTED,
    (_HIDDEN, CaseAct.APPEAL): _APPEALED,
    (_HIDDEN, CaseAct.RESTORE): _closed(CaseOutcome.KEPT),
    (_HIDDEN, CaseAct.LAPSE): _closed(CaseOutcome.HIDDEN),
    (_HIDDEN, CaseAct.WITHDRAW): _closed(CaseOutcome.HIDDEN),
    (_APPEALED, CaseAct.UPHOLD): _closed(CaseOutcome.UPHELD),
    (_APPEALED, CaseAct.REVERSE): _closed(CaseOutcome.REVERSED),
    (_APPEALED, CaseAct.WITHDRAW): _closed(CaseOutcome.HIDDEN),
    # After the days for an appeal an officer may still show a text again by their own will.
    (_closed(CaseOutcome.HIDDEN), CaseAct.RESTORE): _closed(CaseOutcome.KEPT),
    (_closed(CaseOutcome.UPHELD), CaseAct.RESTORE): _closed(CaseOutcome.UPHELD),
}


def case_after(state: str, outcome: str, act: CaseAct) -> Standing | None:
    """Return where `act` leads a case, or None where it may not be done."""
    return TRANSITIONS.get((Standing(CaseState(state), CaseOutcome(outcome)), act))


def due_at(since: datetime) -> datetime:
    """Return until when what was reported, or appealed, at `since` is decided."""
    return since + SERVICE_CLOCK


class AppealFault(StrEnum):
    """Why an appeal cannot be taken."""

    NOT_HIDDEN = "not_hidden"
    TWICE = "twice"
    LATE = "late"


def fault_of_appeal(
    *, state: str, outcome: str, appealed_at: datetime | None, decided_at: datetime, now: datetime
) -> AppealFault | None:
    """Return why an author may not appeal at `now`, or None; the thirtieth day still counts."""
    if appealed_at is not None:
        return AppealFault.TWICE
    if state == CaseState.CLOSED and outcome == CaseOutcome.HIDDEN:
        return AppealFault.LATE
    if case_after(state, outcome, CaseAct.APPEAL) is None:
        return AppealFault.NOT_HIDDEN
    return AppealFault.LATE if now > decided_at + APPEAL_WITHIN else None


def may_decide_appeal(officer: str, *, hidden_by: str, moderators: Collection[str]) -> bool:
    """Return whether `officer` may decide: another than who hid it, where there is another."""
    return officer != hidden_by or not (set(moderators) - {hidden_by})


@dataclass(frozen=True, slots=True)
class Waited:
    """How long a case waited for its first decision; `decided_at` is None while it waits."""

    opened_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The service clock in figures: hours until half, and nine in ten, were decided.

    `whole` counts cases that are decided or whose 24 hours are over; `in_time` those of them that
    were decided within 24 hours. Hours are begun ones; None where nothing is decided.
    """

    median: int | None
    p90: int | None
    in_time: int
    whole: int


def punctuality(cases: Sequence[Waited], now: datetime) -> Punctuality:
    """Return the figures of cases that waited; one found and decided at once waited for nobody."""
    hour = timedelta(hours=1)
    counts: dict[int, int] = {}
    in_time = overdue = 0
    for case in cases:
        if case.decided_at is None:
            overdue += now > due_at(case.opened_at)
        elif case.decided_at > case.opened_at:
            waited = case.decided_at - case.opened_at
            hours = -(-waited // hour)
            counts[hours] = counts.get(hours, 0) + 1
            in_time += waited <= SERVICE_CLOCK
    decided = sum(counts.values())
    return Punctuality(quantile(counts, 0.5), quantile(counts, 0.9), in_time, decided + overdue)
