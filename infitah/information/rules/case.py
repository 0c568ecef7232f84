"""Where a request stands: the fold of its acts, in three threads that do not block one another.

The answer (law 31-13, arts. 14 to 18), its publication, and the remedies (arts. 19 to 21).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from infitah.information.rules.acts import Act, ActKind, Outcome, Ruling


class Phase(StrEnum):
    """Where the answer stands. Silence is no phase: it follows from the clock."""

    RECEIVED = "received"
    OPEN = "open"
    DECIDED = "decided"
    READ = "read"
    DELIVERED = "delivered"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


class Remedy(StrEnum):
    """How far a complaint went."""

    NONE = "none"
    HEAD_OPEN = "head_open"
    HEAD_DECIDED = "head_decided"
    CDAI_OPEN = "cdai_open"
    CDAI_DECIDED = "cdai_decided"
    COURT_OPEN = "court_open"
    COURT_RULED = "court_ruled"


@dataclass(frozen=True, slots=True)
class Remedies:
    """The days on which each body was turned to and on which it spoke."""

    head_filed: date | None = None
    head_ruled: date | None = None
    cdai_filed: date | None = None
    cdai_ruled: date | None = None
    court_filed: date | None = None
    court_ruled: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A request as its acts tell it. Days are local days; None where it did not happen.

    `answered_on` is the day of the first answer: it stays when the case is opened again, and so
    does what the log has of it (`has_record`). `taken_back_on` is the day on which it was taken
    back, None once something of the case is published again. `round` counts the answers owed: 1,
    and one more each time it is opened again; `extended_in` is the one that was extended, else 0.
    """

    received_on: date
    is_urgent: bool
    phase: Phase = Phase.RECEIVED
    remedy: Remedy = Remedy.NONE
    extended_on: date | None = None
    asked_on: date | None = None
    consulted_on: date | None = None
    tasks: int = 0
    outcome: Outcome | None = None
    withholds: bool = False
    decided_on: date | None = None
    delivered_on: date | None = None
    answered_on: date | None = None
    published_on: date | None = None
    deferred_until: date | None = None
    has_record: bool = False
    taken_back_on: date | None = None
    remedies: Remedies = Remedies()
    ruling: Ruling | None = None
    reopened_on: date | None = None
    round: int = 1
    extended_in: int = 0

    @property
    def counts_from(self) -> date:
        """Day zero of the answer that is owed or stands: the receipt, else the last reopening."""
        return self.reopened_on or self.received_on

    @property
    def is_extended_now(self) -> bool:
        """Whether the one extension lengthens the answer that is owed or stands."""
        return self.extended_in == self.round

    @property
    def is_unanswered(self) -> bool:
        """Whether the office still owes its answer."""
        return self.phase in UNANSWERED

    @property
    def needs_second_reader(self) -> bool:
        """Whether what was decided waits for another reader, since something is withheld."""
        return self.phase is Phase.DECIDED and self.withholds


UNANSWERED = frozenset({Phase.RECEIVED, Phase.OPEN, Phase.DECIDED, Phase.READ})
ENDED = frozenset({Phase.WITHDRAWN, Phase.TRANSFERRED})
"""Nobody here owes an answer any more: no day of the law runs."""
IN_HAND = frozenset({Phase.RECEIVED, Phase.OPEN})
_K = ActKind


class NotNow(ValueError):
    """This act cannot happen to a request that stands so; `kind` is the act, `case` the request."""

    def __init__(self, kind: ActKind, case: Case | None) -> None:
        self.kind, self.case = kind, case
        stands = f"{case.phase.value}, {case.remedy.value}" if case else "not submitted"
        super().__init__(f"{kind.value} cannot happen to a request that is {stands}")


def may(case: Case, kind: ActKind) -> bool:
    """Return whether the acts so far leave room for one of `kind`.

    Days and reasons are the business of the guards beside the clocks: this is the order alone.
    """
    guard = GUARDS.get(kind)
    return guard is not None and guard(case)


