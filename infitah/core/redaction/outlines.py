"""A TrueType font without the outlines of letters that are not shown."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_KEPT: Final = {b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cvt ", b"fpgm", b"prep"}
_MOST_TABLES: Final = 64
_WORDS: Final = 0x0001
_SCALE: Final = 0x0008
_MORE: Final = 0x0020
_TWO_SCALES: Final = 0x0040
_MATRIX: Final = 0x0080


@dataclass(frozen=True, slots=True)
class _Glyphs:
    """The outlines of a font, by glyph."""

    data: bytes
    ends: list[int]

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self.ends) - 1:
            return b""
        return self.data[self.ends[number] : self.ends[number + 1]]


def only_glyphs(font: bytes, wanted: set[int]) -> bytes:
    """Return the font with the outlines of `wanted` and what they are made of, numbers unchanged.

    Names, features and the map of characters fall away: a font that is addressed by glyph numbers
    needs none. A font that cannot be read so comes back as it is.
    """
    try:
        return _cut(font, {0, *wanted})
    except (struct.error, IndexError, KeyError, ValueError):
        return font


def _cut(font: bytes, wanted: set[int]) -> bytes:
    tables = dict(_tables(font))
    long = struct.unpack_from(">h", tables[b"head"], 50)[0]
    loca = tables[b"loca"]
    count = len(loca) // (4 if long else 2)
    ends = [
        end if long else end * 2 for end in struct.unpack_from(f">{count}{'IH'[not long]}", loca)
    ]
    if any(after < before for before, after in pairwise(ends)):
        raise ValueError
    glyphs = _Glyphs(tables[b"glyf"], ends)
    kept = _with_parts(glyphs, wanted)
    out, offsets = bytearray(), [0]
    for number in range(count - 1):
        if number in kept:
            out += glyphs[number]
            out += b"\0" * (-len(out) % 4)
        offsets.append(len(out))
    tables[b"glyf"] = bytes(out) or b"\0\0\0\0"
    tables[b"loca"] = struct.pack(f">{count}I", *offsets)
    head = bytearray(tables[b"head"])
    struct.pack_into(">h", head, 50, 1)
    tables[b"head"] = bytes(head)
    return _assembled(font[:4], {tag: table for tag, table in tables.items() if tag in _KEPT})


def _tables(font: bytes) -> Iterator[tuple[bytes, bytes]]:
    if font[:4] not in {b"\0\1\0\0", b"true"}:
        raise ValueError
    count = struct.unpack_from(">H", font, 4)[0]
    if not 0 < count <= _MOST_TABLES:
        raise ValueError
    for place in range(count):
        tag, _sum, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        yield tag, font[offset : offset + length]


def _with_parts(glyphs: _Glyphs, wanted: set[int]) -> set[int]:
    """Return `wanted` and the glyphs that they are put together from."""
    kept: set[int] = set()
    waiting = list(wanted)
    while waiting:
        number = waiting.pop()
        if number not in kept:
            kept.add(number)
            waiting += _parts(glyphs[number])
    return kept


def _parts(glyph: bytes) -> Iterator[int]:
    if len(glyph) < 10 or struct.unpack_from(">h", glyph)[0] >= 0:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, number = struct.unpack_from(">HH", glyph, at)
        yield number
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0


def _assembled(version: bytes, tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    top = 1 << (count.bit_length() - 1)
    head = version + struct.pack(">HHHH", count, top * 16, top.bit_length() - 1, (count - top) * 16)
    body, offset = b"", 12 + 16 * count
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        words = struct.unpack(f">{len(padded) // 4}I", padded)
        head += tag + struct.pack(">III", sum(words) & 0xFFFFFFFF, offset + len(body), len(table))
        body += padded
    return head + body
