"""Secrets in pictures: scans, their invisible text, what a picture carries besides its dots."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Object
from PIL import Image, ImageDraw, ImageFont

from infitah.core.redaction import Box, Rect
from infitah.core.tests.hostile.sheets import (
    ABOVE,
    BELOW,
    KEPT,
    SECRET,
    SHOWN,
    Sheet,
    case,
)

ELSEWHERE = (Box(1, Rect(0.05, 0.75, 0.6, 0.85), "E03"),)


def scanned(*, dpi: int = 150, mode: str = "L") -> Image.Image:
    """Return the picture of a page with the secret, as a scanner takes it."""
    scale = dpi / 72
    image = Image.new(mode, (round(300 * scale), round(200 * scale)), "white")
    pen = ImageDraw.Draw(image)
    for text, top in ((ABOVE, 18), (SECRET, 88), (BELOW, 148)):
        font = ImageFont.load_default(int(12 * scale))
        pen.text((20 * scale, top * scale), text, fill="black", font=font)
    return image


def jpeg(image: Image.Image, **options: object) -> bytes:
    """Return a picture as JPEG."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=75, **options)
    return out.getvalue()


def picture(sheet: Sheet, image: Image.Image, **entries: object) -> Object:
    """Return a picture of a PDF, deflated unless `entries` bring its data."""
    data = entries.pop("data", None) or zlib.compress(image.tobytes())
    spaces = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "1": Name.DeviceGray}
    made = pikepdf.Stream(sheet.pdf, data)
    values: dict[str, object] = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": image.width,
        "Height": image.height,
        "ColorSpace": spaces[image.mode],
        "BitsPerComponent": 1 if image.mode == "1" else 8,
        "Filter": Name.FlateDecode,
    } | entries
    for key, value in values.items():
        if value is not None:
            made[f"/{key}"] = value
    return made


FULL = "q 300 0 0 200 0 0 cm /I Do Q"
READ = f"BT 3 Tr /F 12 Tf 20 170 Td ({ABOVE}) Tj 0 -70 Td ({SECRET}) Tj 0 -60 Td ({BELOW}) Tj ET"


def shown(sheet: Sheet, made: Object, content: str = FULL) -> bytes:
    """Return a page that shows a picture."""
    sheet.page(content, plain=False, Resources=Dictionary(XObject=Dictionary(I=made)))
    return sheet.saved()


@case(kept=(), is_scan=True)
def a_scan():
    sheet = Sheet()
    return shown(sheet, picture(sheet, scanned()))


@case(kept=(), is_scan=True)
def a_scan_as_jpeg():
    sheet = Sheet()
    image = scanned(mode="RGB")
    return shown(sheet, picture(sheet, image, data=jpeg(image), Filter=Name.DCTDecode))


@case(kept=(), is_scan=True)
def a_scan_of_black_and_white():
    sheet = Sheet()
    return shown(sheet, picture(sheet, scanned().convert("1")))


@case(kept=(), is_scan=True)
def a_scan_on_a_turned_page():
    sheet = Sheet()
    image = scanned().transpose(Image.Transpose.ROTATE_90)
    sheet.page(
        "q 200 0 0 300 0 0 cm /I Do Q",
        plain=False,
        MediaBox=Array([0, 0, 200, 300]),
        Rotate=90,
        Resources=Dictionary(XObject=Dictionary(I=picture(sheet, image))),
    )
    return sheet.saved()


@case(is_scan=True)
def a_scan_that_was_read():
    """A scan with invisible text over it: what no box touches can still be searched for."""
    sheet = Sheet()
    return shown(sheet, picture(sheet, scanned()), f"{FULL} {READ}")


@case(is_scan=True)
def a_scan_that_was_read_beneath():
    sheet = Sheet()
    return shown(sheet, picture(sheet, scanned()), f"{READ} {FULL}")


@case(boxes=ELSEWHERE, kept=KEPT[:5])
def a_scan_that_others_covered():
    """A black rectangle was drawn over the picture; the invisible text is still beneath it."""
    sheet = Sheet()
    content = f"{FULL} 0 g 15 92 190 26 re f {READ}"
    return shown(sheet, picture(sheet, scanned()), content)


@case(boxes=(), kept=KEPT)
def a_scan_that_others_covered_on_a_copied_page():
    sheet = Sheet()
    content = f"{FULL} 0 g 15 92 190 26 re f {READ}"
    return shown(sheet, picture(sheet, scanned()), content)


@case()
def a_picture_in_the_line():
    """An inline picture, and the secret as text over it."""
    sheet = Sheet()
    sheet.page(f"q 60 0 0 30 20 95 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q {SHOWN}")
    return sheet.saved()


@case()
def an_inline_picture_with_more_than_its_dots():
    sheet = Sheet()
    sheet.page(SHOWN)
    sheet.page(f"q 9 0 0 9 250 5 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00{SECRET} EI Q")
    return sheet.saved()