def step(case: Case | None, act: Act) -> Case:
    """Return the request after one more act. Raises NotNow where the order does not allow it."""
    if case is None:
        if act.kind is not _K.SUBMITTED:
            raise NotNow(act.kind, None)
        return Case(received_on=act.on, is_urgent=act.flag("urgent"))
    if not may(case, act.kind):
        raise NotNow(act.kind, case)
    return CHANGES[act.kind](case, act)


def ended_on(acts: Iterable[Act]) -> date | None:
    """Return the day on which a request was withdrawn or passed on, None where it was not."""
    ends = {_K.WITHDRAWN, _K.TRANSFERRED}
    return next((act.on for act in acts if act.kind in ends), None)


def fold(acts: Iterable[Act]) -> Case:
    """Return where the request stands after all its acts. Raises NotNow; ValueError if none."""
    case: Case | None = None
    for act in acts:
        case = step(case, act)
    if case is None:
        raise ValueError("a request has at least the act by which it came in")
    return case


def _in_hand(case: Case) -> bool:
    return case.phase in IN_HAND


def _open(case: Case) -> bool:
    return case.phase is Phase.OPEN


GUARDS: Mapping[ActKind, Callable[[Case], bool]] = {
    _K.REGISTERED: lambda case: case.phase is Phase.RECEIVED,
    _K.URGENCY_REFUSED: lambda case: _in_hand(case) and case.is_urgent,
    _K.TRANSFERRED: _in_hand,
    _K.CLARIFICATION_ASKED: lambda case: _in_hand(case) and case.asked_on is None,
    _K.CLARIFIED: lambda case: _in_hand(case) and case.asked_on is not None,
    _K.TASKED: _in_hand,
    _K.TASK_ANSWERED: lambda case: case.tasks > 0,
    _K.TASK_CANCELLED: lambda case: case.tasks > 0,
    _K.THIRD_PARTY_CONSULTED: lambda case: _in_hand(case) and case.consulted_on is None,
    _K.THIRD_PARTY_ANSWERED: lambda case: case.consulted_on is not None,
    _K.EXTENDED: lambda case: _in_hand(case) and case.extended_on is None,
    _K.DECIDED: _open,
    _K.SECOND_READ: lambda case: case.phase is Phase.DECIDED,
    _K.SENT_BACK: lambda case: case.phase in {Phase.DECIDED, Phase.READ},
    _K.DELIVERED: lambda case: (
        case.phase is Phase.READ or (case.phase is Phase.DECIDED and not case.withholds)
    ),
    _K.PUBLISHED: lambda case: case.phase is Phase.DELIVERED and case.published_on is None,
    _K.DEFERRED: lambda case: case.phase is Phase.DELIVERED and case.published_on is None,
    _K.TAKEN_BACK: lambda case: case.has_record,
    _K.WITHDRAWN: _in_hand,
    _K.COMPLAINED_HEAD: lambda case: (
        case.remedy is Remedy.NONE and case.phase in UNANSWERED | {Phase.DELIVERED}
    ),
    _K.HEAD_DECIDED: lambda case: case.remedy is Remedy.HEAD_OPEN,
    _K.COMPLAINED_CDAI: lambda case: case.remedy in {Remedy.HEAD_OPEN, Remedy.HEAD_DECIDED},
    _K.CDAI_DECIDED: lambda case: case.remedy is Remedy.CDAI_OPEN,
    _K.COURT_SEIZED: lambda case: case.remedy in {Remedy.CDAI_OPEN, Remedy.CDAI_DECIDED},
    _K.COURT_RULED: lambda case: case.remedy is Remedy.COURT_OPEN,
    _K.REOPENED: lambda case: (
        case.phase is Phase.DELIVERED and case.ruling in {Ruling.UPHELD, Ruling.PARTLY}
    ),
}


def _decided(case: Case, act: Act) -> Case:
    return replace(
        case,
        phase=Phase.DECIDED,
        outcome=Outcome(act.text("outcome")),
        withholds=act.flag("withheld"),
        decided_on=act.on,
        asked_on=None,
    )


