"""Boxes on the picture of a page: black, their code in white, and the picture as PDF keeps it."""

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy
from PIL import Image, ImageDraw, ImageFont

from infitah.core.redaction.engine import Pixels
from infitah.core.redaction.letters import Word, around
from infitah.core.redaction.sight import dots
from infitah.core.redaction.values import Box, Rect

_MOSTLY: Final = 0.3
"""Part of a letter's ink under a box from which the whole letter is covered."""
_SMALLEST_LABEL: Final = 7
_LARGEST_LABEL: Final = 40
_COLOURED_DOTS: Final = 40
_COLOURED: Final = 16
_FLAT: Final = 0.8
"""Part of wholly white and wholly black dots from which a page is text, not a photograph."""
_QUALITY: Final = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page as a stream of a PDF."""

    data: bytes
    filter: str
    colours: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Covered:
    """A place that is painted over: what was drawn, and the letters of which much lies under it."""

    rects: tuple[Rect, ...]
    code: str


def covered(boxes: Sequence[Box], words: Iterable[Word]) -> tuple[Covered, ...]:
    """Return what is painted for the boxes of one page: no letter is half covered.

    The letters of a word are covered by one rectangle: the width of each by itself would tell them.
    """
    known = list(words)
    return tuple(Covered((box.rect, *_whole_letters(box.rect, known)), box.code) for box in boxes)


def _whole_letters(box: Rect, words: Iterable[Word]) -> list[Rect]:
    found = []
    for word in words:
        if word.touches([box]):
            places = [one.ink if one.ink.area else one.cell for one in word.letters]
            under = [rect for rect in places if _is_under(rect, box)]
            if under:
                found.append(around(under))
    return found


def _is_under(rect: Rect, box: Rect) -> bool:
    return rect.shared(box) >= max(_MOSTLY * rect.area, 1e-12)


def paint(pixels: Pixels, places: Sequence[Covered]) -> None:
    """Paint `places` into the picture of a page, in place: first all black, then the codes."""
    height, width = pixels.shape[:2]
    for place in places:
        for rect in place.rects:
            left, top, right, bottom = dots(rect, width, height)
            pixels[top:bottom, left:right] = 0
    for place in places:
        left, top, right, bottom = dots(place.rects[0], width, height)
        label = _label(place.code, right - left, bottom - top)
        pixels[top:bottom, left:right] = label if pixels.ndim == 2 else label[:, :, None]


@lru_cache(maxsize=256)
def _label(code: str, width: int, height: int) -> Pixels:
    """Return a black picture of the given size with `code` in white in its middle, if it fits."""
    image = Image.new("L", (width, height), 0)
    size = min(int(height * 0.7), int(width * 1.5 / max(len(code), 1)), _LARGEST_LABEL)
    if code and size >= _SMALLEST_LABEL:
        font = ImageFont.load_default(size)
        middle = (width / 2, height / 2)
        ImageDraw.Draw(image).text(middle, code, fill=255, font=font, anchor="mm")
    return numpy.array(image)


def encoded(pixels: Pixels) -> Picture:
    """Return the picture for a PDF: without loss where it is text, as JPEG where it is a scan."""
    height, width = pixels.shape[:2]
    colours = "DeviceRGB" if _is_coloured(pixels) else "DeviceGray"
    flat = pixels if colours == "DeviceRGB" else _gray(pixels)
    ends = numpy.count_nonzero((flat == 255) | (flat == 0)) / flat.size
    if ends >= _FLAT:
        data = zlib.compress(numpy.ascontiguousarray(flat).tobytes(), 6)
        return Picture(data, "FlateDecode", colours, width, height)
    out = io.BytesIO()
    Image.fromarray(numpy.ascontiguousarray(flat)).save(out, "JPEG", quality=_QUALITY)
    return Picture(out.getvalue(), "DCTDecode", colours, width, height)


def _is_coloured(pixels: Pixels) -> bool:
    if pixels.ndim == 2:
        return False
    red, green, blue = (pixels[::2, ::2, at].astype(numpy.int16) for at in range(3))
    is_far = (abs(red - green) > _COLOURED) | (abs(green - blue) > _COLOURED)
    return int(numpy.count_nonzero(is_far)) > _COLOURED_DOTS


def _gray(pixels: Pixels) -> Pixels:
    """Return one channel of three that are alike."""
    return pixels if pixels.ndim == 2 else pixels[:, :, 1]
