"""Pictures lose what they say of the person who took them."""

from io import BytesIO

import pytest
from PIL import Image

from infitah.core.pictures import PictureRefused, without_metadata


def photo(kind: str = "JPEG", *, orientation: int = 1) -> BytesIO:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone of Fatima"
    exif[0x8825] = {1: "N", 2: (33.0, 49.0, 50.0)}  # where it was taken
    out = BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, kind, exif=exif)
    return out


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_device_are_gone(kind):
    assert b"Fatima" in photo(kind).getvalue()
    drawn = without_metadata(photo(kind))
    image = Image.open(drawn)
    assert not image.getexif() and b"Fatima" not in drawn.getvalue()
    assert image.format == kind and image.size == (40, 20)


def test_a_picture_is_turned_as_the_camera_says():
    assert Image.open(without_metadata(photo(orientation=6))).size == (20, 40)


def test_what_is_no_picture_comes_back_as_it_is():
    assert without_metadata(BytesIO(b"%PDF-1.7 text")).read() == b"%PDF-1.7 text"


def test_a_damaged_or_huge_picture_is_refused(monkeypatch):
    with pytest.raises(PictureRefused):
        without_metadata(BytesIO(photo().getvalue()[:200]))
    monkeypatch.setattr("infitah.core.pictures.MOST_PIXELS", 100)
    with pytest.raises(PictureRefused):
        without_metadata(photo())
