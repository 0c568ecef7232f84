"""Secrets of the document itself: older states, metadata, attachments, outlines, scripts, debris."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from infitah.core.tests.hostile.sheets import SECRET, SHOWN, Sheet, case, with_annex

OTHER = "QQ775533"


def later(first: bytes, changed: dict[int, bytes]) -> bytes:
    """Return `first` with objects replaced by a later state that is appended to it."""
    with pikepdf.open(io.BytesIO(first)) as pdf:
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    out = bytearray(first)
    places = {}
    for number, body in changed.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    before = first.rfind(b"startxref")
    previous = int(first[before + 9 :].split()[0])
    out += b"xref\n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {size} /Root {root} 0 R /Prev {previous} >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def content_number(pdf: bytes) -> int:
    """Return the number of the object that draws the first page."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return opened.pages[0].obj.Contents.objgen[0]


def drawn_by(text: str) -> bytes:
    """Return a stream object that draws `text`."""
    data = text.encode()
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


@case(secrets=(SECRET, OTHER), kept=("Commune",))
def an_older_state():
    """The secret was deleted before the file was sent, and is still in its older state."""
    sheet = Sheet()
    sheet.page(SHOWN.replace(SECRET, OTHER))
    first = sheet.saved(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    number = content_number(first)
    return later(first, {number: drawn_by(f"BT /F 12 Tf 20 170 Td (Commune) Tj ET {SHOWN}")})


@case(secrets=(SECRET, OTHER), kept=("Commune",))
def three_states():
    first = an_older_state()
    number = content_number(first)
    text = f"BT /F 12 Tf 20 170 Td (Commune) Tj ET {SHOWN} 1 g 0 0 1 1 re f"
    return later(first, {number: drawn_by(text)})


@case(secrets=(SECRET,), kept=("Commune",), boxes=())
def an_older_state_of_a_copied_page():
    sheet = Sheet()
    sheet.page(SHOWN)
    first = sheet.saved(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    number = content_number(first)
    return later(first, {number: drawn_by("BT /F 12 Tf 20 170 Td (Commune) Tj ET")})


@case()
def an_attachment():
    def fill(sheet: Sheet) -> None:
        sheet.pdf.attachments[f"{SECRET}.txt"] = SECRET.encode()

    return with_annex(fill)


@case()
def an_associated_file():
    def fill(sheet: Sheet) -> None:
        data = sheet.stream(SECRET, Type=Name.EmbeddedFile)
        spec = sheet.own(Dictionary(Type=Name.Filespec, UF=SECRET, EF=Dictionary(F=data)))
        sheet.pdf.Root.AF = Array([spec])
        sheet.pdf.pages[1].obj.AF = Array([spec])

    return with_annex(fill)


@case()
def metadata_of_the_document():
    def fill(sheet: Sheet) -> None:
        for key in ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "Cabinet"):
            sheet.pdf.docinfo[f"/{key}"] = f"{SECRET} {key}"

    return with_annex(fill)


@case()
def xmp_of_the_document():
    def fill(sheet: Sheet) -> None:
        with sheet.pdf.open_metadata() as meta:
            meta["dc:title"] = SECRET
            meta["dc:description"] = SECRET

    return with_annex(fill)


@case()
def xmp_of_a_page():
    def fill(sheet: Sheet) -> None:
        xmp = sheet.stream(f"<x>{SECRET}</x>", Type=Name.Metadata, Subtype=Name.XML)
        for page in sheet.pdf.pages:
            page.obj.Metadata = xmp

    return with_annex(fill)


@case()
def thumbnails():
    def fill(sheet: Sheet) -> None:
        for page in sheet.pdf.pages:
            page.obj.Thumb = sheet.stream(
                SECRET.encode().ljust(64, b"\0"),
                Width=8,
                Height=8,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
            )

    return with_annex(fill)


@case()
def actual_text():
    return with_annex(lambda sheet: None, f"/Span << /ActualText ({SECRET}) >> BDC {SHOWN} EMC")


@case(kept=())
def actual_text_of_other_letters():
    """Innocent letters outside the box stand for the secret; copied and drawn page alike."""
    text = f"/Span << /ActualText ({SECRET}) >> BDC BT /F 12 Tf 20 20 Td (seuls) Tj ET EMC"
    sheet = Sheet()
    sheet.page(f"{SHOWN} {text}")
    sheet.page(text)
    return sheet.saved()


@case()
def actual_text_by_reference():
    sheet = Sheet()
    marks = Dictionary(P=Dictionary(ActualText=SECRET, Alt=SECRET, E=SECRET))
    sheet.page(SHOWN)
    sheet.page("/Span /P BDC 0 0 1 1 re f EMC", Resources=Dictionary(Properties=marks))
    return sheet.saved()


@case()
def a_structure_tree():
    def fill(sheet: Sheet) -> None:
        element = sheet.own(
            Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=SECRET, ActualText=SECRET, T=SECRET)
        )
        sheet.pdf.Root.StructTreeRoot = sheet.own(
            Dictionary(Type=Name.StructTreeRoot, K=Array([element]))
        )
        sheet.pdf.Root.MarkInfo = Dictionary(Marked=True)
        for page in sheet.pdf.pages:
            page.obj.StructParents = 0

    return with_annex(fill)


