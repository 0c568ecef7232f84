"""Burning boxes into a PDF: a new file of copied and of drawn pages, given out only when checked.

A page with a box is drawn as a picture, painted over, and its words that no box touches are put
back as invisible text. Every other page is copied piece by piece, if it is plain, hides nothing
and looks the same afterwards; else it is drawn, too. Nothing of the old file is taken over as it
is.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import pikepdf
import pypdfium2

from infitah.core.conf import REDACTION
from infitah.core.redaction import refusals
from infitah.core.redaction.assembly import FORMAT, Drawn, OwnBox, assembled, is_like
from infitah.core.redaction.beneath import beneath
from infitah.core.redaction.checking import check_by_page
from infitah.core.redaction.engine import Pixels, drawn, opened, own_box, page_of
from infitah.core.redaction.inspecting import inspect, structure_of
from infitah.core.redaction.layer import Run, runs_of
from infitah.core.redaction.letters import Word
from infitah.core.redaction.operators import NotPlain
from infitah.core.redaction.painting import Covered, covered, encoded, paint
from infitah.core.redaction.sight import shows_something, sight_of, size_of
from infitah.core.redaction.values import (
    CODE,
    Box,
    Document,
    PageOutcome,
    Progress,
    Reason,
    Redacted,
    Report,
    Step,
    Store,
    Treatment,
)

_CLEAR: Final = 64
"""Steps of contrast that a drawn page must show at a word, or the word is not put back."""


def burn(
    content: bytes,
    boxes: Sequence[Box],
    *,
    language: str = "",
    every_page: bool = False,
    store: Store | None = None,
    told: Callable[[Progress], None] | None = None,
) -> Redacted:
    """Return a new PDF with `boxes` burnt in, checked; without boxes, one cleaned of all it hides.

    `language` is the document's (ar, fr), for who listens to it. `every_page` draws the pages
    without boxes as well. `told` hears how far it is; what it raises stops the work. With a
    `store`, pages that were drawn before are not drawn again. Raises a PdfRefused if it cannot be
    done, RedactionFailed if anything was left: then nothing is returned.
    """
    steps = burn_by_page(content, boxes, language=language, every_page=every_page, store=store)
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            redacted: Redacted = end.value
            return redacted
        if told is not None:
            told(progress)


def burn_by_page(
    content: bytes,
    boxes: Sequence[Box],
    *,
    language: str = "",
    every_page: bool = False,
    store: Store | None = None,
) -> Generator[Progress, None, Redacted]:
    """Burn as `burn` does, page by page; the generator's value is the outcome."""
    document = inspect(content)
    _check_boxes(boxes, document)
    with structure_of(content) as source, opened(content) as shown:
        work = _Work(content, source, shown, document, boxes, store)
        yield from work.read(every_page=every_page)
        while True:
            yield from work.draw()
            made = work.assembled(language)
            report = yield from check_by_page(made, content, boxes)
            if report.is_clean:
                return Redacted(made, sha256(made).hexdigest(), work.outcomes(), report)
            if not work.may_draw_more(report):
                raise refusals.RedactionFailed(report.problems)


def _check_boxes(boxes: Sequence[Box], document: Document) -> None:
    for box in boxes:
        left, top, right, bottom = box.rect.sides
        is_on_page = 0 <= left < right <= 1 and 0 <= top < bottom <= 1
        if not 1 <= box.page <= len(document.pages) or not is_on_page:
            raise refusals.bad_box()
        if not CODE.fullmatch(box.code):
            raise refusals.bad_code()


@dataclass(slots=True)
class _Copied:
    """A page that can be copied: what is visible of it, and how many words it has."""

    box: OwnBox
    words: int


