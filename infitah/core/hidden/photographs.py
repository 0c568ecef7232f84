"""Hidden content of pictures: where, when and with what they were taken, and what is written in."""

import io
from collections.abc import Iterator
from typing import Final

from PIL import ExifTags, Image

from infitah.core.hidden.packages import damaged, oversized
from infitah.core.hidden.values import Finding, Hidden, listed
from infitah.core.pictures import FORMATS, MOST_PIXELS

_DEVICE: Final = (
    ExifTags.Base.Make,
    ExifTags.Base.Model,
    ExifTags.Base.Software,
    ExifTags.Base.DateTime,
    ExifTags.Base.Artist,
    ExifTags.Base.Copyright,
    ExifTags.Base.ImageDescription,
    ExifTags.Base.HostComputer,
)
_WRITTEN: Final = (
    "comment",
    "Comment",
    "Description",
    "Author",
    "Title",
    "Software",
    "XML:com.adobe.xmp",
)
_FAULTS: Final = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def photograph_findings(
    content: bytes, *, place: str = "", must_open: bool = False
) -> Iterator[Finding]:
    """Yield what a picture says besides its dots. Other kinds of file say nothing here.

    With `must_open` a damaged or too large picture is refused.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if must_open and image.width * image.height > MOST_PIXELS:
                raise oversized()
            found = list(_told(image, place))
    except _FAULTS as error:
        if must_open:
            raise damaged() from error
        return
    yield from found


def _told(image: Image.Image, place: str) -> Iterator[Finding]:
    exif = image.getexif()
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        yield Finding(Hidden.PLACE, place)
    told = [str(exif[key]) for key in _DEVICE if key in exif]
    told += [str(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, ""))]
    told += [_written(image.info[key]) for key in _WRITTEN if key in image.info]
    if "xmp" in image.info or "photoshop" in image.info:
        told.append("XMP")
    if exif.get_ifd(ExifTags.IFD.IFD1):
        yield Finding(Hidden.PREVIEW, place)
    if detail := listed(told):
        yield Finding(Hidden.DEVICE, place, detail)


def _written(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
