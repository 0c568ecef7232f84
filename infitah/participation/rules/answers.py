"""What an answer to an idea must state, how long it took, and where a merging may lead.

Source: the method of openness programmes (programme.md 5, step 6): every idea gets one code of a
closed list and a reasoned sentence. No law sets a term: thirty days are our own mark. Values in,
values out: no clock, no database, no Django.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from infitah.kernel.references import Reference
from infitah.participation.rules.ideas import IdeaState

ANSWER_MIN: Final = 20
"""Characters that a reason has at least, in at least ANSWER_WORDS words: a sentence."""
ANSWER_WORDS: Final = 3
ANSWER_MAX: Final = 2_000
PERSONAL_MAX: Final = 500
BODY_MAX: Final = 160
ARTICLE_MAX: Final = 80
LINK_MAX: Final = 300
COMMITMENT: Final = "C"
"""The letter in the number of a commitment."""
ANSWER_WITHIN: Final = 30
"""Days in which every idea should be answered (programme.md 5, step 6); a mark, no legal term."""
PERCENT_FROM: Final = 20
"""Below this number only counts are shown, never shares (programme.md 7.3)."""


class AnswerCode(StrEnum):
    """The closed list of answers."""

    KEPT = "kept"
    KEPT_PARTLY = "kept_partly"
    MERGED = "merged"
    EXISTING = "existing"
    OTHER_BODY = "other_body"
    NOT_LAWFUL = "not_lawful"
    NO_BUDGET = "no_budget"
    NEXT_CYCLE = "next_cycle"


class ResultKind(StrEnum):
    """What an idea led to, as its author is told later."""

    LINKED = "linked"  # it entered a draft commitment
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    DONE = "done"  # with evidence, confirmed by a second person
    WITHDRAWN = "withdrawn"
    TAKEN_UP = "taken_up"  # by the next cycle, for which it was left


class AnswerPart(StrEnum):
    """What an answer may state beside its code; the names are those of its fields."""

    TEXT = "text"
    TEXT_FR = "text_fr"
    PERSONAL = "personal_line"
    MERGED_INTO = "merged_into"
    OTHER_BODY = "other_body"
    ARTICLE = "article"
    LINK = "link"


class AnswerFault(StrEnum):
    """What is wrong with one part of an answer."""

    UNKNOWN = "unknown"  # no such code
    MISSING = "missing"
    SHORT = "short"
    LONG = "long"
    UNEXPECTED = "unexpected"  # goes with another code: somebody chose the wrong one
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class StatedAnswer:
    """What is stated with a code; `text` in Arabic, `merged_into` and `link` as typed."""

    text: str
    text_fr: str = ""
    personal: str = ""
    merged_into: str = ""
    other_body: str = ""
    article: str = ""
    link: str = ""


NEEDS: Final[Mapping[AnswerCode, AnswerPart]] = {
    AnswerCode.MERGED: AnswerPart.MERGED_INTO,
    AnswerCode.OTHER_BODY: AnswerPart.OTHER_BODY,
    AnswerCode.NOT_LAWFUL: AnswerPart.ARTICLE,
}
"""What a code cannot do without: the idea, the body, the article."""

LINKED: Final = frozenset(
    {AnswerCode.KEPT, AnswerCode.KEPT_PARTLY, AnswerCode.EXISTING, AnswerCode.OTHER_BODY}
)
"""The codes that may name a record or an address."""

KEPT_CODES: Final = frozenset({AnswerCode.KEPT, AnswerCode.KEPT_PARTLY})
"""Answers that promise something: the idea goes on towards a commitment."""

_STARS: Final[Mapping[str, str]] = {
    AnswerCode.KEPT: "done",
    AnswerCode.KEPT_PARTLY: "under_way",
    AnswerCode.MERGED: "under_way",
    AnswerCode.EXISTING: "done",
    AnswerCode.OTHER_BODY: "refused",
    AnswerCode.NOT_LAWFUL: "refused",
    AnswerCode.NO_BUDGET: "refused",
    AnswerCode.NEXT_CYCLE: "to_come",
}


def star_of_answer(code: str) -> str:
    """Return the star of the look that goes with an answer."""
    return _STARS[code]


def faults_of_answer(code: str, stated: StatedAnswer) -> dict[AnswerPart | str, AnswerFault]:
    """Return what is wrong by part, empty where nothing is; the code's own fault is `code`.

    The Arabic reason is a sentence; the French one is optional, and a sentence where it is given.
    """
    if code not in set(AnswerCode):
        return {"code": AnswerFault.UNKNOWN}
    found: dict[AnswerPart | str, AnswerFault | None] = {
        AnswerPart.TEXT: _fault_of_reason(stated.text),
        AnswerPart.TEXT_FR: _fault_of_reason(stated.text_fr) if stated.text_fr else None,
        AnswerPart.PERSONAL: _too_long(stated.personal, PERSONAL_MAX),
    }
    known = AnswerCode(code)
    named = {
        AnswerPart.MERGED_INTO: (stated.merged_into, LINK_MAX),
        AnswerPart.OTHER_BODY: (stated.other_body, BODY_MAX),
        AnswerPart.ARTICLE: (stated.article, ARTICLE_MAX),
    }
    for part, (value, most) in named.items():
        found[part] = _fault_of_part(value, most, is_needed=NEEDS.get(known) is part)
    found[AnswerPart.LINK] = _fault_of_link(stated.link, may_be=known in LINKED)
    return {part: fault for part, fault in found.items() if fault is not None}


def _fault_of_reason(text: str) -> AnswerFault | None:
    if not text:
        return AnswerFault.MISSING
    words = [word for word in text.split() if any(letter.isalpha() for letter in word)]
    if len(text) < ANSWER_MIN or len(words) < ANSWER_WORDS:
        return AnswerFault.SHORT
    return _too_long(text, ANSWER_MAX)


def _too_long(text: str, most: int) -> AnswerFault | None:
    return AnswerFault.LONG if len(text) > most else None


def _fault_of_part(value: str, most: int, *, is_needed: bool) -> AnswerFault | None:
    if is_needed:
        return _too_long(value, most) if value else AnswerFault.MISSING
    return AnswerFault.UNEXPECTED if value else None


_ADDRESS: Final = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?|/[a-z0-9]\S*")


def _fault_of_link(link: str, *, may_be: bool) -> AnswerFault | None:
    if not link:
        return None
    if not may_be:
        return AnswerFault.UNEXPECTED
    if len(link) > LINK_MAX:
        return AnswerFault.LONG
    return None if _is_reference(link) or _ADDRESS.fullmatch(link) else AnswerFault.NO_ADDRESS


def names_commitment(link: str) -> bool:
    """Return whether what an answer names is the number of a commitment."""
    return _is_reference(link) and Reference.parse(link).letter == COMMITMENT


def _is_reference(link: str) -> bool:
    try:
        Reference.parse(link)
    except ValueError:
        return False
    return True


ANSWERABLE: Final = frozenset({IdeaState.VISIBLE, IdeaState.REFUSED})
"""States in which an idea may be answered: anybody can read it, and its place is decided.

