"""Moroccan Arabic (Darija) read as written Arabic, for the sentence encoder and similar ideas.

The encoder learnt standard Arabic and French, and hardly the Arabic that people speak and type,
in Arabic letters or in those of a telephone. A short list of everyday words (data/darija.csv) is
read as its standard Arabic; every other word stays. Nobody is ever shown this reading.
"""

import csv
import re
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from infitah.kernel import arabic

LIST: Final = Path(__file__).parent / "data" / "darija.csv"
READING_VERSION: Final = 1
"""Raised when the list or these rules change: vectors made of another reading are made anew."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ARABIC = re.compile(r"[\u0620-\u06d3]+")
_PARTICLES: Final = {"و": "و", "ف": "في", "ب": "ب", "ل": "إلى", "د": ""}
"""Particles written on the next word (and, in, with, to, of), and how they are read."""
_PRESENT: Final = ("كي", "كت", "كن", "ك")
_NOT: Final = "ش"

# The Latin letters of a telephone: which Arabic letter each pair, digit and consonant stands for.
_PAIRS: Final = (("kh", "خ"), ("gh", "غ"), ("ch", "ش"), ("sh", "ش"), ("dj", "ج"), ("ou", "و"))
_LETTERS: Final = str.maketrans(
    dict(
        zip(
            "23579abcdefghijklmnopqrstuvwxyz",
            "اعخحقابكديفگهيجكلمنوبقرستوفوسيز",
            strict=True,
        )
    )
)
_WEAK: Final = re.compile(r"[اويء]+")
# A telephone writes no emphatic letters, and h for both: the two sides are compared without them.
_PLAIN: Final = str.maketrans("طصضحثذظ", "تسدهتدز")
_DOUBLED: Final = re.compile(r"(.)\1+")
_MARKERS_WRITTEN: Final = """
dyal dial dyalna dyalhom bghina bghit bghaw khas khass khasna khassna khasso kayn kayna makayn
makaynch bzaf bezzaf kifach chkoun chno bach hna lina liya hadi machi mzyan mezyan daba wach drari
chhal douar dwar 3la
"""
_MARKERS: Final = frozenset(_MARKERS_WRITTEN.split())
_ALSO_IN_FRENCH: Final = frozenset(["douar", "dwar", "drari", "hadi", "lina", "bach", "hna"])
"""Markers that are also names or words in the French of the country: they prove no language."""
_DIGIT_OF_A_WORD: Final = re.compile(r"[a-z][2379][a-z]|^[379][a-z]{2}")
"""A digit that stands for a letter, unlike that of "CO2", "MP3" or "4G"."""
_FRENCH: Final = frozenset(
    [
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "de",
        "et",
        "en",
        "à",
        "au",
        "aux",
        "pour",
        "dans",
        "sur",
        "avec",
        "par",
        "est",
        "sont",
    ]
)
_DIGIT_INSIDE: Final = re.compile(r"[a-z][23579]|[23579][a-z]")
_ARTICLES: Final = frozenset({"le", "la", "les", "un", "une", "du", "des", "de", "au", "aux"})
MIN_SKELETON: Final = 2


class _Entry(NamedTuple):
    """A word of the list: how it is written, how it reads, whether standard Arabic has it too."""

    form: str
    reading: str
    is_standard: bool


def reading(text: str) -> str:
    """Return `text` with the known words of Darija as standard Arabic, the rest as it is.

    A text with no word that only Darija has is left alone: many words belong to both.
    """
    words = _WORD.findall(text)
    if is_telephone_latin(text):
        kept = {word for before, word in pairwise(words) if before.lower() in _ARTICLES}
        return _WORD.sub(lambda found: _from_latin(found[0], kept), text)
    if any(_is_darija(word) for word in words):
        return _WORD.sub(lambda found: _from_arabic(found[0]), text)
    return text


def reading_of_few(text: str) -> str:
    """Return `text` with each word that is listed, or sounds so, as standard Arabic.

    For a few words that were found nowhere, or hardly: nothing in them need say that they are
    Darija.
    """
    read = _WORD.sub(lambda found: _from_latin(found[0], set()), text)
    return _WORD.sub(lambda found: _from_arabic(found[0]), read)


def is_telephone_latin(text: str) -> bool:
    """Tell whether `text` is Darija in Latin letters: by digits inside words or by its particles.

    French holds neither.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    return any(word in _MARKERS or _DIGIT_INSIDE.search(word) for word in words)


