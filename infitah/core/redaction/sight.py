"""Which words of a page a reader sees: a word is seen if the page looks different without it.

So text that is white on white, beneath a rectangle or a picture, in a hidden layer or beyond the
edge is told from text that is shown, whatever made it so. Invisible text over a picture, as
programs that read scans leave it, counts as seen where the picture shows something.
"""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from infitah.core.redaction.engine import Pixels, drawn
from infitah.core.redaction.letters import Letter, Word, words_of
from infitah.core.redaction.values import Rect

DPI: Final = 110
MOST_PIXELS: Final = 4_000_000
_DIFFERS: Final = 24
"""Steps of 255 by which a dot must differ to count as seen."""
_CONTRAST: Final = 48
"""Steps between the darkest and the brightest dot under invisible text over a picture."""
_UNLIKE: Final = 32
_FEW_DOTS: Final = 4
_OVERLAP: Final = 0.3
_MOST_TURNED_OFF: Final = 40
Counted = NDArray[numpy.int64]


@dataclass(frozen=True, slots=True)
class Sight:
    """The words of a page, those that are seen apart from those that are not."""

    seen: tuple[Word, ...]
    unseen: tuple[Word, ...]


def size_of(page: pypdfium2.PdfPage, dpi: float, most: int) -> tuple[int, int]:
    """Return the pixels of a page at `dpi`, fewer where it would have more than `most`."""
    width, height = max(page.get_width(), 1e-3), max(page.get_height(), 1e-3)
    scale = min(dpi / 72, (most / (width * height)) ** 0.5)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def sight_of(page: pypdfium2.PdfPage, words: Sequence[Word] | None = None) -> Sight:
    """Return what is seen of the text of a page, annotations apart; `words` if known already."""
    words = words_of(page) if words is None else words
    if not words:
        return Sight((), ())
    plain = drawn(page, size_of(page, DPI, MOST_PIXELS))
    makers = {letter.made_by for word in words for letter in word.letters if letter.made_by}
    bare = plain
    if any(word.is_painted for word in words):
        with _turned_off(page, makers):
            bare = drawn(page, size_of(page, DPI, MOST_PIXELS))
    seen = _seen_of(words, plain, bare)
    doubtful = _covered_by_others([word for word in words if id(word) in seen])
    seen -= {id(word) for word in _unseen_by_itself(page, doubtful, plain)}
    return Sight(
        tuple(word for word in words if id(word) in seen),
        tuple(word for word in words if id(word) not in seen),
    )


@contextmanager
def _turned_off(page: pypdfium2.PdfPage, makers: set[int]) -> Iterator[None]:
    """Leave objects of the page out of its drawing for a while."""
    items = [ctypes.cast(address, pdfium.FPDF_PAGEOBJECT) for address in makers]
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item, 0)
    try:
        yield
    finally:
        for item in items:
            pdfium.FPDFPageObj_SetIsActive(item, 1)


def _seen_of(words: Sequence[Word], plain: Pixels, bare: Pixels) -> set[int]:
    """Return the identities of the words of which every letter is seen."""
    counted = _counted(_differing(plain, bare, _DIFFERS)) if bare is not plain else None
    return {
        id(word)
        for word in words
        if all(_is_on_page(letter.ink) for letter in word.letters)
        and (
            all(_differs(counted, letter.ink) for letter in word.letters)
            if word.is_painted and counted is not None
            else not word.is_layered and shows_something(bare, word)
        )
    }


def _counted(differs: NDArray[numpy.bool_]) -> Counted:
    """Return the running sums of `differs`, so that any rectangle is counted in four look-ups."""
    sums = numpy.zeros((differs.shape[0] + 1, differs.shape[1] + 1), numpy.int64)
    sums[1:, 1:] = differs.cumsum(axis=0).cumsum(axis=1)
    return sums


def _is_on_page(rect: Rect) -> bool:
    across, down = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
    return 0 <= across <= 1 and 0 <= down <= 1


