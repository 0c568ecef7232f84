"""The letters of a page with their cells, and the words they make, as PDFium reads them.

The cell of a letter is the whole place that its font gives it, joined with the place of its ink.
Words are in reading order: within an Arabic word the first letter is the rightmost one.
"""

import ctypes
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from infitah.core.redaction.engine import Placing, placing
from infitah.core.redaction.values import Rect
from infitah.kernel.arabic import without_vowel_signs
from infitah.kernel.text import arabic_letters, drop_hidden

_HYPHENS: Final = {0x02, 0xFFFE}  # what PDFium makes of a hyphen at the end of a line
_DEEPEST: Final = 20
_INVISIBLE: Final = {3, 7}  # text rendering modes that paint nothing
_SPACES: Final = {0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x200B, 0x3000, 0xFEFF}
_RIGHT_TO_LEFT: Final = {"R", "AL"}


@dataclass(frozen=True, slots=True)
class Maker:
    """The text object that a letter is of: painted or not, in a layer, turned by so many degrees.

    `turn` is as displayed: 0 runs to the right, 90 up, 180 to the left, 270 down.
    """

    is_painted: bool = False
    is_layered: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """One letter: its cell, its ink, its place in PDFium's text, and the text object it is of."""

    text: str
    cell: Rect
    ink: Rect
    index: int
    made_by: int  # address of the page object, 0 where PDFium made the letter up
    maker: "Maker"

    def along(self) -> float:
        """Return how far along its own line the letter stands, as a reader of the line sees it."""
        cell = self.cell
        if self.maker.turn in {0, 180}:
            return (cell.left + cell.right) / (2 if self.maker.turn == 0 else -2)
        return (cell.top + cell.bottom) / (-2 if self.maker.turn == 90 else 2)

    @property
    def length(self) -> float:
        """Return what the letter takes of its line."""
        return self.cell.width if self.maker.turn in {0, 180} else self.cell.height


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A run of letters without a space between them."""

    letters: tuple[Letter, ...]
    text: str
    cell: Rect

    @property
    def ink(self) -> Rect:
        return around(letter.ink for letter in self.letters)

    @property
    def turn(self) -> int:
        return self.letters[0].maker.turn

    @property
    def is_painted(self) -> bool:
        return any(letter.maker.is_painted for letter in self.letters)

    @property
    def is_layered(self) -> bool:
        return any(letter.maker.is_layered for letter in self.letters)

    def touches(self, boxes: Iterable[Rect]) -> bool:
        """Tell whether its cell touches one of `boxes`."""
        return any(self.cell.touches(box) for box in boxes)


def around(rects: Iterable[Rect]) -> Rect:
    """Return the smallest rectangle around all."""
    left, top, right, bottom = zip(*(rect.sides for rect in rects), strict=True)
    return Rect(min(left), min(top), max(right), max(bottom))


def letters_of(page: pypdfium2.PdfPage) -> list[Letter]:
    """Return the letters of a page in PDFium's order, spaces included."""
    where = placing(page)
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        _drop_replacements(pdfium.FPDFPage_GetObject(page, place))
    text = page.get_textpage()
    try:
        reader = _Reader(text, where)
        return [reader.letter(index) for index in range(text.count_chars())]
    finally:
        text.close()


def words_of(page: pypdfium2.PdfPage) -> list[Word]:
    """Return the words of a page in PDFium's order of reading."""
    return [word for run in _runs(letters_of(page)) if (word := _word(run)).text]


class _Reader:
    """Reads the letters of one page; what it is told by PDFium it takes down in the same places."""

    def __init__(self, text: pypdfium2.PdfTextPage, where: Placing) -> None:
        self._text = text.raw
        self._where = where
        self._sides = [ctypes.c_double() for _side in range(4)]
        self._cell = pdfium.FS_RECTF()
        self._makers: dict[int, Maker] = {0: Maker()}

    def letter(self, index: int) -> Letter:
        code = pdfium.FPDFText_GetUnicode(self._text, index)
        left, right, bottom, top = self._sides
        pdfium.FPDFText_GetCharBox(self._text, index, left, right, bottom, top)
        ink = self._where.shown(left.value, bottom.value, right.value, top.value)
        cell = ink
        if pdfium.FPDFText_GetLooseCharBox(self._text, index, self._cell):
            loose = self._cell
            cell = ink.joined(self._where.shown(loose.left, loose.bottom, loose.right, loose.top))
        if not cell.area:
            cell = cell.joined(self._where.shown(*self._by_size(index)))
        made_by = pdfium.FPDFText_GetTextObject(self._text, index)
        address = ctypes.addressof(made_by.contents) if made_by else 0
        if address not in self._makers:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(made_by)
            turn = self._where.turned(*self._way(index, code))
            self._makers[address] = Maker(mode not in _INVISIBLE, is_layered(made_by), turn)
        return Letter(_as_text(code), cell, ink, index, address, self._makers[address])

    def _way(self, index: int, code: int) -> tuple[float, float]:
        """Return which way a line runs in the page's own space, as if Arabic were not mirrored."""
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        is_mirrored = matrix.a * matrix.d - matrix.b * matrix.c < 0
        if is_mirrored and is_right_to_left(_as_text(code)):
            return matrix.d, -matrix.c
        return matrix.a, matrix.b

    def _by_size(self, index: int) -> tuple[float, float, float, float]:
        """Return a cell by the size of the font, where the font says nothing of its own."""
        x, y = self._sides[:2]
        pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        size = abs(pdfium.FPDFText_GetFontSize(self._text, index))
        return x.value, y.value - size * 0.25, x.value + size * 0.5, y.value + size


