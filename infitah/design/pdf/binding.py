"""Binding PDFs and pictures into one file: pages set into A4, numbered over all, with bookmarks.

The front keeps its tags; what is bound behind it is drawn as it is, its words still found. What is
encrypted, damaged or no page at all is not bound: the caller joins it as an attachment.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pikepdf
from PIL import Image, ImageOps

from infitah.core.pictures import FORMATS, MOST_PIXELS

A4: Final = (595, 842)
FRAME: Final = pikepdf.Rectangle(28, 46, 567, 824)
"""Where a bound page stands on its sheet: above the line of the number."""

DOTS_PER_INCH: Final = 150
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
PDF: Final = "application/pdf"
CLAIMS: Final = ("pdfuaid:part", "pdfuaid:rev", "pdfaid:part", "pdfaid:conformance")
"""What the front says of itself is not true of the whole: its conformance is not kept."""


class NotBindable(ValueError):
    """The file has no pages that can be bound."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part to be bound: its name among the bookmarks, and its pages as a PDF."""

    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Joined:
    """A file joined to the whole as it is."""

    name: str
    content: bytes
    media_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many pages are set; `content` comes with the last."""

    done: int
    pages: int
    content: bytes = b""


def as_pdf(content: bytes, media_type: str) -> bytes:
    """Return a file as a PDF that can be bound: a PDF with what its forms show, or a picture.

    Raises NotBindable for everything else, and for what cannot be read.
    """
    if media_type in PICTURES:
        return _of_picture(content)
    if media_type != PDF:
        raise NotBindable(media_type)
    with _opened(content) as document:
        if not len(document.pages):
            raise NotBindable("no page")
        out = BytesIO()
        try:
            document.generate_appearance_streams()
            document.flatten_annotations("print")
            document.save(out, deterministic_id=True)
        except (pikepdf.PdfError, RuntimeError, ValueError) as fault:
            raise NotBindable(str(fault)) from fault
    return out.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    try:
        document = pikepdf.open(BytesIO(content))
    except (pikepdf.PdfError, pikepdf.PasswordError) as fault:
        raise NotBindable(str(fault)) from fault
    if document.is_encrypted:
        document.close()
        raise NotBindable("encrypted")
    try:
        yield document
    finally:
        document.close()


def _of_picture(content: bytes) -> bytes:
    out = BytesIO()
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotBindable("too large")
            upright = ImageOps.exif_transpose(image).convert("RGB")
            upright.save(out, "PDF", resolution=DOTS_PER_INCH)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise NotBindable(str(fault)) from fault
    return out.getvalue()


def pages_of(content: bytes) -> int:
    """Return how many pages a PDF has. Raises NotBindable."""
    with _opened(content) as document:
        return len(document.pages)


def bind(
    front: bytes, leaves: Sequence[Leaf], numbers: bytes, joined: Sequence[Joined] = ()
) -> Iterator[Progress]:
    """Yield the progress of binding, a step a leaf; the last step holds the whole file.

    `front` keeps its pages and its own bookmarks; behind it each leaf's pages are set into A4
    under a bookmark. The pages of `numbers` are laid over those behind the front, in order.
    Raises NotBindable.
    """
    with _opened(front) as whole, _opened(numbers) as stamps:
        total = len(whole.pages) + len(stamps.pages)
        stamp = iter(stamps.pages)
        for leaf in leaves:
            start = len(whole.pages)
            with _opened(leaf.content) as part:
                for page in part.pages:
                    _set(whole, page, next(stamp))
            with whole.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem(leaf.title, start))
            yield Progress(len(whole.pages), total)
        for one in joined:
            whole.attachments[one.name] = pikepdf.AttachedFileSpec(
                whole,
                one.content,
                filename=one.name,
                mime_type=one.media_type,
                description=one.description,
            )
        yield Progress(total, total, _saved(whole))


def _set(whole: pikepdf.Pdf, page: pikepdf.Page, stamp: pikepdf.Page) -> None:
    sheet = whole.add_blank_page(page_size=A4)
    _lay(sheet, page, "/Page", FRAME)
    _lay(sheet, stamp, "/Number", pikepdf.Rectangle(0, 0, *A4))


def _lay(sheet: pikepdf.Page, page: pikepdf.Page, name: str, frame: pikepdf.Rectangle) -> None:
    """Draw a page within a frame of a sheet; under its own name, so that the bytes are the same."""
    drawn = page.as_form_xobject()
    placed = sheet.add_resource(drawn, pikepdf.Name.XObject, pikepdf.Name(name))
    sheet.contents_add(b"q\n" + sheet.calc_form_xobject_placement(drawn, placed, frame) + b"\nQ\n")


def _saved(whole: pikepdf.Pdf) -> bytes:
    with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
        for claim in CLAIMS:
            if claim in metadata:
                del metadata[claim]
    out = BytesIO()
    # Without object streams, so that plain readers find what is joined (infitah verify).
    whole.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
    )
    return out.getvalue()
