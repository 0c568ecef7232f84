"""What three programs read out of a PDF that know nothing of redaction or of each other.

Each answer is the text of the pages in order. A program that stumbles says so by `Unreadable`.
Two of them are loaded when they are first asked: no process that only shows pages carries them.
"""

import io
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from infitah.core.redaction.engine import opened, page_of

if TYPE_CHECKING:
    from pdfminer.layout import LTItem

Reading = list[str]
for _talkative in ("pypdf", "pdfminer"):  # each odd file would fill the log
    logging.getLogger(_talkative).setLevel(logging.ERROR)


class Unreadable(Exception):
    """An engine could not read the file."""


def by_pdfium(content: bytes) -> Reading:
    """Return the text of each page as PDFium reads it."""
    found = []
    with opened(content) as document:
        for number in range(1, len(document) + 1):
            with page_of(document, number) as page:
                text = page.get_textpage()
                found.append(text.get_text_range())
                text.close()
    return found


def by_pypdf(content: bytes) -> Reading:
    """Return the text of each page as pypdf reads it."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def by_pdfminer(content: bytes) -> Reading:
    """Return the letters of each page as pdfminer.six reads them, without spaces of its own."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    found = []
    for page in PDFPage.get_pages(io.BytesIO(content)):
        interpreter.process_page(page)
        found.append("".join(_letters(device.get_result())))
    return found


def _letters(item: "LTItem") -> Iterator[str]:
    """Yield what is read of a page or of a part of it, in the order of the file."""
    if hasattr(item, "get_text"):
        yield item.get_text()
    elif hasattr(item, "__iter__"):
        for part in item:
            yield from _letters(part)


ENGINES: Final[Mapping[str, Callable[[bytes], Reading]]] = {
    "pdfium": by_pdfium,
    "pypdf": by_pypdf,
    "pdfminer.six": by_pdfminer,
}


def read_by(engine: str, content: bytes) -> Reading:
    """Return what one engine reads. Raises Unreadable."""
    try:
        return ENGINES[engine](content)
    except Exception as error:  # whatever it was, the file was not read
        raise Unreadable(engine) from error
