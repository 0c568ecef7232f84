"""Quorum, majority, votes and states of a meeting, as pure functions over counted facts.

Source: organic laws 111-14, 112-14 and 113-14 (art. 42 and 43 of 113-14 and their like). The
numbers come from the rule set in force on the day; what is here are the defaults that seed it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise


class SessionState(StrEnum):
    """Where a session stands."""

    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SittingState(StrEnum):
    """Where a sitting stands; without quorum it is put off and called again."""

    PLANNED = "planned"
    HELD = "held"
    NO_QUORUM = "no_quorum"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    """What the roll call says of a seat."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class Method(StrEnum):
    """How a vote is taken."""

    NAMED = "named"
    SHOW_OF_HANDS = "show_of_hands"
    SECRET = "secret"  # noqa: S105 - a way of voting


class Choice(StrEnum):
    """What a voter says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Majority(StrEnum):
    """What a motion needs: of the votes cast, or of the members in office."""

    OF_CAST = "of_cast"
    OF_MEMBERS = "of_members"


class Result(StrEnum):
    """What became of a motion."""

    CARRIED = "carried"
    LOST = "lost"


class ConvenedBy(StrEnum):
    """Who calls a body that is not the council."""

    CHAIR = "chair"
    MEMBERS = "members"
    COUNCIL = "council"


class MinutesState(StrEnum):
    """Where minutes stand; approved ones never change."""

    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    PUBLISHED = "published"


SESSION_STEPS: Mapping[SessionState, frozenset[SessionState]] = {
    SessionState.CONVENED: frozenset({SessionState.OPEN, SessionState.CANCELLED}),
    SessionState.OPEN: frozenset({SessionState.CLOSED}),
    SessionState.CLOSED: frozenset(),
    SessionState.CANCELLED: frozenset(),
}
MINUTES_STEPS: Mapping[MinutesState, frozenset[MinutesState]] = {
    MinutesState.DRAFT: frozenset({MinutesState.SENT}),
    MinutesState.SENT: frozenset({MinutesState.DRAFT, MinutesState.APPROVED}),
    MinutesState.APPROVED: frozenset({MinutesState.PUBLISHED}),
    MinutesState.PUBLISHED: frozenset(),
}


def may_become(state: SessionState, after: SessionState) -> bool:
    """Return whether a session in `state` may step to `after`."""
    return after in SESSION_STEPS[state]


def minutes_may_become(state: MinutesState, after: MinutesState) -> bool:
    """Return whether minutes in `state` may step to `after`."""
    return after in MINUTES_STEPS[state]


def may_add_item(state: SittingState, *, is_council: bool) -> bool:
    """Return whether a sitting takes another item on its agenda.

    The council deliberates on the agenda of its convocation only (113-14:38, 39): nothing is
    added after its roll call. Any other body adds items until its meeting is closed.
    """
    taking = {SittingState.PLANNED} if is_council else {SittingState.PLANNED, SittingState.HELD}
    return state in taking


@dataclass(frozen=True, slots=True)
class Counts:
    """Votes of one event; never negative."""

    in_favour: int
    against: int
    abstained: int

    def __post_init__(self) -> None:
        if min(self.in_favour, self.against, self.abstained) < 0:
            raise ValueError("a number of votes is not negative")

    @property
    def cast(self) -> int:
        """Votes for and against; an abstention is not cast."""
        return self.in_favour + self.against

    @property
    def voters(self) -> int:
        """Everybody who took part, abstentions included."""
        return self.cast + self.abstained

    @property
    def is_unanimous(self) -> bool:
        """Whether everybody who took part voted for."""
        return self.in_favour > 0 and self.in_favour == self.voters

    @classmethod
    def of(cls, choices: Iterable[Choice]) -> "Counts":
        """Return the counts of named votes: their sum and nothing else."""
        said = list(choices)
        return cls(said.count(Choice.FOR), said.count(Choice.AGAINST), said.count(Choice.ABSTAIN))


@dataclass(frozen=True, slots=True)
class RollCall:
    """Who was there, of the seats in office."""

    present: int
    absent: int
    excused: int

    @property
    def seats(self) -> int:
        """Every seat in office is in the roll call once."""
        return self.present + self.absent + self.excused

    @classmethod
    def of(cls, presences: Iterable[Presence]) -> "RollCall":
        """Return the count of a roll call."""
        said = list(presences)
        return cls(
            said.count(Presence.PRESENT),
            said.count(Presence.ABSENT),
            said.count(Presence.EXCUSED),
        )


def is_tied(counts: Counts) -> bool:
    """Return whether the votes cast are equal: only then the chair's casting vote decides."""
    return counts.cast > 0 and counts.in_favour == counts.against


