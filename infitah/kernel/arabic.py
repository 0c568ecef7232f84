"""One normalised form of Arabic, French and Amazigh words, for search and for likeness.

The same pure functions treat what is stored and what is asked, so that both databases answer
alike. NORMALISER_VERSION is stored with an index: a change of it asks for a new one.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from infitah.kernel.text import drop_hidden

NORMALISER_VERSION: Final = 1

MIN_STEM: Final = 3
"""Letters that must remain after a clitic or an ending is taken off."""
MAX_TOKEN: Final = 64
"""Letters of a token that count; longer runs are no words."""

# Vowel signs that stand alone in presentation forms: NFKC would put a space or a tatweel there.
_LONE_MARKS = {*range(0xFC5E, 0xFC64), *range(0xFCF2, 0xFCF5), *range(0xFE70, 0xFE80)} - {0xFE73}
_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]+")
_LATIN_MARKS = re.compile(r"[\u0300-\u036f]+")
_LETTERS: Final = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        # Letters of other keyboards and of Moroccan names, under the letter that people search by.
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "ڭ": "ك",
        "گ": "ك",
        "ہ": "ه",
        "ھ": "ه",
        "ە": "ه",
        "ڤ": "ف",
        "ڥ": "ف",
        "پ": "ب",
        "œ": "oe",
        "æ": "ae",
    }
    | {digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
    | {digit: str(value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")}
)
# U+2D7F joins two Tifinagh consonants: a mark inside a word, not its end.
_WORD = re.compile(r"[^\W_][\w\u2d7f]*")
# What a reader sees as one word, its vowel signs and invisible joins included.
_WRITTEN_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u2d7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    r"\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\ufc5e-\ufc63\ufcf2-\ufcf4"
    r"\ufe70-\ufe7f])*"
)
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]+")
_LATIN = re.compile(r"[a-z]+")

_PREFIXES: Final = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_SUFFIXES: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")

_STOP_WORDS_WRITTEN: Final = """
في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين أن إن أو ثم ما لا لم لن كل بين كان كانت قد
هو هي هم نحن حتى إذا كما عند له لها لهم به بها فيه فيها منه منها عليه عليها و أي
ديال اللي لي باش هاد هادي شي راه بحال
le la les un une des de du d l au aux et ou en dans par pour sur avec sans ce cet cette ces que
qui qu ne pas se s est sont son sa ses leur leurs il elle ils nous vous je on a à n j c m y
ⵏ ⴷ ⵙ ⴳ ⵉ
"""


class Token(NamedTuple):
    """A word of a text: its normalised form and where it stands in the original."""

    form: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Return `text` as search sees it: no vowel signs, no accents, one form a letter, lower case.

    Presentation forms pasted from PDFs become letters, eastern digits western ones; Tifinagh is
    untouched. Normalising again changes nothing.
    """
    folded = drop_hidden(text).translate(dict.fromkeys(_LONE_MARKS))
    folded = unicodedata.normalize("NFKC", folded)
    folded = _MARKS.sub("", folded).translate(_LETTERS).casefold()
    bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return unicodedata.normalize("NFKC", _MARKS.sub("", bare)).translate(_LETTERS)


def without_vowel_signs(text: str) -> str:
    """Return `text` without vowel signs and tatweel, its letters as they were."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=4096)
def _forms_of_raw(raw: str) -> tuple[str, ...]:
    """Return the normalised words of one written word: normalising may split it ("½")."""
    return tuple(word[:MAX_TOKEN] for word in _WORD.findall(normalise(raw)))


def tokens(text: str) -> list[str]:
    """Return the normalised words of `text` in order, each cut at MAX_TOKEN letters."""
    return [word[:MAX_TOKEN] for word in _WORD.findall(normalise(text))]


def placed_tokens(text: str) -> list[Token]:
    """Return the normalised words of `text` with their places in `text` itself.

    Offsets of the normalised text do not fit the original; so each written word is normalised by
    itself. A word that falls apart when normalised gives several tokens in one place.
    """
    return [
        Token(form, found.start(), found.end())
        for found in _WRITTEN_WORD.finditer(text)
        for form in _forms_of_raw(found[0])
    ]


STOP_WORDS: Final = frozenset(tokens(_STOP_WORDS_WRITTEN))
"""Words that say nothing of a text, normalised: Arabic, Darija, French, a few Amazigh particles."""


def _without_prefix(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= MIN_STEM:
            return word[len(prefix) :]
    return word


def _without_suffixes(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= MIN_STEM:
            word = word[: -len(suffix)]
    return word


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """Return the light stems of a normalised word, without the word itself; may be empty.

    Arabic: one clitic before (و ف ب ل ك ال...) off, then the common endings, each where at least
    MIN_STEM letters remain; the endings also off the whole word, because بـ of بلدية is no clitic.
    Latin: one final s or x off a word of more than three letters. Tifinagh: none.
    """
    if _ARABIC.fullmatch(word):
        bare = _without_prefix(word)
        found: tuple[str, ...] = (bare, _without_suffixes(bare), _without_suffixes(word))
    elif _LATIN.fullmatch(word) and len(word) > MIN_STEM and word[-1] in "sx":
        found = (word[:-1],)
    else:
        return ()
    return tuple(dict.fromkeys(form for form in found if form != word))


def root(word: str) -> str:
    """Return the shortest light stem of a normalised word, or the word: one key a word family."""
    if _ARABIC.fullmatch(word):
        return _without_suffixes(_without_prefix(word))
    return stems(word)[0] if stems(word) else word


def index_forms(text: str) -> str:
    """Return every word of `text` with its stems beside it, as one text for a word index."""
    return " ".join(form for word in tokens(text) for form in (word, *stems(word)))


def query_forms(text: str) -> list[tuple[str, ...]]:
    """Return one tuple a word asked for: the word, then its stems; any of them may answer.

    Doubles are asked once. Stop words are left out unless nothing else was asked.
    """
    words = list(dict.fromkeys(tokens(text)))
    telling = [word for word in words if word not in STOP_WORDS]
    return [(word, *stems(word)) for word in telling or words]


def trigrams_of(words: Sequence[str]) -> frozenset[str]:
    """Return the character 3-grams of the word families of normalised words, each word padded.

    Stop words are left out, so that two texts are not alike for what every text says.
    """
    telling = [root(word) for word in words if word not in STOP_WORDS] or words
    return frozenset(
        padded[place : place + 3]
        for padded in (f" {word} " for word in telling)
        for place in range(len(padded) - 2)
    )


def trigrams(text: str) -> frozenset[str]:
    """Return the character 3-grams of the word families of `text`."""
    return trigrams_of(tokens(text))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of 3-grams that two texts have in common: 0 to 1 (Dice), symmetric."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are in their letters, 0 to 1; 0 where one has no words."""
    return likeness(trigrams(one), trigrams(other))
