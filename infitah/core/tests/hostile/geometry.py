"""Secrets on pages that are turned, cropped, moved, scaled, tiny or huge."""

from pikepdf import Array, Dictionary, Name

from infitah.core.redaction import Box, Rect
from infitah.core.tests.hostile.sheets import (
    ABOVE,
    BELOW,
    HEIGHT,
    PLAIN,
    SECRET,
    SHOWN,
    WIDTH,
    Sheet,
    case,
)

# The box of a page 300 by 200, in its own space, as it lies once the page is turned.
LEFT, TOP, RIGHT, BOTTOM = 15 / WIDTH, 82 / HEIGHT, 200 / WIDTH, 106 / HEIGHT
QUARTER = (Box(1, Rect(1 - BOTTOM, LEFT, 1 - TOP, RIGHT), "E03"),)
HALF = (Box(1, Rect(1 - RIGHT, 1 - BOTTOM, 1 - LEFT, 1 - TOP), "E03"),)
THREE = (Box(1, Rect(TOP, 1 - RIGHT, BOTTOM, 1 - LEFT), "E03"),)


def placed(**entries: object) -> bytes:
    """Return a page with the secret whose dictionary has entries of its own."""
    sheet = Sheet()
    sheet.page(SHOWN, **entries)
    return sheet.saved()


def moved(x: float, y: float, **entries: object) -> bytes:
    """Return a page of which everything is moved in its own space."""
    sheet = Sheet()
    sheet.page(f"q 1 0 0 1 {x} {y} cm {PLAIN} {SHOWN} Q", plain=False, **entries)
    return sheet.saved()


@case(boxes=QUARTER)
def turned_by_a_quarter():
    return placed(Rotate=90)


@case(boxes=HALF)
def turned_by_half():
    return placed(Rotate=180)


@case(boxes=THREE)
def turned_by_three_quarters():
    return placed(Rotate=270)


@case(boxes=THREE)
def turned_backwards():
    return placed(Rotate=-90)


@case(boxes=QUARTER)
def turned_more_than_round():
    return placed(Rotate=450)


@case()
def turned_so_that_it_reads_upright():
    """Written sideways and turned back by the page, as scanners and tables do."""
    sheet = Sheet()
    sheet.page(
        f"q 0 1 -1 0 {WIDTH} 0 cm {PLAIN} {SHOWN} Q",
        plain=False,
        MediaBox=Array([WIDTH - HEIGHT, 0, WIDTH, WIDTH]),
        Rotate=90,
    )
    return sheet.saved()


@case()
def an_origin_below_zero():
    return moved(-150, -90, MediaBox=Array([-150, -90, WIDTH - 150, HEIGHT - 90]))


@case()
def an_origin_far_off():
    return moved(5000, 7000, MediaBox=Array([5000, 7000, 5000 + WIDTH, 7000 + HEIGHT]))


@case()
def corners_the_wrong_way_round():
    return placed(MediaBox=Array([WIDTH, HEIGHT, 0, 0]))


@case()
def a_crop_inside_a_larger_sheet():
    crop = Array([100, 150, 100 + WIDTH, 150 + HEIGHT])
    return moved(100, 150, MediaBox=Array([0, 0, 600, 500]), CropBox=crop)


@case(boxes=QUARTER)
def a_crop_that_is_turned():
    crop = Array([100, 150, 100 + WIDTH, 150 + HEIGHT])
    return moved(100, 150, MediaBox=Array([-50, -50, 600, 500]), CropBox=crop, Rotate=90)


@case()
def a_crop_larger_than_the_sheet():
    return placed(CropBox=Array([-100, -100, 900, 900]))


@case()
def a_crop_of_nothing():
    return placed(CropBox=Array([0, 0, 0, 0]))


@case(boxes=(), secrets=(SECRET,))
def a_secret_outside_the_crop():
    sheet = Sheet()
    sheet.page(
        f"BT /F 14 Tf 20 320 Td ({SECRET}) Tj ET",
        MediaBox=Array([0, 0, WIDTH, 400]),
        CropBox=Array([0, 0, WIDTH, HEIGHT]),
    )
    return sheet.saved()


