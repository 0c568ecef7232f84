"""The check of a redacted file: read back by programs that know nothing of the boxes.

It compares the new file with the old one and with the boxes, and trusts nothing of how the new one
was made. Any problem is reason enough not to give the file out.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy
import pikepdf
import pypdfium2

from infitah.core.redaction.engine import Pixels, drawn, opened, page_of
from infitah.core.redaction.extraction import ENGINES, Reading, Unreadable, read_by
from infitah.core.redaction.letters import Letter, Word, words_of
from infitah.core.redaction.operators import NotPlain
from infitah.core.redaction.painting import Covered, covered, paint
from infitah.core.redaction.refusals import PdfRefused
from infitah.core.redaction.remains import Needles, remains_in
from infitah.core.redaction.sight import Sight, dots, shows_something, sight_of
from infitah.core.redaction.structure import (
    Parts,
    Shape,
    opened_structure,
    parts_of,
    revisions_of,
)
from infitah.core.redaction.values import Box, Echo, Fault, Problem, Progress, Rect, Report, Step
from infitah.kernel.arabic import STOP_WORDS, normalise

_EDGE: Final = 2
"""Dots at the edge of a box that a JPEG may blur."""
_DARK: Final = 40
_DARK_MEAN: Final = 5.0
_LABEL: Final = 120
_LABEL_MEAN: Final = 14.0
_FAINT: Final = 24
_INSIDE: Final = 0.02
"""Part of a letter's cell in a box from which the letter counts as inside."""
_SIZE: Final = 0.01
_UNREADABLE: Final = (
    *(pikepdf.PdfError, PdfRefused, NotPlain, UserWarning),
    *(KeyError, IndexError, TypeError, ValueError, RuntimeError),
)
_TELLING: Final = 4
"""Letters from which a covered word is looked for elsewhere."""
_MOST_ECHOES: Final = 50


@dataclass(slots=True)
class _Page:
    """A page of the original: what is covered of it, the words in the boxes and outside."""

    places: tuple[Covered, ...] = ()
    inside: tuple[Word, ...] = ()
    outside: tuple[Word, ...] = ()
    size: tuple[float, float] = (0.0, 0.0)
    codes: tuple[str, ...] = ()

    @property
    def rects(self) -> tuple[Rect, ...]:
        return tuple(rect for place in self.places for rect in place.rects)


