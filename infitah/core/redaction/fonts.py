"""The fonts of copied pages, cut down to the codes that those pages show.

A font that a covered page shares with a copied one would otherwise go on naming the letters of
what was covered, in ToUnicode even their words. What stays is the program of the font itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from infitah.core.redaction.colours import Number, numbers_of, plain_entries
from infitah.core.redaction.layer import character_map
from infitah.core.redaction.operators import NotPlain, is_number
from infitah.core.redaction.outlines import only_glyphs

_SIMPLE: Final = {"/Type1", "/TrueType", "/MMType1"}
_FAMILIES: Final = {"/CIDFontType0", "/CIDFontType2"}
_TWO_BYTES: Final = {"/Identity-H", "/Identity-V"}
_ENCODINGS: Final = {"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"}
_ORDERINGS: Final = {"Identity", "Japan1", "GB1", "CNS1", "Korea1", "KR"}
_DESCRIBED: Final = (
    *("Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "Leading", "CapHeight"),
    *("XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth", "MissingWidth"),
)
_NAME: Final = re.compile(r"/[A-Za-z0-9+,\-_.#]{1,80}")
_MOST_MAPPED: Final = 4_000_000
_SINGLE: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_RANGE: Final = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_SPAN: Final = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])"
)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")


@dataclass(slots=True)
class _Font:
    """A font that is copied: where it comes from, where it goes, the codes that were shown."""

    source: pikepdf.Object
    made: pikepdf.Object
    is_wide: bool
    codes: set[int] = field(default_factory=set)


class Fonts:
    """The fonts of one new document."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._known: dict[tuple[int, int], _Font] = {}
        self._direct = 0

    def key_of(self, source: pikepdf.Object) -> tuple[int, int]:
        """Take in a font, or know it again. Raises NotPlain for kinds that are not copied."""
        key = source.objgen
        if key == (0, 0):
            self._direct -= 1
            key = (self._direct, 0)
        if key not in self._known:
            made = self._pdf.make_indirect(Dictionary(Type=Name.Font))
            self._known[key] = _Font(source, made, _is_wide(source))
        return key

    def made(self, key: tuple[int, int]) -> pikepdf.Object:
        """Return the font as an object of the new document; `finish` fills it."""
        return self._known[key].made

    def show(self, key: tuple[int, int], text: bytes) -> None:
        """Note the codes of a string that is shown in a font."""
        font = self._known[key]
        if not font.is_wide:
            font.codes.update(text)
            return
        if len(text) % 2:
            raise NotPlain
        font.codes.update(high << 8 | low for high, low in zip(text[::2], text[1::2], strict=True))

    def finish(self) -> None:
        """Fill every font with what its codes need. Raises NotPlain."""
        for font in self._known.values():
            entries = self._wide(font) if font.is_wide else self._simple(font)
            if "/ToUnicode" in font.source:
                entries |= self._letters(font)
            for key, value in entries.items():
                font.made[key] = value

    def _letters(self, font: _Font) -> dict[str, object]:
        letters = font.source["/ToUnicode"]
        if isinstance(letters, pikepdf.Name):
            return {"/ToUnicode": letters} if str(letters) in _TWO_BYTES else {}
        data = letters.read_bytes()
        if len(data) > _MOST_MAPPED:
            raise NotPlain
        digits = 4 if font.is_wide else 2
        rows = [
            f"<{code:0{digits}X}> <{letters}>"
            for code, letters in sorted(_mapped(data, font.codes).items())
        ]
        made = character_map(rows, "0" * digits, "F" * digits)
        return {"/ToUnicode": self._pdf.make_stream(made)}

    def _simple(self, font: _Font) -> dict[str, object]:
        source = font.source
        entries: dict[str, object] = {
            "/Subtype": source["/Subtype"],
            "/BaseFont": _safe_name(source.get("/BaseFont")),
            **plain_entries(source, ("FirstChar", "LastChar")),
        }
        if "/Widths" in source:
            first = int(source.get("/FirstChar", 0))
            widths = enumerate(numbers_of(source["/Widths"]), start=first)
            entries["/Widths"] = Array(
                [width if code in font.codes else 0 for code, width in widths]
            )
        if "/Encoding" in source:
            entries["/Encoding"] = _encoding(source["/Encoding"], font.codes)
        if "/FontDescriptor" in source:
            entries["/FontDescriptor"] = self._descriptor(source["/FontDescriptor"], None)
        return entries

    def _wide(self, font: _Font) -> dict[str, object]:
        family = font.source["/DescendantFonts"][0]
        codes = font.codes
        glyphs: set[int] | None = None
        entries: dict[str, object] = {
            "/Type": Name.Font,
            "/Subtype": family["/Subtype"],
            "/BaseFont": _safe_name(family.get("/BaseFont")),
            "/CIDSystemInfo": _system(family.get("/CIDSystemInfo")),
            **plain_entries(family, ("DW", "DW2")),
        }
        if "/W" in family:
            entries["/W"] = _widths(family["/W"], codes)
        if "/W2" in family:
            raise NotPlain
        if str(family["/Subtype"]) == "/CIDFontType2":
            entries["/CIDToGIDMap"], glyphs = self._glyphs(family, codes)
        if "/FontDescriptor" in family:
            entries["/FontDescriptor"] = self._descriptor(family["/FontDescriptor"], glyphs)
        return {
            "/Subtype": Name.Type0,
            "/BaseFont": _safe_name(font.source.get("/BaseFont")),
            "/Encoding": font.source["/Encoding"],
            "/DescendantFonts": Array([self._pdf.make_indirect(Dictionary(entries))]),
        }

    def _glyphs(self, family: pikepdf.Object, codes: set[int]) -> tuple[pikepdf.Object, set[int]]:
        numbers = family.get("/CIDToGIDMap", Name.Identity)
        if isinstance(numbers, pikepdf.Name):
            return Name.Identity, set(codes)
        old = numbers.read_bytes()
        kept = bytearray((max(codes, default=0) + 1) * 2)
        for code in codes:
            kept[code * 2 : code * 2 + 2] = old[code * 2 : code * 2 + 2].ljust(2, b"\0")
        glyphs = {int.from_bytes(kept[code * 2 : code * 2 + 2], "big") for code in codes}
        return self._pdf.make_stream(bytes(kept)), glyphs

    def _descriptor(self, source: pikepdf.Object, glyphs: set[int] | None) -> pikepdf.Object:
        """Return the description of a font, its program cut down to `glyphs` if they are known."""
        entries = plain_entries(source, _DESCRIBED)
        entries |= {"/Type": Name.FontDescriptor, "/FontName": _safe_name(source.get("/FontName"))}
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if key in source:
                program = source[key]
                data = program.read_bytes()
                if key == "/FontFile2" and glyphs is not None:
                    data = only_glyphs(data, glyphs)
                made = self._pdf.make_stream(data)
                lengths = plain_entries(program, ("Length1", "Length2", "Length3", "Subtype"))
                if key == "/FontFile2":
                    lengths["/Length1"] = len(data)
                for name, value in lengths.items():
                    made[name] = value
                entries[key] = made
        return self._pdf.make_indirect(Dictionary(entries))


