"""Boxes proposed where a page seems to name or reach a person: a help for the eye, no more.

Each line is read three times: in its logical order, from left to right as it stands, and by groups
from right to left. Groups of digits in an Arabic line come out of a PDF in any of these.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from infitah.core.redaction.engine import opened, page_of
from infitah.core.redaction.letters import Letter, Word, around, words_of
from infitah.core.redaction.values import Kind, Proposal, Rect
from infitah.kernel.personal import traces_in

_LEVEL: Final = 0.5
"""Part of their height that two letters of one line share."""
_MOSTLY: Final = 0.9
_GROUP: Final = re.compile(r"[A-Za-z0-9٠-٩۰-۹@._]+|[^A-Za-z0-9٠-٩۰-۹@._]")
Row = list[Letter | None]


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
    found = list(_proposed(number, _row(words), names))
    for line in _lines(words):
        across = _row(sorted(line, key=lambda word: word.letters[0].along()))
        for row in (across, _backwards(across)):
            for proposal in _proposed(number, row, names):
                if not any(_is_within(proposal, known) for known in found):
                    found.append(proposal)
    return found


def _is_within(one: Proposal, other: Proposal) -> bool:
    """Tell whether all that `one` would cover is proposed by `other` already."""
    return all(
        any(rect.shared(known) >= _MOSTLY * rect.area for known in other.rects)
        for rect in one.rects
    )


def _row(words: Sequence[Word]) -> Row:
    """Return the letters of words, None for each space after one."""
    return [letter for word in words for letter in (*word.letters, None)]


def _text(row: Row) -> str:
    return "".join(" " if letter is None else letter.text[:1] for letter in row)


def _backwards(row: Row) -> Row:
    """Return a row by its groups from right to left, each group as it stands."""
    groups = [row[found.start() : found.end()] for found in _GROUP.finditer(_text(row))]
    return [letter for group in reversed(groups) for letter in group]


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and not _are_level(line[-1].letters[0], word.letters[0]):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _are_level(one: Letter, other: Letter) -> bool:
    """Tell whether two letters stand on one line, whichever way it runs."""
    if one.maker.turn in {0, 180}:
        shared = min(one.cell.bottom, other.cell.bottom) - max(one.cell.top, other.cell.top)
        return shared >= _LEVEL * min(one.cell.height, other.cell.height)
    shared = min(one.cell.right, other.cell.right) - max(one.cell.left, other.cell.left)
    return shared >= _LEVEL * min(one.cell.width, other.cell.width)


def _proposed(number: int, row: Row, names: Sequence[str]) -> Iterator[Proposal]:
    """Yield what is found in the letters of `row` read one after the other."""
    text = _text(row)
    for trace in traces_in(text, names):
        letters = [letter for letter in row[trace.start : trace.end] if letter is not None]
        written = text[trace.start : trace.end]
        kind = Kind(trace.kind.value)
        yield Proposal(number, kind, written, tuple(_rects(letters)), trace.is_sure)


def _rects(letters: Sequence[Letter]) -> Iterator[Rect]:
    """Yield one rectangle for each line that the letters stand on."""
    place = 0
    numbered = []
    for before, letter in zip((letters[0], *letters), letters, strict=False):
        place += not _are_level(before, letter)
        numbered.append((place, letter))
    for _line, group in groupby(numbered, key=lambda pair: pair[0]):
        yield around(letter.cell for _place, letter in group).within_page()
