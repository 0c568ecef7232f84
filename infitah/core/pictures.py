"""Pictures that people send, drawn anew: no place, no device, nothing hidden behind the image."""

from io import BytesIO
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from infitah.core.errors import OperationRefused

FORMATS: Final = ("PNG", "JPEG", "WEBP")
MOST_PIXELS: Final = 40_000_000


class PictureRefused(OperationRefused):
    """The picture cannot be read."""


def without_metadata(picture: BinaryIO) -> BinaryIO:
    """Return a picture drawn anew, turned as its camera says, without place, date or device.

    What is no picture of ours comes back as it is. Raises PictureRefused for a damaged one or
    for more than 40 million pixels.
    """
    picture.seek(0)
    try:
        with Image.open(picture, formats=FORMATS) as image:
            return _drawn(image)
    except UnidentifiedImageError:
        picture.seek(0)
        return picture
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise PictureRefused(_("The picture is damaged: choose another file.")) from fault


def _drawn(image: Image.Image) -> BinaryIO:
    kind = str(image.format)
    if image.width * image.height > MOST_PIXELS:
        raise PictureRefused(_("The picture is too large: make it smaller and send it again."))
    bare = ImageOps.exif_transpose(image)
    bare.info.clear()
    out = BytesIO()
    bare.save(out, kind, **({"quality": 90} if kind != "PNG" else {}))
    out.seek(0)
    return out
