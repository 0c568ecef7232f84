"""Whether a text still holds who asked: nothing that names a requester becomes public.

Law 09-08 and law 31-13 (law.md 1.9): the requester's identity is never published. Values in,
values out; they are compared and forgotten. Fails towards refusing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from infitah.kernel.arabic import STOP_WORDS, normalise

JOINED_FROM: Final = 8
"""Letters of a whole name from which it is looked for across spaces, dashes and line ends."""
ADDRESS_FROM: Final = 12
"""Letters of a postal address below which it is a word that anybody uses."""
DOCUMENT_FROM: Final = 4
PHONE_FROM: Final = 6
NATIONAL_DIGITS: Final = 9
BETWEEN: Final = 2
"""Words that may stand between those of a name: "محمد بن أحمد العلوي"."""

_WORD = re.compile(r"[^\W_]+")
_GAP: Final = r"[\s\W_]{0,3}"
_AT: Final = r"\s*(?:@|\(at\)|\[at\]|\sat\s|\sarobase\s)\s*"
_DOT: Final = r"\s*(?:\.|\(dot\)|\[dot\]|\spoint\s)\s*"
_CLITICS: Final = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")


class Trace(StrEnum):
    """What of an identity is left in a text."""

    NAME = "name"
    DOCUMENT = "document"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asked, handed over for the length of one comparison and never kept.

    `names` holds whole names, in Arabic and in Latin letters where both are known: a first name
    alone would be found in half of all texts.
    """

    names: tuple[str, ...] = field(default=(), repr=False)
    document: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)

    def left_in(self, text: str) -> tuple[Trace, ...]:
        """Return what of this identity is left in `text`."""
        return identity_left(text, self.names, self.document, self.email, self.phone, self.address)


def identity_left(
    text: str,
    names: Sequence[str] = (),
    document: str = "",
    email: str = "",
    phone: str = "",
    address: str = "",
) -> tuple[Trace, ...]:
    """Return what of an identity is left in `text`, in the order of Trace; empty if nothing.

    Found in any spelling that search knows (hamza, vowel signs, accents, presentation forms,
    eastern digits), with spaces, dashes or line ends between, with the words of a name in another
    order, with clitics, and in letters turned round as some PDFs give them.
    """
    folded = _folded(text)
    words = _WORD.findall(folded)
    found = {
        Trace.NAME: any(_has_name(words, _WORD.findall(_folded(name))) for name in names),
        Trace.DOCUMENT: _has_number(folded, document),
        Trace.EMAIL: _has_email(folded, email),
        Trace.PHONE: _has_phone(folded, phone),
        Trace.ADDRESS: _has_address(words, address),
    }
    return tuple(trace for trace, is_found in found.items() if is_found)


def _folded(text: str) -> str:
    return normalise(text).replace("_", " ")


def _has_name(words: Sequence[str], name: Sequence[str]) -> bool:
    joined = "".join(name)
    if len(joined) < 2 or (len(name) == 1 and joined in STOP_WORDS):
        return False  # على and علي are written alike: alone it tells nobody
    orders = {joined, "".join(reversed(name))}
    orders |= {one[::-1] for one in orders}
    if len(joined) >= JOINED_FROM:
        run = "".join(words)
        if any(order in run for order in orders):
            return True
    return _stands_joined(words, orders) or _stands_apart(words, name)


def _stands_joined(words: Sequence[str], orders: set[str]) -> bool:
    """Tell whether some words written together are the name: "عبد الله", "ع ل و ي"."""
    longest = max(map(len, orders)) + max(map(len, _CLITICS))
    for start in range(len(words)):
        run = ""
        for word in words[start:]:
            run += word
            if len(run) > longest:
                break
            if not orders.isdisjoint(_bare_forms(run)):
                return True
    return False


def _stands_apart(words: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether all words of a name stand near each other, in any order."""
    wanted = [_bare_forms(word) for word in name]
    if len(wanted) < 2:
        return False
    places: list[list[int]] = [[] for _ in wanted]
    for place, word in enumerate(words):
        forms = _bare_forms(word)
        for number, one in enumerate(wanted):
            if not forms.isdisjoint(one):
                places[number].append(place)
    return any(_is_near(start, places, len(wanted) + BETWEEN) for start in places[0])


def _is_near(start: int, places: Sequence[Sequence[int]], width: int) -> bool:
    """Tell whether each other word stands at a place of its own less than `width` from `start`."""
    taken = {start}
    for others in places[1:]:
        free = [one for one in others if abs(one - start) < width and one not in taken]
        if not free:
            return False
        taken.add(min(free, key=lambda one: abs(one - start)))
    return True


def _bare_forms(word: str) -> frozenset[str]:
    """Return a word as it stands and without each clitic that may stand before a name."""
    return frozenset(_without_clitics(word))


def _without_clitics(word: str) -> Iterator[str]:
    yield word
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= 2:
            yield word[len(clitic) :]


def _spread(letters: str) -> str:
    return _GAP.join(map(re.escape, letters))


def _has_number(folded: str, document: str) -> bool:
    """Tell whether a number of a document stands there: AB123456, ab 123 456, ٱب-١٢٣٤٥٦."""
    letters = "".join(_WORD.findall(_folded(document)))
    if len(letters) < DOCUMENT_FROM:
        return False
    before = r"(?<!\d)" if letters[0].isdigit() else r"(?<![a-z])"
    after = r"(?!\d)" if letters[-1].isdigit() else r"(?![a-z])"
    return re.search(f"{before}{_spread(letters)}{after}", folded) is not None


def _has_phone(folded: str, phone: str) -> bool:
    digits = "".join(one for one in _folded(phone) if one.isdecimal())
    if len(digits) < PHONE_FROM:
        return False
    own = digits[-NATIONAL_DIGITS:]
    before = rf"(?<!\d)(?:(?:00)?{_GAP}212{_GAP}(?:0{_GAP})?|0{_GAP})?"
    return re.search(f"{before}{_spread(own)}(?!\\d)", folded) is not None


def _has_email(folded: str, email: str) -> bool:
    local, at, domain = _folded(email).strip().partition("@")
    if not at or not local or not domain:
        return False
    host = _DOT.join(map(re.escape, domain.split(".")))
    return (
        re.search(f"{_DOT.join(map(re.escape, local.split('.')))}{_AT}{host}", folded) is not None
    )


def _has_address(words: Sequence[str], address: str) -> bool:
    joined = "".join(_WORD.findall(_folded(address)))
    return len(joined) >= ADDRESS_FROM and joined in "".join(words)
