"""Short names for addresses, spelled in small Latin letters from what people write."""

import re
import unicodedata
from collections.abc import Container
from typing import Final

MAX_SLUG: Final = 60
# Letters as Moroccan names are spelled in Latin script; vowels that are not written become "a".
_CONSONANTS: Final = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
    "ر": "r", "ز": "z", "س": "s", "ش": "ch", "ص": "s", "ض": "d", "ط": "t", "ظ": "z",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "ڭ": "g", "گ": "g", "ڤ": "v", "پ": "p", "و": "w", "ي": "y",
}  # fmt: skip
_VOWELS: Final = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a", "ع": "a",
    "ؤ": "ou", "ئ": "i", "و": "ou", "ي": "i", "ء": "",
}  # fmt: skip
_GLIDES: Final = frozenset("وي")
# Words of every council, as they are usually spelled.
_USUAL: Final = {
    "صفرو": "sefrou", "مجلس": "majlis", "جماعة": "jamaa", "جماعه": "jamaa", "مقرر": "mouqarrar",
    "دورة": "dawra", "برنامج": "barnamaj", "قانون": "qanoun", "خدمات": "khadamat",
    "محضر": "mahdar", "رقم": "raqm",
}  # fmt: skip
_TIFINAGH: Final = dict(
    zip(
        "ⴰⴱⴳⴷⴹⴻⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥ",
        "a b g d d e f k h h a kh q i j l m n u r r gh s s ch t t w y z z".split(),  # noqa: SIM905
        strict=True,
    )
)
_FOLDED: Final = str.maketrans({"œ": "oe", "æ": "ae", "ـ": "", "ⵯ": "", "ی": "ي", "ک": "ك"})
_WORDS: Final = re.compile(r"[^\W_]+")
_ARABIC: Final = re.compile(r"[\u0620-\u06ff]")


def slug_of(title: str) -> str:
    """Return a short name in small Latin letters for an address, at most 60 signs.

    Arabic and Tifinagh letters are spelled as Moroccan names are: «ميزانية الجماعة» becomes
    "mizania-al-jamaa". Empty where the title has neither letters nor digits.
    """
    plain = unicodedata.normalize("NFKD", title.lower().translate(_FOLDED))
    # A hamza written apart stays with its letter; other marks go.
    plain = unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f\u064b-\u0652\u0670]", "", plain))
    words = [spelled for word in _WORDS.findall(plain) for spelled in _spelled(word)]
    return _shortened([word for word in words if word])


def free_slug(*titles: str, taken: Container[str], otherwise: str) -> str:
    """Return a short name that is not taken: of the first title that has one, else `otherwise`.

    Where it is taken "-2" follows, "-3" and so on, within the 60 signs.
    """
    base = next(filter(None, map(slug_of, titles)), otherwise)
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base[: MAX_SLUG - len(str(number)) - 1].rstrip('-')}-{number}"
    return slug


def _shortened(words: list[str]) -> str:
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_SLUG]
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return slug


def _spelled(word: str) -> list[str]:
    """Return a word in Latin letters; the Arabic article stands apart."""
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in word)
    if not _ARABIC.search(digits):
        latin = "".join(_TIFINAGH.get(sign, sign) for sign in digits)
        return [re.sub(r"[^a-z0-9]", "", latin)]
    if digits.startswith("ال") and len(digits) > 3:
        return ["al", _arabic(digits[2:])]
    return [_arabic(digits)]


def _arabic(word: str) -> str:
    if word in _USUAL:
        return _USUAL[word]
    latin = ""
    was_consonant = False
    for place, sign in enumerate(word):
        is_consonant = _is_consonant(word, place)
        if is_consonant and was_consonant:
            latin += "a"
        latin += _CONSONANTS[sign] if is_consonant else _VOWELS.get(sign, _latin(sign))
        was_consonant = is_consonant
    return re.sub(r"a{3,}", "aa", latin)


def _latin(sign: str) -> str:
    return sign if sign.isascii() and sign.isalnum() else ""


def _is_consonant(word: str, place: int) -> bool:
    """Return whether the letter sounds as one: و and ي do at the start and before a long vowel."""
    sign = word[place]
    if sign not in _GLIDES:
        return sign in _CONSONANTS
    return place == 0 or word[place + 1 : place + 2] == "ا"
