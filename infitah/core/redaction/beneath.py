"""Whether something of a page lies beneath or beyond what a reader sees of it.

Text is told by `sight`. Here: pictures that are cut, covered or off the page, drawn letters
(outlines) that are covered or off the page, and anything that belongs to a layer.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy
import pypdfium2
import pypdfium2.raw as pdfium

from infitah.core.redaction.engine import Placing, placing
from infitah.core.redaction.letters import is_layered
from infitah.core.redaction.values import Reason, Rect

_DEEPEST: Final = 12
_MOST_ITEMS: Final = 60_000
_COVERING: Final = {
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_SHADING,
}
_OUTLINE: Final = 8
"""Segments from which a filled path may be a letter; rectangles and rules have fewer."""
_SLACK: Final = 0.004
"""Part of the page by which a picture may reach over an edge: rounding, not hiding."""
_PAGE: Final = Rect(-_SLACK, -_SLACK, 1 + _SLACK, 1 + _SLACK)


class _Unmanageable(Exception):
    """The page has more parts, or deeper ones, than are looked at."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An object of a page that paints: its kind, where it lies, where it is cut off."""

    kind: int
    place: Rect
    clip: Rect | None
    is_layered: bool
    is_outline: bool
    covers: bool

    @property
    def is_picture(self) -> bool:
        return self.kind == pdfium.FPDF_PAGEOBJ_IMAGE


def beneath(page: pypdfium2.PdfPage) -> Reason | None:
    """Return why a page must not be copied as it is, as far as its drawing goes; None if it may."""
    try:
        items = list(_items(page))
    except _Unmanageable:
        return Reason.UNPLAIN
    if any(item.is_layered for item in items):
        return Reason.LAYERS
    if any(_is_cut(item) for item in items if item.is_picture or item.is_outline) or _covers_any(
        items
    ):
        return Reason.UNSEEN_PICTURE
    return None


def _is_cut(item: _Item) -> bool:
    visible = _PAGE if item.clip is None else item.clip
    return not _holds(_PAGE, item.place) or not _holds(visible, item.place)


def _holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer.left - _SLACK <= inner.left
        and outer.top - _SLACK <= inner.top
        and inner.right <= outer.right + _SLACK
        and inner.bottom <= outer.bottom + _SLACK
    )


def _covers_any(items: list[_Item]) -> bool:
    """Tell whether a later item covers part of a picture, or the better part of a drawn letter."""
    pictures = [(order, one) for order, one in enumerate(items) if one.is_picture]
    outlines = [(order, one) for order, one in enumerate(items) if one.is_outline]
    covers = [(order, one) for order, one in enumerate(items) if one.covers]
    return _covered(pictures, covers, 0.01, 0) or _covered(outlines, covers, 0.9, 3)


_Placed = list[tuple[int, _Item]]


def _covered(lower: _Placed, upper: _Placed, part: float, larger: float) -> bool:
    """Tell whether more than `part` of one of `lower` lies beneath a later one of `upper`.

    The cover must be `larger` times as large: a drawn letter over another is no cover.
    """
    if not lower:
        return False
    orders = numpy.array([order for order, _one in lower])
    left, top, right, bottom = numpy.array([one.place.sides for _order, one in lower]).T
    area = numpy.maximum((right - left) * (bottom - top), 1e-9)
    for order, one in upper:
        place = one.place
        width = numpy.minimum(right, place.right) - numpy.maximum(left, place.left)
        height = numpy.minimum(bottom, place.bottom) - numpy.maximum(top, place.top)
        shared = numpy.clip(width, 0, None) * numpy.clip(height, 0, None)
        is_large = larger * area <= place.area
        if bool(((shared > part * area) & is_large & (orders < order)).any()):
            return True
    return False


def _items(page: pypdfium2.PdfPage) -> Iterator[_Item]:
    where = placing(page)
    count = pdfium.FPDFPage_CountObjects(page)
    walk = _Walk(where)
    for place in range(count):
        yield from walk.items(pdfium.FPDFPage_GetObject(page, place), _Frame())


@dataclass(frozen=True, slots=True)
class _Frame:
    """The coordinates and the clip of the form that an object is part of."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0
    clip: Rect | None = None
    is_layered: bool = False
    depth: int = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


class _Walk:
    """Goes through the objects of a page and of its forms, in painting order."""

    def __init__(self, where: Placing) -> None:
        self.where = where
        self.left = _MOST_ITEMS

    def items(self, item: object, frame: _Frame) -> Iterator[_Item]:
        self.left -= 1
        if self.left < 0 or frame.depth > _DEEPEST:
            raise _Unmanageable
        kind = pdfium.FPDFPageObj_GetType(item)
        layered = frame.is_layered or is_layered(item)
        clip = _cut(frame.clip, self._clip(item, frame))
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = self._inner(item, frame, clip, layered)
            for place in range(pdfium.FPDFFormObj_CountObjects(item)):
                yield from self.items(pdfium.FPDFFormObj_GetObject(item, place), inner)
            return
        filled = kind != pdfium.FPDF_PAGEOBJ_PATH or _is_filled(item)
        segments = pdfium.FPDFPath_CountSegments(item) if kind == pdfium.FPDF_PAGEOBJ_PATH else 0
        yield _Item(
            kind=kind,
            place=self._place(item, frame),
            clip=clip,
            is_layered=layered,
            is_outline=filled and segments >= _OUTLINE,
            covers=filled and kind in _COVERING,
        )

    def _place(self, item: object, frame: _Frame) -> Rect:
        sides = [ctypes.c_float() for _side in range(4)]
        pdfium.FPDFPageObj_GetBounds(item, *sides)
        left, bottom, right, top = (side.value for side in sides)
        return self._shown([(left, bottom), (right, bottom), (left, top), (right, top)], frame)

    def _shown(self, points: list[tuple[float, float]], frame: _Frame) -> Rect:
        moved = [frame.point(x, y) for x, y in points]
        across, down = [x for x, _y in moved], [y for _x, y in moved]
        return self.where.shown(min(across), min(down), max(across), max(down))

    def _inner(self, item: object, frame: _Frame, clip: Rect | None, layered: bool) -> _Frame:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, own)
        a, b = frame.a * own.a + frame.c * own.b, frame.b * own.a + frame.d * own.b
        c, d = frame.a * own.c + frame.c * own.d, frame.b * own.c + frame.d * own.d
        e, f = frame.point(own.e, own.f)
        return _Frame(a, b, c, d, e, f, clip, layered, frame.depth + 1)

    def _clip(self, item: object, frame: _Frame) -> Rect | None:
        """Return the rectangle around what the clips of an object leave of it."""
        path = pdfium.FPDFPageObj_GetClipPath(item)
        clip: Rect | None = None
        for number in range(max(pdfium.FPDFClipPath_CountPaths(path), 0) if path else 0):
            points = [
                _point(pdfium.FPDFClipPath_GetPathSegment(path, number, place))
                for place in range(max(pdfium.FPDFClipPath_CountPathSegments(path, number), 0))
            ]
            if points:
                clip = _cut(clip, self._shown(points, frame))
        return clip


def _cut(one: Rect | None, other: Rect | None) -> Rect | None:
    if one is None or other is None:
        return one or other
    return Rect(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )


def _is_filled(item: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    return fill.value != pdfium.FPDF_FILLMODE_NONE


def _point(segment: object) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value
