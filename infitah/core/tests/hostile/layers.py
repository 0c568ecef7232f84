"""Secrets in layers (optional content), whether they are shown or not."""

from pikepdf import Array, Dictionary, Name, Object

from infitah.core.redaction import Box, Rect
from infitah.core.tests.hostile.sheets import KEPT, SECRET, SHOWN, Sheet, case

ELSEWHERE = (Box(1, Rect(0.05, 0.75, 0.6, 0.85), "E03"),)
UPPER = KEPT[:5]


def layer(sheet: Sheet, name: str = "Calque", *, is_on: bool = False, base: str = "") -> Object:
    """Return a layer of the document, off unless said otherwise."""
    group = sheet.own(Dictionary(Type=Name.OCG, Name=name))
    shown = Dictionary(Order=Array([group]))
    if base:
        shown.BaseState = Name(f"/{base}")
    elif not is_on:
        shown.OFF = Array([group])
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=shown)
    return group


def layered(content: str, group: object, sheet: Sheet, *, second: bool = False) -> bytes:
    """Return a page with `content`, in which /L is the layer; first one with the secret, if asked."""
    if second:
        sheet.page(SHOWN)
    sheet.page(content, Resources=Dictionary(Properties=Dictionary(L=group)))
    return sheet.saved()


IN_LAYER = f"/OC /L BDC {SHOWN} EMC"


@case()
def a_layer_that_is_off():
    sheet = Sheet()
    return layered(IN_LAYER, layer(sheet), sheet)


@case()
def a_layer_that_is_on():
    sheet = Sheet()
    return layered(IN_LAYER, layer(sheet, is_on=True), sheet)


@case(boxes=ELSEWHERE, kept=UPPER)
def a_hidden_layer_outside_the_box():
    """Nobody saw it, so nobody boxed it: it must not come back."""
    sheet = Sheet()
    return layered(IN_LAYER, layer(sheet), sheet)


@case(boxes=())
def a_hidden_layer_on_a_copied_page():
    sheet = Sheet()
    return layered(IN_LAYER, layer(sheet), sheet)


@case(boxes=(), kept=(*KEPT, "visible"))
def a_hidden_layer_beneath_seen_words():
    """The hidden words lie exactly where others are seen."""
    sheet = Sheet()
    seen = "BT /F 14 Tf 20 100 Td (visible) Tj ET"
    return layered(f"{IN_LAYER} {seen}", layer(sheet), sheet)


@case(boxes=ELSEWHERE, kept=(*UPPER, "visible"))
def a_hidden_layer_beneath_seen_words_of_a_drawn_page():
    sheet = Sheet()
    seen = "BT /F 14 Tf 20 100 Td (visible) Tj ET"
    return layered(f"{IN_LAYER} {seen}", layer(sheet), sheet)


@case()
def a_layer_off_by_default():
    sheet = Sheet()
    return layered(IN_LAYER, layer(sheet, base="OFF"), sheet, second=True)


@case()
def a_membership_of_layers():
    sheet = Sheet()
    group = layer(sheet)
    member = sheet.own(Dictionary(Type=Name.OCMD, OCGs=Array([group]), P=Name.AllOn))
    return layered(IN_LAYER, member, sheet, second=True)


@case()
def a_membership_by_expression():
    sheet = Sheet()
    group = layer(sheet, is_on=True)
    rule = Array([Name.Not, group])
    return layered(IN_LAYER, sheet.own(Dictionary(Type=Name.OCMD, VE=rule)), sheet, second=True)


@case()
def a_form_of_a_hidden_layer():
    sheet = Sheet()
    form = sheet.form(SHOWN, OC=layer(sheet))
    sheet.page(SHOWN)
    sheet.page("/A Do", Resources=Dictionary(XObject=Dictionary(A=form)))
    return sheet.saved()


@case(boxes=())
def a_hidden_form_alone():
    sheet = Sheet()
    form = sheet.form(SHOWN, OC=layer(sheet))
    sheet.page("/A Do", Resources=Dictionary(XObject=Dictionary(A=form)))
    return sheet.saved()


@case(boxes=())
def a_note_of_a_hidden_layer():
    sheet = Sheet()
    group = layer(sheet)
    page = sheet.page("")
    form = sheet.form(f"BT /F 14 Tf 5 8 Td ({SECRET}) Tj ET", BBox=Array([0, 0, 185, 26]))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([15, 92, 200, 118]), OC=group
    )
    note.AP, note.Contents = Dictionary(N=form), SECRET
    page.Annots = Array([sheet.own(note)])
    return sheet.saved()


@case()
def a_layer_named_like_the_secret():
    sheet = Sheet()
    group = layer(sheet, name=SECRET, is_on=True)
    return layered("/OC /L BDC 0 0 5 5 re f EMC", group, sheet, second=True)


@case()
def a_layer_for_print():
    sheet = Sheet()
    group = layer(sheet, is_on=True)
    group.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
    sheet.pdf.Root.OCProperties.D.AS = Array(
        [Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([group]))]
    )
    return layered(IN_LAYER, group, sheet, second=True)
