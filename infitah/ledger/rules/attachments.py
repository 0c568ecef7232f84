"""Finds the document of a register inside a PDF: the JSON attached to a receipt (decisions F29).

Reads embedded file streams, plain or deflated, and nothing else of the PDF: no page, no
reference, no script is followed, so that a hostile file costs at most its own bytes.
"""

import re
import zlib
from collections.abc import Iterator

MARK = b"%PDF-"
STREAM = re.compile(rb"stream\r?\n")
END = b"endstream"
LAST_LINE_END = re.compile(rb"\r?\n\Z")  # belongs to the keyword after it, not to the file
HEADER_BYTES = 4096  # the dictionary before a stream; ours are under 300 bytes
MAX_INFLATED = 8 * 1024 * 1024
MAX_STREAMS = 20_000


def is_pdf(content: bytes) -> bool:
    """Return whether bytes begin as a PDF does (within the first kilobyte, as readers allow)."""
    return MARK in content[:1024]


def attached(content: bytes) -> Iterator[bytes]:
    """Yield the bytes of every embedded file of a PDF, in the order of the file."""
    start = 0
    for found, match in enumerate(STREAM.finditer(content)):
        if found >= MAX_STREAMS:
            return
        if match.start() < start or content[match.start() - 3 : match.start()] == b"end":
            continue
        header = _dictionary(content, match.start())
        if b"/EmbeddedFile" not in header:
            continue
        end = content.find(END, match.end())
        body = content[match.end() : end if end >= 0 else len(content)]
        body = LAST_LINE_END.sub(b"", body)
        start = match.end()
        file = _inflated(content[match.end() :]) if b"/FlateDecode" in header else body
        if file is not None:
            yield file


def _dictionary(content: bytes, before: int) -> bytes:
    """Return the dictionary of the stream that begins at `before`."""
    header = content[max(0, before - HEADER_BYTES) : before]
    return header[header.rfind(b" obj") :]


def _inflated(stream: bytes) -> bytes | None:
    """Return a deflated stream's bytes, None if it is broken or larger than it may be."""
    reader = zlib.decompressobj()
    try:
        file = reader.decompress(stream, MAX_INFLATED)
    except zlib.error:
        return None
    return file if reader.eof else None
