"""Secrets behind odd encodings: what a program reads is not what the codes say."""

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, String

from infitah.core.redaction.blank_font import ASCENT, DESCENT, WIDTH, blank_font
from infitah.core.tests.hostile.sheets import (
    KEPT,
    SECRET,
    Sheet,
    case,
    unicode_map,
)

ARABIC = "زبيدةالمكناسية"
FORMS = "ﺯﺑﻴﺪﺓﺍﻟﻤﻜﻨﺎﺳﻴﺔ"
CODES = "".join(f"{code:04X}" for code in range(1, len(SECRET) + 1))
NAMES = {"2": "two", "1": "one", "4": "four", "7": "seven", "8": "eight", "9": "nine"}


def wide_font(sheet: Sheet, letters: Sequence[str], *, is_told: bool = True) -> Object:
    """Return a font of two-byte codes, from 1 on, that draws a rectangle for each letter."""
    box = Array([0, DESCENT, WIDTH, ASCENT])
    family = sheet.own(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/AAAAAA+Odd"),
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            DW=WIDTH,
            CIDToGIDMap=sheet.stream(b"\0\0" + b"\0\1" * 200),
            FontDescriptor=sheet.own(
                Dictionary(
                    Type=Name.FontDescriptor,
                    FontName=Name("/AAAAAA+Odd"),
                    Flags=4,
                    FontBBox=box,
                    ItalicAngle=0,
                    Ascent=ASCENT,
                    Descent=DESCENT,
                    CapHeight=ASCENT,
                    StemV=80,
                    FontFile2=sheet.stream(blank_font()),
                )
            ),
        )
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/AAAAAA+Odd"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([family]),
    )
    if is_told:
        font.ToUnicode = sheet.stream(unicode_map(enumerate(letters, start=1), digits=4))
    return sheet.own(font)


def shown_wide(letters: Sequence[str], codes: str, *, is_told: bool = True) -> bytes:
    """Return a page whose secret is shown in a font of two-byte codes."""
    sheet = Sheet()
    fonts = Dictionary(W=wide_font(sheet, letters, is_told=is_told))
    sheet.page(f"BT /W 14 Tf 20 100 Td <{codes}> Tj ET", Resources=Dictionary(Font=fonts))
    return sheet.saved()