class _Work:
    """The pages of one document on their way: which are copied, which are drawn."""

    def __init__(
        self,
        content: bytes,
        source: pikepdf.Pdf,
        shown: pypdfium2.PdfDocument,
        document: Document,
        boxes: Sequence[Box],
        store: Store | None,
    ) -> None:
        self._content = content
        self._source = source
        self._shown = shown
        self._document = document
        self._store = store
        self._boxes = {
            page.number: [box for box in boxes if box.page == page.number]
            for page in document.pages
        }
        self._copied: dict[int, _Copied] = {}
        self._drawn: dict[int, Drawn] = {}
        self._why: dict[int, Reason] = {}

    def read(self, *, every_page: bool) -> Generator[Progress, None, None]:
        """Decide for each page whether it is copied or drawn."""
        for number, boxes in self._boxes.items():
            reason = Reason.BOXES if boxes else Reason.ASKED if every_page else None
            reason = reason or self._reason_to_draw(number)
            if reason is not None:
                self._why[number] = reason
            yield Progress(Step.READING, number, len(self._boxes))

    def _reason_to_draw(self, number: int) -> Reason | None:
        with page_of(self._shown, number) as page:
            reason = beneath(page)
            if reason is not None:
                return reason
            sight, box = sight_of(page), own_box(page)
            if sight.unseen:
                return Reason.UNSEEN_TEXT
            try:
                alone = assembled(self._source, [number], {number: box}, {})
            except NotPlain as unfit:
                return unfit.reason
            if not is_like(page, sight.seen, alone):
                has_notes = "/Annots" in self._source.pages[number - 1].obj
                return Reason.ANNOTATIONS if has_notes else Reason.UNLIKE
        self._copied[number] = _Copied(box, len(sight.seen))
        return None

    def draw(self) -> Generator[Progress, None, None]:
        """Draw every page that is to be drawn and is not drawn yet."""
        for done, number in enumerate(self._why, start=1):
            if number not in self._drawn:
                self._drawn[number] = self._kept(number) or self._new(number)
            yield Progress(Step.DRAWING, done, len(self._why))

    def _kept(self, number: int) -> Drawn | None:
        if self._store is None:
            return None
        packed = self._store.get(self._key(number))
        return None if packed is None else Drawn.unpacked(packed)

    def _key(self, number: int) -> str:
        named = (FORMAT, self._document.sha256, number, REDACTION.dpi, self._boxes[number])
        return sha256(repr(named).encode()).hexdigest()

    def _new(self, number: int) -> Drawn:
        shown = self._document.pages[number - 1]
        with page_of(self._shown, number) as page:
            sight = sight_of(page)
            dpi = REDACTION.dpi * shown.width / max(page.get_width(), 1e-6)
            pixels = drawn(page, size_of(page, dpi, REDACTION.most_dots), annotations=True)
        words = sorted((*sight.seen, *sight.unseen), key=lambda word: word.letters[0].index)
        places = covered(self._boxes[number], words)
        paint(pixels, places)
        drawing = _drawing(pixels, words, set(sight.seen), places, (shown.width, shown.height))
        if self._store is not None:
            self._store.put(self._key(number), drawing.packed())
        return drawing

    def assembled(self, language: str) -> bytes:
        """Return the new file as its pages stand."""
        boxes = {number: copied.box for number, copied in self._copied.items()}
        numbers = [page.number for page in self._document.pages]
        return assembled(self._source, numbers, boxes, self._drawn, language)

    def may_draw_more(self, report: Report) -> bool:
        """Draw the copied pages that the check complains of, or all; False if there are none."""
        named = {one.page for one in report.problems if one.page in self._copied}
        for number in [one for one in self._copied if one in named or not named]:
            del self._copied[number]
            self._why[number] = Reason.CHECK
        return any(number not in self._drawn for number in self._why)

    def outcomes(self) -> tuple[PageOutcome, ...]:
        """Return what became of each page."""
        return tuple(self._outcome(page.number) for page in self._document.pages)

    def _outcome(self, number: int) -> PageOutcome:
        if number in self._drawn:
            drawing = self._drawn[number]
            reasons = (self._why[number],)
            return PageOutcome(number, Treatment.DRAWN, reasons, drawing.kept, drawing.lost)
        return PageOutcome(number, Treatment.COPIED, (), self._copied[number].words, 0)


def _drawing(
    pixels: Pixels,
    words: Sequence[Word],
    seen: set[Word],
    places: Sequence[Covered],
    size: tuple[float, float],
) -> Drawn:
    """Return a painted page with the words that stay: seen before, and still to be seen."""
    rects = [rect for place in places for rect in place.rects]
    kept = [
        word
        for word in words
        if word in seen and not word.touches(rects) and shows_something(pixels, word, _CLEAR)
    ]
    return Drawn(
        picture=encoded(pixels),
        width=size[0],
        height=size[1],
        runs=tuple(_with_codes(words, set(kept), places)),
        kept=len(kept),
        lost=len(words) - len(kept),
    )


def _with_codes(words: Sequence[Word], kept: set[Word], places: Sequence[Covered]) -> list[Run]:
    """Return the runs of the kept words, the code of each box where its first word was."""
    runs: list[Run] = []
    line: list[Word] = []
    waiting: Mapping[int, Covered] = dict(enumerate(places))
    for word in words:
        if word in kept:
            line.append(word)
            continue
        here = {at: place for at, place in waiting.items() if word.touches(place.rects)}
        if here:
            runs += runs_of(line)
            line = []
            runs += [_code(place) for place in here.values()]
            waiting = {at: place for at, place in waiting.items() if at not in here}
    return [*runs, *runs_of(line), *(_code(place) for place in waiting.values())]


def _code(place: Covered) -> Run:
    return Run(place.code, place.rects[0])
