"""Hidden content of OpenDocument texts and spreadsheets (odt, ods)."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from infitah.core.hidden.packages import Package, attribute, locked, tag, text_of
from infitah.core.hidden.photographs import photograph_findings
from infitah.core.hidden.values import Finding, Hidden, listed

_PROPERTIES: Final = {
    *("initial-creator", "creator", "printed-by", "description", "subject", "keyword"),
    "user-defined",
}
_HIDDEN_TEXT: Final = {"hidden-text", "hidden-paragraph"}
_HIDING: Final = {"collapse", "filter"}
_SOURCES: Final = {"table-source", "cell-range-source", "dde-source"}
_NAMED: Final = {
    "named-range": (Hidden.NAMES, ""),
    "data-pilot-table": (Hidden.PIVOT, "content.xml"),
}
_CHANGED: Final = {
    "insertion": Hidden.INSERTIONS,
    "deletion": Hidden.DELETIONS,
    "cell-content-change": Hidden.DELETIONS,
}
_MOST_PICTURES: Final = 200
_MOST_LISTED: Final = 40


def open_document_findings(package: Package) -> Iterator[Finding]:
    """Yield what an odt or ods hides. Raises LockedFile if it is locked."""
    if any(tag(one) == "encryption-data" for one in package.finished("META-INF/manifest.xml")):
        raise locked()
    reading = _Reading()
    for name in ("styles.xml", "content.xml"):
        for event, element in package.elements(name):
            reading.take(event, element)
    yield from reading.findings()
    properties = [
        text_of(element) for element in package.finished("meta.xml") if tag(element) in _PROPERTIES
    ]
    if detail := listed(properties):
        yield Finding(Hidden.PROPERTIES, "", detail)
    yield from _parts(package)


def _parts(package: Package) -> Iterator[Finding]:
    embedded = package.matching(r"(?:\./)?Object [^/]+/content\.xml|(?:\./)?ObjectReplacements/.+")
    objects = [name for name in embedded if name.endswith("content.xml")]
    others = package.matching(r"Object \d+")
    if objects or others:
        yield Finding(
            Hidden.EMBEDDED, "", listed([name.split("/")[0] for name in objects + others])
        )
    if package.matching(r"Versions/.+") or "VersionList.xml" in package.names:
        yield Finding(Hidden.VERSIONS, "Versions")
    if package.matching(r"Thumbnails/.+"):
        yield Finding(Hidden.PREVIEW, "Thumbnails")
    if package.matching(r"(?:Basic|Scripts)/.+"):
        yield Finding(Hidden.SCRIPTS, "Basic")
    for name in package.matching(r"Pictures/.+")[:_MOST_PICTURES]:
        yield from photograph_findings(package.read(name), place=name.rpartition("/")[2])


class _Reading:
    """Takes the elements of a document in and keeps what is hidden among them."""

    def __init__(self) -> None:
        self._hiding_styles: set[str] = set()
        self._style = ""
        self._sheet = ""
        self._row = 0
        self._column = 0
        self._found: dict[tuple[Hidden, str], list[str]] = {}

    def _add(self, kind: Hidden, detail: str, place: str | None = None) -> None:
        where = self._sheet if place is None else place
        self._found.setdefault((kind, where), []).append(detail)

    def findings(self) -> Iterator[Finding]:
        for (kind, place), details in self._found.items():
            yield Finding(kind, place, listed(details[:_MOST_LISTED]))

    def take(self, event: str, element: Element) -> None:
        (self._start if event == "start" else self._end)(tag(element), element)

    def _start(self, name: str, element: Element) -> None:
        match name:
            case "style":
                self._style = attribute(element, "name")
            case "table-properties" | "text-properties":
                if attribute(element, "display") in {"false", "none"}:
                    self._hiding_styles.add(self._style)
            case "table":
                self._begin_sheet(element)

    def _begin_sheet(self, element: Element) -> None:
        self._sheet = attribute(element, "name")
        self._row = self._column = 0
        if attribute(element, "style-name") in self._hiding_styles:
            self._add(Hidden.SHEET, "")

    def _end(self, name: str, element: Element) -> None:
        if name == "table-row":
            self._row = self._counted(element, self._row, "number-rows-repeated", Hidden.ROWS)
            element.clear()
        elif name == "table-column":
            repeated = "number-columns-repeated"
            self._column = self._counted(element, self._column, repeated, Hidden.COLUMNS)
        elif name == "table":
            self._sheet = ""
        elif name in _NAMED:
            kind, place = _NAMED[name]
            self._add(kind, attribute(element, "name"), place)
        elif name in _CHANGED:
            self._add(_CHANGED[name], text_of(element) or "…", "content.xml")
        else:
            self._end_of_text(name, element)

    def _end_of_text(self, name: str, element: Element) -> None:
        if name == "annotation":
            self._add(Hidden.COMMENTS, text_of(element))
        elif name in _HIDDEN_TEXT:
            self._add(Hidden.TEXT, attribute(element, "string-value") or text_of(element))
        elif name in {"span", "p"} and attribute(element, "style-name") in self._hiding_styles:
            self._add(Hidden.TEXT, text_of(element))
        elif name in _SOURCES:
            self._add(Hidden.LINKS, attribute(element, "href") or name, "")

    def _counted(self, element: Element, before: int, repeated: str, kind: Hidden) -> int:
        """Note a hidden row or column; return how many there are by now."""
        times = attribute(element, repeated)
        after = before + (int(times) if times.isdigit() else 1)
        if attribute(element, "visibility") in _HIDING:
            self._add(kind, str(before + 1) if after == before + 1 else f"{before + 1}-{after}")
        return after
