"""A PDF looked over before it is worked on: what cannot be redacted is refused at once."""

import io
import zlib
from hashlib import sha256
from typing import Final

import pikepdf
from PIL import Image

from infitah.core.conf import REDACTION
from infitah.core.redaction import refusals
from infitah.core.redaction.engine import PDFIUM, drawn, opened, page_of
from infitah.core.redaction.sight import size_of
from infitah.core.redaction.values import Document, PageShown

_HEAD: Final = 1024
_DEFLATES_TO: Final = 1032  # at most so many bytes come out of one deflated byte
_BLOCK: Final = 1 << 22


def structure_of(content: bytes) -> pikepdf.Pdf:
    """Return the objects of a PDF. Raises NotPdf, EncryptedPdf or DamagedPdf."""
    if b"%PDF-" not in content[:_HEAD]:
        raise refusals.not_pdf()
    try:
        return pikepdf.Pdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise refusals.encrypted() from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise refusals.damaged() from error


def inspect(content: bytes) -> Document:
    """Return the pages of a PDF as displayed, its rotation, boxes and units applied.

    Raises a PdfRefused where it cannot be redacted: no PDF, locked, damaged, too many pages, a
    page or a part too large.
    """
    with structure_of(content) as pdf:
        count = _count(pdf)
        if count > REDACTION.most_pages:
            raise refusals.too_many_pages(REDACTION.most_pages)
        _weigh(pdf)
        units = [_unit(page) for page in pdf.pages]
    with opened(content) as document:
        with PDFIUM:
            if len(document) != count:
                raise refusals.damaged()
        pages = tuple(_shown(document, number, unit) for number, unit in enumerate(units, start=1))
    return Document(pages, sha256(content).hexdigest())


def _count(pdf: pikepdf.Pdf) -> int:
    try:
        count = len(pdf.pages)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise refusals.damaged() from error
    if not count:
        raise refusals.damaged()
    return count


def _unit(page: pikepdf.Page) -> float:
    """Return how many points one unit of the page is, as displayed."""
    try:
        return float(page.obj.get("/UserUnit", 1)) or 1.0
    except (TypeError, ValueError):
        return 1.0


def _shown(document: object, number: int, unit: float) -> PageShown:
    with page_of(document, number) as page:  # type: ignore[arg-type]
        width, height = page.get_width() * unit, page.get_height() * unit
        if not 0 < min(width, height) <= max(width, height) <= REDACTION.longest_side:
            raise refusals.too_large()
        text = page.get_textpage()
        has_text = text.count_chars() > 0
        text.close()
        return PageShown(number, round(width, 3), round(height, 3), has_text)


def _weigh(pdf: pikepdf.Pdf) -> None:
    """Raise TooLarge where a picture or an unpacked part would fill the memory."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            try:
                dots = int(item.get("/Width", 0)) * int(item.get("/Height", 0))
                is_bomb = _inflates_beyond(item, REDACTION.most_inflated)
            except (pikepdf.PdfError, TypeError, ValueError):
                continue  # whoever needs this part says that it is damaged
            if dots > REDACTION.most_picture_dots or is_bomb:
                raise refusals.too_large()


def _inflates_beyond(item: pikepdf.Object, most: int) -> bool:
    filters = item.get("/Filter", pikepdf.Array([]))
    kinds = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(one) for one in filters]
    deflated = sum(kind in {"/FlateDecode", "/Fl"} for kind in kinds)
    raw = item.read_raw_bytes()
    if not deflated or len(raw) * _DEFLATES_TO**deflated <= most:
        return False
    for place, kind in enumerate(kinds):
        if kind not in {"/FlateDecode", "/Fl"}:
            return False
        unpacked = _unpacked(raw, most, is_wanted=place + 1 < len(kinds))
        if unpacked is None:
            return True
        raw = unpacked
    return False


def _unpacked(data: bytes, most: int, *, is_wanted: bool) -> bytes | None:
    """Return deflated bytes unpacked as far as they go, if wanted; None beyond `most`."""
    flow, parts, size = zlib.decompressobj(), [], 0
    while data and not flow.eof:
        try:
            part = flow.decompress(data, _BLOCK)
        except zlib.error:
            break
        size += len(part)
        if size > most:
            return None
        if is_wanted:
            parts.append(part)
        data = flow.unconsumed_tail
    return b"".join(parts)


def render_page(content: bytes, number: int, dpi: int = 110) -> bytes:
    """Return page `number` (from 1) as PNG, notes and filled fields included.

    Raises a PdfRefused for a page that is not there or cannot be drawn.
    """
    with opened(content) as document, page_of(document, number) as page:
        size = size_of(page, dpi, REDACTION.most_dots)
        pixels = drawn(page, size, annotations=True)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=3)
    return out.getvalue()