One refused late has its reason already: it may be answered, and need not be.
"""
AWAITED: Final = frozenset({IdeaState.VISIBLE, IdeaState.RECEIVED, IdeaState.LATE})
"""States in which an idea without an answer keeps its consultation from being answered.

One not read yet, or in the tray of late ones, is decided first. Held and withdrawn ones have no
page to answer on: they are counted apart.
"""


def may_be_answered(state: str) -> bool:
    """Return whether an idea in `state` may be answered."""
    return state in ANSWERABLE


def days_to_answer(*, last_day: date, given_on: date, answered_on: date) -> int:
    """Return the days from when an idea could be answered until it was; 0 on the same day.

    An idea can be answered from the last day of its consultation, a late one from its own day.
    """
    return max((answered_on - max(last_day, given_on)).days, 0)


def answer_due(*, last_day: date, given_on: date) -> date:
    """Return the day by which an answer should be given: ANSWER_WITHIN days, a mark, no term."""
    return max(last_day, given_on) + timedelta(days=ANSWER_WITHIN)


def quantile(counts: Mapping[int, int], share: float) -> int | None:
    """Return the smallest value that at least `share` of all do not exceed, None without any.

    `counts` gives how many have each value; the nearest rank is taken, nothing is interpolated.
    """
    total = sum(counts.values())
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if total and seen >= share * total:
            return value
    return None


def share_within(counts: Mapping[int, int], most: int) -> int:
    """Return how many of all have a value of at most `most`."""
    return sum(count for value, count in counts.items() if value <= most)


def is_loop(idea: int, *, target: int, chain: Collection[int]) -> bool:
    """Return whether merging `idea` into `target` would lead back to it.

    `chain` holds every idea that `target` itself was merged into, one after the other.
    """
    return idea == target or idea in chain


LANGUAGE_PREFIX: Final = re.compile(r"^/?(?:ar|fr|zgh)/")


def path_without_language(path: str) -> str:
    """Return a path of the site without its language and its first slash: programme/2024-2025/."""
    return LANGUAGE_PREFIX.sub("", path).lstrip("/")


def percentage(part: int, whole: int) -> int | None:
    """Return `part` of `whole` in whole percents; None below PERCENT_FROM, where counts are said.

    Never 100 while one is missing, never 0 while there is one.
    """
    if whole < PERCENT_FROM:
        return None
    if part in {0, whole}:
        return 100 if part else 0
    return min(max(round(100 * part / whole), 1), 99)