def simple_font(sheet: Sheet, **entries: object) -> Object:
    """Return a font of one-byte codes with entries of its own."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for key, value in entries.items():
        font[f"/{key}"] = value
    return sheet.own(font)


def shown_simple(content: str, **entries: object) -> bytes:
    """Return a page with a font of one-byte codes that is called /O."""
    sheet = Sheet()
    made = {
        key: sheet.stream(value) if key == "ToUnicode" else value for key, value in entries.items()
    }
    fonts = Dictionary(O=simple_font(sheet, **made))
    sheet.page(content, Resources=Dictionary(Font=fonts))
    return sheet.saved()


def differences() -> Dictionary:
    """Return an encoding that gives the letters of the secret the codes from 1 on."""
    names = [Name(f"/{NAMES.get(letter, letter)}") for letter in SECRET]
    return Dictionary(Type=Name.Encoding, Differences=Array([1, *names]))


ONE_TO_EIGHT = "".join(f"{code:02X}" for code in range(1, 9))


@case()
def encoding_by_differences():
    return shown_simple(f"BT /O 14 Tf 20 100 Td <{ONE_TO_EIGHT}> Tj ET", Encoding=differences())


@case()
def differences_and_a_map_that_lies():
    """What is seen is the secret, what is read is something else."""
    return shown_simple(
        f"BT /O 14 Tf 20 100 Td <{ONE_TO_EIGHT}> Tj ET",
        Encoding=differences(),
        ToUnicode=unicode_map(enumerate("innocent", start=1)),
    )


@case(secrets=(SECRET, "innocent"))
def a_map_that_tells_the_secret_of_other_letters():
    """What is seen is something else, what is read is the secret."""
    return shown_simple(
        "BT /O 14 Tf 20 100 Td (innocent) Tj ET",
        ToUnicode=unicode_map(
            (ord(one), other) for one, other in zip("inocet", "ZK9842", strict=True)
        ),
    )


@case()
def mac_roman():
    return shown_simple(f"BT /O 14 Tf 20 100 Td ({SECRET}) Tj ET", Encoding=Name.MacRomanEncoding)


@case()
def standard_encoding_unsaid():
    return shown_simple(f"BT /O 14 Tf 20 100 Td ({SECRET}) Tj ET")


@case()
def wide_codes():
    return shown_wide(SECRET, CODES)


@case()
def wide_codes_without_a_map():
    return shown_wide(SECRET, CODES, is_told=False)


@case()
def one_glyph_for_the_whole_secret():
    return shown_wide([SECRET], "0001")


@case()
def two_glyphs_of_many_letters():
    return shown_wide([SECRET[:5], SECRET[5:]], "00010002")


@case()
def a_map_backwards():
    codes = "".join(f"{code:04X}" for code in range(8, 0, -1))
    return shown_wide(SECRET[::-1], codes)


@case()
def a_map_by_ranges():
    sheet = Sheet()
    font = wide_font(sheet, "", is_told=False)
    listed = " ".join(f"<{letter.encode('utf-16-be').hex()}>" for letter in SECRET)
    font.ToUnicode = sheet.stream(
        "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"1 beginbfrange <0001> <0008> [{listed}] endbfrange endcmap"
    )
    resources = Dictionary(Font=Dictionary(W=font))
    sheet.page(f"BT /W 14 Tf 20 100 Td <{CODES}> Tj ET", Resources=resources)
    return sheet.saved()


@case(secrets=(SECRET, "𝐙𝐊𝟗𝟖𝟒𝟐𝟏𝟕"))
def letters_beyond_two_bytes():
    return shown_wide("𝐙𝐊𝟗𝟖𝟒𝟐𝟏𝟕", CODES)


@case(secrets=(SECRET, "ＺＫ９８４２１７"))
def full_width_letters():
    return shown_wide("ＺＫ９８４２１７", CODES)


@case(secrets=(SECRET, "ZK٩٨٤٢١٧"))
def eastern_digits():
    return shown_wide("ZK٩٨٤٢١٧", CODES)


@case()
def unseen_letters_between():
    return shown_wide([f"{letter}\u200b" for letter in SECRET], CODES)


@case()
def a_private_use_map():
    return shown_wide([chr(0xE000 + at) for at in range(8)], CODES)


@case(secrets=(ARABIC,))
def arabic_in_logical_order():
    codes = "".join(f"{code:04X}" for code in range(1, len(ARABIC) + 1))
    return shown_wide(ARABIC, codes)


@case(secrets=(ARABIC,))
def arabic_in_visual_order():
    codes = "".join(f"{code:04X}" for code in range(len(ARABIC), 0, -1))
    return shown_wide(ARABIC, codes)


@case(secrets=(ARABIC, FORMS))
def arabic_presentation_forms():
    codes = "".join(f"{code:04X}" for code in range(len(FORMS), 0, -1))
    return shown_wide(FORMS, codes)


@case(secrets=("ﷲلاسم",))
def arabic_word_ligature():
    return shown_wide(["ﷲ", "ل", "ا", "س", "م"], "00050004000300020001")


@case(kept=(*KEPT, "zz"))
def a_shared_font_that_tells_the_secret():
    """The font of a covered page names the secret as one glyph; the copied page uses another."""
    sheet = Sheet()
    resources = Dictionary(Font=Dictionary(W=wide_font(sheet, [SECRET, "z"])))
    sheet.page("BT /W 14 Tf 20 100 Td <0001> Tj ET", Resources=resources)
    other = Dictionary(Font=Dictionary(W=resources.Font.W))
    sheet.page("BT /W 14 Tf 20 100 Td <00020002> Tj ET", Resources=other)
    return sheet.saved()


@case()
def a_shared_font_in_the_order_of_the_secret():
    """The glyphs of a subset are numbered as its letters came up: the order tells the secret."""
    sheet = Sheet()
    fonts = Dictionary(W=wide_font(sheet, SECRET))
    sheet.page(f"BT /W 14 Tf 20 100 Td <{CODES}> Tj ET", Resources=Dictionary(Font=fonts))
    backwards = "".join(f"{code:04X}" for code in (8, 3, 5))
    again = Dictionary(Font=Dictionary(W=fonts.W))
    sheet.page(f"BT /W 14 Tf 20 100 Td <{backwards}> Tj ET", Resources=again)
    return sheet.saved()


@case()
def a_font_whose_file_holds_the_secret():
    sheet = Sheet()
    font = wide_font(sheet, "abc")
    descriptor = font.DescendantFonts[0].FontDescriptor
    descriptor.FontFile2 = sheet.stream(blank_font() + SECRET.encode("utf-16-be"))
    resources = Dictionary(Font=Dictionary(W=font))
    sheet.page(f"BT /F 14 Tf 20 100 Td ({SECRET}) Tj ET")
    sheet.page("BT /W 14 Tf 20 100 Td <000100020003> Tj ET", Resources=resources)
    return sheet.saved()


@case()
def a_simple_font_whose_file_holds_the_secret():
    sheet = Sheet()
    font = simple_font(sheet, Encoding=Name.WinAnsiEncoding)
    font.FontDescriptor = sheet.own(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Helvetica,
            Flags=32,
            FontBBox=Array([0, 0, 1000, 1000]),
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            StemV=80,
            FontFile3=sheet.stream(b"no font " + SECRET.encode(), Subtype=Name.Type1C),
            CharSet=String(f"/{SECRET}"),
            FontFamily=String(SECRET),
        )
    )
    resources = Dictionary(Font=Dictionary(O=font))
    sheet.page(f"BT /F 14 Tf 20 100 Td ({SECRET}) Tj ET")
    sheet.page("BT /O 14 Tf 20 100 Td (Annexe) Tj ET", Resources=resources)
    return sheet.saved()


@case()
def a_font_named_like_the_secret():
    sheet = Sheet()
    font = simple_font(sheet, Encoding=Name.WinAnsiEncoding)
    font.BaseFont = Name(f"/{SECRET}")
    resources = Dictionary(Font=Dictionary(O=font))
    sheet.page(f"BT /F 14 Tf 20 100 Td ({SECRET}) Tj ET")
    sheet.page("BT /O 14 Tf 20 100 Td (Annexe) Tj ET", Resources=resources)
    return sheet.saved()


@case()
def glyphs_named_like_the_secret():
    sheet = Sheet()
    encoding = Dictionary(
        Type=Name.Encoding, Differences=Array([65, Name(f"/{SECRET}"), Name.B, Name.C])
    )
    font = simple_font(sheet, Encoding=encoding)
    resources = Dictionary(Font=Dictionary(O=font))
    sheet.page(f"BT /F 14 Tf 20 100 Td ({SECRET}) Tj ET")
    sheet.page("BT /O 14 Tf 20 100 Td (BBCC) Tj ET", Resources=resources)
    return sheet.saved()