def copied(made: Object, sheet: Sheet, content: str = "q 60 0 0 40 200 60 cm /I Do Q") -> bytes:
    """Return a page with the secret and one that shows a picture."""
    sheet.page(SHOWN)
    sheet.page(content, Resources=Dictionary(XObject=Dictionary(I=made)))
    return sheet.saved()


@case()
def a_photograph_with_its_place():
    sheet = Sheet()
    image = scanned(dpi=40, mode="RGB")
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x8825] = {1: "N", 2: (33.0, 49.0, 50.0)}
    data = jpeg(image, exif=exif, comment=SECRET.encode())
    return copied(picture(sheet, image, data=data, Filter=Name.DCTDecode), sheet)


@case()
def a_photograph_with_something_after_it():
    sheet = Sheet()
    image = scanned(dpi=40, mode="RGB")
    data = jpeg(image) + SECRET.encode("utf-16-be")
    return copied(picture(sheet, image, data=data, Filter=Name.DCTDecode), sheet)


@case()
def a_picture_with_more_than_its_dots():
    sheet = Sheet()
    image = scanned(dpi=40)
    data = zlib.compress(image.tobytes() + SECRET.encode())
    return copied(picture(sheet, image, data=data), sheet)


@case()
def a_picture_with_something_after_its_data():
    sheet = Sheet()
    image = scanned(dpi=40)
    data = zlib.compress(image.tobytes()) + SECRET.encode()
    return copied(picture(sheet, image, data=data), sheet)


@case()
def a_picture_with_metadata():
    sheet = Sheet()
    xmp = sheet.stream(f"<x>{SECRET}</x>", Type=Name.Metadata, Subtype=Name.XML)
    image = scanned(dpi=40)
    return copied(picture(sheet, image, Metadata=xmp, Name=Name(f"/{SECRET}")), sheet)


@case()
def another_picture_for_print():
    sheet = Sheet()
    other = picture(sheet, scanned(dpi=40))
    alternates = Array([Dictionary(Image=other, DefaultForPrinting=True)])
    return copied(picture(sheet, scanned(dpi=20), Alternates=alternates), sheet)


@case()
def a_picture_behind_its_mask():
    """What the mask hides is still in the picture, as text after its dots even."""
    sheet = Sheet()
    image = scanned(dpi=40)
    hole = picture(sheet, Image.new("L", image.size, 0))
    return copied(picture(sheet, image, SMask=hole), sheet)


@case()
def a_picture_of_a_palette():
    sheet = Sheet()
    image = Image.new("L", (8, 8), 1)
    table = pikepdf.String(b"\xff\xff\xff\x00\x00\x00" + SECRET.encode())
    space = Array([Name.Indexed, Name.DeviceRGB, 1, table])
    return copied(picture(sheet, image, ColorSpace=space), sheet)


@case()
def a_stencil():
    sheet = Sheet()
    image = scanned(dpi=40).convert("1")
    made = picture(sheet, image, ImageMask=True, ColorSpace=None)
    return copied(made, sheet)


@case()
def a_picture_in_jpeg_2000():
    sheet = Sheet()
    image = scanned(dpi=40, mode="RGB")
    out = io.BytesIO()
    image.save(out, "JPEG2000")
    data = out.getvalue() + b"\0\0\0\x18uuid" + SECRET.encode() * 2
    made = picture(sheet, image, data=data, Filter=Name.JPXDecode, ColorSpace=None)
    del made["/BitsPerComponent"]
    return copied(made, sheet)


@case()
def a_cropped_picture():
    """Of a scan only a corner is shown; the rest would be in the file."""
    sheet = Sheet()
    content = "q 200 60 60 20 re W n 300 0 0 200 0 0 cm /I Do Q"
    return copied(picture(sheet, scanned(dpi=40)), sheet, content)


@case()
def a_picture_over_the_edge():
    sheet = Sheet()
    return copied(picture(sheet, scanned(dpi=40)), sheet, "q 300 0 0 200 250 -150 cm /I Do Q")


@case()
def a_picture_under_a_picture():
    sheet = Sheet()
    upper = picture(sheet, Image.new("L", (2, 2), 200))
    lower = picture(sheet, scanned(dpi=40))
    content = "q 60 0 0 40 200 60 cm /I Do Q q 60 0 0 40 200 60 cm /J Do Q"
    sheet.page(SHOWN)
    sheet.page(content, Resources=Dictionary(XObject=Dictionary(I=lower, J=upper)))
    return sheet.saved()


@case()
def a_picture_never_shown():
    sheet = Sheet()
    image = scanned(dpi=40)
    data = zlib.compress(image.tobytes() + SECRET.encode())
    return copied(picture(sheet, image, data=data), sheet, "0 0 1 1 re f")
