"""Colour spaces, functions, shadings and graphics states of a copied page, rebuilt from numbers.

Profiles (ICC) and calibrations are left out in favour of the device's colours: they carry free
text. Where that shows, the page is unlike the original and is drawn instead.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from infitah.core.redaction.operators import PLAIN_SPACES, NotPlain, is_number

Number = int | float | Decimal
_DEVICE: Final = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
_COUNT: Final = {
    "/DeviceGray": 1,
    "/DeviceRGB": 3,
    "/DeviceCMYK": 4,
    "/CalGray": 1,
    "/CalRGB": 3,
    "/G": 1,
    "/RGB": 3,
    "/CMYK": 4,
}
_LARGEST_TABLE: Final = 4_000_000
_TOKENS: Final = re.compile(rb"[{}]|[^\s{}]+")
_NUMBER: Final = re.compile(rb"-?[0-9]{0,20}\.?[0-9]{0,20}")
_CALCULATOR: Final = frozenset(
    (
        *(b"{", b"}", b"abs", b"add", b"and", b"atan", b"bitshift", b"ceiling", b"copy", b"cos"),
        *(b"cvi", b"cvr", b"div", b"dup", b"eq", b"exch", b"exp", b"false", b"floor", b"ge"),
        *(b"gt", b"idiv", b"if", b"ifelse", b"index", b"le", b"ln", b"log", b"lt", b"mod", b"mul"),
        *(b"ne", b"neg", b"not", b"or", b"pop", b"roll", b"round", b"sin", b"sqrt", b"sub"),
        *(b"true", b"truncate", b"xor"),
    )
)
_STATE: Final = (
    *("LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "FL", "SM", "SA"),
    *("BM", "CA", "ca", "AIS", "TK"),
)


def plain(item: object, depth: int = 0) -> object:
    """Return a number, a name, a truth value, or an array of them. Raises NotPlain for others."""
    if isinstance(item, bool) or is_number(item) or isinstance(item, pikepdf.Name):
        return item
    if isinstance(item, pikepdf.Array) and depth < 4:
        return Array([plain(one, depth + 1) for one in item])
    raise NotPlain


def plain_entries(source: pikepdf.Object, keys: Iterable[str]) -> dict[str, object]:
    """Return the entries of `source` named by `keys` that are there, all of them plain."""
    return {f"/{key}": plain(source[f"/{key}"]) for key in keys if f"/{key}" in source}


def numbers_of(source: pikepdf.Object) -> list[Number]:
    """Return an array of numbers, each as it is written. Raises NotPlain."""
    if not isinstance(source, pikepdf.Array) or not all(is_number(one) for one in source):
        raise NotPlain
    return [one for one in source if is_number(one)]  # type: ignore[misc]


def colours_of(space: object, pdf: pikepdf.Pdf, depth: int = 0) -> object:
    """Return a colour space rebuilt in `pdf`. Raises NotPlain for kinds that are not copied."""
    if isinstance(space, pikepdf.Name) and str(space) in PLAIN_SPACES:
        return space
    if depth > 4 or not isinstance(space, pikepdf.Array) or not len(space):
        raise NotPlain
    kind = str(space[0])
    if kind in _COUNT or kind == "/ICCBased":
        return _DEVICE[components(space)]
    if kind == "/Indexed":
        return _indexed(space, pdf, depth)
    if kind not in {"/Separation", "/DeviceN"}:
        raise NotPlain
    other = colours_of(space[2], pdf, depth + 1)
    return Array([Name(kind), plain(space[1]), other, function_of(space[3], pdf)])


def components(space: object) -> int:
    """Return how many numbers a colour of this space has. Raises NotPlain."""
    if isinstance(space, pikepdf.Name):
        found = _COUNT.get(str(space))
    else:
        found = _components_of_array(space)
    if not found:
        raise NotPlain
    return found


def _components_of_array(space: object) -> int | None:
    if not isinstance(space, pikepdf.Array) or not len(space):
        raise NotPlain
    kind = str(space[0])
    if kind == "/ICCBased":
        count = int(space[1].get("/N", 0))
        return count if count in _DEVICE else None
    if kind == "/DeviceN":
        return len(space[1])
    return 1 if kind in {"/Indexed", "/Separation"} else _COUNT.get(kind)


def _indexed(space: pikepdf.Array, pdf: pikepdf.Pdf, depth: int) -> object:
    base, highest = space[1], int(space[2])
    table = space[3].read_bytes() if isinstance(space[3], pikepdf.Stream) else bytes(space[3])
    needed = (highest + 1) * components(base)
    if not 0 <= highest <= 255 or len(table) < needed:
        raise NotPlain
    lookup = pdf.make_stream(table[:needed])
    return Array([Name.Indexed, colours_of(base, pdf, depth + 1), highest, lookup])


def function_of(source: object, pdf: pikepdf.Pdf, depth: int = 0) -> object:
    """Return a function rebuilt in `pdf`. Raises NotPlain."""
    if depth > 4:
        raise NotPlain
    if isinstance(source, pikepdf.Array):
        return Array([function_of(one, pdf, depth + 1) for one in source])
    if not isinstance(source, pikepdf.Dictionary | pikepdf.Stream):
        raise NotPlain
    kind = int(source.get("/FunctionType", -1))
    entries = plain_entries(source, ("FunctionType", "Domain", "Range"))
    if kind == 2:
        return Dictionary(entries | plain_entries(source, ("C0", "C1", "N")))
    if kind == 3:
        parts = Array([function_of(one, pdf, depth + 1) for one in source["/Functions"]])
        entries |= plain_entries(source, ("Bounds", "Encode")) | {"/Functions": parts}
        return Dictionary(entries)
    return _streamed(kind, source, entries, pdf)


def _streamed(
    kind: int, source: pikepdf.Object, entries: dict[str, object], pdf: pikepdf.Pdf
) -> pikepdf.Object:
    if not isinstance(source, pikepdf.Stream) or kind not in {0, 4}:
        raise NotPlain
    data = source.read_bytes()
    if kind == 4 and not _only_calculates(data):
        raise NotPlain
    if kind == 0:
        entries |= plain_entries(source, ("Size", "BitsPerSample", "Encode", "Decode"))
        data = data[: _samples(source)]
    made = pdf.make_stream(data)
    for key, value in entries.items():
        made[key] = value
    return made


def _only_calculates(program: bytes) -> bool:
    """Tell whether a calculator function holds numbers and its operators, and no word besides."""
    return all(
        token in _CALCULATOR or _NUMBER.fullmatch(token) for token in _TOKENS.findall(program)
    )


def _samples(source: pikepdf.Object) -> int:
    count = len(source["/Range"]) // 2
    for side in source["/Size"]:
        count *= int(side)
    size = (count * int(source["/BitsPerSample"]) + 7) // 8
    if size > _LARGEST_TABLE:
        raise NotPlain
    return size


def shading_of(source: pikepdf.Object, pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a shading by function, axis or radius rebuilt in `pdf`. Raises NotPlain."""
    if not isinstance(source, pikepdf.Dictionary) or int(source.get("/ShadingType", 0)) > 3:
        raise NotPlain
    keys = ("ShadingType", "Coords", "Domain", "Extend", "Background", "BBox", "Matrix")
    entries = plain_entries(source, (*keys, "AntiAlias"))
    entries["/ColorSpace"] = colours_of(source["/ColorSpace"], pdf)
    entries["/Function"] = function_of(source["/Function"], pdf)
    return pdf.make_indirect(Dictionary(entries))


def state_of(source: pikepdf.Object, pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a graphics state rebuilt in `pdf`; one with a mask or a font is not plain."""
    if not isinstance(source, pikepdf.Dictionary) or "/Font" in source:
        raise NotPlain
    if source.get("/SMask", Name("/None")) != Name("/None"):
        raise NotPlain
    entries = plain_entries(source, _STATE)
    if "/SMask" in source:
        entries["/SMask"] = Name("/None")
    return pdf.make_indirect(Dictionary(entries))


def group_of(source: Mapping[str, object] | pikepdf.Object, pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return the transparency group of a page or form rebuilt in `pdf`."""
    entries = plain_entries(source, ("S", "I", "K"))  # type: ignore[arg-type]
    if "/CS" in source:
        entries["/CS"] = colours_of(source["/CS"], pdf)
    return Dictionary(entries)
