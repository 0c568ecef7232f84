"""The searchable layer of a page that was drawn anew: its words as invisible text, in their places.

Each word is one run, set in the order in which it stands on the page, as in any other PDF: readers
(PDFium, poppler, pdf.js) turn Arabic into the order in which it is read. The font holds no letters;
its ToUnicode names each letter of the document once, sorted, and so says nothing of any order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from infitah.core.redaction.blank_font import ASCENT, DESCENT, WIDTH, blank_font
from infitah.core.redaction.letters import Word, around, is_right_to_left, plain_text
from infitah.core.redaction.values import Rect

FONT: Final = "F0"
_SPACE: Final = " "
_WIDEST: Final = 0.2
"""Part of the page from which two words of a line are no neighbours."""
_TURNS: Final = {
    0: (1, 0, 0, 1),
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
}
_PER_BLOCK: Final = 100  # entries that a block of a character map may hold


@dataclass(frozen=True, slots=True)
class Run:
    """Letters set in one go, in the order of the page; their line turned by so many degrees."""

    text: str
    rect: Rect
    turn: int = 0


def runs_of(words: Iterable[Word]) -> list[Run]:
    """Return the words as runs, a space in each gap between two of a line."""
    runs: list[Run] = []
    last: Word | None = None
    for word in words:
        if last is not None and last.turn == word.turn:
            runs += _gap(last.cell, word.cell, word.turn)
        runs += _runs(word)
        last = word
    return runs


def _runs(word: Word) -> Iterator[Run]:
    shown = [letter for letter in word.letters if plain_text([letter])]
    for is_arabic, group in groupby(shown, key=lambda letter: is_right_to_left(letter.text)):
        letters = list(group)
        text = plain_text(letters)
        rect = around(letter.cell for letter in letters)
        yield Run(text[::-1] if is_arabic else text, rect, word.turn)


def _gap(one: Rect, other: Rect, turn: int) -> list[Run]:
    """Return the space between two words of a line, if they are of one line."""
    if turn in {90, 270}:
        return [
            Run(_SPACE, _turned(run.rect), turn) for run in _gap(_turned(one), _turned(other), 0)
        ]
    top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)
    first, second = sorted((one, other), key=lambda rect: rect.left)
    is_near = 0 < second.left - first.right < _WIDEST
    if not is_near or bottom - top < min(one.height, other.height) / 2:
        return []
    return [Run(_SPACE, Rect(first.right, top, second.left, bottom), turn)]


def _turned(rect: Rect) -> Rect:
    """Return a rectangle with its sides across and down exchanged."""
    return Rect(rect.top, rect.left, rect.bottom, rect.right)


class LayerFont:
    """The letters of all layers of a document, numbered by their sorted order."""

    def __init__(self, runs: Iterable[Run]) -> None:
        letters = sorted({letter for run in runs for letter in run.text})
        self.numbers: Final = {letter: number for number, letter in enumerate(letters, start=1)}

    def content(self, runs: Sequence[Run], width: float, height: float) -> bytes:
        """Return the operators that set `runs` on a page of this size in points."""
        if not runs:
            return b""
        shown = "\n".join(self._shown(run, width, height) for run in runs)
        return f"BT\n3 Tr\n{shown}\nET\n".encode()

    def _shown(self, run: Run, width: float, height: float) -> str:
        rect = run.rect
        left, right = rect.left * width, rect.right * width
        top, bottom = (1 - rect.top) * height, (1 - rect.bottom) * height
        length, thickness = right - left, top - bottom
        if run.turn in {90, 270}:
            length, thickness = thickness, length
        size = max(thickness, 0.1)
        stretch = 100 * max(length, 0.01) * 1000 / (len(run.text) * WIDTH * size)
        low = -DESCENT / 1000 * size
        a, b, c, d = _TURNS[run.turn]
        x, y = {
            0: (left, bottom + low),
            90: (right - low, bottom),
            180: (right, top - low),
            270: (left + low, top),
        }[run.turn]
        codes = "".join(f"{self.numbers[letter]:04X}" for letter in run.text)
        matrix = f"{a} {b} {c} {d} {x:.3f} {y:.3f}"
        return f"/{FONT} {size:.3f} Tf {stretch:.3f} Tz {matrix} Tm <{codes}> Tj"

    def made_in(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Return the font as an object of `pdf`."""
        box = Array([0, DESCENT, WIDTH, ASCENT])
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Unseen,
            Flags=4,
            FontBBox=box,
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=ASCENT,
            StemV=80,
            FontFile2=pdf.make_stream(blank_font()),
        )
        glyphs = b"\0\0" + b"\0\1" * len(self.numbers)
        family = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.Unseen,
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=WIDTH,
            CIDToGIDMap=pdf.make_stream(glyphs),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name.Unseen,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(family)]),
                ToUnicode=pdf.make_stream(self._map()),
            )
        )

    def _map(self) -> bytes:
        rows = [
            f"<{number:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
            for letter, number in self.numbers.items()
        ]
        return character_map(rows, "0000", "FFFF")


def character_map(rows: Sequence[str], first: str, last: str) -> bytes:
    """Return a ToUnicode map of `rows`, each a code and its letters in hexadecimal."""
    blocks = [rows[at : at + _PER_BLOCK] for at in range(0, len(rows), _PER_BLOCK)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /Unseen def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{first}> <{last}>\nendcodespacerange\n{body}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
