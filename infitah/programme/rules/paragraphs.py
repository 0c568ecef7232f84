"""How a commitment is cut into paragraphs for the second round; their names stay for good.

A paragraph keeps its name through every version, so that votes and comments know what they are
about (programme.md 5, step 9).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from infitah.ledger.rules.canonical import JSON


class Part(StrEnum):
    """What a paragraph is about; it gives the heading."""

    PROBLEM = "problem"
    DESCRIPTION = "description"
    CONTRIBUTION = "contribution"
    RESULT = "expected_result"
    VERIFIABILITY = "verifiability"
    MILESTONE = "milestone"
    INDICATORS = "indicators"
    WHO = "who"
    BUDGET = "budget"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Slot:
    """A paragraph to be written: its lasting name, what it is about, what the text holds of it."""

    key: str
    part: Part
    content: Mapping[str, JSON]


_TEXTS: Final = (
    ("problem", Part.PROBLEM),
    ("description", Part.DESCRIPTION),
    ("contribution", Part.CONTRIBUTION),
    ("result", Part.RESULT),
    ("verifiability", Part.VERIFIABILITY),
)
NEEDED: Final = tuple(part.value for _key, part in _TEXTS)
"""Parts of the text without which nothing is put to the public or validated."""
_WHO: Final = ("lead_unit", "responsible", "partners", "civil_partner")
_MONEY: Final = ("budget", "budget_source", "is_without_cost")
_VALUES: Final = ("values", "value_argument", "sdg")


def slots(content: Mapping[str, JSON]) -> list[Slot]:
    """Return the paragraphs of a frozen text in the order of reading; an empty part has none."""
    made = [
        Slot(key, part, {"text": content[part.value]})
        for key, part in _TEXTS
        if _is_filled(content.get(part.value))
    ]
    made += _milestones(content)
    figures = content.get("indicators")
    if figures:
        made.append(Slot("indicators", Part.INDICATORS, {"indicators": figures}))
    for key, part, names in (
        ("who", Part.WHO, _WHO),
        ("budget", Part.BUDGET, _MONEY),
        ("values", Part.VALUES, _VALUES),
    ):
        held = {name: content[name] for name in names if name in content}
        if any(_is_filled(value) for value in held.values()):
            made.append(Slot(key, part, held))
    return made


def missing(content: Mapping[str, JSON]) -> list[str]:
    """Return the parts of the text that are needed and not written in Arabic."""
    return [name for name in NEEDED if not _is_filled(content.get(name))]


def _milestones(content: Mapping[str, JSON]) -> Iterator[Slot]:
    listed = content.get("milestones")
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        return
    for number, one in enumerate(listed, start=1):
        if isinstance(one, Mapping):
            yield Slot(f"M{number}", Part.MILESTONE, one)


def _is_filled(value: JSON) -> bool:
    """Return whether there is something to say: a text counts in Arabic, an amount even at 0."""
    if isinstance(value, Mapping):
        return bool(value.get("ar"))
    if isinstance(value, bool):
        return value
    return value is not None and value not in ("", [])
