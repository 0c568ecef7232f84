"""The parts of a mail: its text and what is joined, taken apart without trusting its structure.

Nothing is opened or executed. What would take long or much memory is not taken apart at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email._policybase import Compat32
from email.message import Message
from email.parser import BytesParser
from typing import Final

from infitah.information.rules.mail import headers, markup
from infitah.kernel.text import clean_line, clean_text, has_letters

MOST_LINES: Final = 700_000
MOST_DELIMITERS: Final = 5_000
MOST_BOUNDARIES: Final = 30
MOST_NESTED: Final = 20
MOST_PARTS: Final = 6_000
MOST_FILES: Final = 30
MOST_NAMED: Final = 60
LONGEST_TEXT: Final = 100_000
HEAD_BYTES: Final = 256 * 1024
_BLANK: Final = re.compile(rb"\r?\n\r?\n")
_LOCKED_OFFICE: Final = "EncryptedPackage".encode("utf-16-le")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CIPHERS: Final = frozenset(
    {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
)


class _Cut(Compat32):  # type: ignore[misc]
    """Keeps of each header what is looked at, so that nothing later reads a huge one."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: headers.LONGEST]


@dataclass(frozen=True, slots=True)
class Joined:
    """A file in a mail, as it came; `is_over`: one too many, so its content is not here."""

    name: str
    content: bytes
    is_over: bool = False

    @property
    def is_locked(self) -> bool:
        """Whether it opens by a password alone, as far as its first signs tell."""
        head = self.content[:8]
        if head.startswith(b"PK\x03\x04"):
            return len(self.content) > 30 and bool(self.content[6] & 1)
        if head.startswith(b"%PDF-"):
            return b"/Encrypt" in self.content
        return head == _OLE and _LOCKED_OFFICE in self.content


@dataclass(slots=True)
class Taken:
    """What a mail held: its text as plain text, its files, and whether it came encrypted."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[Joined] = field(default_factory=list)
    is_encrypted: bool = False
    is_cut: bool = False

    @property
    def is_html_only(self) -> bool:
        return not has_letters("".join(self.plain)) and bool(self.html)

    @property
    def text(self) -> str:
        """The text; that of the HTML where there is no other."""
        if self.is_html_only:
            return "\n\n".join(markup.text_of(one) for one in self.html).strip()
        return clean_text("\n\n".join(self.plain))


def is_bearable(content: bytes) -> bool:
    """Return whether taking this mail apart takes seconds at most."""
    small = content.lower()
    return (
        content.count(b"\n") <= MOST_LINES
        and content.count(b"\n--") <= MOST_DELIMITERS
        and small.count(b"boundary") <= MOST_BOUNDARIES
        and small.count(b"message/") <= MOST_NESTED
    )


def head_of(content: bytes) -> bytes:
    """Return the headers of a mail, cut where they are huge."""
    found = _BLANK.search(content, 0, HEAD_BYTES)
    return content[: found.end() if found else HEAD_BYTES]


def body_of(content: bytes) -> bytes:
    """Return what follows the headers of a mail."""
    return content[len(head_of(content)) :]


def parsed(content: bytes) -> Message:
    """Return a mail as a tree of parts."""
    return BytesParser(policy=_Cut()).parsebytes(content)


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something, a mail within the mail as one of them."""
    waiting, count = [message], 0
    while waiting and count < MOST_PARTS:
        one = waiting.pop()
        count += 1
        if one.get_content_maintype() == "multipart" and one.is_multipart():
            waiting.extend(reversed(children(one)))
        else:
            yield one


def children(part: Message) -> list[Message]:
    """Return the parts within a part; of text nothing is decoded for it."""
    inside = part.get_payload() if part.is_multipart() else []
    return [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []


def inner_of(part: Message) -> Message | None:
    """Return the mail that a part holds, None where it holds none."""
    if part.get_content_type() != "message/rfc822":
        return None
    return next(iter(children(part)), None)


def payload(part: Message) -> bytes:
    """Return the bytes of a part; what is broken comes as far as it can be read."""
    try:
        found = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 (whatever a hostile part makes the decoder do)
        found = None
    return found if isinstance(found, bytes) else b""


def charset_of(part: Message) -> str:
    """Return the encoding that a part names."""
    try:
        return str(part.get_param("charset") or "")
    except Exception:  # noqa: BLE001
        return ""


def _name_of(part: Message, number: int) -> str:
    try:
        found = part.get_filename()
    except Exception:  # noqa: BLE001
        found = None
    name = headers.words(str(found)) if found else ""
    return name[: headers.LONGEST_NAME] or f"{number}"


def taken_apart(message: Message, *, depth: int = 0) -> Taken:
    """Return the text and the files of a mail, those of mails within it too."""
    taken = Taken()
    for number, part in enumerate(leaves(message), start=1):
        kind = part.get_content_type()
        if kind in _CIPHERS:
            taken.is_encrypted = True
        inner = inner_of(part)
        if inner is not None:
            _take_mail(taken, inner, depth)
        elif _is_text(part, kind):
            text = headers.decoded(payload(part), charset_of(part))[:LONGEST_TEXT]
            (taken.html if kind == "text/html" else taken.plain).append(text)
        else:
            _take_file(taken, _name_of(part, number), payload(part))
    return taken


def _is_text(part: Message, kind: str) -> bool:
    if kind not in {"text/plain", "text/html"}:
        return False
    try:
        return part.get_content_disposition() != "attachment" and not part.get_filename()
    except Exception:  # noqa: BLE001
        return True


def _take_file(taken: Taken, name: str, content: bytes) -> None:
    if not content:
        return
    if len(taken.files) >= MOST_NAMED:
        taken.is_cut = True
        return
    is_over = len(taken.files) >= MOST_FILES
    taken.files.append(Joined(name, b"" if is_over else content, is_over))


def _take_mail(taken: Taken, inner: Message, depth: int) -> None:
    """Keep a mail within the mail as a text of its own, and its files."""
    subject = headers.line(inner, "subject")
    if depth >= 3:
        taken.is_cut = True
        return
    held = taken_apart(inner, depth=depth + 1)
    told = [
        f"From: {clean_line(headers.words(next(headers.raw_values(inner, 'from'), '')))}",
        f"Date: {headers.line(inner, 'date')}",
        f"Subject: {subject}",
        "",
        held.text,
    ]
    name = f"{subject[:80] or 'mail'}.txt"
    _take_file(taken, name, "\n".join(told).encode())
    for one in held.files:
        _take_file(taken, one.name, one.content)