def _differs(counted: Counted, rect: Rect) -> bool:
    left, top, right, bottom = dots(rect, counted.shape[1] - 1, counted.shape[0] - 1)
    found = (
        counted[bottom, right] - counted[top, right] - counted[bottom, left] + counted[top, left]
    )
    return bool(found > 0)


def dots(rect: Rect, width: int, height: int) -> tuple[int, int, int, int]:
    """Return the dots that a rectangle touches, ends exclusive, at least one each way."""
    left = min(max(int(rect.left * width), 0), width - 1)
    top = min(max(int(rect.top * height), 0), height - 1)
    right = min(max(int(numpy.ceil(rect.right * width)), left + 1), width)
    bottom = min(max(int(numpy.ceil(rect.bottom * height)), top + 1), height)
    return left, top, right, bottom


def contrast(pixels: Pixels, rect: Rect) -> int:
    """Return the steps between the brightest and the darkest dot of a place."""
    left, top, right, bottom = dots(rect, pixels.shape[1], pixels.shape[0])
    part = pixels[top:bottom, left:right]
    return int(part.max()) - int(part.min())


def shows_something(pixels: Pixels, word: Word, contrast_: int = _CONTRAST) -> bool:
    """Tell whether there is something to see in the middle of most letters of a word.

    The middle alone counts: the edge of a black rectangle is something to see, too.
    """
    shown = [contrast(pixels, _middle(letter.cell)) >= contrast_ for letter in word.letters]
    return 2 * sum(shown) >= len(shown)


def looks_like(one: Pixels, other: Pixels) -> bool:
    """Tell whether two pictures of one size show the same, but for single dots."""
    if one.shape != other.shape:
        return False
    return int(numpy.count_nonzero(_differing(one, other, _UNLIKE))) <= _FEW_DOTS


def _differing(one: Pixels, other: Pixels, steps: int) -> NDArray[numpy.bool_]:
    """Return where two pictures differ by more than `steps` in one of their colours."""
    apart = numpy.where(one > other, one - other, other - one) > steps
    found: NDArray[numpy.bool_] = apart[:, :, 0] | apart[:, :, 1] | apart[:, :, 2]
    return found


def _middle(rect: Rect) -> Rect:
    across, down = rect.width * 0.1, rect.height * 0.2
    return Rect(rect.left + across, rect.top + down, rect.right - across, rect.bottom - down)


def _covered_by_others(words: Sequence[Word]) -> list[Word]:
    """Return the painted words whose place is shared by a word of another text object."""
    painted = [word for word in words if word.is_painted]
    if len(painted) < 2:
        return []
    sides = numpy.array([word.ink.sides for word in painted])
    left, top, right, bottom = sides.T
    width = numpy.minimum.outer(right, right) - numpy.maximum.outer(left, left)
    height = numpy.minimum.outer(bottom, bottom) - numpy.maximum.outer(top, top)
    shared = numpy.clip(width, 0, None) * numpy.clip(height, 0, None)
    area = (right - left) * (bottom - top)
    over = shared > _OVERLAP * numpy.minimum.outer(area, area)
    numpy.fill_diagonal(over, False)
    return [word for word, is_over in zip(painted, over.any(axis=1), strict=True) if is_over]


def _unseen_by_itself(
    page: pypdfium2.PdfPage, words: Sequence[Word], plain: Pixels
) -> Iterator[Word]:
    """Yield those of `words` without whose own text object the page looks the same there."""
    makers = {letter.made_by for word in words for letter in word.letters if letter.made_by}
    if len(makers) > _MOST_TURNED_OFF:
        yield from words
        return
    counted = {}
    for maker in makers:
        with _turned_off(page, {maker}):
            bare = drawn(page, (plain.shape[1], plain.shape[0]))
        counted[maker] = _counted(_differing(plain, bare, _DIFFERS))
    for word in words:
        if not all(_is_seen_by_itself(letter, counted) for letter in word.letters):
            yield word


def _is_seen_by_itself(letter: Letter, counted: dict[int, Counted]) -> bool:
    return letter.made_by in counted and _differs(counted[letter.made_by], letter.ink)
