"""Whether words of covered places are still among the bytes of a file, in whatever writing.

Names, character maps, shown strings and raw bytes are searched for each word: as it is, folded,
turned around, in UTF-8, UTF-16 and Latin-1, and in hexadecimal.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pikepdf

from infitah.core.redaction.pictures import has_only_dots
from infitah.core.redaction.structure import KEYS, Parts
from infitah.core.redaction.values import Fault, Problem
from infitah.kernel.arabic import normalise

SHORTEST: Final = 5
"""Bytes of the shortest needle: fewer are found in any picture by chance."""
_FEWEST: Final = 3
_STREAM: Final = re.compile(rb"\bstream\r?\n.*?endstream", re.S)
_ROW: Final = rb"<[0-9A-F]{2,4}> <([0-9A-F]*)>\n"
_MAP: Final = re.compile(
    rb"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    rb"/CMapName /Unseen def\n/CMapType 2 def\n"
    rb"1 begincodespacerange\n<0+> <F+>\nendcodespacerange\n"
    rb"(?:[0-9]{1,3} beginbfchar\n(?:" + _ROW + rb")+endbfchar\n)*\n?endcmap\n"
    rb"CMapName currentdict /CMap defineresource pop\nend\nend\n"
)
"""The only form of a character map: letters of single codes, no ranges, no words besides."""
_OUR_WORDS: Final = (
    *KEYS,
    *("Identity-H", "DeviceGray", "DeviceRGB", "DeviceCMYK", "FlateDecode", "DCTDecode"),
    *("CCITTFaxDecode", "Unseen", "CIDFontType0", "CIDFontType2", "TrueType", "Type0", "Type1"),
    *("WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding", "Image", "Form", "Page"),
    *("Catalog", "Transparency", "Adobe", "startxref", "endstream", "endobj", "trailer", "XRef"),
)
_OWN: Final = " ".join(_OUR_WORDS).casefold()


class Needles:
    """The words that must not be found, ready to be searched for."""

    def __init__(self, words: Iterable[str]) -> None:
        self.folded: Final = {
            turned
            for word in words
            if _tells(form := "".join(normalise(word).split()))
            for turned in (form, form[::-1])
        }
        self.raw: Final = {
            needle for word in words if _tells(normalise(word)) for needle in _written(word)
        }

    def are_in_text(self, text: str) -> bool:
        """Tell whether one of the words stands in `text`, whatever its spaces and marks."""
        if not self.folded:
            return False
        folded = "".join(normalise(text).split())
        return any(len(word) >= SHORTEST and word in folded for word in self.folded)

    def are_in_bytes(self, data: bytes) -> bool:
        """Tell whether one of the words stands in `data` as it is."""
        return any(needle in data for needle in self.raw)


def _tells(form: str) -> bool:
    """Tell whether a folded word is worth looking for: letters enough, none of the format's own."""
    return sum(each.isalnum() for each in form) >= _FEWEST and form not in _OWN


def _written(word: str) -> Iterator[bytes]:
    forms = {word, normalise(word)}
    for form in forms | {form[::-1] for form in forms}:
        for coding in ("utf-8", "utf-16-be", "utf-16-le", "latin-1", "cp1256"):
            try:
                data = form.encode(coding)
            except UnicodeEncodeError:
                continue
            if len(data) >= SHORTEST and len(form) >= _FEWEST:
                yield data
                hexadecimal = data.hex()
                yield hexadecimal.encode()
                yield hexadecimal.upper().encode()


def remains_in(content: bytes, parts: Parts, needles: Needles, secret: Needles) -> list[Problem]:
    """Return a problem for each part of the file in which a covered word is found.

    `needles` are all covered words; `secret` those that stand nowhere outside the boxes: the
    strings of copied pages are searched for these alone.
    """
    if not needles.raw and not needles.folded:
        return []
    found = []
    if needles.are_in_bytes(_STREAM.sub(b"", content)):
        found.append(Problem(Fault.BYTES, None, "between the objects"))
    if any(needles.are_in_text(word) for word in set(parts.words)):
        found.append(Problem(Fault.BYTES, None, "a name"))
    for role, page, stream in parts.streams:
        if _is_in(role, stream, needles, secret):
            found.append(Problem(Fault.BYTES, page, role))
    return found


def _is_in(role: str, stream: pikepdf.Object, needles: Needles, secret: Needles) -> bool:
    if role == "content":
        return _in_content(stream, secret)
    if role == "/ToUnicode":
        return _in_map(stream.read_bytes(), needles)
    if role == "picture":  # dots are no text: there may only be nothing besides them
        return not has_only_dots(stream) or (
            str(stream.get("/Filter")) == "/CCITTFaxDecode"
            and needles.are_in_bytes(stream.read_raw_bytes())
        )
    return needles.are_in_bytes(stream.read_raw_bytes() + stream.read_bytes())


def _in_content(stream: pikepdf.Object, secret: Needles) -> bool:
    shown = list(_shown(stream))
    joined = b"".join(shown)
    if secret.are_in_bytes(joined):
        return True
    readings = (joined.decode("latin-1"), joined.decode("utf-16-be", "ignore"))
    return any(secret.are_in_text(reading) for reading in readings)


def _shown(stream: pikepdf.Object) -> Iterator[bytes]:
    """Yield the strings that a stream of operators shows, as they are coded."""
    for instruction in pikepdf.parse_content_stream(stream):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            continue
        for operand in instruction.operands:
            pieces: Sequence[object] = (
                list(operand) if isinstance(operand, pikepdf.Array) else [operand]
            )
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    yield bytes(piece)


def _in_map(data: bytes, needles: Needles) -> bool:
    """Tell whether a character map spells a word, in one entry or in its entries one by one.

    Entries in the order of the alphabet spell nothing. A map of another form counts as if it did.
    """
    if not _MAP.fullmatch(data):
        return True
    letters = [
        bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
        for code in re.findall(_ROW, data.partition(b"endcodespacerange")[2])
    ]
    row = "".join(letters) if letters != sorted(letters) else ""
    return any(needles.are_in_text(text) for text in (row, *letters) if len(text) >= _FEWEST)
