"""Words that name the same thing in another shape: broken plurals, and a few near relatives.

A light stem cannot know that الطرق are several of الطريق. The short list (data/kin.csv) widens the
question of a search that found few; nothing that was found by its very words is touched.
"""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from infitah.kernel import arabic

LIST: Final = Path(__file__).parent / "data" / "kin.csv"
Forms = tuple[str, ...]


def widened(words: Sequence[Forms]) -> list[Forms]:
    """Return each word asked for with the forms of its kin behind its own."""
    return [tuple(dict.fromkeys([*forms, *_kin_of(forms)])) for forms in words]


def _kin_of(forms: Forms) -> list[str]:
    groups = {place for form in forms for place in (_places().get(form),) if place is not None}
    return [form for place in sorted(groups) for form in _groups()[place]]


@cache
def _groups() -> tuple[Forms, ...]:
    """Return the words of each group, normalised; the index holds them without the article."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        return tuple(tuple(arabic.tokens(row["words"])) for row in csv.DictReader(lines))


@cache
def _places() -> dict[str, int]:
    """Return in which group a word stands, with the article and without; never by a stem alone."""
    found: dict[str, int] = {}
    for place, words in enumerate(_groups()):
        for word in words:
            for form in (word, f"ال{word}", f"لل{word}"):
                found.setdefault(form, place)
    return found
