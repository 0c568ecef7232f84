"""The life of a deliberation, and the clocks around it, as pure functions.

Source: organic law 112-14 and its like (113-14:115 to 118, 273); every number comes from the
rule set in force and most are still to be verified.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum


class SessionKind(StrEnum):
    """What sort of session a council holds."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class CalledBy(StrEnum):
    """On whose initiative a session is held."""

    LAW = "law"
    PRESIDENT = "president"
    MEMBERS = "members"
    GOVERNOR = "governor"


class State(StrEnum):
    """Where a deliberation stands."""

    ADOPTED = "adopted"
    SENT = "sent"
    OBJECTED = "objected"
    VISA_PENDING = "visa_pending"
    VISAED = "visaed"
    EXECUTORY = "executory"
    EXECUTING = "executing"
    EXECUTED = "executed"
    ANNULLED = "annulled"


STEPS: Mapping[State, frozenset[State]] = {
    State.ADOPTED: frozenset({State.SENT}),
    State.SENT: frozenset({State.OBJECTED, State.VISA_PENDING, State.EXECUTORY}),
    State.OBJECTED: frozenset({State.SENT, State.ANNULLED}),
    State.VISA_PENDING: frozenset({State.VISAED, State.OBJECTED}),
    State.VISAED: frozenset({State.EXECUTORY}),
    State.EXECUTORY: frozenset({State.EXECUTING, State.EXECUTED, State.ANNULLED}),
    State.EXECUTING: frozenset({State.EXECUTED, State.ANNULLED}),
    State.EXECUTED: frozenset(),
    State.ANNULLED: frozenset(),
}

# Acts that the law makes wait for a visa; the list is data of the day, this is its seed.
BINDING = frozenset({State.VISAED, State.EXECUTORY, State.EXECUTING, State.EXECUTED})


def may_become(state: State, after: State) -> bool:
    """Return whether a deliberation in `state` may step to `after`."""
    return after in STEPS[state]


def after_sending(*, is_visa_required: bool) -> State:
    """Return the state once a copy has reached the governor: he owes a visa, or may object."""
    return State.VISA_PENDING if is_visa_required else State.SENT


def is_binding(state: State) -> bool:
    """Return whether the text may be carried out."""
    return state in BINDING


def silent_visa_on(received_on: date, *, days: int) -> date:
    """Return the first day on which silence counts as a visa: `days` calendar days have passed."""
    return received_on + timedelta(days=days + 1)
