"""Boxes proposed where a page seems to name or reach a person: a help for the eye, no more.

Each line is read twice, in its logical order and from left to right as it stands: groups of digits
in an Arabic line come out of a PDF in either.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from infitah.core.redaction.engine import opened, page_of
from infitah.core.redaction.letters import Letter, Word, around, words_of
from infitah.core.redaction.values import Kind, Proposal, Rect
from infitah.kernel.personal import Personal, traces_in

_PER_LINE: Final = 0.5


def proposals(content: bytes, names: Sequence[str] = ()) -> list[Proposal]:
    """Return what seems personal on the pages of a PDF, page by page, in the order of its text.

    `names` are those of the persons known from the case. A picture of text holds no text: nothing
    is proposed for a scan without a layer of it. Raises a PdfRefused.
    """
    found: list[Proposal] = []
    with opened(content) as document:
        for number in range(1, len(document) + 1):
            with page_of(document, number) as page:
                words = words_of(page)
            found += _of_page(number, words, names)
    return found


def _of_page(number: int, words: Sequence[Word], names: Sequence[str]) -> list[Proposal]:
    read = [*_proposed(number, words, names)]
    lines = list(_lines(words))
    for line in lines:
        across = sorted(line, key=lambda word: word.cell.left)
        for proposal in _proposed(number, across, names):
            if not any(_is_within(proposal, known) for known in read):
                read.append(proposal)
    return read


def _is_within(one: Proposal, other: Proposal) -> bool:
    """Tell whether all that `one` would cover is proposed by `other` already."""
    return all(
        any(rect.shared(known) >= 0.9 * rect.area for known in other.rects) for rect in one.rects
    )


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and not _are_level(line[-1].cell, word.cell):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _are_level(one: Rect, other: Rect) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _PER_LINE * min(one.height, other.height)


def _proposed(number: int, words: Sequence[Word], names: Sequence[str]) -> Iterator[Proposal]:
    """Yield what is found in `words` read one after the other."""
    letters: list[Letter | None] = []
    for word in words:
        letters += [*word.letters, None]
    text = "".join(" " if letter is None else letter.text[:1] for letter in letters)
    for trace in traces_in(text, names):
        some = [letter for letter in letters[trace.start : trace.end] if letter is not None]
        kind = Kind(trace.kind.value)
        written = text[trace.start : trace.end]
        if trace.kind is Personal.NAME or len(some) > 1:
            yield Proposal(number, kind, written, tuple(_rects(some)), trace.is_sure)


def _rects(letters: Sequence[Letter]) -> Iterator[Rect]:
    """Yield one rectangle for each line that the letters stand on."""
    place = 0
    numbered = []
    for before, letter in zip((letters[0], *letters), letters, strict=False):
        place += not _are_level(before.cell, letter.cell)
        numbered.append((place, letter))
    for _line, group in groupby(numbered, key=lambda pair: pair[0]):
        yield around(letter.cell for _place, letter in group).within_page()