def needs_casting_vote(counts: Counts, method: Method, majority: Majority) -> bool:
    """Return whether the chair's vote decides: a public vote with equal votes cast (113-14:43).

    It decides no secret vote, and never makes up a majority of the members in office.
    """
    is_public = method != Method.SECRET
    return is_public and majority == Majority.OF_CAST and is_tied(counts)


# Which right keeps the meetings of a body, by its kind: the council's secretary keeps them all.
KEEPS_ALL = "session.edit"
KEEPS_COMMITTEE = "committee.edit"
COMMITTEE_KINDS = frozenset({"follow_up_committee"})


def rights_to_keep(kind: str) -> frozenset[str]:
    """Return the rights of which one is enough to keep the meetings of a body of this kind."""
    own = {KEEPS_COMMITTEE} if kind in COMMITTEE_KINDS else set()
    return frozenset({KEEPS_ALL} | own)


LAST_CALL = 3  # the third convocation is valid with any number (to verify)
QUORUM_PER_CENT = 50  # "more than half of the members in office" (to verify)


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """What makes a sitting valid: more than `per_cent` of the seats, unless called often enough."""

    per_cent: int = QUORUM_PER_CENT
    any_number_from_call: int = LAST_CALL


def quorum_needed(seats: int, call: int, rule: QuorumRule) -> int:
    """Return how many members must be present at convocation number `call` (1, 2, 3).

    More than the share, so 7 of 13 and 7 of 12; at the last call one member is enough. A body
    without members has no quorum: the answer is then 1.
    """
    if call >= rule.any_number_from_call:
        return 1
    return seats * rule.per_cent // 100 + 1


def has_quorum(roll: RollCall, call: int, rule: QuorumRule) -> bool:
    """Return whether those present make the sitting valid."""
    return roll.present >= quorum_needed(roll.seats, call, rule)


def outcome(
    counts: Counts, *, majority: Majority, members: int, casting_vote: Choice | None = None
) -> Result:
    """Return what becomes of a motion (113-14:43 and its like).

    Absolute majority of the votes cast, or of the `members` in office. At equal votes cast the
    president's `casting_vote` decides, where it is given; a tie without one is lost.
    """
    if majority == Majority.OF_MEMBERS:
        return Result.CARRIED if counts.in_favour * 2 > members else Result.LOST
    if counts.cast and counts.in_favour == counts.against:
        return Result.CARRIED if casting_vote == Choice.FOR else Result.LOST
    return Result.CARRIED if counts.in_favour > counts.against else Result.LOST


def roll_call_fault(seats: Iterable[int], called: Iterable[int]) -> str:
    """Return which seats the roll call misses or invents, or an empty text if it is whole."""
    in_office, named = set(seats), list(called)
    if len(named) != len(set(named)):
        return "twice"
    if set(named) - in_office:
        return "foreign"
    return "missing" if in_office - set(named) else ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a body really met: `gap` is the longest time without a meeting, in days.

    `gap_from` is the day after which it began; `due_on` the last day for the next meeting.
    """

    due_on: date
    days_over: int
    gap: int
    gap_from: date
    most: int

    @property
    def is_kept(self) -> bool:
        """Whether no time without a meeting was longer than it may be."""
        return self.gap <= self.most


HALF_YEAR = 183  # days; OGP standard: a space for dialogue meets at least every six months


def rhythm(held: Iterable[date], since: date, today: date, *, most: int = HALF_YEAR) -> Rhythm:
    """Return the rhythm of meetings `held` from the day `since` until `today`, all included.

    The time from `since` to the first meeting counts, and that from the last one until today:
    a body that does not meet is not in rhythm.
    """
    days = sorted(day for day in held if since <= day <= today)
    marks = [since, *days, max(since, today)]
    gaps = [(after - before).days for before, after in pairwise(marks)]
    longest = max(gaps)
    due = marks[-2] + timedelta(days=most)
    return Rhythm(
        due_on=due,
        days_over=max(0, (today - due).days),
        gap=longest,
        gap_from=marks[gaps.index(longest)],
        most=most,
    )


@dataclass(frozen=True, slots=True)
class Notice:
    """The clock between convocation and first sitting, in days."""

    needed: int
    given: int
    latest_on: date

    @property
    def is_met(self) -> bool:
        """Whether the members were called early enough."""
        return self.given >= self.needed


def notice_given(convened_on: date, held_on: date, *, days: int) -> Notice:
    """Return the notice of a session: calendar days between convocation and first sitting.

    `latest_on` is the last day on which the convocation would have been in time. Whether the
    days are to be counted full, and the number itself, are to be verified in the law.
    """
    return Notice(days, (held_on - convened_on).days, held_on - timedelta(days=days))
