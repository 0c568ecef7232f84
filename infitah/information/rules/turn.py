"""Who must act now, and what the office's next legal act is: exactly one answer for every state."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from infitah.information.rules.acts import ActKind
from infitah.information.rules.case import ENDED, Case, Phase, Remedy
from infitah.information.rules.clocks import Clock, ClockName


class Party(StrEnum):
    """Who a request waits for."""

    OFFICER = "officer"  # الشخص المكلف
    SECOND_READER = "second_reader"
    REQUESTER = "requester"  # طالب المعلومات
    HEAD = "head"  # رئيس المؤسسة
    CDAI = "cdai"
    COURT = "court"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is and by which day; None where no law sets one."""

    party: Party
    by: date | None = None


BODIES = {
    Remedy.HEAD_OPEN: (Party.HEAD, ClockName.HEAD_REPLY),
    Remedy.CDAI_OPEN: (Party.CDAI, ClockName.CDAI_REPLY),
}


def turn(case: Case, clocks: tuple[Clock, ...], today: date) -> Turn:
    """Return whose turn it is. `clocks` are those of `clocks(case, ...)` for the same day.

    A body whose days are over is waited for no longer: the next remedy is the requester's to use,
    and while an answer is owed it stays the officer's turn.
    """
    ends = {clock.name: clock.ends_on for clock in clocks}
    if case.phase in ENDED:
        return Turn(Party.NOBODY)
    if case.remedy is Remedy.COURT_OPEN:
        return Turn(Party.COURT)
    if case.remedy in BODIES:
        party, name = BODIES[case.remedy]
        running = next(clock for clock in clocks if clock.name is name)
        if not running.is_over(today):
            return Turn(party, ends[name])
    if case.is_unanswered:
        return _answering(case, ends[ClockName.REPLY])
    waits = case.deferred_until is None or case.deferred_until < today
    if case.published_on is None and case.taken_back_on is None and waits:
        return Turn(Party.OFFICER)
    return Turn(Party.NOBODY)


def _answering(case: Case, by: date) -> Turn:
    if case.asked_on is not None:
        return Turn(Party.REQUESTER, by)
    if case.needs_second_reader:
        return Turn(Party.SECOND_READER, by)
    return Turn(Party.OFFICER, by)


NEXT: dict[Phase, ActKind] = {
    Phase.RECEIVED: ActKind.REGISTERED,
    Phase.OPEN: ActKind.DECIDED,
    Phase.DECIDED: ActKind.DELIVERED,
    Phase.READ: ActKind.DELIVERED,
    Phase.DELIVERED: ActKind.PUBLISHED,
}


def next_act(case: Case) -> ActKind | None:
    """Return the one act that the desk's card puts forward, or None when nothing is left to do."""
    if case.needs_second_reader:
        return ActKind.SECOND_READ
    is_settled = case.published_on is not None or case.taken_back_on is not None
    if case.phase is Phase.DELIVERED and is_settled:
        return None
    return NEXT.get(case.phase)