def _sent_back(case: Case, _act: Act) -> Case:
    return replace(case, phase=Phase.OPEN, outcome=None, withholds=False, decided_on=None)


def _complained(remedy: Remedy, day: str) -> Callable[[Case, Act], Case]:
    return lambda case, act: replace(
        case, remedy=remedy, ruling=None, remedies=replace(case.remedies, **{day: act.on})
    )


def _ruled(remedy: Remedy, day: str) -> Callable[[Case, Act], Case]:
    return lambda case, act: replace(
        case,
        remedy=remedy,
        ruling=Ruling(act.text("ruling")),
        remedies=replace(case.remedies, **{day: act.on}),
    )


def _reopened(case: Case, act: Act) -> Case:
    return replace(
        case,
        phase=Phase.OPEN,
        outcome=None,
        withholds=False,
        decided_on=None,
        delivered_on=None,
        published_on=None,
        deferred_until=None,
        taken_back_on=None,
        remedy=Remedy.NONE,
        remedies=Remedies(),
        ruling=None,
        reopened_on=act.on,
        round=case.round + 1,
    )


CHANGES: Mapping[ActKind, Callable[[Case, Act], Case]] = {
    _K.REGISTERED: lambda case, _act: replace(case, phase=Phase.OPEN),
    _K.URGENCY_REFUSED: lambda case, _act: replace(case, is_urgent=False),
    _K.TRANSFERRED: lambda case, _act: replace(case, phase=Phase.TRANSFERRED),
    _K.CLARIFICATION_ASKED: lambda case, act: replace(case, asked_on=act.on),
    _K.CLARIFIED: lambda case, _act: replace(case, asked_on=None),
    _K.TASKED: lambda case, _act: replace(case, tasks=case.tasks + 1),
    _K.TASK_ANSWERED: lambda case, _act: replace(case, tasks=case.tasks - 1),
    _K.TASK_CANCELLED: lambda case, _act: replace(case, tasks=case.tasks - 1),
    _K.THIRD_PARTY_CONSULTED: lambda case, act: replace(case, consulted_on=act.on),
    _K.THIRD_PARTY_ANSWERED: lambda case, _act: replace(case, consulted_on=None),
    _K.EXTENDED: lambda case, act: replace(case, extended_on=act.on, extended_in=case.round),
    _K.DECIDED: _decided,
    _K.SECOND_READ: lambda case, _act: replace(case, phase=Phase.READ),
    _K.SENT_BACK: _sent_back,
    _K.DELIVERED: lambda case, act: replace(
        case,
        phase=Phase.DELIVERED,
        delivered_on=act.on,
        answered_on=case.answered_on or act.on,
    ),
    _K.PUBLISHED: lambda case, act: replace(
        case, published_on=act.on, deferred_until=None, has_record=True, taken_back_on=None
    ),
    _K.DEFERRED: lambda case, act: replace(
        case,
        deferred_until=date.fromisoformat(act.text("until")),
        has_record=True,
        taken_back_on=None,
    ),
    _K.TAKEN_BACK: lambda case, act: replace(
        case, published_on=None, deferred_until=None, has_record=False, taken_back_on=act.on
    ),
    _K.WITHDRAWN: lambda case, _act: replace(case, phase=Phase.WITHDRAWN, asked_on=None),
    _K.COMPLAINED_HEAD: _complained(Remedy.HEAD_OPEN, "head_filed"),
    _K.HEAD_DECIDED: _ruled(Remedy.HEAD_DECIDED, "head_ruled"),
    _K.COMPLAINED_CDAI: _complained(Remedy.CDAI_OPEN, "cdai_filed"),
    _K.CDAI_DECIDED: _ruled(Remedy.CDAI_DECIDED, "cdai_ruled"),
    _K.COURT_SEIZED: _complained(Remedy.COURT_OPEN, "court_filed"),
    _K.COURT_RULED: _ruled(Remedy.COURT_RULED, "court_ruled"),
    _K.REOPENED: _reopened,
}
