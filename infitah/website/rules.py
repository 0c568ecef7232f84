"""Rules of the website: pages that every community owes, addresses, who edits what."""

import re
import unicodedata
from typing import Final

# Short names of the statements that stand in the foot of every page, in their order.
STATEMENTS = ("accessibility", "privacy", "legal")

# First words of addresses that the apps own: no editorial page may take them (decisions C9).
OWNED_WORDS = frozenset(
    {
        "search", "programme", "consultations", "petitions", "information", "transparency",
        "documents", "council", "bodies", "events", "certificates", "data", "budget",
        "procurement", "network", "register", "verify", "quality", "mine", "demonstration",
    }
)  # fmt: skip


# Languages into which the whole interface is translated; Amazigh falls back to French in places.
WHOLE_LANGUAGES: Final = ("ar", "fr")
_PREFIX: Final = re.compile(r"/(?:ar|fr|zgh)(?=/)")


def in_language(path: str, code: str) -> str:
    """Return the address of the same page under the prefix of `code`; empty where it has none."""
    return _PREFIX.sub(f"/{code}", path, count=1) if _PREFIX.match(path) else ""


def may_be_slug(slug: str, *, is_first_level: bool) -> bool:
    """Return whether an editorial page may take `slug`; apps own some words of the first level."""
    return not is_first_level or slug not in OWNED_WORDS


# Groups of Wagtail that we make and keep; others give nobody anything.
GROUP_PREFIX: Final = "pages:"

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


def group_name(community_key: str) -> str:
    """Return the name of the group whose members edit the pages of a community."""
    return f"{GROUP_PREFIX}{community_key}"


def slug_of(title: str) -> str:
    """Return a short name in small Latin letters for a page's address, at most 60 signs.

    Arabic and Tifinagh letters are spelled as Moroccan names are: «ميزانية الجماعة» becomes
    "mizania-al-jamaa". Empty where the title has neither letters nor digits.
    """
    plain = unicodedata.normalize("NFKD", title.lower().translate(_FOLDED))
    # A hamza written apart stays with its letter; other marks go.
    plain = unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f\u064b-\u0652\u0670]", "", plain))
    words = [spelled for word in _WORDS.findall(plain) for spelled in _spelled(word)]
    return _shortened([word for word in words if word])


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
