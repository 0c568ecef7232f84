"""What can be got back of a secret from a PDF: by four programs, and out of its bytes.

Written apart from the redaction itself and sharing nothing with it but the folding of letters.
"""

import io
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Iterator

import pikepdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text

from infitah.kernel.arabic import normalise

POPPLER = shutil.which("pdftotext")
DEFLATED = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
CODINGS = ("utf-8", "utf-16-be", "utf-16-le", "latin-1")
MOST = 20_000_000


def readings(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name of each program and all text that it reads."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        yield "pdfium", text.get_text_range()
        text.close()
        page.close()
    document.close()
    yield "pypdf", _by_pypdf(content)
    try:
        yield "pdfminer", extract_text(io.BytesIO(content))
    except Exception as error:  # noqa: BLE001 (whatever it was, nothing was read)
        yield f"pdfminer: {type(error).__name__}", ""
    if POPPLER:
        for mode in ((), ("-raw",)):
            done = subprocess.run(
                [POPPLER, *mode, "-", "-"], input=content, capture_output=True, check=False
            )
            yield "poppler", done.stdout.decode("utf-8", "replace")


def _by_pypdf(content: bytes) -> str:
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        told = " ".join(str(value) for value in (reader.metadata or {}).values())
        return " ".join(page.extract_text() for page in reader.pages) + told
    except Exception:  # noqa: BLE001
        return ""


def folded(text: str) -> str:
    """Return letters and digits of `text` alone, in one form."""
    return "".join(letter for letter in normalise(text) if letter.isalnum())


def parts(content: bytes) -> Iterator[bytes]:
    """Yield the bytes of a PDF: as they are, and every stream unpacked, referred to or not."""
    yield content
    for found in DEFLATED.finditer(content):
        flow = zlib.decompressobj()
        try:
            yield flow.decompress(found[1], MOST) + flow.unused_data
        except zlib.error:
            continue
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                try:
                    yield item.read_bytes()
                except pikepdf.PdfError:
                    yield item.read_raw_bytes()
            if isinstance(item, pikepdf.Object):
                yield repr(_plain(item)).encode("utf-8", "replace")
        yield repr(_plain(pdf.trailer)).encode("utf-8", "replace")


def _plain(item: object, depth: int = 0) -> object:
    if depth > 6:
        return ""
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return {key: _plain(value, depth + 1) for key, value in item.items() if key != "/Parent"}
    if isinstance(item, pikepdf.Array):
        return [_plain(value, depth + 1) for value in item]
    return str(item)


def needles(secret: str) -> set[bytes]:
    """Return the ways in which a secret may be written in a file, backwards too."""
    found = set()
    for text in {secret, secret[::-1], secret.casefold()}:
        for coding in CODINGS:
            try:
                data = text.encode(coding)
            except UnicodeEncodeError:
                continue
            if len(data) >= 5:
                found |= {data, data.hex().encode(), data.hex().upper().encode()}
    return found


def recovered(
    content: bytes, secret: str, read: Iterable[tuple[str, str]] | None = None
) -> Iterator[str]:
    """Yield the ways by which `secret` can be got back from a PDF; `read` is what was read of it."""
    wanted = folded(secret)
    for program, text in readings(content) if read is None else read:
        plain = folded(text)
        if wanted in plain or wanted[::-1] in plain:
            yield program
    written = needles(secret)
    if any(needle in part for part in parts(content) for needle in written):
        yield "bytes"