@case(secrets=(SECRET, "QQ775533"))
def a_second_secret_outside_the_crop():
    sheet = Sheet()
    sheet.page(
        f"{SHOWN} BT /F 14 Tf 20 320 Td (QQ775533) Tj ET",
        MediaBox=Array([0, 0, WIDTH, 400]),
        CropBox=Array([0, 0, WIDTH, HEIGHT]),
    )
    return sheet.saved()


@case()
def other_boxes():
    box = Array([0, 0, 10, 10])
    return placed(TrimBox=box, BleedBox=box, ArtBox=box)


@case()
def a_larger_unit():
    return placed(UserUnit=1.5)


@case()
def sides_of_fractions():
    return placed(MediaBox=Array([0, 0, 300.123, 200.457]))


@case()
def inherited_boxes():
    sheet = Sheet()
    page = sheet.page(SHOWN)
    del page["/MediaBox"]
    sheet.pdf.Root.Pages.MediaBox = Array([0, 0, WIDTH, HEIGHT])
    resources = page.Resources
    del page["/Resources"]
    sheet.pdf.Root.Pages.Resources = resources
    return sheet.saved()


@case(boxes=QUARTER)
def an_inherited_turn():
    sheet = Sheet()
    sheet.page(SHOWN)
    sheet.pdf.Root.Pages.Rotate = 90
    return sheet.saved()


@case(boxes=(Box(1, Rect(0, 0, 1, 1), "E03"),), kept=())
def a_tiny_page():
    sheet = Sheet()
    sheet.page(f"BT /F 1 Tf 0.2 0.5 Td ({SECRET}) Tj ET", plain=False, MediaBox=Array([0, 0, 5, 2]))
    return sheet.saved()


@case(boxes=(Box(1, Rect(0, 0.4, 1, 0.6), "E03"),))
def a_narrow_page():
    sheet = Sheet()
    sheet.page(
        f"BT /F 2 Tf 1 990 Td ({ABOVE}) Tj 0 -500 Td ({SECRET}) Tj 0 -480 Td ({BELOW}) Tj ET",
        plain=False,
        MediaBox=Array([0, 0, 40, 1000]),
    )
    return sheet.saved()


@case(boxes=(Box(1, Rect(0, 0.4, 1, 0.6), "E03"),))
def a_poster():
    """Larger than most paper."""
    sheet = Sheet()
    sheet.page(
        f"BT /F 40 Tf 50 1100 Td ({ABOVE}) Tj 0 -550 Td ({SECRET}) Tj 0 -520 Td ({BELOW}) Tj ET",
        plain=False,
        MediaBox=Array([0, 0, 800, 1200]),
    )
    return sheet.saved()


@case(boxes=(Box(1, Rect(0, 0, 1, 1), "E03"),), kept=())
def a_box_over_the_whole_page():
    return placed()


@case(
    boxes=(
        Box(1, Rect(LEFT, TOP, 0.4, BOTTOM), "E03"),
        Box(1, Rect(0.3, TOP, RIGHT, BOTTOM), "R7"),
        Box(1, Rect(0.35, TOP - 0.01, 0.36, BOTTOM), "A"),
    )
)
def boxes_over_one_another():
    return placed()


@case(
    boxes=tuple(
        Box(1, Rect(LEFT, TOP + 0.0115 * at, RIGHT, TOP + 0.0115 * at + 0.011), "E1")
        for at in range(10)
    ),
)
def a_box_of_many_slices():
    return placed()


@case()
def a_page_tree_of_many_levels():
    sheet = Sheet()
    sheet.page(SHOWN)
    sheet.page()
    tree = sheet.pdf.Root.Pages
    knot = sheet.own(Dictionary(Type=Name.Pages, Kids=tree.Kids, Count=2, Parent=tree))
    for kid in knot.Kids:
        kid.Parent = knot
    tree.Kids = Array([knot])
    return sheet.saved()
