"""The pictures of a copied page: their dots and nothing else.

JPEG loses its metadata (place, device, thumbnail, comment) and whatever follows its end. A picture
with a mask is not copied, for what the mask hides is still in it; nor are kinds whose inside is
not read here (JPEG 2000, JBIG2).
"""

import zlib
from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf import Name

from infitah.core.redaction.colours import colours_of, components, plain_entries
from infitah.core.redaction.operators import NotPlain
from infitah.core.redaction.values import Reason

_MOST_BYTES: Final = 400_000_000
_DROPPED: Final = {*range(0xE0, 0xEE), 0xEF, 0xFE}  # APP0 to APP15 but Adobe's, and comments
_ADOBE: Final = 0xEE
_BARE: Final = {0x01, *range(0xD0, 0xD9)}  # markers without a length


def picture_of(source: pikepdf.Object, pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a picture rebuilt in `pdf`. Raises NotPlain."""
    if "/OC" in source:
        raise NotPlain(Reason.LAYERS)
    if any(key in source for key in ("/SMask", "/Mask", "/Alternates", "/F", "/SMaskInData")):
        raise NotPlain
    entries = plain_entries(
        source, ("Width", "Height", "BitsPerComponent", "ImageMask", "Decode", "Interpolate")
    )
    if "/ColorSpace" in source:
        entries["/ColorSpace"] = colours_of(source["/ColorSpace"], pdf)
    made = _with_data(source, pdf)
    for key, value in {**entries, "/Type": Name.XObject, "/Subtype": Name.Image}.items():
        made[key] = value
    return made


def _with_data(source: pikepdf.Object, pdf: pikepdf.Pdf) -> pikepdf.Object:
    kinds = _filters(source)
    if kinds == ["/DCTDecode"]:
        data = b"".join(_kept_of_jpeg(source.read_raw_bytes()))
        return pikepdf.Stream(pdf, data, {"/Filter": Name.DCTDecode})
    if kinds == ["/CCITTFaxDecode"]:
        terms = _terms(source)
        return pikepdf.Stream(
            pdf, source.read_raw_bytes(), {"/Filter": Name.CCITTFaxDecode, **terms}
        )
    if kinds == ["/FlateDecode"] and _is_exact(source):
        terms = _terms(source)
        return pikepdf.Stream(pdf, source.read_raw_bytes(), {"/Filter": Name.FlateDecode, **terms})
    size = _size(source)
    try:
        data = source.read_bytes()
    except pikepdf.PdfError as error:
        raise NotPlain from error
    return pdf.make_stream(data[:size])


def _filters(source: pikepdf.Object) -> list[str]:
    found = source.get("/Filter", pikepdf.Array([]))
    return [str(found)] if isinstance(found, pikepdf.Name) else [str(one) for one in found]


def _terms(source: pikepdf.Object) -> dict[str, object]:
    terms = source.get("/DecodeParms")
    if isinstance(terms, pikepdf.Array) and len(terms) == 1:
        terms = terms[0]
    if terms is None or not isinstance(terms, pikepdf.Dictionary):
        return {}
    keys = ("Predictor", "Colors", "BitsPerComponent", "Columns", "Rows", "K", "BlackIs1")
    kept = plain_entries(terms, (*keys, "EndOfLine", "EncodedByteAlign", "EndOfBlock"))
    return {"/DecodeParms": pikepdf.Dictionary(kept)}


def _row(source: pikepdf.Object) -> int:
    """Return the bytes of a row of dots."""
    is_mask = bool(source.get("/ImageMask", False))
    bits = 1 if is_mask else int(source.get("/BitsPerComponent", 0))
    count = 1 if is_mask else components(source.get("/ColorSpace"))
    return (int(source["/Width"]) * bits * count + 7) // 8


def _size(source: pikepdf.Object) -> int:
    size = _row(source) * int(source["/Height"])
    if not 0 < size <= _MOST_BYTES:
        raise NotPlain
    return size


def has_only_dots(source: pikepdf.Object) -> bool:
    """Tell whether a picture holds its dots and nothing else that could be read."""
    kinds = _filters(source)
    if kinds == ["/DCTDecode"]:
        data = source.read_raw_bytes()
        return b"".join(_kept_of_jpeg(data, and_its_name=True)) == data
    return kinds == ["/CCITTFaxDecode"] or (kinds == ["/FlateDecode"] and _is_exact(source))


def _is_exact(source: pikepdf.Object) -> bool:
    """Tell whether a deflated picture unpacks to its dots and not one byte more."""
    terms = source.get("/DecodeParms")
    if isinstance(terms, pikepdf.Array):
        terms = terms[0] if len(terms) == 1 else None
    predictor = int(terms.get("/Predictor", 1)) if isinstance(terms, pikepdf.Dictionary) else 1
    size = _size(source) + (int(source["/Height"]) if predictor >= 10 else 0)
    flow = zlib.decompressobj()
    left, data = size + 1, source.read_raw_bytes()
    try:
        while data and left > 0 and not flow.eof:
            left -= len(flow.decompress(data, min(left, 1 << 22)))
            data = flow.unconsumed_tail
    except zlib.error:
        return False
    return left == 1 and flow.eof and not flow.unused_data


def _kept_of_jpeg(data: bytes, *, and_its_name: bool = False) -> Iterator[bytes]:
    """Yield the parts of a JPEG that draw. Raises NotPlain where its order is not the usual one.

    `and_its_name` keeps the bare head by which it is called a JPEG.
    """
    if data[:2] != b"\xff\xd8":
        raise NotPlain
    yield data[:2]
    at = 2
    while (marker := _marker(data, at)) != 0xD9:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _BARE or not at + 4 <= end <= len(data):
            raise NotPlain
        if _draws(marker, data[at:end]) or (and_its_name and _is_bare_head(data[at:end])):
            yield data[at:end]
        at = end
        if marker == 0xDA:
            at = _end_of_scan(data, end)
            yield data[end:at]
    yield b"\xff\xd9"


def _draws(marker: int, part: bytes) -> bool:
    """Tell whether a part is needed to draw: of what programs add, only how Adobe mixes colours."""
    if marker == _ADOBE:
        return part[4:9] == b"Adobe" and len(part) == 16
    return marker not in _DROPPED


def _is_bare_head(part: bytes) -> bool:
    """Tell whether a part is the head of a JFIF without a thumbnail."""
    return part[1:2] == b"\xe0" and part[4:9] == b"JFIF\0" and len(part) == 18


def _marker(data: bytes, at: int) -> int:
    if at + 2 > len(data) or data[at] != 0xFF:
        raise NotPlain
    return data[at + 1]


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the coded dots end: at the next marker that is none of the dots' own."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotPlain
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
