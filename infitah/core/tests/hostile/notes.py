"""Secrets in what lies on a page: notes, links, stamps, fields and their values."""

from pikepdf import Array, Dictionary, Name

from infitah.core.redaction import Box, Rect
from infitah.core.tests.hostile.sheets import KEPT, SECRET, SHOWN, Sheet, case

PLACE = Array([15, 92, 200, 118])


def noted(annotation: dict[str, object], *, on_second: bool = False, drawn: str = "") -> bytes:
    """Return two pages, an annotation on one of them; `drawn` is its appearance."""
    sheet = Sheet()
    sheet.page(SHOWN)
    sheet.page()
    page = sheet.pdf.pages[1 if on_second else 0].obj
    note = Dictionary(Type=Name.Annot, Rect=PLACE)
    for key, value in annotation.items():
        note[f"/{key}"] = value
    if drawn:
        form = sheet.form(drawn, BBox=Array([0, 0, 185, 26]))
        note.AP = Dictionary(N=form)
    note.P = page
    page.Annots = Array([sheet.own(note)])
    return sheet.saved()


WRITTEN = f"BT /F 14 Tf 5 8 Td ({SECRET}) Tj ET"


@case()
def a_free_text():
    return noted({"Subtype": Name.FreeText, "Contents": SECRET, "DA": "/F 14 Tf"}, drawn=WRITTEN)


@case(boxes=(Box(2, Rect(0.05, 0.41, 0.67, 0.54), "E03"),), secrets=())
def a_free_text_on_the_second_page():
    return noted({"Subtype": Name.FreeText, "Contents": SECRET}, drawn=WRITTEN, on_second=True)


@case()
def a_stamp():
    return noted({"Subtype": Name.Stamp, "Contents": SECRET, "Name": Name.Draft}, drawn=WRITTEN)


@case()
def a_note():
    return noted({"Subtype": Name.Text, "Contents": SECRET, "T": SECRET, "Subj": SECRET})


@case()
def a_note_on_a_copied_page():
    note = {"Subtype": Name.Text, "Contents": SECRET, "F": 2, "RC": f"<p>{SECRET}</p>"}
    return noted(note, on_second=True)


@case()
def a_popup():
    return noted({"Subtype": Name.Popup, "Contents": SECRET, "Open": True}, on_second=True)


@case()
def a_link():
    action = Dictionary(S=Name.URI, URI=f"https://example.org/?cin={SECRET}")
    return noted({"Subtype": Name.Link, "A": action, "Border": Array([0, 0, 0])}, on_second=True)


@case()
def a_link_to_a_file():
    action = Dictionary(S=Name.Launch, F=f"C:\\{SECRET}.xlsx")
    return noted({"Subtype": Name.Link, "A": action, "Border": Array([0, 0, 0])})


@case()
def a_highlight():
    quads = Array([15, 118, 200, 118, 15, 92, 200, 92])
    note = {"Subtype": Name.Highlight, "QuadPoints": quads, "Contents": SECRET}
    return noted(note | {"C": Array([1, 1, 0])})


@case()
def a_highlight_on_a_copied_page():
    quads = Array([15, 118, 200, 118, 15, 92, 200, 92])
    note = {"Subtype": Name.Highlight, "QuadPoints": quads, "Contents": SECRET}
    return noted(note | {"C": Array([1, 1, 0])}, on_second=True)


@case()
def a_redaction_only_marked():
    """The mark of another program's redaction that was never applied."""
    quads = Array([15, 118, 200, 118, 15, 92, 200, 92])
    return noted(
        {"Subtype": Name.Redact, "QuadPoints": quads, "OverlayText": SECRET}, on_second=True
    )


@case()
def an_attached_file():
    sheet = Sheet()
    data = sheet.stream(SECRET, Type=Name.EmbeddedFile)
    spec = sheet.own(Dictionary(Type=Name.Filespec, F=f"{SECRET}.txt", EF=Dictionary(F=data)))
    page = sheet.page(SHOWN)
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=PLACE, FS=spec)
    page.Annots = Array([sheet.own(note)])
    return sheet.saved()


@case()
def a_hidden_note():
    return noted({"Subtype": Name.FreeText, "F": 2, "Contents": SECRET}, drawn=WRITTEN)


@case()
def a_note_for_print_only():
    note = {"Subtype": Name.FreeText, "F": 32 + 4, "Contents": SECRET}
    return noted(note, drawn=WRITTEN, on_second=True)


@case()
def a_second_appearance():
    """What shows when the mouse is on it is another appearance."""
    sheet = Sheet()
    page = sheet.page(SHOWN)
    calm, rolled = sheet.form("0 0 1 1 re f"), sheet.form(WRITTEN)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=PLACE)
    note.AP = Dictionary(N=calm, R=rolled, D=rolled)
    page.Annots = Array([sheet.own(note)])
    return sheet.saved()


def filled(field: dict[str, object], *, drawn: str = "", **form: object) -> bytes:
    """Return a page with a field of a form, and the form's own entries."""
    sheet = Sheet()
    page = sheet.page("")
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, Rect=PLACE, F=4, DA="/F 14 Tf 0 g", T="field"
    )
    for key, value in field.items():
        widget[f"/{key}"] = value
    if drawn:
        widget.AP = Dictionary(N=sheet.form(drawn, BBox=Array([0, 0, 185, 26])))
    owned = sheet.own(widget)
    page.Annots = Array([owned])
    acro = Dictionary(
        Fields=Array([owned]), DR=Dictionary(Font=Dictionary(F=sheet.font)), DA="/F 14 Tf 0 g"
    )
    for key, value in form.items():
        acro[f"/{key}"] = sheet.stream(value) if isinstance(value, bytes) else value
    sheet.pdf.Root.AcroForm = sheet.own(acro)
    return sheet.saved()


@case()
def a_field_with_its_value():
    return filled({"FT": Name.Tx, "V": SECRET, "DV": SECRET}, drawn=WRITTEN)


@case()
def a_field_drawn_by_the_viewer():
    return filled({"FT": Name.Tx, "V": SECRET}, NeedAppearances=True)


@case(boxes=(), kept=KEPT, secrets=())
def a_field_on_a_page_without_boxes():
    """What is filled in is shown, and stays to be seen; its text goes."""
    return filled({"FT": Name.Tx, "V": "Sefrou", "TU": SECRET}, drawn=WRITTEN)


@case()
def a_choice():
    return filled({"FT": Name.Ch, "V": SECRET, "Opt": Array([SECRET, "b"]), "Ff": 131072})


@case()
def a_button():
    return filled({"FT": Name.Btn, "MK": Dictionary(CA=SECRET), "Ff": 65536, "TU": SECRET})


@case()
def a_field_named_like_the_secret():
    return filled({"FT": Name.Tx, "T": SECRET, "TM": SECRET, "V": "x"})


@case()
def a_script_of_a_field():
    action = Dictionary(S=Name.JavaScript, JS=f"app.alert('{SECRET}')")
    return filled({"FT": Name.Tx, "V": "x", "AA": Dictionary(K=action)})


@case()
def a_signature():
    value = Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Name=SECRET, Reason=SECRET, Contents=SECRET
    )
    return filled({"FT": Name.Sig, "V": value}, SigFlags=3)


@case()
def an_xfa_form():
    packet = f"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><v>{SECRET}</v></xdp:xdp>".encode()
    return filled({"FT": Name.Tx, "V": SECRET}, XFA=packet)
