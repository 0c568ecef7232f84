"""Hidden content of PDFs: what stands beside their pages, and what is on them unseen."""

import re
from collections.abc import Iterator
from typing import Final

import pikepdf

from infitah.core.hidden.packages import damaged
from infitah.core.hidden.values import Finding, Hidden, listed
from infitah.core.redaction.beneath import beneath
from infitah.core.redaction.engine import opened, page_of
from infitah.core.redaction.inspecting import inspect, structure_of
from infitah.core.redaction.sight import sight_of
from infitah.core.redaction.values import Reason

_PROPERTIES: Final = ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer")
_LINKS: Final = {"/Link", "/Widget", "/Popup"}
_STATE: Final = re.compile(rb"startxref\s+([0-9]+)\s+%%EOF")
_FAULTS: Final = (pikepdf.PdfError, KeyError, IndexError, TypeError, ValueError, AttributeError)


def pdf_findings(content: bytes) -> Iterator[Finding]:
    """Yield what a PDF hides. Raises a PdfRefused for one that cannot be opened."""
    inspect(content)
    try:
        with structure_of(content) as pdf:
            found = [*_beside(pdf), *_on_pages(pdf)]
    except _FAULTS as error:
        raise damaged() from error
    states = [place for place in _STATE.findall(content) if int(place)]
    if len(states) > 1:
        found.append(Finding(Hidden.VERSIONS, f"{len(states) - 1}"))
    yield from found
    yield from _unseen(content)


def _beside(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    told = [str(pdf.docinfo[key]) for key in _PROPERTIES if key in pdf.docinfo]
    if detail := listed(told):
        yield Finding(Hidden.PROPERTIES, "", detail)
    elif "/Metadata" in pdf.Root:
        yield Finding(Hidden.PROPERTIES, "", "XMP")
    names = list(pdf.attachments)
    if names or "/AF" in pdf.Root:
        yield Finding(Hidden.EMBEDDED, "", listed(names))
    if "/AcroForm" in pdf.Root:
        form = pdf.Root.AcroForm
        fields = [str(field.get("/T", "")) for field in form.get("/Fields", [])]
        if fields or "/XFA" in form:
            yield Finding(Hidden.FIELDS, "", listed(fields) or "XFA")
    if "/OCProperties" in pdf.Root:
        groups = list(pdf.Root.OCProperties.get("/OCGs", pikepdf.Array([])))
        yield Finding(Hidden.LAYERS, "", listed([str(group.get("/Name", "")) for group in groups]))
    if _has_script(pdf):
        yield Finding(Hidden.SCRIPTS, "PDF")


def _has_script(pdf: pikepdf.Pdf) -> bool:
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    return "/JavaScript" in names or any(
        isinstance(item, pikepdf.Dictionary) and ("/JS" in item or item.get("/S") == "/JavaScript")
        for item in pdf.objects
    )


def _on_pages(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    for number, page in enumerate(pdf.pages, start=1):
        notes = [
            str(note.get("/Contents", "")) or str(note.get("/Subtype", ""))[1:]
            for note in page.obj.get("/Annots", [])
            if str(note.get("/Subtype")) not in _LINKS
        ]
        if notes:
            yield Finding(Hidden.COMMENTS, _page(number), listed(notes))
        if "/Thumb" in page.obj:
            yield Finding(Hidden.PREVIEW, _page(number))
        if "/PieceInfo" in page.obj:
            yield Finding(Hidden.PROGRAM_DATA, _page(number))


def _page(number: int) -> str:
    """Return a page by its number, as every reader finds it in any language."""
    return str(number)


def _unseen(content: bytes) -> Iterator[Finding]:
    with opened(content) as document:
        for number in range(1, len(document) + 1):
            with page_of(document, number) as page:
                unseen = [word.text for word in sight_of(page).unseen]
                reason = beneath(page)
            if unseen:
                yield Finding(Hidden.TEXT, _page(number), listed(unseen))
            if reason is Reason.UNSEEN_PICTURE:
                yield Finding(Hidden.PICTURES, _page(number))
