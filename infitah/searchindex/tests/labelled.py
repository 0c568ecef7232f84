"""The labelled set of meaning: pairs that say the same in other words, and strangers.

Each row of `data/meaning.csv` is a question; `idea` says the same in another language or in other
words, every other idea is a distractor. `part`: "first" was at hand when the list of Darija was
written, "held" was written afterwards and never looked at for it, "stranger" has no idea at all.
Darija is `ary`, in Latin letters `ary-Latn`. All is invented.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from infitah.kernel import arabic
from infitah.searchindex import darija, operations, rules

LABELLED = Path(__file__).parent / "data" / "meaning.csv"
FEW_WORDS = LABELLED.with_name("near.csv")
How = Literal["words", "meaning", "both"]
HOW: tuple[How, ...] = ("words", "meaning", "both")
Compared = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """A question and the idea that says the same; a stranger has none."""

    asked_in: str
    asked: str
    idea_in: str
    idea: str
    part: str

    @property
    def kind(self) -> str:
        """Which languages meet: ar-fr, ar-ary (also in Latin letters), fr-ary, ar-ar, fr-fr."""
        languages = {self.asked_in.removesuffix("-Latn"), self.idea_in.removesuffix("-Latn")}
        order = ["ar", "fr", "ary"]
        first, *rest = sorted(languages, key=order.index)
        return f"{first}-{(rest or [first])[0]}"


@dataclass(frozen=True, slots=True)
class Found:
    """Where the wanted idea of each pair came (0 is first): of all, and of those shown."""

    places: dict[Row, int]
    shown_places: dict[Row, int]
    wrongly: dict[Row, int]
    """How many other ideas are shown among the five of each row."""

    def recall(self, within: int, *, kind: str = "", part: str = "") -> float:
        """Return the share of pairs whose idea is among the first, the threshold aside.

        Of one kind or part, if named; a kind that is one language is any pair with it.
        """
        places = [
            place
            for row, place in self.places.items()
            if kind in {"", row.kind, *row.kind.split("-")} and part in {"", row.part}
        ]
        return sum(place < within for place in places) / len(places)

    def shown(self, within: int) -> float:
        """Return the share of all pairs whose idea is shown among the first."""
        return sum(place < within for place in self.shown_places.values()) / len(self.shown_places)

    def strangers(self) -> float:
        """Return the share of the strangers for whom any idea is shown: each one wrongly."""
        many = [count for row, count in self.wrongly.items() if not row.idea]
        return sum(count > 0 for count in many) / len(many)


def labelled() -> list[Row]:
    """Return every row of the set."""
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        return [Row(**row) for row in csv.DictReader(lines)]


def look_up(rows: Sequence[Row]) -> dict[How, Found]:
    """Return what each way finds for each row among the ideas of all of them.

    Every idea is compared, so that the figure is the scores' own and not the word index's.
    """
    compared = list(_compared(rows, [row.idea for row in rows if row.idea]))
    return {how: _found(rows, compared, how) for how in HOW}


def _found(rows: Sequence[Row], compared: Sequence[Compared], how: How) -> Found:
    pairs = [row for row in rows if row.idea]
    found = Found({}, {}, {})
    for row, each in zip(rows, compared, strict=True):
        scores = [_score(likeness, cosine, how) for likeness, cosine in each]
        order = sorted(range(len(pairs)), key=lambda one: -scores[one])
        is_shown = _shown(each, how)
        shown = [one for one in order if is_shown[one]][:5]
        if row.idea:
            wanted = pairs.index(row)
            ties = [one for one in order if scores[one] >= scores[wanted]]
            found.places[row] = len(ties) - 1
            found.shown_places[row] = shown.index(wanted) if wanted in shown else len(pairs)
            shown = [one for one in shown if one != wanted]
        found.wrongly[row] = len(shown)
    return found


@cache
def _trigrams(text: str) -> frozenset[str]:
    return arabic.trigrams(text)


def _compared(rows: Sequence[Row], ideas: Sequence[str]) -> Iterator[Compared]:
    """Yield, a row each, the likeness of words and the cosine to every idea."""
    asked, told = operations.encode([row.asked for row in rows]), operations.encode(ideas)
    assert asked is not None
    assert told is not None
    for row, cosines in zip(rows, (asked @ told.T).tolist(), strict=True):
        wanted = [_trigrams(row.asked), _trigrams(darija.reading(row.asked))]
        yield [
            (rules.likest(wanted, _trigrams(idea)), cosine)
            for idea, cosine in zip(ideas, cosines, strict=True)
        ]


def _score(likeness: float, cosine: float, how: How) -> float:
    if how == "meaning":
        return cosine
    return rules.joined_score(likeness, cosine if how == "both" else None)


def _shown(compared: Compared, how: How) -> list[bool]:
    asked = [
        (likeness if how != "meaning" else 0.0, cosine if how != "words" else None)
        for likeness, cosine in compared
    ]
    return [why is not None for why in rules.shown_by(asked)]


# A few words ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FoundNear:
    """What a few words of `data/near.csv` are shown of the ideas of `meaning.csv`, five at most.

    An idea speaks of the thing where it holds one of the `marks` written for the words; a
    stranger has none, for no idea speaks of it.
    """

    answered: float
    """Of the words of which ideas speak: the share that is shown one that does."""
    speaking: float
    """Of the ideas shown to these words: the share that speaks of the thing."""
    strangers: float
    """Of the strangers: the share to which anything is shown."""


def look_up_near(least: float = rules.NEAR_FROM) -> FoundNear:
    """Return what is shown from the cosine `least` on, by meaning alone."""
    with FEW_WORDS.open(encoding="utf-8", newline="") as lines:
        asked = [(row["asked"], row["marks"]) for row in csv.DictReader(lines)]
    ideas = [row.idea for row in labelled() if row.idea]
    words, told = operations.encode([one for one, _marks in asked]), operations.encode(ideas)
    assert words is not None
    assert told is not None
    shown = [_near(cosines, least) for cosines in (words @ told.T).tolist()]
    good: list[list[bool]] = []
    strangers: list[bool] = []
    for (_asked, marks), places in zip(asked, shown, strict=True):
        if marks:
            good.append([bool(re.search(marks, ideas[place])) for place in places])
        else:
            strangers.append(bool(places))
    flat = [one for each in good for one in each]
    return FoundNear(
        answered=sum(map(any, good)) / len(good),
        speaking=sum(flat) / max(1, len(flat)),
        strangers=sum(strangers) / len(strangers),
    )


def _near(cosines: Sequence[float], least: float) -> list[int]:
    from_here = max(least, max(cosines) - rules.NEAR_WITHIN)
    order = sorted(range(len(cosines)), key=lambda place: -cosines[place])
    return [place for place in order if cosines[place] >= from_here][:5]
