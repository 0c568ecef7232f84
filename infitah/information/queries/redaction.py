"""A document with its boxes as the desk draws it: one page at a time, the rest as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.core import files as stored_files
from infitah.core.redaction import PageShown, apart
from infitah.information.models import CaseFile, RedactionBox, RedactionRun
from infitah.information.queries.words import EXCEPTIONS

Words = str | Promise
WIDTH: Final = 720
"""Points on the screen across a page: a click without script tells its place in these."""
REFUSALS: Final[dict[str, Words]] = {
    "EncryptedPdf": _("The file is locked with a password. Ask the service for one that is not."),
    "DamagedPdf": _("The file is damaged. Ask the service for it again."),
    "NotPdf": _("The file is not a PDF, whatever its name says."),
    "TooManyPages": _("The file has too many pages. Give the part that is asked for."),
    "TooLarge": _("A page or a picture of the file is too large to be drawn safely."),
    "TooDemanding": _("The file takes too long or too much memory. Ask the service to scan it."),
    "too_large": _("The copy would be too large. Give the part that is asked for."),
    "missing": _("The file is no longer in the store."),
}
FOUND: Final[dict[str, Words]] = {
    "card": _("number of a card"),
    "phone": _("telephone"),
    "mail": _("e-mail address"),
    "account": _("bank account"),
    "name": _("name of the requester"),
    "echo": _("a word that is covered elsewhere"),
    "search": _("found by the search"),
}


@dataclass(frozen=True, slots=True)
class ShownBox:
    """A box as the page draws it, in points of the screen."""

    box: RedactionBox
    number: int
    x: int
    y: int
    width: int
    height: int

    @property
    def is_accepted(self) -> bool:
        return self.box.state == RedactionBox.State.ACCEPTED

    @property
    def exception_words(self) -> Words:
        return EXCEPTIONS.get(self.box.exception, "")

    @property
    def found_words(self) -> Words:
        return FOUND.get(self.box.found, _("drawn by hand"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page of a document with its boxes, and what the whole document still asks for."""

    document: CaseFile
    pages: int
    page: int
    width: int
    height: int
    has_text: bool
    boxes: Sequence[ShownBox]
    proposed: int
    accepted: int
    other_pages: Sequence[tuple[int, int, int]]
    run: RedactionRun | None
    aside: Sequence[ShownBox] = ()
    echoes: int = 0
    fault: Words = ""

    @property
    def next_page(self) -> int:
        return self.page + 1 if self.page < self.pages else 0

    @property
    def previous_page(self) -> int:
        return self.page - 1


def drawing(document: CaseFile, page: int) -> Drawing:
    """Return page `page` (the nearest that there is) of a document. Two queries.

    Reads the file where the worker has not looked into it yet. Raises redaction.PdfRefused for a
    file that cannot be drawn.
    """
    known = _sheets(document)
    number = min(max(page, 1), len(known))
    shown = known[number - 1]
    height = round(WIDTH * shown.height / shown.width)
    states = RedactionBox.State
    every = list(RedactionBox.objects.filter(document=document))
    rows = [one for one in every if one.state != states.DISMISSED]
    run = document.runs.select_related("result__file").first()
    here = [one for one in rows if one.page == number]
    aside = [one for one in every if one.state == states.DISMISSED]
    return Drawing(
        document=document,
        pages=len(known),
        page=number,
        width=WIDTH,
        height=height,
        has_text=shown.has_text,
        boxes=[_shown(one, place, height) for place, one in enumerate(here, start=1)],
        proposed=sum(one.state == states.PROPOSED for one in rows),
        accepted=sum(one.state == states.ACCEPTED for one in rows),
        other_pages=_counts(rows),
        run=run,
        aside=[_shown(one, place, height) for place, one in enumerate(aside, start=1)],
        echoes=_echoes(run, every),
    )


def _echoes(run: RedactionRun | None, rows: Sequence[RedactionBox]) -> int:
    """Return in how many places words of boxes still stand that nobody was asked about."""
    told = run.report.get("echoes", []) if run is not None else []
    known = {(one.page, one.left, one.top, one.right, one.bottom) for one in rows}
    return sum(tuple(one) not in known for one in told)


def _sheets(document: CaseFile) -> Sequence[PageShown]:
    if document.sheets:
        return [PageShown(*sheet) for sheet in document.sheets]
    return apart.inspect(stored_files.content(document.file)).pages


def _shown(box: RedactionBox, number: int, height: int) -> ShownBox:
    return ShownBox(
        box,
        number,
        round(box.left * WIDTH),
        round(box.top * height),
        max(round((box.right - box.left) * WIDTH), 1),
        max(round((box.bottom - box.top) * height), 1),
    )


def _counts(rows: Sequence[RedactionBox]) -> list[tuple[int, int, int]]:
    """Return each page that has boxes, with how many are accepted and how many wait."""
    accepted = RedactionBox.State.ACCEPTED
    pages = sorted({one.page for one in rows})
    return [
        (
            page,
            sum(one.page == page and one.state == accepted for one in rows),
            sum(one.page == page and one.state != accepted for one in rows),
        )
        for page in pages
    ]


def refusal_of(run: RedactionRun) -> Words:
    """Return in a sentence why no copy was made; nothing of the document is in it."""
    name = str(run.report.get("refused", ""))
    if name:
        return REFUSALS.get(name, _("The file cannot be redacted."))
    return _(
        "The check found that something could still be read, so no copy was kept. Draw the boxes "
        "larger, or leave the document out."
    )