@dataclass(slots=True)
class _Findings:
    """What was found so far."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, fault: Fault, page: int | None, detail: str) -> None:
        self.problems.append(Problem(fault, page, detail))


def check(content: bytes, original: bytes, boxes: Sequence[Box]) -> Report:
    """Return what is left in a redacted file of what `boxes` cover in the original."""
    steps = check_by_page(content, original, boxes)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: Report = end.value
            return report


def check_by_page(
    content: bytes, original: bytes, boxes: Sequence[Box]
) -> Generator[Progress, None, Report]:
    """Check as `check` does, page by page."""
    found = _Findings(revisions_of(content))
    try:
        with opened_structure(content) as pdf:
            parts = parts_of(pdf)
            found.problems += parts.problems
            pages = yield from _pages(content, original, boxes, parts, found)
            inside = [word for page in pages for word in page.inside]
            outside = "".join(_folded(word.text) for page in pages for word in page.outside)
            texts = _texts(inside, boxes, pages)
            secret = [text for text in texts if _folded(text) not in outside]
            found.problems += remains_in(content, parts, Needles(texts), Needles(secret))
    except _UNREADABLE as error:
        found.add(Fault.UNREADABLE, None, type(error).__name__)
        return Report(tuple(found.problems), 0, (), tuple(ENGINES))
    return Report(tuple(dict.fromkeys(found.problems)), len(inside), _echoes(pages), tuple(ENGINES))


def _pages(
    content: bytes, original: bytes, boxes: Sequence[Box], parts: Parts, found: _Findings
) -> Generator[Progress, None, list[_Page]]:
    """Look at each page of both files; return the pages of the original."""
    readings = _readings(content, found)
    pages: list[_Page] = []
    with opened(original) as old, opened(content) as new:
        count = len(old)
        if len(new) != count or len(parts.shapes) != count:
            found.add(Fault.PAGES, None, "another number of pages")
            return pages
        for number, shape in enumerate(parts.shapes, start=1):
            own = [box for box in boxes if box.page == number]
            with page_of(old, number) as page:
                pages.append(_of_original(page, own, shape))
            with page_of(new, number) as page:
                _look(page, number, shape, pages[-1], found)
            if shape.is_drawn:
                _compare_letters(number, pages[-1], readings, found)
            yield Progress(Step.CHECKING, number, count)
    _compare_copied(original, parts.shapes, pages, readings, found)
    return pages


def _readings(content: bytes, found: _Findings) -> Mapping[str, Reading]:
    readings = {}
    for engine in ENGINES:
        try:
            readings[engine] = read_by(engine, content)
        except Unreadable:
            found.add(Fault.UNREADABLE, None, engine)
    return readings


def _of_original(page: pypdfium2.PdfPage, boxes: Sequence[Box], shape: Shape) -> _Page:
    words = words_of(page)
    places = covered(boxes, words)
    rects = [rect for place in places for rect in place.rects]
    seen = sight_of(page, words) if shape.is_drawn else Sight(tuple(words), ())
    return _Page(
        places=places,
        inside=tuple(word for word in words if word.touches(rects)),
        outside=tuple(word for word in seen.seen if not word.touches(rects)),
        size=(page.get_width(), page.get_height()),
        codes=tuple(box.code for box in boxes),
    )


def _look(page: pypdfium2.PdfPage, number: int, shape: Shape, old: _Page, found: _Findings) -> None:
    """Look at a page of the new file: its size, what is seen of its words, its black places."""
    sides = zip(sorted(old.size), sorted((page.get_width(), page.get_height())), strict=True)
    if old.places and not shape.is_drawn:
        found.add(Fault.STRUCTURE, number, "a page with boxes was not drawn")
        return
    if any(not _is_scaled(*pair, old, page) for pair in sides):
        found.add(Fault.PAGES, number, "another size")
    if shape.is_drawn:
        pixels = drawn(page, (shape.width, shape.height), gray=True)
        _look_at_black(pixels, number, old, found)
        words = words_of(page)
        _look_into_boxes(words, number, old, found)
        unseen = [word for word in words if not _is_seen(pixels, word, old)]
    else:
        unseen = list(sight_of(page).unseen)
    if unseen:
        found.add(Fault.UNSEEN, number, f"{len(unseen)} words")


def _is_scaled(old: float, new: float, page: _Page, shown: pypdfium2.PdfPage) -> bool:
    """Tell whether a side is that of the original, in whatever unit the page is measured."""
    unit = sum((shown.get_width(), shown.get_height())) / max(sum(page.size), 1e-6)
    return abs(new - old * unit) <= max(_SIZE * new, 1.0)


def _look_into_boxes(words: Sequence[Word], number: int, page: _Page, found: _Findings) -> None:
    """Let no letter stand in a box but those of the codes."""
    letters = [letter for word in words for letter in word.letters if _is_in(letter, page)]
    if Counter(letter.text for letter in letters) - Counter("".join(page.codes)):
        found.add(Fault.TEXT, number, "a letter inside a box")


def _is_in(letter: Letter, page: _Page) -> bool:
    return any(letter.cell.shared(rect) > _INSIDE * letter.cell.area for rect in page.rects)


def _is_seen(pixels: Pixels, word: Word, page: _Page) -> bool:
    """Tell whether what a word has outside the boxes has something to see in its places."""
    outside = tuple(letter for letter in word.letters if not _is_in(letter, page))
    return not outside or shows_something(pixels, replace(word, letters=outside), _FAINT)


def _look_at_black(pixels: Pixels, number: int, page: _Page, found: _Findings) -> None:
    """Compare the covered places with black and the codes, as they should have been painted."""
    if not page.places:
        return
    height, width = pixels.shape
    expected = numpy.zeros_like(pixels)
    paint(expected, page.places)
    for rect in page.rects:
        left, top, right, bottom = dots(rect, width, height)
        edge = _EDGE if min(right - left, bottom - top) > 4 * _EDGE else 0
        across, down = slice(left + edge, right - edge), slice(top + edge, bottom - edge)
        if not _is_covered(pixels[down, across], expected[down, across]):
            found.add(Fault.PIXELS, number, "a box is not black")
            return


def _is_covered(got: Pixels, expected: Pixels) -> bool:
    off = numpy.abs(got.astype(numpy.int16) - expected)
    rows, columns = numpy.nonzero(expected)
    if not rows.size:
        return bool(off.max(initial=0) <= _DARK and off.mean() <= _DARK_MEAN)
    label = numpy.zeros(expected.shape, bool)
    label[
        max(rows.min() - 8, 0) : rows.max() + 9, max(columns.min() - 8, 0) : columns.max() + 9
    ] = 1
    inside, outside = off[label], off[~label]
    is_dark = not outside.size or (outside.max() <= _DARK and outside.mean() <= _DARK_MEAN)
    return bool(is_dark and inside.max() <= _LABEL and inside.mean() <= _LABEL_MEAN)


def _folded(text: str) -> str:
    return "".join(normalise(text).split())


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(letter for text in texts for letter in normalise(text) if letter.isalnum())


def _compare_letters(
    number: int, page: _Page, readings: Mapping[str, Reading], found: _Findings
) -> None:
    """Let no engine read a letter more from a drawn page than stands outside the boxes."""
    allowed = _letters([*(word.text for word in page.outside), *page.codes])
    for engine, reading in readings.items():
        text = reading[number - 1] if number <= len(reading) else ""
        if _letters([text]) - allowed:
            found.add(Fault.TEXT, number, engine)


def _compare_copied(
    original: bytes,
    shapes: Sequence[Shape],
    pages: Sequence[_Page],
    readings: Mapping[str, Reading],
    found: _Findings,
) -> None:
    """Let no engine read a covered word from a copied page more often than from the original."""
    words = {_folded(word.text) for page in pages for word in page.inside}
    words = {word for word in words if len(word) >= _TELLING}
    copied = [number for number, shape in enumerate(shapes) if not shape.is_drawn]
    if not words or not copied:
        return
    for engine, reading in readings.items():
        try:
            old = read_by(engine, original)
        except Unreadable:
            old = []
        for number in copied:
            was = _folded(old[number]) if number < len(old) else ""
            now = _folded(reading[number]) if number < len(reading) else ""
            if any(_count(word, now) > _count(word, was) for word in words):
                found.add(Fault.TEXT, number + 1, engine)


def _count(word: str, text: str) -> int:
    return text.count(word) + text.count(word[::-1])


def _texts(inside: Sequence[Word], boxes: Sequence[Box], pages: Sequence[_Page]) -> list[str]:
    """Return the covered words, and all words of a box as one."""
    joined = [
        "".join(word.text for word in page.inside if word.touches([box.rect]))
        for number, page in enumerate(pages, start=1)
        for box in boxes
        if box.page == number
    ]
    return list(dict.fromkeys([*(word.text for word in inside), *joined]))


def _echoes(pages: Sequence[_Page]) -> tuple[Echo, ...]:
    """Return the telling covered words that stand uncovered elsewhere, with their places."""
    told = {
        folded: word.text
        for page in pages
        for word in page.inside
        if len(folded := _folded(word.text)) >= _TELLING and folded not in STOP_WORDS
    }
    places: dict[str, list[tuple[int, Rect]]] = {}
    for number, page in enumerate(pages, start=1):
        for word in page.outside:
            if (folded := _folded(word.text)) in told:
                places.setdefault(folded, []).append((number, word.cell.within_page()))
    return tuple(
        Echo(told[folded], tuple(some)) for folded, some in list(places.items())[:_MOST_ECHOES]
    )
