"""PDFium, one call at a time: opening, drawing, and where a point of a page is displayed.

PDFium is not fit for threads: whoever calls it holds `PDFIUM`. Nothing of it leaves this package.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import RLock
from typing import Final

import numpy
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from infitah.core.redaction import refusals
from infitah.core.redaction.values import Rect

PDFIUM: Final = RLock()
Pixels = NDArray[numpy.uint8]
_GRID: Final = 1000
_WHITE: Final = 0xFFFFFFFF
_ENCRYPTED: Final = 4  # FPDF_ERR_PASSWORD


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Give the document for a while; the lock is held only while it is opened and closed.

    Raises EncryptedPdf or DamagedPdf.
    """
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            if error.err_code == _ENCRYPTED:
                raise refusals.encrypted() from error
            raise refusals.damaged() from error
        if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
            with suppress(pypdfium2.PdfiumError):  # a form that cannot be drawn
                document.init_forms()
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()


@contextmanager
def page_of(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Give page `number` (from 1) and hold the lock meanwhile. Raises DamagedPdf."""
    with PDFIUM:
        try:
            page = document[number - 1]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise refusals.damaged() from error
        try:
            yield page
        finally:
            page.close()


@dataclass(frozen=True, slots=True)
class Placing:
    """How points of the page's own space lie on the displayed page."""

    x0: float
    y0: float
    xx: float
    xy: float
    yx: float
    yy: float

    def shown(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """Return a rectangle of the page's own space in fractions of the displayed page."""
        left, right, bottom, top = left - self.x0, right - self.x0, bottom - self.y0, top - self.y0
        x1, x2 = self.xx * left + self.xy * bottom, self.xx * right + self.xy * top
        y1, y2 = self.yx * left + self.yy * bottom, self.yx * right + self.yy * top
        return Rect(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def turned(self, x: float, y: float) -> int:
        """Return which way a line runs as displayed: 0 right, 90 up, 180 left, 270 down.

        The line runs by (x, y) in the page's own space; the nearest quarter is given.
        """
        across = (self.xx * x + self.xy * y) / max(abs(self.xx), abs(self.xy), 1e-12)
        down = (self.yx * x + self.yy * y) / max(abs(self.yx), abs(self.yy), 1e-12)
        if abs(across) >= abs(down):
            return 0 if across >= 0 else 180
        return 270 if down > 0 else 90


def placing(page: pypdfium2.PdfPage) -> Placing:
    """Return how the page is displayed, by PDFium's own reading of its boxes and rotation."""
    x0, y0 = _own_point(page, 0, 0)
    ax, ay = _own_point(page, _GRID, 0)
    bx, by = _own_point(page, 0, _GRID)
    ax, ay, bx, by = ax - x0, ay - y0, bx - x0, by - y0
    whole = ax * by - bx * ay
    if not whole:
        raise refusals.damaged()
    return Placing(x0, y0, by / whole, -bx / whole, -ay / whole, ax / whole)


def _own_point(page: pypdfium2.PdfPage, across: int, down: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDF_DeviceToPage(page, 0, 0, _GRID, _GRID, 0, across, down, x, y)
    return x.value, y.value


def own_box(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Return what is displayed of the page in its own space: left, bottom, right, top."""
    corners = [_own_point(page, 0, 0), _own_point(page, _GRID, _GRID)]
    across, down = sorted(x for x, _y in corners), sorted(y for _x, y in corners)
    return across[0], down[0], across[1], down[1]


def drawn(
    page: pypdfium2.PdfPage,
    size: tuple[int, int],
    *,
    annotations: bool = False,
    gray: bool = False,
) -> Pixels:
    """Return the page as pixels (rows, columns, red-green-blue; or rows, columns) on white."""
    width, height = size
    kind = pdfium.FPDFBitmap_Gray if gray else pdfium.FPDFBitmap_BGR
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, kind)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        flags = pdfium.FPDF_GRAYSCALE if gray else pdfium.FPDF_REVERSE_BYTE_ORDER
        flags |= pdfium.FPDF_ANNOT if annotations else 0
        place = (bitmap, page, 0, 0, width, height, 0, flags)
        pdfium.FPDF_RenderPageBitmap(*place)
        if annotations and page.formenv:
            pdfium.FPDF_FFLDraw(page.formenv, *place)
        return numpy.array(bitmap.to_numpy()).reshape(
            (height, width) if gray else (height, width, 3)
        )
    finally:
        bitmap.close()
