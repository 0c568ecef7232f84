"""Permanent references of numbered things, such as SFR-2026-I-0042 and its child ...-M2.

Plain values: the numbers are given out by core.operations.next_reference.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import total_ordering
from typing import Final

LETTERS: Final[Mapping[str, str]] = {
    "R": "request",
    "I": "idea",
    "C": "commitment",
    "D": "deliberation",
    "O": "opinion",
    "P": "petition",
    "E": "event",
    "A": "certificate",
    "K": "document",
    "S": "session",
    "T": "theme",
    "Q": "dataset",
    "F": "referral",
    "X": "tender",
    "G": "agreement",
    "M": "report",
}

CHILD_LETTERS: Final[Mapping[str, str]] = {"M": "milestone", "E": "evidence", "P": "complaint"}

PATTERN: Final = r"[A-Z][A-Z0-9]{1,7}-[0-9]{4}-[A-Z]-[0-9]{4,9}(?:-[A-Z][1-9][0-9]{0,5})?"
"""What a reference looks like in an address; fit for a path converter."""

_TYPED = re.compile(
    r"([A-Z][A-Z0-9]{1,7})-([0-9]{4})-([A-Z])-([0-9]{1,9})(?:-([A-Z])([0-9]{1,6}))?"
)
_PART = re.compile(
    r"(?:(?:([A-Z][A-Z0-9]{1,7})[- ]+)?([0-9]{4})[- ]+)?"
    r"([A-Z])[- ]*([0-9]{1,9})(?:-[A-Z][0-9]{1,6})?"
)
_COMMUNITY = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_SUFFIX = re.compile(r"([A-Z])([1-9][0-9]{0,5})")
LAST_NUMBER = 999_999_999
# People copy references out of Arabic text: other dashes, eastern digits, invisible marks.
_FOLD: Final = (
    {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2212\u0640"}
    | {ord(digit): str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
    | dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
    | {0x061C: None, 0xFEFF: None}
)


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """What somebody typed of a reference: its number, and the year and community if they stand."""

    number: int
    year: int | None = None
    community: str = ""


def typed_number(text: str, letter: str) -> TypedNumber | None:
    """Return the number that `text` asks for, None where it is none of this letter.

    "SFR-2026-I-0021", "2026-I-21" and "I-21" ask for number 21, in small letters, with spaces for
    dashes and in eastern digits too.
    """
    if len(text) >= 80:
        return None
    found = _PART.fullmatch(" ".join(text.translate(_FOLD).upper().split()))
    if found is None or found[3] != letter:
        return None
    return TypedNumber(int(found[4]), int(found[2]) if found[2] else None, found[1] or "")


@total_ordering
@dataclass(frozen=True, slots=True)
class Reference:
    """A permanent number: community, local year, letter and number, with a child's suffix or none.

    Sorted as integers, children after their parent and before the next number.
    """

    community: str
    year: int
    letter: str
    number: int
    suffix: str = ""

    def __post_init__(self) -> None:
        if not _COMMUNITY.fullmatch(self.community):
            raise ValueError(f"not a community key: {self.community!r}")
        if not 1000 <= self.year <= 9999:
            raise ValueError(f"not a year of four digits: {self.year}")
        if self.letter not in LETTERS:
            raise ValueError(f"unknown letter: {self.letter!r}")
        if not 1 <= self.number <= LAST_NUMBER:
            raise ValueError(f"not a number: {self.number}")
        self._check_suffix()

    def _check_suffix(self) -> None:
        if not self.suffix:
            return
        found = _SUFFIX.fullmatch(self.suffix)
        if not found or found[1] not in CHILD_LETTERS:
            raise ValueError(f"unknown suffix: {self.suffix!r}")

    def __str__(self) -> str:
        tail = f"-{self.suffix}" if self.suffix else ""
        return f"{self.community}-{self.year}-{self.letter}-{self.number:04d}{tail}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Reference):
            return NotImplemented
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> tuple[str, int, str, int, str, int]:
        """The order of references, numbers as integers."""
        child, number = (self.suffix[0], int(self.suffix[1:])) if self.suffix else ("", 0)
        return (self.community, self.year, self.letter, self.number, child, number)

    @property
    def parent(self) -> "Reference":
        """The thing that a child belongs to; the reference itself if it is no child."""
        return replace(self, suffix="") if self.suffix else self

    def child(self, letter: str, number: int) -> "Reference":
        """Return the reference of child `number` under `letter`: M milestone, E evidence...

        Raises ValueError for an unknown letter, a number below 1, or a child of a child.
        """
        if self.suffix:
            raise ValueError(f"a child has no children: {self}")
        return replace(self, suffix=f"{letter}{number}")

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """Return the reference that `text` writes; `str()` of it is the canonical form.

        Case, outer space, missing zeros, eastern digits, other dashes and invisible marks are
        forgiven, because people copy and dictate references. Raises ValueError otherwise.
        """
        found = _TYPED.fullmatch(text.translate(_FOLD).strip().upper()) if len(text) < 80 else None
        if not found:
            raise ValueError(f"not a reference: {text[:80]!r}")
        community, year, letter, number, child, child_number = found.groups()
        suffix = f"{child}{int(child_number)}" if child else ""
        return cls(community, int(year), letter, int(number), suffix)
