"""Hidden content that Word and Excel files share: properties, embedded files, data of programs."""

from collections.abc import Iterator
from typing import Final

from infitah.core.hidden.packages import Package, attribute, tag, text_of
from infitah.core.hidden.photographs import photograph_findings
from infitah.core.hidden.values import Finding, Hidden, listed

_PROPERTIES: Final = {
    *("creator", "lastModifiedBy", "Company", "Manager", "description", "keywords", "category"),
    *("subject", "HyperlinkBase"),
}
_IGNORED_LINKS: Final = ("/hyperlink",)
_MOST_PICTURES: Final = 200


def office_findings(package: Package, folder: str) -> Iterator[Finding]:
    """Yield what an Office file of `folder` (word, xl) holds besides its text or cells."""
    yield from _properties(package)
    embedded = package.matching(rf"{folder}/(?:embeddings|activeX)/[^/]+")
    if embedded:
        yield Finding(Hidden.EMBEDDED, "", listed([name.rpartition("/")[2] for name in embedded]))
    custom = package.matching(r"customXml/item\d+\.xml")
    if any(_tells(package, name) for name in custom):
        yield Finding(Hidden.PROGRAM_DATA, "customXml")
    if package.matching(rf"(?:{folder}/)?docProps/thumbnail\.[^/]+"):
        yield Finding(Hidden.PREVIEW, "docProps")
    links = _outside(package, folder)
    if links:
        yield Finding(Hidden.LINKS, "", listed(links))
    for name in package.matching(rf"{folder}/media/[^/]+")[:_MOST_PICTURES]:
        yield from photograph_findings(package.read(name), place=name.rpartition("/")[2])


def _properties(package: Package) -> Iterator[Finding]:
    found = [
        text_of(element)
        for name in ("docProps/core.xml", "docProps/app.xml")
        for element in package.finished(name)
        if tag(element) in _PROPERTIES
    ]
    found += [
        f"{attribute(element, 'name')}: {text_of(element)}"
        for element in package.finished("docProps/custom.xml")
        if tag(element) == "property"
    ]
    if detail := listed(found):
        yield Finding(Hidden.PROPERTIES, "", detail)


def _tells(package: Package, name: str) -> bool:
    """Tell whether custom XML says anything: Word adds an empty list of sources by itself."""
    return any(
        tag(element) != "Sources" or text_of(element).strip() for element in package.finished(name)
    )


def _outside(package: Package, folder: str) -> list[str]:
    """Return the addresses outside the file that it takes parts from; ordinary links apart."""
    return [
        attribute(element, "Target")
        for name in package.matching(rf"{folder}/(?:[^/]+/)?_rels/[^/]*\.rels")
        if "externalLinks" not in name
        for element in package.finished(name)
        if tag(element) == "Relationship"
        and attribute(element, "TargetMode") == "External"
        and not attribute(element, "Type").endswith(_IGNORED_LINKS)
    ]
