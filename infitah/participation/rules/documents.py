"""Documents of an axis: what a line of the desk's form means, and where it may lead."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

DOCUMENTS_MAX: Final = 10
BAR: Final = "|"


@dataclass(frozen=True, slots=True)
class AxisDocument:
    """A document that a consultation offers to be read: its title and its address."""

    title: str
    address: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether it lies on another site."""
        return not self.address.startswith("/")


def document_of(line: str) -> AxisDocument | None:
    """Return what a line "title | address" names, None for what is none.

    An address begins with https:// and a host, or is a path of this site.
    """
    title, bar, address = (part.strip() for part in line.rpartition(BAR))
    if not bar or not title or " " in address or "\\" in address:
        return None
    if address.startswith("/"):
        return None if address.startswith("//") else AxisDocument(title, address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    is_whole = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    return AxisDocument(title, address) if is_whole else None


def documents_of(lines: str) -> tuple[AxisDocument, ...]:
    """Return the documents of a text, one a line; lines that are none are left out."""
    found = (document_of(line) for line in lines.splitlines() if line.strip())
    return tuple(document for document in found if document is not None)[:DOCUMENTS_MAX]


def wrong_line(lines: str) -> str:
    """Return the first line that names no document, or nothing."""
    written = [line.strip() for line in lines.splitlines() if line.strip()]
    return next((line for line in written if document_of(line) is None), "")
