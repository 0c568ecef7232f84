"""States and allowed steps of a commitment and of a milestone (national method, steps 5 to 10)."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum


class CycleState(StrEnum):
    """What was decided about a cycle; whether it runs or has ended follows from its dates."""

    PREPARING = "preparing"
    ADOPTED = "adopted"
    ASSESSED = "assessed"


class Phase(StrEnum):
    """Where a cycle stands on a day."""

    PREPARING = "preparing"
    ADOPTED = "adopted"
    RUNNING = "running"
    ENDED = "ended"
    ASSESSED = "assessed"


OVER = frozenset({Phase.ENDED, Phase.ASSESSED})


class CommitmentState(StrEnum):
    """Where a commitment stands; `late` is not a state, it follows from dates."""

    DRAFTED = "drafted"
    LINTED = "linted"
    REFERRED = "referred"
    CONSULTED = "consulted"
    VALIDATED = "validated"
    ADOPTED = "adopted"
    AMENDED = "amended"
    REJECTED = "rejected"
    RUNNING = "running"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    ASSESSED = "assessed"
    CARRIED_OVER = "carried_over"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class MilestoneState(StrEnum):
    """Where a milestone stands; done means verified by a second person, nothing less."""

    PLANNED = "planned"
    STARTED = "started"
    BLOCKED = "blocked"
    CLAIMED = "claimed"
    RETURNED = "returned"
    VERIFIED = "verified"


_C = CommitmentState
COMMITMENT_STEPS: Mapping[_C, frozenset[_C]] = {
    _C.DRAFTED: frozenset({_C.LINTED, _C.REFERRED, _C.CONSULTED, _C.VALIDATED, _C.REJECTED}),
    _C.LINTED: frozenset({_C.REFERRED, _C.CONSULTED, _C.VALIDATED, _C.REJECTED}),
    _C.REFERRED: frozenset({_C.CONSULTED, _C.VALIDATED, _C.REJECTED}),
    _C.CONSULTED: frozenset({_C.VALIDATED, _C.REJECTED}),
    _C.VALIDATED: frozenset({_C.ADOPTED, _C.AMENDED, _C.REJECTED}),
    _C.ADOPTED: frozenset({_C.RUNNING, _C.WITHDRAWN}),
    _C.AMENDED: frozenset({_C.RUNNING, _C.WITHDRAWN}),
    _C.REJECTED: frozenset(),
    _C.RUNNING: frozenset({_C.CLAIMED, _C.VERIFIED, _C.ASSESSED, _C.WITHDRAWN}),
    _C.CLAIMED: frozenset({_C.VERIFIED, _C.RUNNING}),
    _C.VERIFIED: frozenset({_C.ASSESSED}),
    _C.ASSESSED: frozenset({_C.CARRIED_OVER, _C.CLOSED}),
    _C.CARRIED_OVER: frozenset(),
    _C.WITHDRAWN: frozenset(),
    _C.CLOSED: frozenset(),
}
ENDED_STATES = frozenset(state for state, steps in COMMITMENT_STEPS.items() if not steps)
"""No step leads on from these: not kept, withdrawn, carried over, closed."""
ADOPTED_STATES = frozenset(_C) - frozenset(
    {_C.DRAFTED, _C.LINTED, _C.REFERRED, _C.CONSULTED, _C.VALIDATED, _C.REJECTED}
)
# What the council took back is not late any more; what it promised stays counted as promised.
DUE_STATES = ADOPTED_STATES - {_C.WITHDRAWN}
RETURNING_STATES = frozenset({_C.ADOPTED, _C.AMENDED, _C.RUNNING, _C.CLAIMED, _C.VERIFIED})
"""What goes before the council again where the deliberation that adopted it was annulled; what
was taken back, assessed or carried over stays as it is."""

PRIVATE_STATES = frozenset({_C.DRAFTED})
"""Before its check is published a draft is the office's own paper: nobody else reads it."""
DRAFT_STATES = frozenset({_C.DRAFTED, _C.LINTED, _C.REFERRED, _C.CONSULTED})
BEFORE_COUNCIL = DRAFT_STATES | {_C.VALIDATED, _C.REJECTED}
"""What a programme is made of before the council has adopted it."""

_M = MilestoneState
MILESTONE_STEPS: Mapping[_M, frozenset[_M]] = {
    _M.PLANNED: frozenset({_M.STARTED}),
    _M.STARTED: frozenset({_M.BLOCKED, _M.CLAIMED}),
    _M.BLOCKED: frozenset({_M.STARTED}),
    _M.CLAIMED: frozenset({_M.VERIFIED, _M.RETURNED}),
    _M.RETURNED: frozenset({_M.STARTED, _M.CLAIMED}),
    _M.VERIFIED: frozenset(),
}
REASON_NEEDED = frozenset({_M.BLOCKED, _M.RETURNED})


def commitment_may_become(state: CommitmentState, after: CommitmentState) -> bool:
    """Return whether a commitment in `state` may step to `after`."""
    return after in COMMITMENT_STEPS[state]


def milestone_may_become(state: MilestoneState, after: MilestoneState) -> bool:
    """Return whether a milestone in `state` may step to `after`."""
    return after in MILESTONE_STEPS[state]


def steps_to_report(state: MilestoneState) -> tuple[str, ...]:
    """Return what its owner may still report of a milestone, by the names of the desk's form.

    Nothing once it is said to be done: a second person has the word.
    """
    if state in {_M.CLAIMED, _M.VERIFIED}:
        return ()
    steps = (("start", _M.STARTED), ("block", _M.BLOCKED))
    return (*(name for name, after in steps if milestone_may_become(state, after)), "put_off")


def phase(state: CycleState, starts_on: date, ends_on: date, today: date) -> Phase:
    """Return where a cycle stands today; `ends_on` is its last day."""
    if state != CycleState.ADOPTED:
        return Phase(state.value)
    if today < starts_on:
        return Phase.ADOPTED
    return Phase.RUNNING if today <= ends_on else Phase.ENDED


def state_after(state: CommitmentState, milestones: Iterable[MilestoneState]) -> CommitmentState:
    """Return the state of a commitment in execution once its milestones stand as given.

    Verified only when each milestone is; claimed when the others wait for the second person.
    Outside execution the state is not touched.
    """
    if state not in {_C.ADOPTED, _C.AMENDED, _C.RUNNING, _C.CLAIMED}:
        return state
    states = set(milestones)
    if states == {_M.VERIFIED}:
        return _C.VERIFIED
    if states and states <= {_M.VERIFIED, _M.CLAIMED}:
        return _C.CLAIMED
    return state if states <= {_M.PLANNED} else _C.RUNNING
