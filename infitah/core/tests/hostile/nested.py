"""Secrets inside things that pages refer to: forms, patterns, drawn fonts, masks."""

from pikepdf import Array, Dictionary, Name

from infitah.core.tests.hostile.sheets import (
    HEIGHT,
    SECRET,
    SHOWN,
    WIDTH,
    Sheet,
    case,
    unicode_map,
)


def drawn_by(sheet: Sheet, content: str, **resources: object) -> bytes:
    """Return a page with `content` and `resources` of its own."""
    entries = {f"/{key}": value for key, value in resources.items()}
    sheet.page(content, Resources=Dictionary(entries))
    return sheet.saved()


@case()
def in_a_form():
    sheet = Sheet()
    return drawn_by(sheet, "/A Do", XObject=Dictionary(A=sheet.form(SHOWN)))


@case()
def in_a_form_of_a_form():
    sheet = Sheet()
    inner = sheet.form(SHOWN)
    for _level in range(4):
        inner = sheet.form("/I Do", Resources=Dictionary(XObject=Dictionary(I=inner)))
    return drawn_by(sheet, "/A Do", XObject=Dictionary(A=inner))


@case()
def in_a_form_without_resources():
    sheet = Sheet()
    form = sheet.form(SHOWN)
    del form.Resources
    return drawn_by(sheet, "/A Do", XObject=Dictionary(A=form))


@case()
def in_a_moved_and_scaled_form():
    sheet = Sheet()
    form = sheet.form(
        f"BT /F 28 Tf 40 200 Td ({SECRET}) Tj ET",
        BBox=Array([0, 0, 2 * WIDTH, 2 * HEIGHT]),
        Matrix=Array([0.5, 0, 0, 0.5, 0, 0]),
    )
    return drawn_by(sheet, "/A Do", XObject=Dictionary(A=form))


@case()
def in_a_form_with_a_group():
    sheet = Sheet()
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
    return drawn_by(sheet, "/A Do", XObject=Dictionary(A=sheet.form(SHOWN, Group=group)))


@case()
def in_a_form_that_is_not_drawn():
    sheet = Sheet()
    forms = Dictionary(A=sheet.form(SHOWN), B=sheet.form("0 0 1 1 re f"))
    sheet.page(SHOWN, Resources=Dictionary(XObject=forms))
    return drawn_by(sheet, "/B Do", XObject=forms)


@case()
def in_a_form_shared_by_two_pages():
    """One form, drawn under the box on one page and outside what is shown on the other."""
    sheet = Sheet()
    shared = Dictionary(A=sheet.form(SHOWN))
    sheet.page("/A Do", Resources=Dictionary(XObject=shared))
    return drawn_by(sheet, "q 1 0 0 1 0 900 cm /A Do Q", XObject=shared)


@case()
def in_a_form_that_draws_itself():
    sheet = Sheet()
    form = sheet.form(f"{SHOWN} /A Do")
    form.Resources = Dictionary(Font=Dictionary(F=sheet.font), XObject=Dictionary(A=form))
    return drawn_by(sheet, "/A Do", XObject=Dictionary(A=form))


@case()
def in_a_form_cut_to_nothing():
    sheet = Sheet()
    sheet.page(SHOWN)
    form = sheet.form(SHOWN, BBox=Array([0, 0, 5, 5]))
    return drawn_by(sheet, "/A Do", XObject=Dictionary(A=form))


@case()
def in_the_metadata_of_a_form():
    sheet = Sheet()
    form = sheet.form(
        "0 0 1 rg 10 10 5 5 re f",
        Metadata=sheet.stream(f"<x>{SECRET}</x>", Type=Name.Metadata, Subtype=Name.XML),
        PieceInfo=Dictionary(X=Dictionary(LastModified="D:2026", Private=SECRET)),
        Name=Name(f"/{SECRET}"),
    )
    sheet.page(SHOWN)
    return drawn_by(sheet, "/A Do", XObject=Dictionary(A=form))


@case()
def in_the_name_of_a_resource():
    sheet = Sheet()
    sheet.page(SHOWN)
    forms = Dictionary({f"/{SECRET}": sheet.form("0 0 1 rg 10 10 5 5 re f")})
    return drawn_by(sheet, f"/{SECRET} Do", XObject=forms)


def tiling(sheet: Sheet, content: str) -> object:
    """Return a pattern of tiles that `content` draws."""
    return sheet.stream(
        content,
        Type=Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, WIDTH, HEIGHT]),
        XStep=WIDTH,
        YStep=HEIGHT,
        Resources=Dictionary(Font=Dictionary(F=sheet.font)),
    )


@case()
def in_a_pattern():
    sheet = Sheet()
    patterns = Dictionary(P=tiling(sheet, SHOWN))
    fill = "/Pattern cs /P scn 15 90 190 30 re f"
    return drawn_by(sheet, fill, Pattern=patterns)


