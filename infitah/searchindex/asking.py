"""Words of asking, which name nothing, and words for what is asked about a thing.

"أريد معرفة المبلغ واسم الشركة", "je voudrais savoir le montant et le nom de l'entreprise": every
long question holds them, whatever it is about, and a small index cannot tell it by counting. The
first kind is left out of a question, the second counts less (data/asking_words.csv). The index
holds both: only questions are read so.
"""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final

from infitah.kernel import arabic

LIST: Final = Path(__file__).parent / "data" / "asking_words.csv"

_CLITICS: Final = ("و", "ف", "ال", "وال", "ب", "وب", "بال", "ل", "ول", "لل", "ولل")
_NUMBER: Final = re.compile(r"\d+")
# Whose it is, written onto a word in -ة and onto any other: "قريتي", "دوارنا".
_OWNED_FEMININE: Final = re.compile(r"(\w{2,})ت(?:ي|نا|ك|كم|هم|ها|ه)")
_OWNED: Final = re.compile(r"(\w{3,})(?:نا|كم|هم)")


def is_asking(word: str) -> bool:
    """Tell whether a normalised word only says that something is asked."""
    return word in _words("asking")


def is_aspect(word: str) -> bool:
    """Tell whether a normalised word says what is asked about a thing: amount, name, year."""
    return word in _words("aspect") or bool(_NUMBER.fullmatch(word))


def unowned(word: str) -> tuple[str, ...]:
    """Return a normalised word without the ending that says whose it is; nothing if it has none.

    The index holds the thing, hardly ever "my" or "our" thing.
    """
    if feminine := _OWNED_FEMININE.fullmatch(word):
        bare = f"{feminine[1]}ه"
    elif owned := _OWNED.fullmatch(word):
        bare = owned[1]
    else:
        return ()
    return (bare, *arabic.stems(bare))


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the listed words of a kind, with the clitics that an Arabic one may bear."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        listed = [
            word
            for row in csv.DictReader(lines)
            if row["kind"] == kind
            for word in arabic.tokens(row["words"])
        ]
    borne = [f"{clitic}{word}" for word in listed if not word.isascii() for clitic in _CLITICS]
    return frozenset([*listed, *borne])