def is_written_in_latin(text: str) -> bool:
    """Tell whether `text` as a whole is Darija in Latin letters, and no French that quotes it.

    Stricter than `is_telephone_latin`: its words must be no fewer than the small words of French.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    spoken = sum(
        bool(word in _MARKERS - _ALSO_IN_FRENCH or _DIGIT_OF_A_WORD.search(word)) for word in words
    )
    return 0 < spoken >= sum(word in _FRENCH for word in words)


def _is_darija(word: str) -> bool:
    entry, _particle = _find(arabic.normalise(word))
    return entry is not None and not entry.is_standard


def _from_arabic(word: str) -> str:
    entry, particle = _find(arabic.normalise(word))
    if entry is None or entry.form == arabic.normalise(entry.reading):
        return word
    return f"{_PARTICLES.get(particle, '')} {entry.reading}".strip()


@cache
def _listed() -> dict[str, _Entry]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = [
            _Entry(arabic.normalise(row["darija"]), row["arabic"], row["also_standard"] == "yes")
            for row in csv.DictReader(lines)
        ]
    return {row.form: row for row in rows}


def _find(form: str) -> tuple[_Entry | None, str]:
    """Return the entry of a word and the particle before it."""
    known = _listed()
    for particle, rest in _split(form):
        if rest in known:
            return known[rest], particle
    return None, ""


def _split(form: str) -> list[tuple[str, str]]:
    """Return what `form` may be: itself, or with particle, sign of the present, negation off."""
    found = [("", form)]
    if not _ARABIC.fullmatch(form) or len(form) < 4:
        return found
    found += [("", form.removesuffix(_NOT)), ("", f"ال{form}")]
    for particle in _PARTICLES:
        if form.startswith(particle):
            rest = form.removeprefix(particle)
            found += [(particle, rest), (particle, rest.removesuffix(_NOT))]
    if form.startswith("لل"):
        found.append(("ل", f"ال{form[2:]}"))
    found += [("", form.removeprefix(sign)) for sign in _PRESENT if form.startswith(sign)]
    return [(particle, rest) for particle, rest in found if len(rest) > 2]


def _from_latin(word: str, kept: set[str]) -> str:
    if word in kept or not word.isascii() or "'" in word:
        return word
    if word.lower() == "f":
        return "في"
    spelt = _spelt(word.lower())
    forms = [spelt, spelt.removeprefix("ل"), spelt.removeprefix("ف")]
    score, best = max((_closest(form) for form in forms), key=lambda found: found[0])
    return best if score else word


def _closest(spelt: str) -> tuple[float, str]:
    """Return the reading of the listed word with the same consonants and the closest vowels."""
    skeleton = _skeleton(spelt)
    if len(skeleton) < MIN_SKELETON:
        return 0.0, ""
    entries = _skeletons().get(skeleton, [])
    close = [
        (SequenceMatcher(None, spelt, plain).ratio(), entry.reading) for plain, entry in entries
    ]
    return max(close, key=lambda found: found[0], default=(0.0, ""))


def _spelt(word: str) -> str:
    """Return a word of telephone Latin in Arabic letters, without emphatic ones."""
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    return _DOUBLED.sub(r"\1", word.translate(_LETTERS).translate(_PLAIN))


def _skeleton(spelt: str) -> str:
    return _DOUBLED.sub(r"\1", _WEAK.sub("", spelt))


@cache
def _skeletons() -> dict[str, list[tuple[str, _Entry]]]:
    """Return the listed words by their consonants, the article off."""
    found: dict[str, list[tuple[str, _Entry]]] = {}
    for entry in _listed().values():
        bare = entry.form.removeprefix("ال")
        plain = re.sub("ه$", "ا", bare).translate(_PLAIN)
        found.setdefault(_skeleton(plain), []).append((plain, entry))
    return found
