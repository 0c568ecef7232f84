"""What a session of the council may change in a text, and how the amended text comes about.

An amended text differs from the one it changes by the amendment and by nothing else
(programme.md 5, step 11). The weights of milestones are one part, changed together: they sum to
100 before and after.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, cast

from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.programme.rules import progress

Content = Mapping[str, JSON]


class Sort(StrEnum):
    """What stands in a part: words in up to three languages, a day, an amount in centimes, or
    the weights of all milestones.
    """

    WORDS = "words"
    DAY = "day"
    AMOUNT = "amount"
    WEIGHTS = "weights"


class AmendingFault(StrEnum):
    """Why a text cannot be amended so."""

    UNKNOWN_PART = "unknown_part"
    NO_ARABIC = "no_arabic"
    NOTHING_CHANGES = "nothing_changes"
    NOT_A_DAY = "not_a_day"
    NOT_AN_AMOUNT = "not_an_amount"
    ENDS_BEFORE = "ends_before"
    NOT_WEIGHTS = "not_weights"
    NOT_WHOLE = "not_whole"


class CannotAmend(ValueError):
    """The amendment makes no text; `fault` says why, `found` what the weights make together."""

    def __init__(self, fault: AmendingFault, found: int = 0) -> None:
        self.fault, self.found = fault, found
        super().__init__(fault.value)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that may be amended: its lasting name, and what stands in it.

    `milestone` is the number of the milestone that it belongs to, 0 for the text itself.
    """

    key: str
    sort: Sort
    milestone: int = 0

    @property
    def name(self) -> str:
        """The name of the part within its milestone, or within the text."""
        return self.key.rpartition(".")[2]


WORDS: Final = (
    "title",
    "problem",
    "description",
    "contribution",
    "expected_result",
    "verifiability",
    "partners",
    "civil_partner",
    "budget_source",
    "value_argument",
)
NEEDED: Final = frozenset(WORDS[:6])
"""Parts that no text may lack."""
DAYS: Final = ("from", "until")
WEIGHTS: Final = "weights"
"""The name of the part that holds the weights of all milestones."""


def parts(content: Content) -> tuple[Part, ...]:
    """Return the parts of a frozen text that a session may amend, in the order of reading."""
    made = [Part(key, Sort.WORDS) for key in WORDS if key in content]
    made += [Part(key, Sort.DAY) for key in DAYS if key in content]
    if "budget" in content:
        made.append(Part("budget", Sort.AMOUNT))
    for number, _one in enumerate(_milestones(content), start=1):
        made.append(Part(f"M{number}.title", Sort.WORDS, number))
        made += [Part(f"M{number}.{key}", Sort.DAY, number) for key in DAYS]
    if len(_weights(content)) > 1:  # a single milestone weighs 100
        made.append(Part(WEIGHTS, Sort.WEIGHTS))
    return tuple(made)


def part_of(content: Content, key: str) -> Part:
    """Return a part by its name. Raises CannotAmend for a name that the text does not have."""
    for part in parts(content):
        if part.key == key:
            return part
    raise CannotAmend(AmendingFault.UNKNOWN_PART)


def standing(content: Content, key: str) -> LocalizedText:
    """Return what stands in a part: words, a day as 2025-12-31, an amount in centimes, weights
    as 60 40.

    What is no words is the same in every language; it is given as the Arabic text. Raises
    CannotAmend for an unknown part.
    """
    part = part_of(content, key)
    if part.sort == Sort.WEIGHTS:
        return weights_text(_weights(content))
    value = _holder(content, part)[part.name]
    if part.sort == Sort.WORDS:
        return LocalizedText.from_json(value or {"ar": ""})
    return LocalizedText("" if value is None else str(value))


def amended(content: Content, key: str, after: LocalizedText) -> dict[str, JSON]:
    """Return the text with `after` in one part, and nothing else changed.

    Raises CannotAmend for an unknown part, an empty one that is needed, a value that is no day or
    no amount, an end before its start, weights that do not sum to 100, or if nothing would change.
    """
    part = part_of(content, key)
    if after == standing(content, key):
        raise CannotAmend(AmendingFault.NOTHING_CHANGES)
    made = deepcopy(dict(content))
    if part.sort == Sort.WEIGHTS:
        _weigh(made, after)
        return made
    holder = cast(dict[str, JSON], _holder(made, part))
    holder[part.name] = _value(part, after)
    if part.sort == Sort.DAY and str(holder["until"]) < str(holder["from"]):
        raise CannotAmend(AmendingFault.ENDS_BEFORE)
    return made


def weights_text(weights: Iterable[int]) -> LocalizedText:
    """Return the weights of milestones, in their order, as the text of their part."""
    return LocalizedText(" ".join(str(one) for one in weights))


def weights_of(text: LocalizedText) -> list[int]:
    """Return the weights that stand in the text of their part, in the order of the milestones."""
    return [int(one) for one in text.ar.split()]


def _weigh(made: Content, after: LocalizedText) -> None:
    milestones = _milestones(made)
    given = after.ar.split()
    if len(given) != len(milestones) or not all(one.isascii() and one.isdecimal() for one in given):
        raise CannotAmend(AmendingFault.NOT_WEIGHTS)
    weights = [int(one) for one in given]
    if not progress.are_weights_whole(weights):
        raise CannotAmend(AmendingFault.NOT_WHOLE, sum(weights))
    for one, weight in zip(milestones, weights, strict=True):
        cast(dict[str, JSON], one)["weight"] = weight


def _value(part: Part, after: LocalizedText) -> JSON:
    if part.sort == Sort.DAY:
        try:
            return date.fromisoformat(after.ar).isoformat()
        except ValueError as error:
            raise CannotAmend(AmendingFault.NOT_A_DAY) from error
    if part.sort == Sort.AMOUNT:
        if not after.ar:
            return None
        if not (after.ar.isascii() and after.ar.isdecimal()):
            raise CannotAmend(AmendingFault.NOT_AN_AMOUNT)
        return int(after.ar)
    if not after.ar and (part.milestone or part.name in NEEDED):
        raise CannotAmend(AmendingFault.NO_ARABIC)
    return after.as_json()


@dataclass(frozen=True, slots=True)
class Change:
    """A part that differs between two texts, with what stood in it and what stands now."""

    part: Part
    before: LocalizedText
    after: LocalizedText


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """Return the parts in which two texts of one commitment differ, in the order of reading."""
    made = []
    known = {part.key for part in parts(before)}
    for part in parts(after):
        old = standing(before, part.key) if part.key in known else LocalizedText("")
        new = standing(after, part.key)
        if old != new:
            made.append(Change(part, old, new))
    return tuple(made)


def _milestones(content: Content) -> Sequence[Mapping[str, JSON]]:
    listed = content.get("milestones")
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        return ()
    return [one for one in listed if isinstance(one, Mapping)]


def _weights(content: Content) -> list[int]:
    """Return the weights of the milestones; none where a milestone has none."""
    found = [one.get("weight") for one in _milestones(content)]
    weights = [one for one in found if isinstance(one, int)]
    return weights if len(weights) == len(found) else []


def _holder(content: Content, part: Part) -> Mapping[str, JSON]:
    return _milestones(content)[part.milestone - 1] if part.milestone else content
