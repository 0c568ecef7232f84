"""Cleaning of text that people type, paste and upload; linear in its length, never raising.

What is taken out is what nobody can see or what turns the reading order around: controls, bidi
overrides and isolates, zero-width characters, byte-order marks, lone surrogates.
"""

import re
import unicodedata
from typing import Final

MAX_LINE: Final = 300
"""Characters of a one-line field where its form names no smaller limit."""
MAX_TEXT: Final = 20_000
"""Characters of a long field where its form names no smaller limit."""
MAX_PASTE: Final = 200_000
"""Characters that a page still takes in and gives back with its error, and no more."""
MAX_MARKS: Final = 6
"""Marks kept on one letter; Arabic needs three, a stack of hundreds is an attack on the reader."""

_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_WHITE = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Shapes of letters, as old programs and PDFs give them; not the signs of whole words (\ufdf0 on),
# nor the vowel signs that stand alone, which would become a space.
_SHAPES = re.compile("[\ufb50-\ufc5d\ufc64-\ufcf1\ufcf5-\ufd3d\ufd50-\ufdcf\ufe80-\ufefc]+")
_FORMULA = re.compile(r"\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cf":
        return character not in _VISIBLE_FORMATS
    if category == "Cc":
        return character not in "\n\t"
    return category == "Cs" or character in _BLANK_LETTERS or ord(character) & 0xFFFE == 0xFFFE


def drop_hidden(text: str) -> str:
    """Return `text` without what cannot be seen, marks capped at MAX_MARKS a letter.

    The cap comes before any normalising: sorting a run of marks is quadratic in its length.
    """
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS and not _is_hidden(character):
            kept.append(character)
    return "".join(kept)


def clean_text(text: str) -> str:
    """Return `text` in NFC with plain line breaks, single spaces, at most one empty line running.

    The outcome is stable: cleaning it again changes nothing.
    """
    plain = unicodedata.normalize("NFC", drop_hidden(_LINE_BREAKS.sub("\n", text)))
    lines = (_WHITE.sub(" ", line).strip() for line in plain.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line: every run of white space is one space."""
    return " ".join(clean_text(text).split())


def arabic_letters(text: str) -> str:
    """Return `text` with shapes of Arabic letters (presentation forms) as the letters themselves.

    Nothing else is touched, so that what people wrote stays as they wrote it. Stable.
    """
    return _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def western_digits(text: str) -> str:
    """Return `text` with the digits of any script as western ones: ٢٠٢٦ is 2026."""
    return "".join(str(unicodedata.decimal(each, each)) for each in text)


def has_letters(text: str) -> bool:
    """Tell whether `text` holds a letter of any script, so that "..." is no answer."""
    return any(character.isalpha() for character in text)


def safe_cell(text: str) -> str:
    """Return `text` fit for a cell of a CSV that a spreadsheet opens.

    What would start a formula gets an apostrophe before it; plain numbers stay numbers.
    """
    if _NUMBER.fullmatch(text) or not _FORMULA.match(text):
        return text
    return f"'{text}"
