"""Secrets shown by every way that text is put on a page."""

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name

from infitah.core.redaction import Box, Rect
from infitah.core.tests.hostile.sheets import (
    HEIGHT,
    KEPT,
    SECRET,
    SHOWN,
    WIDTH,
    Sheet,
    case,
    one_page,
    with_annex,
)


@case()
def plain_text():
    return one_page(SHOWN)


@case()
def split_array():
    return one_page("BT /F 14 Tf 20 100 Td [(Z) -20 (K9) 15 (84) -5 (2) 0 (17)] TJ ET")


@case()
def letter_by_letter():
    shown = " ".join(f"({letter}) Tj 9 0 Td" for letter in SECRET)
    return one_page(f"BT /F 14 Tf 20 100 Td {shown} ET")


@case()
def letters_out_of_order():
    pairs = [*enumerate(SECRET)]
    shown = " ".join(
        f"1 0 0 1 {20 + 9 * at} 100 Tm ({letter}) Tj" for at, letter in pairs[::2] + pairs[1::2]
    )
    return one_page(f"BT /F 14 Tf {shown} ET")


@case()
def next_line_operators():
    return one_page(f"BT /F 14 Tf 16 TL 20 116 Td ({SECRET[:4]}) ' 0 0 ({SECRET[4:]}) \" ET")


@case()
def hexadecimal_string():
    return one_page(f"BT /F 14 Tf 20 100 Td <{SECRET.encode().hex()}> Tj ET")


@case()
def octal_escapes():
    octal = "".join(f"\\{ord(letter):03o}" for letter in SECRET)
    return one_page(f"BT /F 14 Tf 20 100 Td ({octal}) Tj ET")


@case()
def broken_over_lines_in_the_file():
    return one_page(f"BT /F 14 Tf 20 100 Td ({SECRET[:3]}\\\n{SECRET[3:]}) Tj ET")


@case()
def font_of_size_one():
    return one_page(f"BT /F 1 Tf 14 0 0 14 20 100 Tm ({SECRET}) Tj ET")


@case()
def scaled_by_the_page():
    return one_page(f"q 0.1 0 0 0.1 0 0 cm BT /F 140 Tf 200 1000 Td ({SECRET}) Tj ET Q")


@case()
def stretched_spaced_and_raised():
    return one_page(f"BT /F 12 Tf 130 Tz 2 Tc 3 Tw 3 Ts 20 98 Td ({SECRET}) Tj ET")


@case()
def spaced_out():
    return one_page(f"BT /F 14 Tf 20 100 Td ({' '.join(SECRET)}) Tj ET")


@case()
def stroked_only():
    return one_page(f"1 Tr {SHOWN}")


@case()
def invisible():
    return one_page(f"BT 3 Tr /F 14 Tf 20 100 Td ({SECRET}) Tj ET")


@case()
def used_as_a_clip():
    return one_page(f"q BT 7 Tr /F 14 Tf 20 100 Td ({SECRET}) Tj ET 0 0 300 200 re f Q")


@case()
def white_on_white():
    return one_page(f"1 g {SHOWN}")


@case()
def beneath_a_rectangle_of_others():
    """What people do who do not know better, on a page that also has a box of ours."""
    return one_page(f"{SHOWN} 0 g 15 95 190 22 re f")


@case(boxes=(Box(1, Rect(0.05, 0.1, 0.6, 0.2), "E03"),), kept=tuple(KEPT[5:]))
def beneath_a_rectangle_elsewhere():
    """A black rectangle over text outside our boxes: what nobody sees is not put back."""
    return one_page(f"{SHOWN} 0 g 15 95 190 22 re f")


@case(boxes=())
def beneath_a_rectangle_on_a_copied_page():
    return one_page(f"{SHOWN} 0 g 15 95 190 22 re f")


@case(boxes=())
def white_on_white_on_a_copied_page():
    return one_page(f"1 g {SHOWN}")


@case(boxes=())
def invisible_on_a_copied_page():
    return one_page(f"BT 3 Tr /F 14 Tf 20 100 Td ({SECRET}) Tj ET")


@case(boxes=())
def cut_off_on_a_copied_page():
    return one_page(f"q 0 0 10 10 re W n {SHOWN} Q")


