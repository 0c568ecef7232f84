"""Hidden content of Word documents (docx)."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from infitah.core.hidden.office import office_findings
from infitah.core.hidden.packages import Package, attribute, tag, text_of
from infitah.core.hidden.values import Finding, Hidden, listed

_PARTS: Final = r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"
_INSERTED: Final = {"ins", "moveTo"}
_DELETED: Final = {"del", "moveFrom"}
_OFF: Final = {"0", "false", "off"}
_WHITE: Final = {"FFFFFF", "ffffff"}


def document_findings(package: Package) -> Iterator[Finding]:
    """Yield what a docx hides, part by part."""
    for name in package.matching(_PARTS):
        yield from _part(package, name)
    comments = [
        text_of(element)
        for element in package.finished("word/comments.xml")
        if tag(element) == "comment"
    ]
    if comments:
        yield Finding(Hidden.COMMENTS, "word/comments.xml", listed(comments))
    variables = [
        attribute(element, "name")
        for element in package.finished("word/settings.xml")
        if tag(element) == "docVar"
    ]
    if variables:
        yield Finding(Hidden.PROGRAM_DATA, listed(variables))
    yield from office_findings(package, "word")


def _part(package: Package, name: str) -> Iterator[Finding]:
    place = name.rpartition("/")[2].removesuffix(".xml")
    found: dict[Hidden, list[str]] = {}
    for element in package.finished(name):
        kind = _kind(element)
        if kind is not None:
            text = text_of(element)
            author = attribute(element, "author")
            found.setdefault(kind, []).append(f"{text} ({author})" if author else text)
    for kind, texts in found.items():
        if any(text.strip() for text in texts):
            yield Finding(kind, place, listed(texts))


def _kind(element: Element) -> Hidden | None:
    name = tag(element)
    if name in _INSERTED:
        return Hidden.INSERTIONS
    if name in _DELETED:
        return Hidden.DELETIONS
    if name == "r" and _is_unseen(element):
        return Hidden.TEXT
    return None


def _is_unseen(run: Element) -> bool:
    """Tell whether a run of text is formatted as hidden, or white."""
    for part in run:
        if tag(part) != "rPr":
            continue
        for mark in part:
            if tag(mark) in {"vanish", "webHidden"} and attribute(mark, "val") not in _OFF:
                return True
            if tag(mark) == "color" and attribute(mark, "val") in _WHITE:
                return True
    return False
