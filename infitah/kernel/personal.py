"""What seems to name or reach a person in a text: cards, telephones, addresses, accounts, names.

Source: law 09-08 (personal data). It only points: a number of a public office is meant to be
public, and a machine cannot tell. Places are those of the text as it was given; digits of any
script count. Linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from infitah.kernel.arabic import Token, placed_tokens, stems, tokens
from infitah.kernel.text import western_digits

_GAP: Final = r"[\s.\-/_()]{0,3}"
PHONE: Final = re.compile(rf"(?<!\d)(?:(?:\+|00)?212{_GAP}0?|0){_GAP}[5-8](?:{_GAP}\d){{8}}(?!\d)")
"""Moroccan numbers: 05 to 08 and eight digits, or +212 / 00212 with or without the zero."""
CARD: Final = re.compile(r"(?<![^\W_])(?:[A-Za-z]{1,2}|[A-Z]{1,2}[ \-])\d{5,6}(?![^\W_])")
"""The number of a national card (CNIE): one or two letters and five or six digits.

Apart from its digits the letters count as such only in capitals: "de 50000 dirhams" is no card.
"""
MAIL: Final = re.compile(r"(?<=[\w.+\-])@[\w\-]{1,63}\.[\w.\-]{0,63}[^\W\d_]")
"""The end of a mail address, from its @ on."""
_LOCAL: Final = re.compile(r"[\w.+\-]{1,64}\Z")
_ACCOUNT: Final = re.compile(
    r"(?<![^\W_])(?P<country>MA\s?\d\s?\d\s{0,2})?\d(?:[\s.\-]{0,2}\d){23}(?![^\W_])", re.I
)
_ACCOUNT_LABEL: Final = re.compile(
    r"(?<![^\W_])(?:r\.?\s?i\.?\s?b|iban|compte|ر\s?\.?\s?ب\s?\.?\s?ه|(?:ال)?حساب|"
    r"(?:ال)?هوية (?:ال)?بنكية)(?![^\W_])",
    re.I,
)
"""Words beside which 24 digits are an account, whatever their key."""
_ACCOUNT_GROUPS: Final = re.compile(r"\d{3}[\s.\-]\d{3}[\s.\-]\d{16}[\s.\-]\d{2}\Z")
"""Bank, town, account, key: the groups in which an account is written."""
_NEAR: Final = 40
_MODULUS: Final = 97
_SHORTEST_PART: Final = 3
_PARTICLES: Final = frozenset(
    tokens(
        "بن ابن بنت ال ايت آيت او أبو ابو ام أم عبد سي السيد السيدة سيدي مولاي لالة "
        "ben bin ibn el al ait ou de la le si sidi moulay lalla abou mr mme mlle monsieur madame"
    )
)
"""Words of names that name nobody by themselves."""


class Personal(StrEnum):
    """What a place of a text seems to hold."""

    ACCOUNT = "account"
    PHONE = "phone"
    CARD = "card"
    MAIL = "mail"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Trace:
    """A place of a text that seems personal; `is_sure` is false for a part of a name.

    It is false too for an account whose key does not fit.
    """

    kind: Personal
    start: int
    end: int
    is_sure: bool = True


def traces_in(text: str, names: Sequence[str] = ()) -> list[Trace]:
    """Return what seems personal in `text`, in its order, nothing within something longer.

    `names` are those of known persons, in any script and order of their parts.
    """
    plain = western_digits(text)
    found = [*_accounts(plain), *_numbers(plain), *_mails(plain), *_names(text, names)]
    kept: list[Trace] = []
    taken = bytearray(len(text))
    for trace in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(taken[trace.start : trace.end]):
            taken[trace.start : trace.end] = b"\1" * (trace.end - trace.start)
            kept.append(trace)
    return sorted(kept, key=lambda one: one.start)


def is_account(digits: str) -> bool:
    """Tell whether 24 digits are a Moroccan bank account (RIB): its key makes it divide by 97."""
    return len(digits) == 24 and int(digits) % _MODULUS == 0


def is_iban(check: str, digits: str) -> bool:
    """Tell whether two check digits and 24 digits are a Moroccan IBAN (MA: 22 and 10)."""
    return len(digits) == 24 and int(f"{digits}2210{check}") % _MODULUS == 1


def _accounts(plain: str) -> Iterator[Trace]:
    for found in _ACCOUNT.finditer(plain):
        country = found["country"] or ""
        digits = re.sub(r"\D", "", found[0][len(country) :])
        check = re.sub(r"\D", "", country)
        is_sure = is_account(digits) or bool(check and is_iban(check, digits))
        if is_sure or _is_written_as_account(plain, found):
            yield Trace(Personal.ACCOUNT, found.start(), found.end(), is_sure)


def _is_written_as_account(plain: str, found: re.Match[str]) -> bool:
    """Tell whether 24 digits of another key stand as an account: its groups, or its label near.

    A key may be miswritten or misread; a line of two scripts may show the label behind.
    """
    around = plain[max(found.start() - _NEAR, 0) : found.end() + _NEAR]
    return bool(_ACCOUNT_GROUPS.fullmatch(found[0]) or _ACCOUNT_LABEL.search(around))


def _numbers(plain: str) -> Iterator[Trace]:
    for kind, pattern in ((Personal.PHONE, PHONE), (Personal.CARD, CARD)):
        for found in pattern.finditer(plain):
            yield Trace(kind, found.start(), found.end())


def _mails(plain: str) -> Iterator[Trace]:
    for found in MAIL.finditer(plain):
        local = _LOCAL.search(plain, max(found.start() - 64, 0), found.start())
        yield Trace(Personal.MAIL, local.start() if local else found.start(), found.end())


def _names(text: str, names: Iterable[str]) -> Iterator[Trace]:
    wanted = [parts for name in names if (parts := tokens(name))]
    placed = placed_tokens(text) if wanted else []
    for parts in wanted:
        yield from _whole(placed, parts)
        yield from _whole(placed, parts[::-1])
    single = {part for parts in wanted for part in parts if _tells(part)}
    for token in placed:
        if _is_one_of(token, single):
            yield Trace(Personal.NAME, token.start, token.end, is_sure=False)


def _tells(part: str) -> bool:
    return len(part) >= _SHORTEST_PART and part not in _PARTICLES


def _whole(placed: Sequence[Token], parts: Sequence[str]) -> Iterator[Trace]:
    """Yield where all `parts` stand one after the other, with a clitic before the first at most."""
    length = len(parts)
    for at in range(len(placed) - length + 1):
        some = placed[at : at + length]
        if all(_is(token, part) for token, part in zip(some, parts, strict=True)):
            is_sure = length > 1 or _tells(parts[0])
            yield Trace(Personal.NAME, some[0].start, some[-1].end, is_sure)


def _is(token: Token, part: str) -> bool:
    return token.form == part or part in stems(token.form)


def _is_one_of(token: Token, parts: set[str]) -> bool:
    return token.form in parts or not parts.isdisjoint(stems(token.form))