@case(boxes=())
def beyond_the_edge_of_a_copied_page():
    return one_page(f"BT /F 14 Tf 400 100 Td ({SECRET}) Tj ET")


@case(boxes=())
def far_below_a_copied_page():
    return one_page(f"BT /F 14 Tf 20 -5000 Td ({SECRET}) Tj ET")


@case(boxes=())
def too_small_to_see():
    return one_page(f"BT /F 0.05 Tf 20 100 Td ({SECRET}) Tj ET")


@case(boxes=())
def beneath_a_picture_on_a_copied_page():
    sheet = Sheet()
    picture = sheet.stream(
        bytes(range(256)) * 12,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=64,
        Height=48,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    resources = Dictionary(XObject=Dictionary(I=picture))
    sheet.page(f"{SHOWN} q 190 0 0 30 15 92 cm /I Do Q", Resources=resources)
    return sheet.saved()


@case()
def twice_in_one_place():
    return one_page(f"{SHOWN} {SHOWN}")


@case()
def bold_by_a_second_print():
    return one_page(f"{SHOWN} BT /F 14 Tf 20.3 100 Td ({SECRET}) Tj ET")


@case()
def outlined_and_filled():
    return one_page(f"BT 2 Tr 0.3 w /F 14 Tf 20 100 Td ({SECRET}) Tj ET")


@case()
def upwards():
    return one_page(f"BT /F 6 Tf 0 1 -1 0 30 94.5 Tm ({SECRET[:4]}) Tj ET {SHOWN}")


@case()
def mirrored():
    return one_page(f"BT /F 14 Tf -1 0 0 1 120 100 Tm ({SECRET}) Tj ET")


@case()
def slanted():
    return one_page(f"BT /F 12 Tf 1 0.02 0.3 1 20 98 Tm ({SECRET}) Tj ET")


@case(
    boxes=(Box(1, Rect(20 / WIDTH, 90 / HEIGHT, 60 / WIDTH, 97 / HEIGHT), "E03"),),
)
def only_touched_by_the_box():
    """A box over the middle of some letters: the word is lost, not cut."""
    return one_page(SHOWN)


@case()
def in_a_comment():
    return with_annex(
        lambda sheet: sheet.pdf.pages[1].obj.__setitem__(
            "/Contents", sheet.stream(f"% {SECRET}\nBT /F 12 Tf 20 170 Td (Annexe) Tj ET")
        )
    )


@case()
def as_operand_of_nothing():
    return with_annex(
        lambda sheet: sheet.pdf.pages[1].obj.__setitem__(
            "/Contents", sheet.stream(f"({SECRET}) 1 w BT /F 12 Tf 20 170 Td (Annexe) Tj ET")
        )
    )


@case()
def as_an_unknown_operator():
    return with_annex(
        lambda sheet: sheet.pdf.pages[1].obj.__setitem__(
            "/Contents", sheet.stream(f"BX {SECRET} EX BT /F 12 Tf 20 170 Td (Annexe) Tj ET")
        )
    )


@case()
def in_several_streams():
    """The strings of one page, cut between two streams."""
    sheet = Sheet()
    page = sheet.page("")
    page.Contents = Array(
        [
            page.Contents,
            sheet.stream(f"BT /F 14 Tf 20 100 Td ({SECRET[:4]}) Tj"),
            sheet.stream(f"({SECRET[4:]}) Tj ET"),
        ]
    )
    return sheet.saved()


@case()
def compressed_twice():
    sheet = Sheet()
    page = sheet.page("")
    data = page.Contents.read_bytes() + b"\n" + SHOWN.encode()
    page.Contents = pikepdf.Stream(sheet.pdf, zlib.compress(zlib.compress(data)))
    page.Contents.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    return sheet.saved()


@case()
def in_ascii_coding():
    sheet = Sheet()
    page = sheet.page("")
    data = page.Contents.read_bytes() + b"\n" + SHOWN.encode()
    page.Contents = pikepdf.Stream(sheet.pdf, data.hex().encode() + b">")
    page.Contents.Filter = Name.ASCIIHexDecode
    return sheet.saved()
