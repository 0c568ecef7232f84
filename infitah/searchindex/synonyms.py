"""Words of a council's life that stand for each other: in Arabic, in French, as people speak.

Administrations and citizens name the same thing in other words, and in two languages. A short
list (data/council_words.csv) brings them together for suggestions and for the search behind them;
it ranks lower than the words themselves, and nobody is ever shown it.
"""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from infitah.kernel import arabic

LIST: Final = Path(__file__).parent / "data" / "council_words.csv"
WRITTEN: Final = ("arabic", "french")
"""Columns whose words records are written in; those of `spoken` are only asked."""
LONGEST: Final = 5
"""Words of the longest name in the list."""
MIN_FAMILY: Final = 4
"""Letters of a word family by which a word is found in the list, if not by itself."""

Forms = tuple[str, ...]
_CLITICS: Final = ("ال", "لل", "بال", "وال", "فال", "ف", "و", "ب", "ل")


def standing_for(words: Sequence[str]) -> dict[int, Forms]:
    """Return, by the place of a normalised word, the forms of the words that stand for it.

    The words of a name ("feux rouges") share what stands for the name.
    """
    found: dict[int, Forms] = {}
    for place, length, groups in _named(words):
        parts = [_parts()[group] for group in groups] if length > 1 else []
        each = [*(_forms()[group] for group in groups), *parts]
        forms = tuple(dict.fromkeys(form for one in each for form in one))
        found |= dict.fromkeys(range(place, place + length), forms)
    return found


def told_in_arabic(words: Sequence[str]) -> str:
    """Return normalised words as one text, each that is listed by the first Arabic word for it.

    For the encoder, which knows little of what people speak.
    """
    named = {place: (length, groups) for place, length, groups in _named(words)}
    told, place = [], 0
    while place < len(words):
        length, groups = named.get(place, (1, ()))
        told.append(_first()[groups[0]] if groups else words[place])
        place += length
    return " ".join(told)


def _named(words: Sequence[str]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return each listed name in `words`: its place, its length in words, its groups."""
    found, place = [], 0
    while place < len(words):
        length, groups = _longest_at(words, place)
        if groups:
            found.append((place, length, groups))
        place += length
    return found


def _longest_at(words: Sequence[str], place: int) -> tuple[int, tuple[int, ...]]:
    for length in range(min(LONGEST, len(words) - place), 0, -1):
        groups = _places().get(tuple(words[place : place + length]))
        if groups:
            return length, groups
    family = arabic.root(words[place])
    return 1, _places().get((family,), ()) if len(family) >= MIN_FAMILY else ()


@cache
def _listed() -> list[dict[str, list[str]]]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return [
            {column: [term for term in told.split(";") if term] for column, told in row.items()}
            for row in csv.DictReader(lines)
        ]


@cache
def _first() -> list[str]:
    return [row["arabic"][0] for row in _listed()]


@cache
def _forms() -> list[Forms]:
    """Return, a group each, the single written words with their stems."""
    return [
        tuple(
            dict.fromkeys(
                form
                for column in WRITTEN
                for word in map(_single, row[column])
                if word
                for form in (word, *arabic.stems(word))
            )
        )
        for row in _listed()
    ]


@cache
def _parts() -> list[Forms]:
    """Return, a group each, the telling words of its written names of several words."""
    return [
        tuple(
            dict.fromkeys(
                form
                for column in WRITTEN
                for term in row[column]
                if not _single(term)
                for word in arabic.tokens(term)
                if word not in arabic.STOP_WORDS
                for form in (word, *arabic.stems(word))
            )
        )
        for row in _listed()
    ]


def _single(term: str) -> str:
    """Return the one telling word of a term, or nothing where it has several."""
    telling = [word for word in arabic.tokens(term) if word not in arabic.STOP_WORDS]
    return telling[0] if len(telling) == 1 else ""


@cache
def _places() -> dict[Forms, tuple[int, ...]]:
    """Return the groups of each name, as it is written and with what may be written onto it."""
    found: dict[Forms, dict[int, None]] = {}
    for group, row in enumerate(_listed()):
        for term in (term for terms in row.values() for term in terms):
            for name in _written(tuple(arabic.tokens(term))):
                found.setdefault(name, {})[group] = None
    return {name: tuple(groups) for name, groups in found.items()}


def _written(name: Forms) -> list[Forms]:
    """Return a name with the clitics that its one word may bear, and its family."""
    if len(name) != 1:
        return [name]
    word, family = name[0], arabic.root(name[0])
    more = [(f"{clitic}{word}",) for clitic in _CLITICS] if not word.isascii() else []
    return [name, *more, *([(family,)] if len(family) >= MIN_FAMILY else [])]
