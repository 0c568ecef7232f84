"""Files of a case for tests: PDFs, pictures and sheets of every kind, given with an answer."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw

from infitah.core import files
from infitah.design import pdf
from infitah.information.models import CaseFile

AT = datetime(2026, 3, 24, 10, tzinfo=UTC)


def paper(words="محضر الدورة العادية", pages=1):
    """Return a PDF of some pages of words."""
    lines = [words] * (pages * 40 if pages > 1 else 1)
    return pdf.render(
        "design/letter.typ", {"lines": [], "paragraphs": lines}, title=words, language="ar"
    )


def plain(pages=1, *, rotate=0, size=(595, 842)):
    """Return a bare PDF with its page numbers, turned or of another size."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for number in range(1, pages + 1):
        page = document.add_blank_page(page_size=size)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = document.make_stream(
            f"BT /F1 24 Tf 60 {size[1] - 100} Td (Sheet {number} of the minutes) Tj ET".encode()
        )
        if rotate:
            page.rotate(rotate, relative=False)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_form():
    """Return a PDF whose only words are the value of a form field."""
    document = pikepdf.open(BytesIO(plain()))
    page = document.pages[0]
    page.obj.Contents = document.make_stream(b"")
    field = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("amount"),
            V=pikepdf.String("Budget 1250000"),
            DA=pikepdf.String("/F1 12 Tf 0 g"),
            Rect=[60, 600, 400, 640],
            F=4,
        )
    )
    page.obj.Annots = pikepdf.Array([field])
    document.Root.AcroForm = pikepdf.Dictionary(
        Fields=[field], DR=pikepdf.Dictionary(Font=page.obj.Resources.Font), NeedAppearances=True
    )
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def locked():
    """Return a PDF that asks for a password."""
    document = pikepdf.open(BytesIO(plain()))
    out = BytesIO()
    document.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


def picture(kind="PNG"):
    image = Image.new("RGB", (800, 400), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 700, 300), fill="navy")
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def give(request, name, content, *, is_given=True, role="source", title=""):
    """Put a file into a case as one that left with the answer."""
    key = request.community.key
    stored = files.stage(BytesIO(content), community_key=key, name=name, now=AT)
    files.bind(
        key=str(stored.key), community_key=key, subject=f"test:{stored.pk}", is_public=False, now=AT
    )
    stored.refresh_from_db()
    return CaseFile.objects.create(
        community=request.community,
        request=request,
        file=stored,
        role=role,
        title=title,
        is_given=is_given,
        added_at=AT,
    )
