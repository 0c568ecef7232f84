"""What a word that the index does not know may have meant: one letter off, a space too few.

Pure functions over normalised words. Whoever asks keeps the words that the index knows.
"""

import re
from typing import Final

from infitah.kernel import arabic

MIN_CORRECTED: Final = 4
"""Letters of a word family below which one letter off is another word."""
MIN_HALF: Final = 3
"""Letters of each of two words that were written as one."""
MAX_CORRECTED: Final = 3
"""Unknown words of a question that are corrected; each costs a few hundred look-ups."""
MAX_LETTERS: Final = 16
"""Letters of a word beyond which it is no word to correct."""

_ARABIC: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_WORD: Final = re.compile(rf"[{_ARABIC}ء]+|[{_LATIN}]+")


def corrected_form(word: str) -> str:
    """Return what of an unknown word is corrected: its family, or the word; empty if nothing.

    Clitics and endings are left out, because the index holds the family of each of its words.
    """
    if not _WORD.fullmatch(word) or len(word) > MAX_LETTERS:
        return ""
    family = arabic.root(word)
    return family if len(family) >= MIN_CORRECTED else word if len(word) >= MIN_CORRECTED else ""


def one_letter_off(word: str) -> set[str]:
    """Return every word that differs by one letter left out, added, changed, or two swapped.

    Some hundreds; in the letters of the word's own script. `word` itself is not among them.
    """
    letters = _LATIN if word.isascii() else _ARABIC
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    left_out = {before + after[1:] for before, after in halves if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in halves if after[1:]}
    changed = {before + one + after[1:] for before, after in halves if after for one in letters}
    added = {before + one + after for before, after in halves for one in letters}
    return (left_out | swapped | changed | added) - {word, ""}


def halves_of(word: str) -> list[tuple[str, str]]:
    """Return the two words that `word` may be without the space between them."""
    if not _WORD.fullmatch(word):
        return []
    places = range(MIN_HALF, len(word) - MIN_HALF + 1)
    return [(word[:place], word[place:]) for place in places]
