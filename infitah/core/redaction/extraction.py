"""What three programs read out of a PDF that know nothing of redaction or of each other.

Each answer is the text of the pages in order. A program that stumbles says so by `Unreadable`.
"""

import io
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pypdf
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer, LTItem, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from infitah.core.redaction.engine import opened, page_of

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
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def by_pdfminer(content: bytes) -> Reading:
    """Return the letters of each page as pdfminer.six reads them, without spaces of its own."""
    manager = PDFResourceManager()
    device = _Letters(manager)
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.get_pages(io.BytesIO(content)):
        interpreter.process_page(page)
    return device.pages


class _Letters(PDFLayoutAnalyzer):
    """Collects the letters of each page in the order of the file."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self.pages: list[str] = []

    def receive_layout(self, ltpage: LTPage) -> None:
        self.pages.append("".join(_letters(ltpage)))


def _letters(item: LTItem) -> Iterator[str]:
    if isinstance(item, LTChar):
        yield item.get_text()
    elif isinstance(item, LTContainer):
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