def _is_wide(source: pikepdf.Object) -> bool:
    if not isinstance(source, pikepdf.Dictionary):
        raise NotPlain
    kind = str(source.get("/Subtype"))
    if kind in _SIMPLE:
        return False
    if kind != "/Type0" or str(source.get("/Encoding")) not in _TWO_BYTES:
        raise NotPlain
    families = source.get("/DescendantFonts")
    if not isinstance(families, pikepdf.Array) or len(families) != 1:
        raise NotPlain
    if str(families[0].get("/Subtype")) not in _FAMILIES:
        raise NotPlain
    return True


def _safe_name(name: object) -> pikepdf.Object:
    if not isinstance(name, pikepdf.Name) or not _NAME.fullmatch(str(name)):
        raise NotPlain
    return name


def _system(source: object) -> pikepdf.Object:
    ordering = str(source.get("/Ordering", "")) if isinstance(source, pikepdf.Dictionary) else ""
    return Dictionary(
        Registry=pikepdf.String("Adobe"),
        Ordering=pikepdf.String(ordering if ordering in _ORDERINGS else "Identity"),
        Supplement=0,
    )


def _encoding(source: pikepdf.Object, codes: set[int]) -> pikepdf.Object:
    if isinstance(source, pikepdf.Name):
        if str(source) not in _ENCODINGS | _TWO_BYTES | {"/StandardEncoding"}:
            raise NotPlain
        return source
    if not isinstance(source, pikepdf.Dictionary):
        raise NotPlain
    entries = plain_entries(source, ("BaseEncoding",)) | {"/Type": Name.Encoding}
    if "/Differences" in source:
        entries["/Differences"] = Array(list(_differences(source["/Differences"], codes)))
    return Dictionary(entries)


def _differences(source: pikepdf.Object, codes: set[int]) -> Iterator[object]:
    code, expected = 0, -1
    for item in source:
        if is_number(item):
            code = int(item)
            continue
        if not isinstance(item, pikepdf.Name):
            raise NotPlain
        if code in codes:
            if code != expected:
                yield code
            yield _safe_name(item)
            expected = code + 1
        code += 1


def _widths(source: pikepdf.Object, codes: set[int]) -> pikepdf.Object:
    """Return the widths of the codes shown, each by itself."""
    kept: dict[int, Number] = {}
    items = list(source)
    while items:
        first = int(items[0])
        if len(items) > 1 and isinstance(items[1], pikepdf.Array):
            some = enumerate(numbers_of(items[1]), start=first)
            kept |= {code: width for code, width in some if code in codes}
            items = items[2:]
            continue
        if len(items) < 3 or not all(is_number(one) for one in items[1:3]):
            raise NotPlain
        last, (width,) = int(items[1]), numbers_of(Array(items[2:3]))
        kept |= {code: width for code in codes if first <= code <= last}
        items = items[3:]
    rows = [(code, Array([width])) for code, width in sorted(kept.items())]
    return Array([part for row in rows for part in row])


def _mapped(data: bytes, codes: set[int]) -> dict[int, str]:
    """Return the letters of `codes` in hexadecimal, by a ToUnicode map; later entries win."""
    found: dict[int, str] = {}
    for block in _SINGLE.findall(data):
        for code, letters in _PAIR.findall(block):
            if (number := _number(code)) in codes:
                found[number] = _bare(letters)
    for block in _RANGE.findall(data):
        for first, last, start, listed in _SPAN.findall(block):
            found |= _spanned(_number(first), _number(last), start, listed, codes)
    return found


def _spanned(first: int, last: int, start: bytes, listed: bytes, codes: set[int]) -> dict[int, str]:
    inside = [code for code in codes if first <= code <= last]
    if listed:
        letters = [_bare(one) for one in _HEX.findall(listed)]
        return {code: letters[code - first] for code in inside if code - first < len(letters)}
    bare = _bare(start)
    if not bare:
        return {}
    return {
        code: f"{(int(bare, 16) + code - first) % 16 ** len(bare):0{len(bare)}X}" for code in inside
    }


def _bare(letters: bytes) -> str:
    return b"".join(letters.split()).decode().upper()


def _number(code: bytes) -> int:
    return int(_bare(code) or "0", 16)