@case()
def in_a_pattern_of_a_copied_page():
    """The pattern paints where its letters are not."""
    sheet = Sheet()
    sheet.page(SHOWN)
    patterns = Dictionary(P=tiling(sheet, f"{SHOWN} 1 0 0 rg 0 0 10 10 re f"))
    return drawn_by(sheet, "/Pattern cs /P scn 0 0 10 10 re f", Pattern=patterns)


def drawn_font(sheet: Sheet, **entries: object) -> object:
    """Return a Type 3 font: each letter of the secret is a square."""
    square = sheet.stream("600 0 0 0 500 700 d1 0 0 500 700 re f")
    names = [Name(f"/g{at}") for at in range(len(SECRET))]
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 600, 700]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary({str(name): square for name in names}),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *names])),
        FirstChar=1,
        LastChar=len(SECRET),
        Widths=Array([600] * len(SECRET)),
    )
    for key, value in entries.items():
        font[f"/{key}"] = value
    return sheet.own(font)


EIGHT = "".join(f"{code:02X}" for code in range(1, 9))


@case()
def in_a_drawn_font():
    sheet = Sheet()
    letters = sheet.stream(unicode_map(enumerate(SECRET, start=1)))
    fonts = Dictionary(D=drawn_font(sheet, ToUnicode=letters))
    return drawn_by(sheet, f"BT /D 14 Tf 20 100 Td <{EIGHT}> Tj ET", Font=fonts)


@case()
def in_a_drawn_font_without_a_map():
    sheet = Sheet()
    fonts = Dictionary(D=drawn_font(sheet))
    return drawn_by(sheet, f"BT /D 14 Tf 20 100 Td <{EIGHT}> Tj ET", Font=fonts)


@case()
def in_a_glyph_of_a_drawn_font():
    """A glyph that writes the secret in another font."""
    sheet = Sheet()
    whole = sheet.stream(f"8000 0 0 -200 8000 900 d1 BT /F 1000 Tf ({SECRET}) Tj ET")
    font = drawn_font(
        sheet,
        CharProcs=Dictionary(g0=whole),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, Name.g0])),
        FontBBox=Array([0, -200, 8000, 900]),
        LastChar=1,
        Widths=Array([8000]),
        Resources=Dictionary(Font=Dictionary(F=sheet.font)),
    )
    return drawn_by(sheet, "BT /D 14 Tf 20 100 Td <01> Tj ET", Font=Dictionary(D=font))


def masked(sheet: Sheet) -> Dictionary:
    """Return a graphics state whose soft mask is the secret in white."""
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceGray)
    mask = sheet.form(f"1 g {SHOWN}", Group=group)
    soft = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=mask)
    return Dictionary(M=sheet.own(Dictionary(Type=Name.ExtGState, SMask=soft)))


@case()
def in_a_soft_mask():
    sheet = Sheet()
    return drawn_by(sheet, "q /M gs 0 g 0 0 300 200 re f Q", ExtGState=masked(sheet))


@case()
def in_a_soft_mask_of_a_copied_page():
    sheet = Sheet()
    sheet.page(SHOWN)
    return drawn_by(sheet, "q /M gs 0 g 250 0 5 5 re f Q", ExtGState=masked(sheet))


@case()
def in_the_name_of_an_ink():
    sheet = Sheet()
    sheet.page(SHOWN)
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)
    spaces = Dictionary(S=Array([Name.Separation, Name(f"/{SECRET}"), Name.DeviceGray, tint]))
    return drawn_by(sheet, "/S cs 0.5 scn 250 10 20 20 re f", ColorSpace=spaces)


@case()
def in_a_calculator_function():
    sheet = Sheet()
    sheet.page(SHOWN)
    tint = sheet.stream(
        f"{{ % {SECRET}\n 1 exch sub }}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1])
    )
    spaces = Dictionary(S=Array([Name.Separation, Name.Ink, Name.DeviceGray, tint]))
    return drawn_by(sheet, "/S cs 0.5 scn 250 10 20 20 re f", ColorSpace=spaces)


@case()
def in_a_colour_profile():
    sheet = Sheet()
    sheet.page(SHOWN)
    profile = sheet.stream(b"acsp desc " + SECRET.encode(), N=3)
    spaces = Dictionary(S=Array([Name.ICCBased, profile]))
    return drawn_by(sheet, "/S cs 1 0 0 scn 250 10 20 20 re f", ColorSpace=spaces)


@case()
def in_a_shading():
    sheet = Sheet()
    sheet.page(SHOWN)
    shade = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)
    shading = sheet.own(
        Dictionary(
            ShadingType=2,
            ColorSpace=Name.DeviceGray,
            Coords=Array([0, 0, 20, 0]),
            Function=shade,
            Secret=SECRET,
        )
    )
    return drawn_by(sheet, "q 250 0 20 20 re W n /S sh Q", Shading=Dictionary(S=shading))
