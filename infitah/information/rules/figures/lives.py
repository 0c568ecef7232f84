"""Under which figures a request counts: read off its days and acts, never typed.

Law 31-13, arts. 16 to 22. This is the meaning of every count; the database counts the same rows by
conditions of its own, and a test compares the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from infitah.information.rules.acts import ActKind, Outcome, Ruling
from infitah.information.rules.case import Phase
from infitah.information.rules.grounds import EXCEPTIONS, ExtensionGround, RefusalGround

PUBLISHED_WITHIN: Final = timedelta(days=5)
"""Days from the delivery of an answer to its publication; a goal of this service, no law."""


class Fate(StrEnum):
    """What came of a request by a day; each request has exactly one."""

    ANSWERED = "answered"
    SILENT = "silent"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"


class Level(StrEnum):
    """To whom a complaint went."""

    HEAD = "head"
    CDAI = "cdai"
    COURT = "court"


FILED: Final[Mapping[ActKind, Level]] = {
    ActKind.COMPLAINED_HEAD: Level.HEAD,
    ActKind.COMPLAINED_CDAI: Level.CDAI,
    ActKind.COURT_SEIZED: Level.COURT,
}
RULED: Final[Mapping[ActKind, Level]] = {
    ActKind.HEAD_DECIDED: Level.HEAD,
    ActKind.CDAI_DECIDED: Level.CDAI,
    ActKind.COURT_RULED: Level.COURT,
}


@dataclass(frozen=True, slots=True)
class Band:
    """A span of working days, both ends included; `most` is None at the open end."""

    code: str
    least: int
    most: int | None

    def holds(self, days: int) -> bool:
        """Return whether so many working days lie in it."""
        return days >= self.least and (self.most is None or days <= self.most)


BANDS: Final = (
    Band("days-0-5", 0, 5),
    Band("days-6-10", 6, 10),
    Band("days-11-20", 11, 20),
    Band("days-21-40", 21, 40),
    Band("days-over-40", 41, None),
)


def code_of(family: str, value: str) -> str:
    """Return the code of one member of a family: ("ground", "R1") gives "ground-r1"."""
    return f"{family}-{value.lower().replace('_', '-')}"


GIVEN: Final = frozenset({Outcome.FULL, Outcome.PARTIAL})
"""Outcomes by which at least a part of what was asked is given."""

OUTCOME_CODES: Final = {code_of("outcome", one): one for one in Outcome}
GROUND_CODES: Final = {code_of("ground", one): one.value for one in RefusalGround}
EXCEPTION_CODES: Final = {code_of("exception", one): one for one in EXCEPTIONS}
EXTENSION_CODES: Final = {code_of("extended", one): one for one in ExtensionGround}
RULING_CODES: Final = {
    f"complaint-{level}-{ruling}": (level, ruling) for level in Level for ruling in Ruling
}
"""Codes of the families whose members the law or the acts list."""


@dataclass(frozen=True, slots=True)
class Life:
    """A request as figures read it: its days and what came of it; nothing of who asks, or what.

    `outcome`, `grounds` and `delivered_on` are those of the answer that stands: empty once a case
    was opened again. `answered_on` and `working_days` are those of the first answer.
    """

    channel: str
    received_on: date
    phase: Phase
    silent_from: date | None = None
    asked_urgent: bool = False
    is_urgent: bool = False
    is_extended: bool = False
    extension: str = ""
    outcome: str = ""
    grounds: frozenset[str] = frozenset()
    answered_on: date | None = None
    working_days: int | None = None
    delivered_on: date | None = None
    published_on: date | None = None
    rulings: Mapping[Level, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def fate(self, today: date) -> Fate:
        """Return what came of it by `today`; a first answer stays one, whatever follows."""
        if self.answered_on is not None:
            return Fate.ANSWERED
        if self.phase in {Phase.WITHDRAWN, Phase.TRANSFERRED}:
            return Fate(self.phase.value)
        return Fate.SILENT if self.is_past(today) else Fate.WAITING

    def is_past(self, today: date) -> bool:
        """Return whether the last day of its answer is over."""
        return self.silent_from is not None and self.silent_from <= today

    @property
    def is_late(self) -> bool:
        """Whether its first answer came after the last day."""
        days = (self.answered_on, self.silent_from)
        return days[0] is not None and days[1] is not None and days[0] >= days[1]


def codes_of(life: Life, today: date) -> frozenset[str]:
    """Return the codes of all counts in which a request stands on a day."""
    found = {"received", f"channel-{life.channel}", life.fate(today).value}
    found |= {*_timely(life, today), *_urgency(life), *_complaints(life)}
    if life.is_extended:
        found |= {"extended", code_of("extended", life.extension)}
    if life.fate(today) is Fate.ANSWERED:
        found |= {*_answer(life), *_publication(life, today)}
    return frozenset(found)


def _timely(life: Life, today: date) -> Iterator[str]:
    if life.fate(today) not in {Fate.ANSWERED, Fate.SILENT} or not life.is_past(today):
        return
    yield "due"
    if life.answered_on is not None:
        yield "late" if life.is_late else "in-time"


def _urgency(life: Life) -> Iterator[str]:
    if life.asked_urgent:
        yield "urgent"
        yield "urgent-accepted" if life.is_urgent else "urgent-refused"


def _answer(life: Life) -> Iterator[str]:
    days = life.working_days
    yield from (band.code for band in BANDS if days is not None and band.holds(days))
    if life.phase is not Phase.DELIVERED:
        yield "reopened"
        return
    yield code_of("outcome", life.outcome)
    if life.outcome in GIVEN:
        yield "given"
    for code in life.grounds:
        yield code_of("exception" if code in EXCEPTIONS else "ground", code)


def _publication(life: Life, today: date) -> Iterator[str]:
    if life.phase is not Phase.DELIVERED or life.delivered_on is None:
        return
    if life.published_on is not None:
        yield "published"
    last = life.delivered_on + PUBLISHED_WITHIN
    if last < today:
        yield "to-publish"
        if life.published_on is not None and life.published_on <= last:
            yield "published-5"


def _complaints(life: Life) -> Iterator[str]:
    for level, rulings in life.rulings.items():
        yield f"complaint-{level}"
        yield from (f"complaint-{level}-{ruling}" for ruling in rulings)
        if not rulings:
            yield f"complaint-{level}-open"
