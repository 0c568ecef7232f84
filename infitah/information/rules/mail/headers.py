"""Headers of mails as anybody may write them: decoded tolerantly, cut, never believed.

`email.policy.default` parses headers by grammar; it raises on some (an empty Message-ID) and takes
seconds on others (a From of 40 KB), so raw values are read here.
"""

import binascii
import re
from collections.abc import Iterator
from email.message import Message
from typing import Final

from infitah.kernel.text import clean_line

LONGEST: Final = 4000
"""Characters of one header that are looked at."""
MOST: Final = 50
"""Headers of one name, and Message-IDs of one header, that are looked at."""
LONGEST_NAME: Final = 200

_WORD: Final = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\s]*)\?=")
_FOLD: Final = re.compile(r"[\r\n]+[ \t]*")
_ADDRESS: Final = re.compile(
    r"[^\s\x00-\x1f\x7f<>@\"'(),:;\\\[\]]{1,64}@[^\s\x00-\x1f\x7f<>@\"'(),:;\\\[\]]{1,190}"
)
_ID: Final = re.compile(r"<[!-;=?-~]{1,250}>")
# Encodings of mails; others that Python knows (punycode, unicode_escape) are slow or no text.
_CHARSET: Final = re.compile(
    r"utf-?(?:7|8|16|32)(?:[-_]?[bl]e)?|(?:us-)?ascii|iso-?8859-?\d{1,2}(?:-[ei])?"
    r"|(?:windows-?|cp-?)(?:125[0-8]|\d{3})|mac[-_]?arabic|koi8-[ru]|iso-2022-(?:jp|kr)"
    r"|gb(?:2312|k|18030)|big5|shift[-_]jis|euc-(?:jp|kr)"
)
_OF_OLD: Final = "cp1256"
"""What bytes are that are no UTF-8 and say nothing else: it holds Arabic and French letters."""


def decoded(data: bytes, charset: str = "") -> str:
    """Return bytes as text by the encoding that they name, else by what they look like."""
    name = charset.strip().strip("'\"").lower()
    if _CHARSET.fullmatch(name) and name not in {"us-ascii", "ascii"}:
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_OF_OLD, "replace")


def _word_bytes(kind: str, coded: str) -> bytes:
    raw = coded.encode("ascii", "ignore")
    if kind in "qQ":
        return binascii.a2b_qp(raw, header=True)
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(kept) % 4 == 1:
        kept = kept[:-1]
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def words(value: str) -> str:
    """Return a header's value with its encoded words (RFC 2047) decoded, on one clean line.

    Words of one encoding that follow each other are decoded as one: many programs cut letters.
    """
    text = _FOLD.sub(" ", _unescaped(value[:LONGEST]))
    pieces: list[str] = []
    waiting, charset, end = b"", "", 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        name = found[1].partition("*")[0].lower()
        if waiting and (between.strip() or name != charset):
            pieces.append(decoded(waiting, charset))
            waiting = b""
        if between.strip() or not end:
            pieces.append(between)
        waiting, charset, end = waiting + _word_bytes(found[2], found[3]), name, found.end()
    if waiting:
        pieces.append(decoded(waiting, charset))
    return clean_line("".join([*pieces, text[end:]]))


def _unescaped(value: str) -> str:
    """Return a raw value with its bytes above ASCII as the letters that they are."""
    return decoded(value.encode("utf-8", "surrogateescape"))


def raw_values(message: Message, name: str) -> Iterator[str]:
    """Yield the raw values of a header, the first MOST."""
    count = 0
    for key, value in message.raw_items():
        if key.lower() == name:
            yield str(value)[:LONGEST]
            count += 1
            if count == MOST:
                return


def line(message: Message, name: str) -> str:
    """Return the first value of a header, decoded, on one line; "" where it is missing."""
    return words(next(raw_values(message, name), ""))


def has(message: Message, name: str) -> bool:
    """Return whether a mail has this header."""
    return next(raw_values(message, name), None) is not None


def addresses(message: Message, *names: str) -> list[str]:
    """Return every address in these headers, in small letters."""
    texts = (_unescaped(value) for name in names for value in raw_values(message, name))
    found = (one.rstrip(".").lower() for text in texts for one in _ADDRESS.findall(text))
    return list(dict.fromkeys(found))


def sender(message: Message) -> tuple[str, str]:
    """Return address and name of who sent a mail; "" what cannot be read."""
    value = _FOLD.sub(" ", next(raw_values(message, "from"), ""))
    start = value.rfind("<")
    address = _first_address(value[start + 1 :]) if start >= 0 else ""
    if not address:
        return _first_address(value), ""
    name = words(value[:start]).strip("\"' ").replace('\\"', '"')
    return address, name[:LONGEST_NAME]


def _first_address(value: str) -> str:
    found = _ADDRESS.search(_unescaped(value))
    return found[0].rstrip(".").lower() if found else ""


def ids(message: Message, *names: str) -> list[str]:
    """Return the Message-IDs in these headers, each with its brackets, the last MOST."""
    found = [one for name in names for value in raw_values(message, name) for one in ids_in(value)]
    return list(dict.fromkeys(found))[-MOST:]


def ids_in(text: str) -> list[str]:
    """Return what looks like Message-IDs in a text."""
    return [one for one in _ID.findall(text) if "@" in one]
