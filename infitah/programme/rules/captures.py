"""What evidence at an address may be fetched, and what is kept of it (decisions G35).

Addresses of the public Internet only; of a page its text is kept with the hash of its bytes, so
that nothing that could run is ever stored. No network, no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from html.parser import HTMLParser
from ipaddress import IPv6Address, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from infitah.ledger.rules.canonical import JSON
from infitah.programme.rules.texts import canonical

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_SECONDS: Final = 10.0
MAX_REDIRECTS: Final = 3
PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443}
TRIES: Final = 3

_SILENT: Final = frozenset({"script", "style", "template", "noscript", "svg"})
_RUNNING_ON: Final = frozenset({"a", "abbr", "b", "bdi", "em", "i", "span", "strong", "time"})
"""Elements inside a line; every other one begins a new line."""

_NAMED: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    **dict.fromkeys(("png", "jpg", "jpeg", "webp"), "image/"),
    **dict.fromkeys(("docx", "xlsx"), "application/vnd.openxmlformats-officedocument."),
    **dict.fromkeys(("odt", "ods"), "application/vnd.oasis.opendocument."),
}
"""How the media type begins that the ending of a name promises."""


def is_misnamed(name: str, media_type: str) -> bool:
    """Return whether a name promises a kind of file that its content is not."""
    promised = _NAMED.get(name.lower().rpartition(".")[2])
    return promised is not None and not media_type.startswith(promised)


def is_public_address(address: str) -> bool:
    """Return whether an IP address is one of the public Internet, whatever it is wrapped in."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast and not found.is_reserved


def fetchable(address: str, *, is_any_port: bool = False) -> SplitResult | None:
    """Return the parts of an address that may be fetched, else None.

    http and https on their usual ports, with a host, without a name or password in it.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        return None
    return parts if is_any_port or port in (None, PORTS[parts.scheme]) else None


class _Words(HTMLParser):
    """The words of a page as they are read, one block a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in _SILENT
        if tag not in _RUNNING_ON:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag not in _RUNNING_ON:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def words_of(page: str) -> str:
    """Return the words of an HTML page, a block a line, without empty lines or what could run."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    # An angle bracket in words would make the text look like a page again.
    return "\n".join(line for line in lines if line).replace("<", "‹").replace("\x00", "")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    address: str
    status: int
    media_type: str
    content: bytes
    charset: str = "utf-8"

    @property
    def is_page(self) -> bool:
        """Whether it is a page, of which the words are kept, and not a file kept as it is."""
        return self.media_type in {"text/html", "application/xhtml+xml"}


def page_capture(fetched: Fetched, *, asked: str, at: datetime) -> bytes:
    """Return what is kept of a page: where, when, its own hash, and its words, as UTF-8 text."""
    try:
        page = fetched.content.decode(fetched.charset, errors="replace")
    except LookupError:  # a charset that nobody knows
        page = fetched.content.decode(errors="replace")
    head = (
        f"Address: {asked}",
        f"Answered by: {fetched.address}",
        f"Captured at: {at.isoformat(timespec='seconds')}",
        f"Status: {fetched.status}",
        f"Type: {fetched.media_type}",
        f"Bytes: {len(fetched.content)}",
        f"SHA-256 of the bytes: {sha256(fetched.content).hexdigest()}",
    )
    return ("\n".join(head) + "\n\n" + words_of(page) + "\n").encode()


def record_capture(facts: Mapping[str, JSON]) -> bytes:
    """Return what is kept of a record of this site: its canonical JSON, as UTF-8, one line."""
    return canonical(facts).encode() + b"\n"
