"""A font of one letter-sized rectangle, made here: the letters of an invisible layer of text.

The rectangle is never painted (text rendering mode 3); its size lets a reader mark what was found.
It is 500 wide and stands from -200 to 800 of 1000, so that a letter set at the height of a cell
fills that cell.
"""

import struct
from functools import cache
from typing import Final

WIDTH: Final = 500
DESCENT: Final = -200
ASCENT: Final = 800
_MAGIC: Final = 0x5F0F3CF5
_VERSION: Final = 0x00010000


@cache
def blank_font() -> bytes:
    """Return the font as a TrueType program: glyph 0 is empty, glyph 1 the rectangle."""
    glyph = _rectangle()
    box = (0, DESCENT, WIDTH, ASCENT)
    metrics = (WIDTH, 0, 0, WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, 2)
    tables = {
        "glyf": glyph,
        "head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(_VERSION, _VERSION, 0, _MAGIC, 3, 1000, 0, 0, *box, 0, 8, 2, 0, 0),
        ),
        "hhea": struct.pack(">IhhhHhhhhhhhhhhhH", _VERSION, ASCENT, DESCENT, 0, *metrics),
        "hmtx": struct.pack(">HhHh", WIDTH, 0, WIDTH, 0),
        "loca": struct.pack(">HHH", 0, 0, len(glyph) // 2),
        "maxp": struct.pack(">I14H", _VERSION, 2, 4, 1, 0, 0, 1, *(0,) * 8),
    }
    return _font(tables)


def _rectangle() -> bytes:
    head = struct.pack(">hhhhhHH", 1, 0, DESCENT, WIDTH, ASCENT, 3, 0)
    across = struct.pack(">hhhh", 0, 0, WIDTH, 0)
    upwards = struct.pack(">hhhh", DESCENT, ASCENT - DESCENT, 0, DESCENT - ASCENT)
    return head + b"\x01\x01\x01\x01" + across + upwards


def _font(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    out = struct.pack(">IHHHH", _VERSION, count, 64, 2, count * 16 - 64)
    body, offset = b"", 12 + 16 * count
    for name, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        place = offset + len(body)
        out += name.encode() + struct.pack(">III", _sum(padded), place, len(table))
        body += padded
    return out + body


def _sum(table: bytes) -> int:
    return sum(struct.unpack(f">{len(table) // 4}I", table)) & 0xFFFFFFFF
