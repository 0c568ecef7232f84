"""What is computed, from which input, under which parameters; and how groups are read.

The computing itself (`opinion`, `themes`) needs numpy, which only the worker loads: the pages
need no more than this module. Values in, values out: no clock, no database, no numpy.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Final, Self

LEAST_IDEAS: Final = 10
"""Ideas from which themes of texts say something; the best begin at 50 (programme.md 7.4)."""
MOST_SEED: Final = 2**31 - 1


class WhyNot(StrEnum):
    """Why a computation shows no groups or themes."""

    FEW_PEOPLE = "few_people"
    FEW_STATEMENTS = "few_statements"
    NO_ORDER = "no_order"  # chance explains the votes as well: the gate is shut
    SMALL_GROUPS = "small_groups"
    UNSTABLE = "unstable"
    NO_THEMES = "no_themes"
    PUBLISHED = "published"  # themes were published while the computation ran


class _Stored:
    """Whole numbers under names, stored as JSON."""

    def as_json(self) -> dict[str, int]:
        """Return the parameters as they are stored."""
        return asdict(self)  # type: ignore[call-overload, no-any-return]

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Self:
        """Return stored parameters; what is missing has its default, what is unknown is left."""
        known = {one.name for one in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: int(str(value)) for name, value in stored.items() if name in known})


@dataclass(frozen=True, slots=True)
class OpinionParameters(_Stored):
    """Everything that groups of opinion depend on beside votes and seed; shares in percent."""

    permutations: int = 99
    bootstraps: int = 20
    restarts: int = 6
    most_groups: int = 5
    least_people: int = 40
    least_in_group: int = 5
    most_p: int = 5
    least_stability: int = 30
    least_votes_of_person: int = 5
    least_votes_on_statement: int = 5
    most_statements: int = 1_000


@dataclass(frozen=True, slots=True)
class ThemeParameters(_Stored):
    """Everything that proposed themes depend on beside the texts; likeness in percent.

    `alike` is how alike two groups must be to become one, `alike_in_letters` the same where no
    meaning is known; `least` and `most` bound the ideas of a theme.
    """

    alike: int = 14
    alike_in_letters: int = 9
    meaning_floor: int = 20
    letters_weight: int = 50
    least: int = 3
    most: int = 80


BREADTHS: Final[Mapping[str, ThemeParameters]] = {
    "broad": ThemeParameters(alike=9, alike_in_letters=6, most=200),
    "middle": ThemeParameters(),
    "fine": ThemeParameters(alike=22, alike_in_letters=14, most=40),
}
"""What an officer may choose: few large themes, or many small ones."""


def canonical_json(value: object) -> bytes:
    """Return JSON with sorted keys and no spaces, as UTF-8: equal values give equal bytes."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Ballots:
    """Votes in columns of equal length: who (any number), on which statement, what."""

    people: Sequence[int]
    statements: Sequence[str]
    choices: Sequence[int]

    def canonical(self) -> bytes:
        """Return the votes as lines `person,statement,choice`, sorted.

        People are numbered from 0 in the order of their keys: no key of a person is inside.
        """
        number = {key: place for place, key in enumerate(sorted(set(self.people)))}
        people = [number[key] for key in self.people]
        rows = sorted(zip(people, self.statements, self.choices, strict=True))
        return "".join(f"{who},{what},{choice}\n" for who, what, choice in rows).encode()

    def sha256(self) -> str:
        """Return the SHA-256 of the canonical lines."""
        return sha256_of(self.canonical())


@dataclass(frozen=True, slots=True)
class ThemeText:
    """An idea as far as it is compared: its reference, axis, language and sentence."""

    key: str
    axis: str
    language: str
    text: str


def sorted_texts(texts: Sequence[ThemeText]) -> list[ThemeText]:
    """Return the texts in the order in which they are compared."""
    return sorted(texts, key=lambda one: one.key)


def sha256_of_texts(texts: Sequence[ThemeText]) -> str:
    """Return the SHA-256 of the texts: lines of reference, axis, language, text, tab-separated."""
    lines = (f"{one.key}\t{one.axis}\t{one.language}\t{one.text}\n" for one in sorted_texts(texts))
    return sha256_of("".join(lines).encode())


def seed_of(digest: str) -> int:
    """Return the seed that a hash of the closed set gives: nobody chose it, anybody can check."""
    return int(digest[:8] or "0", 16) % (MOST_SEED + 1)


# How groups are read --------------------------------------------------------------------------

VOTES_TO_READ: Final = 5
"""Votes that each group must have given on a statement before the groups are compared on it."""


class Reading(StrEnum):
    """What the votes of the groups on one statement say, beside each other."""

    CONSENSUS = "consensus"  # two thirds or more of each group agree
    REFUSED = "refused"  # two thirds or more of each group disagree
    BRIDGE = "bridge"  # more than half of each group agree
    DIVISIVE = "divisive"  # more than half of one group agree, more than half of another disagree
    MIXED = "mixed"
    FEW = "few"  # some group gave too few votes on it


@dataclass(frozen=True, slots=True)
class GroupVotes:
    """How one group voted on one statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def total(self) -> int:
        """Votes of the group on the statement, passes included."""
        return self.agree + self.disagree + self.passed


def reading_of(groups: Sequence[GroupVotes]) -> Reading:
    """Return what the votes of the groups on one statement say; the first that fits."""
    if not groups or any(group.total < VOTES_TO_READ for group in groups):
        return Reading.FEW
    if all(group.agree * 3 >= group.total * 2 for group in groups):
        return Reading.CONSENSUS
    if all(group.disagree * 3 >= group.total * 2 for group in groups):
        return Reading.REFUSED
    if all(group.agree * 2 > group.total for group in groups):
        return Reading.BRIDGE
    is_wanted = any(group.agree * 2 > group.total for group in groups)
    is_unwanted = any(group.disagree * 2 > group.total for group in groups)
    return Reading.DIVISIVE if is_wanted and is_unwanted else Reading.MIXED


def strength_of(reading: Reading, groups: Sequence[GroupVotes]) -> float:
    """Return how strongly a reading holds, 0 to 1: the larger comes first in its list.

    Agreement: the share of the group that agrees least. Division: the widest gap between shares.
    """
    if reading is Reading.FEW:
        return 0.0
    for_it = [group.agree / group.total for group in groups]
    against = [group.disagree / group.total for group in groups]
    if reading is Reading.REFUSED:
        return min(against)
    if reading in {Reading.CONSENSUS, Reading.BRIDGE}:
        return min(for_it)
    return max(for_it) - min(for_it)
