"""Whether a redacted file holds its pages and nothing else: every object, every key is looked at.

It goes by a list of what may be there, so that what nobody thought of is found as well. It knows
nothing of how the file was made.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pikepdf

from infitah.core.redaction.operators import MARKED, NAMED, NUMBERS, is_direction
from infitah.core.redaction.values import Fault, Problem

KEYS: Final = frozenset(
    {
        *("Type", "Pages", "Kids", "Count", "Parent", "MediaBox", "Rotate", "UserUnit"),
        *("Resources", "Contents", "Group", "S", "I", "K", "CS", "Lang", "Font", "XObject"),
        *("ExtGState", "ColorSpace", "Shading", "Pattern", "Subtype", "BBox", "Matrix", "Width"),
        *("Height", "BitsPerComponent", "ImageMask", "Decode", "Interpolate", "Filter"),
        *("DecodeParms", "Length", "Predictor", "Colors", "Columns", "Rows", "BlackIs1"),
        *("EndOfLine", "EncodedByteAlign", "EndOfBlock", "BaseFont", "FirstChar", "LastChar"),
        *("Widths", "Encoding", "BaseEncoding", "Differences", "ToUnicode", "FontDescriptor"),
        *("DescendantFonts", "CIDSystemInfo", "Registry", "Ordering", "Supplement", "DW", "DW2"),
        *("W", "CIDToGIDMap", "FontName", "Flags", "FontBBox", "ItalicAngle", "Ascent"),
        *("Descent", "Leading", "CapHeight", "XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth"),
        *("MissingWidth", "FontFile", "FontFile2", "FontFile3", "Length1", "Length2", "Length3"),
        *("LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "FL", "SM", "SA", "BM", "CA"),
        *("ca", "AIS", "TK", "SMask", "ShadingType", "Coords", "Domain", "Extend", "Background"),
        *("AntiAlias", "Function", "PatternType", "FunctionType", "Range", "C0", "C1", "N"),
        *("Functions", "Bounds", "Encode", "Size", "BitsPerSample"),
    }
)
"""Keys that a redacted file may hold anywhere."""
RESOURCE: Final = re.compile(r"/[FXGCSP][0-9]{1,6}")
_ROOT: Final = {"/Type", "/Pages", "/Lang"}
_TRAILER: Final = {"/Root", "/Size", "/ID", "/Type", "/W", "/Index", "/Length", "/Filter"}
_TRAILER_MORE: Final = {"/DecodeParms"}
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_COLLECTIONS: Final = {"Adobe", "Identity", "Japan1", "GB1", "CNS1", "Korea1", "KR"}
_TEXT: Final = {"Tj", "TJ", "'", '"', "Tf", "d", "ri", "sc", "SC", "scn", "SCN"}
_OPERATORS: Final = {*NUMBERS, *NAMED, *_TEXT}
_DRAWN: Final = {"q", "cm", "Do", "Q", "BT", "Tr", "Tf", "Tz", "Tm", "Tj", "ET"}
_PICTURE: Final = {
    *("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent"),
    *("/Filter", "/DecodeParms", "/Length"),
}
_DEEPEST: Final = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """A page of the new file: drawn (one picture, invisible text) or copied; the picture's dots."""

    is_drawn: bool
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class Parts:
    """The objects of a file by what they are, as its pages lead to them."""

    problems: list[Problem] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    streams: list[tuple[str, int | None, pikepdf.Object]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def fault(self, kind: Fault, detail: str, page: int | None = None) -> None:
        self.problems.append(Problem(kind, page, detail))


def revisions_of(content: bytes) -> list[Problem]:
    """Return a problem where the file holds an earlier state, or bytes before or after it."""
    ends = content.rstrip().endswith(b"%%EOF")
    if content.startswith(b"%PDF-") and ends and content.count(b"startxref") == 1:
        return []
    return [Problem(Fault.REVISIONS, None, "more than one state, or bytes around the file")]


def parts_of(pdf: pikepdf.Pdf) -> Parts:
    """Return what the file holds, with a problem for all that is not on the list."""
    parts = Parts()
    if pdf.is_encrypted:
        parts.fault(Fault.STRUCTURE, "encrypted")
    for key in set(pdf.trailer.keys()) - _TRAILER - _TRAILER_MORE:
        parts.fault(Fault.STRUCTURE, f"trailer {key}")
    for key in set(pdf.Root.keys()) - _ROOT:
        parts.fault(Fault.STRUCTURE, f"root {key}")
    walk = _Walk(parts)
    walk.go(pdf.Root, "/Root", None)
    for number, page in enumerate(pdf.pages, start=1):
        parts.shapes.append(_shape(page.obj, number, parts))
        walk.go(page.obj, "/Page", number)
    _stray(pdf, walk, parts)
    return parts


def opened_structure(content: bytes) -> pikepdf.Pdf:
    """Return the objects of a redacted file, without mending anything that is broken."""
    return pikepdf.Pdf.open(io.BytesIO(content), attempt_recovery=False)


def _stray(pdf: pikepdf.Pdf, walk: "_Walk", parts: Parts) -> None:
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        kind = item.get("/Type") if not isinstance(item, pikepdf.Array) else None
        if item.objgen not in walk.seen and str(kind) not in {"/XRef", "/ObjStm"}:
            parts.fault(Fault.STRUCTURE, "an object that no page needs")


class _Walk:
    """Goes from the root and the pages to everything that they lead to, each object once."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.seen: set[tuple[int, int]] = set()

    def go(self, item: object, key: str, page: int | None, depth: int = 0) -> None:
        """Look at `item`, which was found under `key`, and at all that it holds."""
        if depth > _DEEPEST:
            self.parts.fault(Fault.STRUCTURE, "too deep", page)
            return
        if isinstance(item, pikepdf.Object) and item.is_indirect:
            if item.objgen in self.seen or (key == "/Kids" and page is None):
                self._leave_page(item)
                return
            self.seen.add(item.objgen)
        self._look(item, key, page, depth)

    def _leave_page(self, item: pikepdf.Object) -> None:
        """Leave a page to be looked at as such, and go on where it is a knot of the tree."""
        if item.objgen not in self.seen and str(item.get("/Type")) == "/Pages":
            self.seen.add(item.objgen)
            self._look(item, "/Pages", None, 1)

    def _look(self, item: object, key: str, page: int | None, depth: int) -> None:
        match item:
            case pikepdf.String():
                self._string(str(item), key, page)
            case pikepdf.Name():
                self.parts.words.append(str(item)[1:])
            case pikepdf.Array():
                for one in item:
                    self.go(one, key, page, depth + 1)
            case pikepdf.Stream():
                self._stream(item, key, page)
                self._entries(item, page, depth)
            case pikepdf.Dictionary():
                self._entries(item, page, depth)

    def _entries(self, item: pikepdf.Object, page: int | None, depth: int) -> None:
        for name, value in item.items():
            if name[1:] not in KEYS and not RESOURCE.fullmatch(name):
                self.parts.fault(Fault.STRUCTURE, f"key {name}", page)
            if name != "/Parent":
                self.go(value, name, page, depth + 1)

    def _string(self, text: str, key: str, page: int | None) -> None:
        if key == "/Lang" and _LANGUAGE.fullmatch(text):
            return
        if key not in {"/Registry", "/Ordering"} or text not in _COLLECTIONS:
            self.parts.fault(Fault.STRUCTURE, f"a text under {key}", page)

    def _stream(self, item: pikepdf.Object, key: str, page: int | None) -> None:
        kind = str(item.get("/Subtype", ""))
        role = "content" if key == "/Contents" or kind == "/Form" else key
        if kind == "/Image":
            role = "picture"
        self.parts.streams.append((role, page, item))
        if role == "content":
            self._content(item, page)

    def _content(self, item: pikepdf.Object, page: int | None) -> None:
        for fault in sorted(set(_strange_operators(item))):
            self.parts.fault(Fault.STRUCTURE, f"operator {fault}", page)


def _strange_operators(stream: pikepdf.Object) -> Iterator[str]:
    for instruction in pikepdf.parse_content_stream(stream):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield "BI"
            continue
        operator = str(instruction.operator)
        if operator == "EMC" or (operator == "BMC" and is_direction(list(instruction.operands))):
            continue
        if operator in MARKED or operator not in _OPERATORS:
            yield operator
        elif any(isinstance(one, pikepdf.Dictionary) for one in instruction.operands):
            yield f"{operator} with a dictionary"


def _shape(page: pikepdf.Object, number: int, parts: Parts) -> Shape:
    """Return whether a page is one picture with invisible text over it, whatever it claims."""
    resources = page.get("/Resources", pikepdf.Dictionary())
    pictures = resources.get("/XObject", pikepdf.Dictionary())
    if set(resources.keys()) - {"/XObject", "/Font"} or len(pictures) != 1:
        return Shape(False)
    picture = next(iter(pictures.values()))
    box = [float(side) for side in page["/MediaBox"]]
    is_plain = (
        set(picture.keys()) <= _PICTURE
        and str(picture.get("/Subtype")) == "/Image"
        and box[:2] == [0, 0]
        and "/Rotate" not in page
        and _fills(page, box)
    )
    if not is_plain:
        return Shape(False)
    return Shape(True, int(picture["/Width"]), int(picture["/Height"]))


def _fills(page: pikepdf.Object, box: list[float]) -> bool:
    """Tell whether the page shows one picture over all of it, and text that is not painted."""
    instructions = pikepdf.parse_content_stream(page)
    operators = [str(one.operator) for one in instructions]
    if operators[:4] != ["q", "cm", "Do", "Q"] or operators.count("Do") != 1:
        return False
    modes = [one.operands for one in instructions if str(one.operator) == "Tr"]
    matrix = [round(float(one), 2) for one in instructions[1].operands]
    size = [round(box[2], 2), round(box[3], 2)]
    return (
        set(operators) <= _DRAWN
        and operators[4:6] in ([], ["BT", "Tr"])
        and all(int(mode[0]) == 3 for mode in modes)
        and matrix == [size[0], 0, 0, size[1], 0, 0]
    )
