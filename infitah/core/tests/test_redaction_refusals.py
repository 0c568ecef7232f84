"""Files that cannot be redacted are refused in a sentence, at once, and nothing comes out."""

import io
import zlib
from dataclasses import replace

import pikepdf
import pytest
from django.utils import translation
from pikepdf import Array, Name

from infitah.core import conf, redaction
from infitah.core.errors import OperationRefused
from infitah.core.redaction import (
    DamagedPdf,
    EncryptedPdf,
    NotPdf,
    PdfRefused,
    TooLarge,
    TooManyPages,
    burning,
    inspecting,
)
from infitah.core.tests.hostile.recovery import recovered
from infitah.core.tests.hostile.sheets import BOX, SECRET, SHOWN, Sheet, one_page

Kind = type[PdfRefused]


def locked(user: str, owner: str = "owner", level: int = 6) -> bytes:
    sheet = Sheet()
    sheet.page(SHOWN)
    return sheet.saved(encryption=pikepdf.Encryption(owner=owner, user=user, R=level))


def truncated() -> bytes:
    return one_page(SHOWN)[:180]


def without_pages() -> bytes:
    return pikepdf_bytes(pikepdf.new())


def pikepdf_bytes(pdf: pikepdf.Pdf) -> bytes:
    sheet = Sheet()
    sheet.pdf = pdf
    return sheet.saved()


def huge_page() -> bytes:
    sheet = Sheet()
    sheet.page(SHOWN, MediaBox=Array([0, 0, 20_000, 200]))
    return sheet.saved()


def huge_unit() -> bytes:
    sheet = Sheet()
    sheet.page(SHOWN, UserUnit=1000)
    return sheet.saved()


def huge_picture() -> bytes:
    sheet = Sheet()
    picture = sheet.stream(
        b"\0",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=90_000,
        Height=90_000,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
    )
    sheet.page(
        "q 300 0 0 200 0 0 cm /I Do Q", Resources=pikepdf.Dictionary(XObject={"/I": picture})
    )
    return sheet.saved()


def bomb(layers: int) -> bytes:
    """A stream of a few kilobytes that unpacks to more than is taken."""
    data = zlib.compress(b"\0" * 30_000_000, 9)
    sheet = Sheet()
    page = sheet.page("")
    if layers == 2:
        data = zlib.compress(data, 9)
    page.Contents = pikepdf.Stream(sheet.pdf, data)
    page.Contents.Filter = Array([Name.FlateDecode] * layers)
    return sheet.saved()


@pytest.mark.parametrize(
    ("make", "kind", "code"),
    [
        (lambda: b"", NotPdf, "not_pdf"),
        (lambda: b"PK\x03\x04 a document of another kind", NotPdf, "not_pdf"),
        (lambda: b"<html>%PDF</html>", NotPdf, "not_pdf"),
        (lambda: b"\0" * 2000 + one_page(SHOWN), NotPdf, "not_pdf"),
        (lambda: b"%PDF-1.7\n" + b"rubbish " * 400, DamagedPdf, "damaged"),
        (truncated, DamagedPdf, "damaged"),
        (without_pages, DamagedPdf, "damaged"),
        (lambda: locked("secret"), EncryptedPdf, "encrypted"),
        (lambda: locked("secret", level=4), EncryptedPdf, "encrypted"),
        (huge_page, TooLarge, "too_large"),
        (huge_unit, TooLarge, "too_large"),
        (huge_picture, TooLarge, "too_large"),
        (lambda: bomb(1), TooLarge, "too_large"),
        (lambda: bomb(2), TooLarge, "too_large"),
    ],
)
def test_what_cannot_be_redacted_is_refused(make, kind: Kind, code, monkeypatch):
    fewer = replace(conf.REDACTION, most_inflated=20_000_000)
    monkeypatch.setattr(inspecting, "REDACTION", fewer)
    content = make()
    for act in (redaction.inspect, lambda pdf: redaction.burn(pdf, [BOX])):
        with pytest.raises(kind) as refused:
            act(content)
        assert refused.value.code == code and refused.value.field == "file"
        assert isinstance(refused.value, OperationRefused) and refused.value.message


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(inspecting, "REDACTION", replace(conf.REDACTION, most_pages=2))
    sheet = Sheet()
    for _number in range(3):
        sheet.page()
    with pytest.raises(TooManyPages) as refused:
        redaction.inspect(sheet.saved())
    assert "2" in refused.value.message


def test_each_refusal_is_said_in_the_language_of_the_reader():
    said = {}
    for language in ("ar", "fr"):
        with translation.override(language), pytest.raises(PdfRefused) as refused:
            redaction.inspect(b"nothing")
        said[language] = refused.value.message
    assert said["ar"] != said["fr"] and "PDF" in said["fr"]


def test_what_only_forbids_printing_is_redacted():
    """Whoever opens it can read it: only the owner's password is set."""
    redacted = redaction.burn(locked("", owner="owner"), [BOX])
    assert not list(recovered(redacted.content, SECRET))
    with pikepdf.open(io.BytesIO(redacted.content)) as pdf:
        assert not pdf.is_encrypted


def test_a_page_of_many_dots_is_drawn_with_fewer(monkeypatch):
    """A poster is drawn less sharply, not refused, and not at the price of the memory."""
    monkeypatch.setattr(burning, "REDACTION", replace(conf.REDACTION, most_dots=100_000))
    redacted = redaction.burn(one_page(SHOWN), [BOX])
    with pikepdf.open(io.BytesIO(redacted.content)) as pdf:
        picture = pdf.pages[0].Resources.XObject.P0
        assert 90_000 < int(picture.Width) * int(picture.Height) <= 101_000
    assert not list(recovered(redacted.content, SECRET))


@pytest.mark.parametrize("cut", range(60, 700, 60))
def test_no_damage_comes_through(cut):
    """A file with a hole in it is refused, or redacted as whatever is left of it: never half."""
    whole = one_page(SHOWN)
    content = whole[:cut] + whole[cut + 25 :]
    try:
        redacted = redaction.burn(content, [BOX])
    except PdfRefused:
        return
    assert redacted.report.is_clean and not list(recovered(redacted.content, SECRET))