@case()
def an_outline():
    def fill(sheet: Sheet) -> None:
        with sheet.pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(SECRET, 1))

    return with_annex(fill)


@case()
def named_places():
    def fill(sheet: Sheet) -> None:
        where = Array([sheet.pdf.pages[0].obj, Name.Fit])
        sheet.pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(SECRET), where])))
        sheet.pdf.Root.Dests = Dictionary({f"/{SECRET}": where})

    return with_annex(fill)


@case()
def page_labels():
    def fill(sheet: Sheet) -> None:
        sheet.pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=SECRET, S=Name.D)]))

    return with_annex(fill)


@case()
def a_script_on_opening():
    def fill(sheet: Sheet) -> None:
        script = Dictionary(S=Name.JavaScript, JS=f"var cin = '{SECRET}'")
        sheet.pdf.Root.OpenAction = script
        sheet.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))

    return with_annex(fill)


@case()
def a_script_of_a_page():
    def fill(sheet: Sheet) -> None:
        script = Dictionary(S=Name.JavaScript, JS=sheet.stream(f"var cin = '{SECRET}'"))
        for page in sheet.pdf.pages:
            page.obj.AA = Dictionary(O=script)
        sheet.pdf.Root.AA = Dictionary(WC=script)

    return with_annex(fill)


@case()
def object_streams():
    sheet = Sheet()
    sheet.page(SHOWN)
    sheet.page()
    sheet.pdf.docinfo["/Title"] = SECRET
    return sheet.saved(object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)


@case()
def objects_that_nobody_needs():
    first = with_annex(lambda sheet: None)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        size = len(pdf.objects)
    return later(first, {size + 7: drawn_by(SHOWN), size + 8: f"({SECRET})".encode()})


@case()
def an_object_twice():
    """The same number twice in the body: only the later one is listed."""
    first = with_annex(lambda sheet: None)
    double = b"3 0 obj\n(" + SECRET.encode() + b")\nendobj\n"
    at = first.index(b"\n", 12) + 1
    return first[:at] + double + first[at:]


@case()
def bytes_between_the_objects():
    first = with_annex(lambda sheet: None)
    at = first.index(b"endobj") + 7
    return first[:at] + b"% " + SECRET.encode() + b"\n" + first[at:]


@case()
def bytes_before_the_file():
    return SECRET.encode() + b"\n" + with_annex(lambda sheet: None)


@case()
def bytes_after_the_file():
    return with_annex(lambda sheet: None) + SECRET.encode("utf-16-be")


@case()
def private_data_of_a_program():
    def fill(sheet: Sheet) -> None:
        piece = Dictionary(Illustrator=Dictionary(LastModified="D:2026", Private=SECRET))
        sheet.pdf.Root.PieceInfo = piece
        for page in sheet.pdf.pages:
            page.obj.PieceInfo = piece

    return with_annex(fill)


@case()
def threads_and_portfolio():
    def fill(sheet: Sheet) -> None:
        info = Dictionary(Title=SECRET)
        bead = sheet.own(Dictionary(Type=Name.Bead, P=sheet.pdf.pages[0].obj))
        sheet.pdf.Root.Threads = Array([sheet.own(Dictionary(I=info, F=bead))])
        sheet.pdf.pages[1].obj.B = Array([bead])
        sheet.pdf.Root.Collection = Dictionary(Type=Name.Collection, D=SECRET)
        sheet.pdf.Root.URI = Dictionary(Base=f"https://example.org/{SECRET}/")
        sheet.pdf.Root.Lang = SECRET

    return with_annex(fill)


@case()
def an_output_intent():
    def fill(sheet: Sheet) -> None:
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=SECRET,
            Info=SECRET,
            DestOutputProfile=sheet.stream(SECRET, N=3),
        )
        sheet.pdf.Root.OutputIntents = Array([intent])

    return with_annex(fill)


@case()
def a_page_kept_as_a_template():
    def fill(sheet: Sheet) -> None:
        hidden = sheet.own(
            Dictionary(
                Type=Name.Template,
                MediaBox=Array([0, 0, 300, 200]),
                Contents=sheet.stream(SHOWN),
                Resources=Dictionary(Font=Dictionary(F=sheet.font)),
            )
        )
        templates = Dictionary(Names=Array([String("t"), hidden]))
        sheet.pdf.Root.Names = Dictionary(Templates=templates)

    return with_annex(fill)


@case()
def a_page_that_was_taken_out():
    sheet = Sheet()
    sheet.page(SHOWN)
    sheet.page()
    sheet.page(f"BT /F 14 Tf 20 100 Td ({SECRET}) Tj ET")
    sheet.pdf.Root.Old = sheet.pdf.pages[2].obj
    del sheet.pdf.pages[2]
    return sheet.saved()


@case()
def strange_entries():
    def fill(sheet: Sheet) -> None:
        sheet.pdf.Root.Secret = SECRET
        sheet.pdf.trailer.Secret = SECRET
        for page in sheet.pdf.pages:
            page.obj.Secret = Array([SECRET, Dictionary(A=SECRET)])
            page.obj.Resources.Secret = SECRET

    return with_annex(fill)
