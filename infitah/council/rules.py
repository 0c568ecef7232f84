"""The life of a deliberation, and the clocks around it, as pure functions.

Source: organic law 112-14 and its like (113-14:115 to 118, 273); every number comes from the
rule set in force and most are still to be verified.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from infitah.kernel.calendar import Period, WorkingCalendar


class SessionKind(StrEnum):
    """What sort of session a council holds."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


ORDINARY_MONTHS: Mapping[str, tuple[int, ...]] = {
    "province": (1, 6, 9),  # 112-14 (to be verified)
    "commune": (2, 5, 10),  # 113-14:33 (to be verified)
    "region": (3, 7, 10),  # 111-14 (to be verified)
}
"""In which months a council of this kind holds its ordinary sessions."""
CALLED_AHEAD = timedelta(days=60)
STEP = timedelta(days=10)


def is_out_of_season(kind: str, community_kind: str, convened_on: date) -> bool:
    """Return whether an ordinary session, called on this day, can hardly lie in its month.

    A session begins within two months of its convocation. Nothing forbids it: it is worth a word.
    """
    months = ORDINARY_MONTHS.get(community_kind, ())
    days = [convened_on + STEP * count for count in range(CALLED_AHEAD // STEP + 1)]
    is_ordinary = kind == SessionKind.ORDINARY and bool(months)
    return is_ordinary and not any(day.month in months for day in days)


class CalledBy(StrEnum):
    """On whose initiative a session is held."""

    LAW = "law"
    PRESIDENT = "president"
    MEMBERS = "members"
    GOVERNOR = "governor"


def has_caller(kind: str) -> bool:
    """Return whether somebody asks for a session of this kind (113-14:36, 37 and its like).

    The law itself sets the ordinary sessions (113-14:33): nobody asks for them.
    """
    return kind == SessionKind.EXTRAORDINARY


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
    REFERRED = "referred"
    ANNULLED = "annulled"


class Contest(StrEnum):
    """An act by which a deliberation is contested, or the contest goes on; 113-14:117 (weak)."""

    OBJECT = "object"
    EXAMINE = "examine"
    REFER = "refer"
    RULE = "rule"


class Examination(StrEnum):
    """What the council decides on a text to which the governor objected."""

    KEPT = "kept"
    GIVEN_UP = "given_up"


class Ruling(StrEnum):
    """What the administrative court rules on a deliberation."""

    ANNULLED = "annulled"
    DISMISSED = "dismissed"


STEPS: Mapping[State, frozenset[State]] = {
    State.ADOPTED: frozenset({State.SENT}),
    State.SENT: frozenset({State.OBJECTED, State.VISA_PENDING, State.EXECUTORY, State.REFERRED}),
    State.OBJECTED: frozenset({State.SENT, State.ANNULLED}),
    State.VISA_PENDING: frozenset({State.VISAED, State.OBJECTED, State.REFERRED}),
    State.REFERRED: frozenset({State.SENT, State.ANNULLED}),
    State.VISAED: frozenset({State.EXECUTORY}),
    State.EXECUTORY: frozenset({State.EXECUTING, State.EXECUTED, State.ANNULLED}),
    State.EXECUTING: frozenset({State.EXECUTED, State.ANNULLED}),
    State.EXECUTED: frozenset(),
    State.ANNULLED: frozenset(),
}

# Acts that the law makes wait for a visa; the list is data of the day, this is its seed.
BINDING = frozenset({State.VISAED, State.EXECUTORY, State.EXECUTING, State.EXECUTED})
STOPPED = frozenset({State.OBJECTED, State.REFERRED, State.ANNULLED})
"""States in which a text is not carried out, for a while or for good."""
WAITING = frozenset({State.SENT, State.VISA_PENDING})
"""States in which a text was sent and waits for the governor."""


def may_become(state: State, after: State) -> bool:
    """Return whether a deliberation in `state` may step to `after`."""
    return after in STEPS[state]


def after_sending(*, is_visa_required: bool) -> State:
    """Return the state once a copy has reached the governor: he owes a visa, or may object."""
    return State.VISA_PENDING if is_visa_required else State.SENT


def is_binding(state: State) -> bool:
    """Return whether the text may be carried out."""
    return state in BINDING


def contest_at_hand(state: State, *, is_objected: bool, is_ruled: bool) -> Contest | None:
    """Return by which act a deliberation may be contested now, or how the contest goes on.

    The governor objects once; what the council kept he may bring before the court, once.
    """
    if state == State.OBJECTED:
        return Contest.EXAMINE
    if state == State.REFERRED:
        return Contest.RULE
    if state not in WAITING or is_ruled:
        return None
    return Contest.REFER if is_objected else Contest.OBJECT


def objection_until(sent_on: date, *, days: int, calendar: WorkingCalendar) -> date:
    """Return the last day on which an objection is in time: `days` working days from `sent_on`."""
    return calendar.end_of(Period(days, "working", article="113-14:117"), sent_on)


def silent_visa_on(received_on: date, *, days: int) -> date:
    """Return the first day on which silence counts as a visa: `days` calendar days have passed."""
    return received_on + timedelta(days=days + 1)
