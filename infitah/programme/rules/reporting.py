"""What an annual report says of a day: states as they stood then, counts, what changed.

A report is made from records and frozen; what happened after its day is not in it. Pure
functions over facts: no clock, no database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from infitah.programme.rules import progress
from infitah.programme.rules.states import MilestoneState

FORMAT: Final = "infitah-report/1"
LEAST_SHOWN: Final = 5
"""Ratings of fewer citizens than this are not told by answer: small numbers are masked."""


@dataclass(frozen=True, slots=True)
class Change:
    """A recorded change of a milestone's state."""

    on: date
    after: MilestoneState


def state_on(changes: Iterable[Change], day: date) -> MilestoneState:
    """Return the state of a milestone at the end of `day`: that of its last change until then.

    Changes stand in the order in which they were recorded; before the first it is planned.
    """
    state = MilestoneState.PLANNED
    for change in changes:
        if change.on <= day:
            state = change.after
    return state


@dataclass(frozen=True, slots=True)
class Told:
    """A milestone as a report tells it: its state on the day, and by how many days it was late."""

    state: MilestoneState
    weight: int
    announced_end: date
    done_on: date | None

    def step(self) -> progress.Step:
        """Return what the rules of progress need."""
        return progress.Step(self.state, self.weight, self.announced_end, self.done_on)


@dataclass(frozen=True, slots=True)
class Counts:
    """Milestones of a report by what may be said of them; each is counted once."""

    confirmed: int
    claimed: int
    late: int
    under_way: int
    to_come: int

    @property
    def total(self) -> int:
        """How many there are."""
        return self.confirmed + self.claimed + self.late + self.under_way + self.to_come

    def as_json(self) -> dict[str, int]:
        """Return the counts by name, with their sum."""
        return {
            "confirmed": self.confirmed,
            "claimed": self.claimed,
            "late": self.late,
            "under_way": self.under_way,
            "to_come": self.to_come,
            "total": self.total,
        }


_PLACES: Final[Mapping[str, str]] = {
    "done": "confirmed",
    "claimed": "claimed",
    "late": "late",
    "under_way": "under_way",
    "to_come": "to_come",
}


def counts(milestones: Iterable[Told], day: date) -> Counts:
    """Return how many milestones are confirmed, claimed, late, under way, to come on `day`."""
    found = dict.fromkeys(_PLACES.values(), 0)
    for one in milestones:
        found[_PLACES[progress.knot_of(one.step(), day).value]] += 1
    return Counts(**found)


def masked(answers: Mapping[str, int]) -> dict[str, int] | None:
    """Return the answers of citizens, or None where they are so few that one could be guessed."""
    n = sum(answers.values())
    return dict(answers) if n >= LEAST_SHOWN else None


def changed_since(before: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return what changed between two reports: reference, state before (or empty), state now."""
    return [
        (reference, before.get(reference, ""), state)
        for reference, state in sorted(now.items())
        if before.get(reference, "") != state
    ]


def last_year(ends_on: date, changed_on: Iterable[date], today: date, *, is_open: bool) -> int:
    """Return the last year of which a report may be made: a cycle is reported until all is done.

    That of its end or of the last change of a milestone, whichever is later; while a milestone is
    open (`is_open`), this year. Never a year to come.
    """
    years = [ends_on.year, *(day.year for day in changed_on)]
    return min(today.year, max([today.year, *years] if is_open else years))


def year_fault(year: int, counted_on: date, years: tuple[int, int], today: date) -> str:
    """Return what stands against a report of `year` counted on a day, or an empty text.

    "year": outside `years`, the first and the last. "early": counted before the year began.
    "future": after today.
    """
    if not years[0] <= year <= years[1]:
        return "year"
    if counted_on.year < year:
        return "early"
    return "future" if counted_on > today else ""


class Gap(StrEnum):
    """What is missing in a report, or worth doing before it is published."""

    CLAIMED = "claimed"
    LATE_UNEXPLAINED = "late_unexplained"
    NO_WORD = "no_word"
    NO_FINDING = "no_finding"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """What tells whether a milestone wants doing; `is_open` as it stands today."""

    reference: str
    knot: str
    is_open: bool
    has_reason: bool


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """What a report of a year holds of a commitment: words and findings of the committee."""

    reference: str
    milestones: tuple[MilestoneFacts, ...]
    words: int
    findings: int

    @property
    def is_at_hand(self) -> bool:
        """Whether something of it was still to be done on the day, so that a word was owed."""
        return any(one.knot != "done" for one in self.milestones)


@dataclass(frozen=True, slots=True)
class Missing:
    """One gap: of a milestone, a commitment or a consultation, by reference; `n` of them."""

    gap: Gap
    reference: str
    n: int = 1


def missing(
    commitments: Iterable[CommitmentFacts], unanswered: Mapping[str, int]
) -> tuple[Missing, ...]:
    """Return what is missing in a report, in the order of the gaps.

    `unanswered` counts the ideas without answer by consultation. A commitment that was confirmed
    as a whole owes no word; what was confirmed since the day of the report is not asked again.
    """
    known = list(commitments)
    steps = [step for one in known for step in one.milestones if step.is_open]
    found = [Missing(Gap.CLAIMED, one.reference) for one in steps if one.knot == "claimed"]
    found += [
        Missing(Gap.LATE_UNEXPLAINED, one.reference)
        for one in steps
        if one.knot == "late" and not one.has_reason
    ]
    found += [
        Missing(Gap.NO_WORD, one.reference) for one in known if one.is_at_hand and not one.words
    ]
    found += [Missing(Gap.NO_FINDING, one.reference) for one in known if not one.findings]
    found += [Missing(Gap.UNANSWERED, slug, n) for slug, n in unanswered.items() if n > 0]
    return tuple(found)


class Reached(StrEnum):
    """Whether the aim of an indicator was reached on a day."""

    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"
    NOT_MEASURED = "not_measured"


def reached(
    last: Decimal | None, baseline: Decimal | None, target: tuple[Decimal, date | None], day: date
) -> Reached:
    """Return whether the last measure reached the aim (its value and its day).

    An aim below where it stood before is reached from above; without a baseline more is better.
    A baseline alone is no measure of what was reached.
    """
    aim, aim_on = target
    if last is None:
        return Reached.NOT_MEASURED
    is_less = baseline is not None and aim < baseline
    if last <= aim if is_less else last >= aim:
        return Reached.YES
    return Reached.NOT_YET if aim_on is not None and day < aim_on else Reached.NO


def newest(versions: Sequence[int]) -> int:
    """Return the number of the next version of a report."""
    return max(versions, default=0) + 1
