"""The difference between two texts, word by word, for readers of Arabic, French and Amazigh.

A word keeps its vowel signs, its tatweel and the joins inside it, so that what is marked as
changed is a whole word as a reader sees it. Plain Python, no Django.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "added", "removed"]

MOST_PAIRS: Final = 500_000
"""Pairs of equal words that are weighed; two texts of 3,000 words have a tenth of them. A pair of
texts with more (one word over and over) is told as one text in place of another."""

_MARKS: Final = r"\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u2d7f"
_TOKEN = re.compile(
    # a number with its separators, a word with its marks and inner hyphens, white space, a sign
    rf"\d+(?:[.,:/\u066b\u066c-]\d+)*|[^\W\d_][\w{_MARKS}]*(?:[-\u2019'][\w{_MARKS}]+)*|\s+|."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, came or went."""

    kind: Kind
    text: str


def words_of(text: str) -> list[str]:
    """Return the words, signs and white space of `text`; joined they are `text` again."""
    return _TOKEN.findall(text)


def redline(before: str, after: str) -> tuple[Piece, ...]:
    """Return how `before` became `after`: what stayed and what went is `before`, to the letter;
    what stayed and what came is `after`. What went stands before what came in its place.

    Two equal texts give one piece, two empty ones none. It takes a moment at most: beyond
    MOST_PAIRS what differs is told as replaced.
    """
    if before == after:
        return _pieces([("same", after)])
    old, new = words_of(before), words_of(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    return _pieces(
        [
            ("same", "".join(new[:start])),
            *_gathered(_changes(inner_old, inner_new)),
            ("same", "".join(new[len(new) - end :])),
        ]
    )


def is_changed(pieces: Sequence[Piece]) -> bool:
    """Return whether anything came or went."""
    return any(piece.kind != "same" for piece in pieces)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many words both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pairs of equal words the two hold, white space aside: the work to be done."""
    left, right = Counter(old), Counter(new)
    return sum(left[word] * right[word] for word in left if not word.isspace())


def _changes(old: list[str], new: list[str]) -> list[tuple[Kind, str]]:
    if _pairs(old, new) > MOST_PAIRS:
        return [("removed", "".join(old)), ("added", "".join(new))]
    # White space is junk: two texts do not resemble each other because both have blanks.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    found: list[tuple[Kind, str]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(new[c:d])))
        else:
            found += [("removed", "".join(old[a:b])), ("added", "".join(new[c:d]))]
    return found


def _gathered(changes: list[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Put neighbouring changes together: a blank between two of them is part of both."""
    made: list[tuple[Kind, str]] = []
    went = came = ""
    for index, (kind, text) in enumerate(changes):
        is_between = bool(went or came) and index + 1 < len(changes)
        if kind == "removed":
            went += text
        elif kind == "added":
            came += text
        elif text.isspace() and is_between:
            went, came = went + text, came + text
        else:
            made += [("removed", went), ("added", came), (kind, text)]
            went = came = ""
    return [*made, ("removed", went), ("added", came)]


def _pieces(runs: Sequence[tuple[Kind, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, text in runs if text)
