"""Hidden content of Excel workbooks (xlsx)."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from infitah.core.hidden.office import office_findings
from infitah.core.hidden.packages import Package, attribute, tag, text_of
from infitah.core.hidden.values import Finding, Hidden, listed

_TRUE: Final = {"1", "true"}
_BUILT_IN: Final = "_xlnm."
_MOST_LISTED: Final = 40
_COMMENTS: Final = re.compile(
    r"xl/(?:threadedComments/threadedComment|comments/?comment|comments)\d*\.xml"
)
_NOTHING: Final = re.compile(r'^(?:;;;|"";"";"";""|"";"";"")$')


def workbook_findings(package: Package) -> Iterator[Finding]:
    """Yield what an xlsx hides, sheet by sheet, then the parts of the file."""
    names: list[str] = []
    for element in package.finished("xl/workbook.xml"):
        if tag(element) == "sheet":
            yield from _sheet_state(element)
        elif tag(element) == "definedName":
            name = attribute(element, "name")
            names += [] if name.startswith(_BUILT_IN) else [name]
    if names:
        yield Finding(Hidden.NAMES, "", listed(names))
    blank = _blank_styles(package)
    for title, part in _sheets(package):
        yield from _cells_of(package, title, part, blank)
        yield from _comments_of(package, title, part)
    yield from _parts(package)
    yield from office_findings(package, "xl")


def _sheet_state(element: Element) -> Iterator[Finding]:
    state = attribute(element, "state")
    title = attribute(element, "name")
    if state == "hidden":
        yield Finding(Hidden.SHEET, title)
    elif state == "veryHidden":
        yield Finding(Hidden.VERY_HIDDEN_SHEET, title)


def _relations(package: Package, part: str) -> dict[str, str]:
    """Return the targets of a part's relations by their number, as names of parts."""
    folder, _slash, name = part.rpartition("/")
    found = {}
    for element in package.finished(f"{folder}/_rels/{name}.rels"):
        if tag(element) == "Relationship" and attribute(element, "TargetMode") != "External":
            found[attribute(element, "Id")] = _resolved(folder, attribute(element, "Target"))
    return found


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        else:
            parts.append(step)
    return "/".join(parts)


def _sheets(package: Package) -> list[tuple[str, str]]:
    """Return the titles of the sheets with the parts that hold their cells."""
    targets = _relations(package, "xl/workbook.xml")
    return [
        (attribute(element, "name"), targets.get(attribute(element, "id"), ""))
        for element in package.finished("xl/workbook.xml")
        if tag(element) == "sheet"
    ]


def _blank_styles(package: Package) -> set[str]:
    """Return the numbers of cell styles whose number format shows nothing."""
    formats: set[str] = set()
    styles: list[str] = []
    is_cells = False
    for event, element in package.elements("xl/styles.xml"):
        if tag(element) == "cellXfs":
            is_cells = event == "start"
        if event == "start" and tag(element) == "numFmt":
            if _NOTHING.match(attribute(element, "formatCode")):
                formats.add(attribute(element, "numFmtId"))
        elif event == "start" and tag(element) == "xf" and is_cells:
            styles.append(attribute(element, "numFmtId"))
    return {str(place) for place, number in enumerate(styles) if number in formats}


def _cells_of(package: Package, title: str, part: str, blank: set[str]) -> Iterator[Finding]:
    found: dict[Hidden, list[str]] = {}
    for element in package.finished(part):
        name = tag(element)
        if name == "row" and _is_row_hidden(element):
            found.setdefault(Hidden.ROWS, []).append(attribute(element, "r"))
        elif name == "col" and _is_column_hidden(element):
            columns = _span(attribute(element, "min"), attribute(element, "max"))
            found.setdefault(Hidden.COLUMNS, []).append(columns)
        elif name == "c" and attribute(element, "s") in blank and len(element):
            found.setdefault(Hidden.CELLS, []).append(attribute(element, "r"))
        if name == "row":
            element.clear()
    for kind, places in found.items():
        yield Finding(kind, title, listed(places[:_MOST_LISTED]))


def _is_column_hidden(element: Element) -> bool:
    return attribute(element, "hidden") in _TRUE or attribute(element, "width") in {"0", "0.0"}


def _is_row_hidden(element: Element) -> bool:
    return attribute(element, "hidden") in _TRUE or attribute(element, "ht") in {"0", "0.0"}


def _span(first: str, last: str) -> str:
    """Return columns by their letters: B, or B-D."""
    ends = [_letters(int(end)) for end in (first, last) if end.isdigit()]
    return "-".join(dict.fromkeys(ends))


def _letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _comments_of(package: Package, title: str, part: str) -> Iterator[Finding]:
    texts = []
    for target in _relations(package, part).values() if part else ():
        if _COMMENTS.fullmatch(target):
            texts += [
                text_of(element)
                for element in package.finished(target)
                if tag(element) in {"comment", "threadedComment"}
            ]
    if texts:
        yield Finding(Hidden.COMMENTS, title, listed(texts))


def _parts(package: Package) -> Iterator[Finding]:
    for name in package.matching(r"xl/pivotCache/pivotCacheRecords\d*\.xml"):
        yield Finding(Hidden.PIVOT, name)
    links = [
        attribute(element, "Target")
        for name in package.matching(r"xl/externalLinks/_rels/[^/]*\.rels")
        for element in package.finished(name)
        if tag(element) == "Relationship"
    ]
    if links or package.matching(r"xl/externalLinks/[^/]*\.xml"):
        yield Finding(Hidden.LINKS, "", listed(links))
    connections = [
        attribute(element, "name")
        for element in package.finished("xl/connections.xml")
        if tag(element) == "connection"
    ]
    if connections:
        yield Finding(Hidden.CONNECTIONS, "", listed(connections))
    for name in package.matching(r"xl/revisions/revisionLog\d*\.xml"):
        yield Finding(Hidden.VERSIONS, name)