def is_layered(item: object) -> bool:
    """Tell whether an object of a page belongs to optional content."""
    return any(_mark_name(mark) == "OC" for mark in _marks(item))


def _drop_replacements(item: object, depth: int = 0) -> None:
    """Take away the texts (ActualText) that stand for what is drawn: the letters drawn count."""
    if depth > _DEEPEST:
        return
    for place in range(max(pdfium.FPDFFormObj_CountObjects(item), 0)):
        _drop_replacements(pdfium.FPDFFormObj_GetObject(item, place), depth + 1)
    for mark in _marks(item):
        keys = range(pdfium.FPDFPageObjMark_CountParams(mark))
        if any(_key_of(mark, number) == "ActualText" for number in keys):
            pdfium.FPDFPageObj_RemoveMark(item, mark)


def _marks(item: object) -> list[object]:
    count = max(pdfium.FPDFPageObj_CountMarks(item), 0)
    return [pdfium.FPDFPageObj_GetMark(item, place) for place in range(count)]


def _mark_name(mark: object) -> str:
    return _read(lambda *place: pdfium.FPDFPageObjMark_GetName(mark, *place))


def _key_of(mark: object, number: int) -> str:
    return _read(lambda *place: pdfium.FPDFPageObjMark_GetParamKey(mark, number, *place))


def _read(asked: Callable[..., object]) -> str:
    buffer, needed = (ctypes.c_ushort * 24)(), ctypes.c_ulong()
    asked(buffer, ctypes.sizeof(buffer), needed)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]


def _as_text(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return "" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _runs(letters: Sequence[Letter]) -> Iterator[Sequence[Letter]]:
    """Yield the runs of letters between spaces, cut again where they stand far apart."""
    for is_run, run in groupby(letters, key=_is_of_a_word):
        if is_run:
            yield from _near(list(run))


def _is_of_a_word(letter: Letter) -> bool:
    if not letter.text or ord(letter.text) in _SPACES:
        return False
    return bool(letter.made_by) or letter.text == "-"


def _near(run: Sequence[Letter]) -> list[list[Letter]]:
    """Return `run` cut where a letter has nothing near it, each part in PDFium's order."""
    parts: list[list[Letter]] = []
    reach: list[Letter] = []
    for letter in sorted(run, key=lambda letter: (letter.along(), letter.index)):
        for place, last in enumerate(reach):
            if not _is_far(last, letter):
                parts[place].append(letter)
                reach[place] = letter
                break
        else:
            parts.append([letter])
            reach.append(letter)
    for part in parts:
        part.sort(key=lambda letter: letter.index)
    return sorted(parts, key=lambda part: part[0].index)


def _is_far(one: Letter, other: Letter) -> bool:
    """Tell whether two letters are too far apart, or turned too differently, for one word."""
    if one.maker.turn != other.maker.turn:
        return True
    across = max(one.cell.left, other.cell.left) - min(one.cell.right, other.cell.right)
    down = max(one.cell.top, other.cell.top) - min(one.cell.bottom, other.cell.bottom)
    wide, high = max(one.cell.width, other.cell.width), max(one.cell.height, other.cell.height)
    if one.maker.turn in {0, 180}:
        return across > 4 * max(wide, 1e-3) or down > high
    return down > 4 * max(high, 1e-3) or across > wide


def _word(run: Sequence[Letter]) -> Word:
    written = "".join(letter.text for letter in run)
    if written.isascii():
        ordered = _in_reading_order(run, may_be_arabic=False)
        text = "".join(letter.text for letter in ordered)
        return Word(tuple(ordered), "".join(filter(str.isprintable, text)), _around(ordered))
    ordered = _in_reading_order(run)
    return Word(tuple(ordered), plain_text(ordered), _around(ordered))


def plain_text(letters: Iterable[Letter]) -> str:
    """Return letters as text: no vowel signs, no presentation forms, nothing unseen."""
    written = "".join(letter.text for letter in letters)
    return without_vowel_signs(arabic_letters(drop_hidden(written)))


def _around(letters: Sequence[Letter]) -> Rect:
    return around(letter.cell for letter in letters)


def is_right_to_left(text: str) -> bool:
    """Tell whether a letter of `text` is written from right to left."""
    return any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in text)


def _in_reading_order(run: Sequence[Letter], *, may_be_arabic: bool = True) -> list[Letter]:
    """Return the letters of a word as they are read, whatever order PDFium came to.

    It turns an Arabic line around letter by letter: the letters of one ligature come out
    backwards, and a Latin word with digits in two halves.
    """
    bunches = [list(bunch) for _place, bunch in groupby(run, key=lambda letter: letter.cell.sides)]
    if not may_be_arabic or not is_right_to_left("".join(letter.text for letter in run)):
        forward = bunches if _is_rising(bunches) else sorted(bunches, key=_along)
        return [letter for bunch in forward for letter in bunch]
    ordered: list[list[Letter]] = []
    backwards = sorted(bunches, key=_along, reverse=True)
    for is_arabic, group in groupby(backwards, key=_is_arabic):
        part = list(group)
        ordered += [bunch[::-1] for bunch in part] if is_arabic else part[::-1]
    return [letter for bunch in ordered for letter in bunch]


def _is_arabic(bunch: Sequence[Letter]) -> bool:
    """Tell whether letters are Arabic, or signs that stand on one."""
    return all(
        unicodedata.bidirectional(each) in {*_RIGHT_TO_LEFT, "NSM"}
        for letter in bunch
        for each in letter.text
    )


def _along(bunch: Sequence[Letter]) -> float:
    return bunch[0].along()


def _is_rising(bunches: Sequence[Sequence[Letter]]) -> bool:
    return all(
        _along(after) >= _along(before) - before[0].length * 0.6
        for before, after in pairwise(bunches)
    )
