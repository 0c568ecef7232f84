"""Which kinds of file are taken in, told by their content and never by their name."""

import re
import zipfile
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused

PDF: Final = "application/pdf"
CSV: Final = "text/csv"
PLAIN: Final = "text/plain"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT: Final = "application/vnd.oasis.opendocument.text"
ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
BINARY: Final = "application/octet-stream"
"""What nobody looked into: kept where everything sent must be kept, only ever handed over."""

SHOWN: Final = frozenset({PDF, "image/png", "image/jpeg", "image/webp"})
"""Kinds that a browser may show by itself; every other kind is handed over for saving."""

_PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
)
_MARKUP: Final = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|meta|\?xml|%|\?php|!--)", re.I
)
_OOXML: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_OPEN_DOCUMENT: Final = {ODT.encode(): ODT, ODS.encode(): ODS}
MAX_ENTRIES: Final = 5_000


UNTOLD: Final = frozenset({"kind", "damaged"})
"""Codes of refusals for not knowing what it is: no danger was seen in it."""


class KindRefused(OperationRefused):
    """The file is of a kind that is not taken in."""


def _refused(message: str, code: str) -> KindRefused:
    return KindRefused(message, code=code, field="file")


def media_type_of(content: BinaryIO, name: str, *, head_bytes: int = 8192) -> str:
    """Return the media type that the bytes show; the position ends at the start.

    `name` only tells a table (`.csv`) from other plain text. Raises KindRefused for programs,
    HTML, SVG, documents with macros, and whatever is not known.
    """
    content.seek(0)
    head = content.read(head_bytes)
    try:
        return _by_magic(head) or _by_archive(head, content) or _by_text(head, name)
    finally:
        content.seek(0)


def _by_magic(head: bytes) -> str:
    if not head:
        raise _refused(_("The file is empty."), "empty")
    if head.startswith(_PROGRAMS):
        raise _refused(_("The file is a program. Programs are not accepted."), "program")
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return ""


def _by_archive(head: bytes, content: BinaryIO) -> str:
    if not head.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            if len(names) > MAX_ENTRIES:
                raise _unknown()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise _refused(
                    _("The document holds macros. Save it without macros and send it again."),
                    "macros",
                )
            return _document_type(archive, names)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise _refused(_("The file is damaged: it cannot be opened."), "damaged") from error


def _document_type(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "[Content_Types].xml" in names:
        for part, media_type in _OOXML.items():
            if part in names:
                return media_type
    if names and names[0] == "mimetype" and archive.getinfo("mimetype").file_size < 100:
        found = _OPEN_DOCUMENT.get(archive.read("mimetype").strip())
        if found:
            return found
    raise _unknown()


def _by_text(head: bytes, name: str) -> str:
    if _MARKUP.search(head):
        raise _refused(_("Web pages and SVG drawings are not accepted. Send a PDF."), "markup")
    if b"\x00" in head or not _reads_as_text(head):
        raise _unknown()
    return CSV if name.lower().endswith(".csv") else PLAIN


def _reads_as_text(head: bytes) -> bool:
    for cut in range(4):  # the head may end inside a character
        try:
            text = head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return not any(ord(character) < 32 and character not in "\t\r\n\f" for character in text)
    return False


def _unknown() -> KindRefused:
    return _refused(
        _(
            "This kind of file is not accepted. Send a PDF, an image (PNG, JPEG, WebP), a table "
            "(CSV, XLSX, ODS), a text (DOCX, ODT) or plain text in UTF-8."
        ),
        "kind",
    )
