"""The text of a mail that came as HTML alone: extracted, never shown as HTML.

One pass over its signs: the parser of the standard library takes minutes on hostile HTML.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from infitah.kernel.text import clean_text

LONGEST: Final = 200_000
"""Characters of HTML that are read."""
_LONGEST_TAG: Final = 2000
_SKIPPED: Final = frozenset({"script", "style", "title", "template", "object", "svg", "noscript"})
_BREAKS: Final = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "hr", "pre", "section"}
    | {f"h{level}" for level in range(1, 7)}
)
_NAME: Final = re.compile(r"/?[a-z][a-z0-9]*")
_LINK: Final = re.compile(r"href\s{0,9}=\s{0,9}[\"']?(https?://[^\"'>\s]{1,300})", re.I)
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")


class _Scan:
    """Where the reading stands; what was sought in vain once is not sought again."""

    def __init__(self, html: str) -> None:
        self.html, self.small, self.at = html, html.lower(), 0
        self._missing: set[str] = set()

    def find(self, what: str, start: int) -> int:
        if what in self._missing:
            return -1
        found = self.small.find(what, start)
        if found < 0:
            self._missing.add(what)
        return found

    def tags(self) -> Iterator[tuple[str, str]]:
        """Yield the text before each tag, and the tag without its brackets; at the end no tag."""
        while (start := self.find("<", self.at)) >= 0:
            text, end = self.html[self.at : start], self._end(start)
            if end < 0:
                break
            tag = self.html[start + 1 : min(end, start + _LONGEST_TAG)]
            self.at = end + 1
            self._skip(tag)
            yield text, tag
        yield self.html[self.at :], ""

    def _end(self, start: int) -> int:
        if self.small.startswith("<!--", start):
            end = self.find("-->", start + 4)
            if end >= 0:
                return end + 2
        return self.find(">", start)

    def _skip(self, tag: str) -> None:
        """Go on behind the end of an element that is not read, if it has one."""
        found = _NAME.match(tag.lower())
        if found and found[0] in _SKIPPED:
            end = self.find(f"</{found[0]}", self.at)
            self.at = max(self.at, end)


def text_of(html: str) -> str:
    """Return what HTML says, its lines and links kept, everything else gone."""
    scan = _Scan(html[:LONGEST])
    pieces: list[str] = []
    link = ""
    for text, tag in scan.tags():
        pieces.append(_WHITE.sub(" ", unescape(text)))
        found = _NAME.match(tag.lower())
        name = found[0] if found else ""
        if name == "/a" and link:
            pieces.append(f" ({link})")
            link = ""
        elif name == "a":
            link = _link_of(tag)
        elif name.lstrip("/") in _BREAKS:
            pieces.append("\n- " if name == "li" else "\n")
    return clean_text("".join(pieces).replace("\xa0", " "))


def _link_of(tag: str) -> str:
    found = _LINK.search(tag)
    return unescape(found[1]) if found else ""
