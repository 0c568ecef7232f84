"""Pages as the product itself sets them: Arabic shaped and joined, French, Tifinagh, tables."""

from functools import cache
from pathlib import Path

import typst

from infitah.core.redaction import Box, Rect
from infitah.core.tests.hostile.sheets import SECRET, case

FONTS = Path(__file__).parents[3] / "design" / "pdf" / "fonts"
HEAD = """#set page(width: 300pt, height: 200pt, margin: 20pt)
#set text(font: ("Noto Naskh Arabic", "Noto Sans", "Noto Sans Tifinagh"), size: 12pt)
"""
NAME = "زبيدة المكناسية"
ARABIC = "قرار المجلس الجماعي لمدينة صفرو رقم"
AFTER = "وثيقة الميزانية السنوية المنشورة"


def compiled(source: str, **options: object) -> bytes:
    """Return what typst makes of `source`."""
    made = typst.compile(
        (HEAD + source).encode(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        **options,
    )
    assert isinstance(made, bytes)
    return made


def middle(top: float = 0.37, bottom: float = 0.56, page: int = 1) -> tuple[Box, ...]:
    """Return a box over the whole breadth of the page."""
    return (Box(page, Rect(0.03, top, 0.97, bottom), "E03"),)


def placed(text: str, *, rest: str = "", before: str = "", after: str = "") -> str:
    """Return markup that sets `text` at 80 points from the top, other words above and below."""
    return (
        f"#place(top, dy: 0pt)[{before}]\n#place(top, dy: 62pt)[{text}]\n"
        f"#place(top, dy: 130pt)[{after}]\n{rest}"
    )


RTL = '#set text(lang: "ar", dir: rtl)\n'


@case(boxes=middle(), secrets=("زبيدة", "المكناسية"), kept=tuple(f"{ARABIC} {AFTER}".split()))
def arabic_shaped():
    return compiled(RTL + placed(NAME, before=ARABIC, after=AFTER))


@case(boxes=middle(), secrets=("زبيدة", "المكناسية", SECRET), kept=tuple(ARABIC.split()))
def arabic_and_latin_in_a_line():
    return compiled(RTL + placed(f"{NAME} {SECRET}", before=ARABIC))


@case(boxes=middle(), secrets=("زبيدة",), kept=tuple(f"{ARABIC} {AFTER}".split()))
def arabic_with_vowels():
    return compiled(RTL + placed("زُبَيْدَةُ الْمِكْنَاسِيَّةُ", before=ARABIC, after=AFTER))


@case(boxes=middle(), secrets=("الله", "لله"), kept=tuple(f"{ARABIC} {AFTER}".split()))
def arabic_ligatures():
    return compiled(RTL + placed("الله لله لا إلا", before=ARABIC, after=AFTER))


@case(boxes=middle(), secrets=("٠٦١٢٣٤٥٦٧٨", "0612345678"), kept=tuple(ARABIC.split()))
def arabic_eastern_digits():
    return compiled(RTL + placed("هاتف ٠٦١٢٣٤٥٦٧٨", before=ARABIC))


@case(
    boxes=(Box(1, Rect(0.03, 0.37, 0.6, 0.56), "E03"),),
    secrets=("المكناسية",),
    kept=(*ARABIC.split(), "السيدة"),
)
def a_part_of_an_arabic_line():
    """The box begins in the middle of a line: what stands before it stays."""
    text = "#grid(columns: (100pt, 160pt), [السيدة], [المكناسية])"
    return compiled(RTL + placed(text, before=ARABIC))


@case(
    boxes=middle(0.37, 0.58),
    secrets=(SECRET, "0612345678"),
    kept=("Délibération", "œuvre", "efficace", "fleuve", "Noël", "à", "l’hôtel"),
)
def french_with_ligatures():
    before = "Délibération œuvre efficace"
    return compiled(placed(f"{SECRET} 0612345678", before=before, after="fleuve Noël à l’hôtel"))


@case(boxes=middle(), secrets=("ⵣⵓⴱⵉⴷⴰ",), kept=("ⵜⴰⵎⵙⵙⵓⵎⴰⵏⵜ", "ⵙⵖⵔⵓ"))
def tifinagh():
    return compiled(placed("ⵣⵓⴱⵉⴷⴰ", before="ⵜⴰⵎⵙⵙⵓⵎⴰⵏⵜ", after="ⵙⵖⵔⵓ"))


@case(boxes=middle(0.1, 0.22), secrets=(SECRET, "زبيدة"), kept=("عمود", "ثان", "آخر"))
def an_arabic_table():
    table = f"#table(columns: 2, [زبيدة], [{SECRET}], [عمود], [ثان])"
    return compiled(RTL + f"{table}\n#place(top, dy: 130pt)[آخر]")


@cache
def _tagged() -> bytes:
    source = (
        '#set document(title: "عنوان")\n' + RTL + f"= عنوان\n\n{NAME}\n\n#link("
        f'"https://example.org/{SECRET}")[رابط]\n'
    )
    return compiled(source, pdf_standards=["ua-1"])


@case(
    boxes=middle(0.24, 0.9),
    secrets=("زبيدة", SECRET),
    kept=("عنوان",),
)
def tagged_and_accessible():
    return _tagged()


@case(boxes=middle(0.3, 0.6, page=2), secrets=("زبيدة",), kept=tuple(ARABIC.split()))
def fonts_shared_with_a_copied_page():
    """Of two pages in one font one is covered: the other keeps no letter of it."""
    text = RTL + ARABIC + "\n#pagebreak()\n" + placed(NAME)
    return compiled(text)
