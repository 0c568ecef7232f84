"""Cut the shipped fonts out of the full Noto families; run by hand, never at run time.

Needs `fonttools` and `brotli` (in a throw-away environment) and the full families
(Debian: `fonts-noto-core`):

    python tools/subset_fonts.py /usr/share/fonts/truetype/noto

Writes woff2 for the pages into infitah/design/static/design/fonts and plain TrueType for
the PDFs into infitah/design/pdf/fonts. Hints are dropped: screens of today do not need them
and they are a third of the weight.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parent.parent / "infitah" / "design"
PAGES = ROOT / "static" / "design" / "fonts"
PDF = ROOT / "pdf" / "fonts"

DIGITS_AND_MARKS = "U+0020-0040,U+005B-0060,U+007B-007E,U+00A0,U+00AB,U+00BB,U+00B7"
PUNCTUATION = "U+2010-2015,U+2018-201D,U+2022,U+2026,U+202F,U+2030,U+2032,U+2033"
# The Arabic of Moroccan administration, with the letters of Moroccan names (gaf, v, p, tch).
ARABIC = (
    "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0670,U+0671,"
    "U+067E,U+0686,U+0698,U+06A4,U+06A8,U+06A9,U+06AD,U+06AF,U+06CC,U+0763"
)
LATIN = "U+0020-007E,U+00A0-017F,U+0192,U+02BC,U+20AC,U+2116,U+2190-2193,U+2212,U+2713"
LATIN_MARKS = "U+1E0C,U+1E0D,U+1E24,U+1E25,U+1E5A,U+1E5B,U+1E62,U+1E63,U+1E6C,U+1E6D,U+1E92,U+1E93"
PAGE_LATIN = (
    "U+0020-007E,U+00A0,U+00A7,U+00A9,U+00AB,U+00B0,U+00B7,U+00BB,U+00C0-00FF,U+0152,U+0153,"
    "U+0178,U+2010-2014,U+2018-201D,U+2022,U+2026,U+202F,U+20AC,U+2212"
)
TIFINAGH = "U+2D30-2D67,U+2D6F,U+2D70,U+2D7F"
SHAPING = ["ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "liga", "calt"]
PLACING = ["kern", "mark", "mkmk"]
FIGURES = ["tnum"]


@dataclass(frozen=True)
class Cut:
    """One font to write: from which family file, which characters, in which form."""

    source: str
    target: Path
    unicodes: str
    flavor: str | None = None


CUTS = (
    Cut(
        "NotoSansArabic-Regular.ttf",
        PAGES / "noto-sans-arabic-400.woff2",
        ",".join((ARABIC, DIGITS_AND_MARKS, PUNCTUATION)),
        "woff2",
    ),
    Cut(
        "NotoSansArabic-Bold.ttf",
        PAGES / "noto-sans-arabic-700.woff2",
        ",".join((ARABIC, DIGITS_AND_MARKS, PUNCTUATION)),
        "woff2",
    ),
    Cut("NotoSans-Regular.ttf", PAGES / "noto-sans-400.woff2", PAGE_LATIN, "woff2"),
    Cut("NotoSans-Bold.ttf", PAGES / "noto-sans-700.woff2", PAGE_LATIN, "woff2"),
    Cut("NotoSansTifinagh-Regular.ttf", PAGES / "noto-sans-tifinagh-400.woff2", TIFINAGH, "woff2"),
    Cut(
        "NotoNaskhArabic-Regular.ttf",
        PDF / "NotoNaskhArabic-Regular.ttf",
        ",".join((ARABIC, DIGITS_AND_MARKS, PUNCTUATION)),
    ),
    Cut(
        "NotoNaskhArabic-Bold.ttf",
        PDF / "NotoNaskhArabic-Bold.ttf",
        ",".join((ARABIC, DIGITS_AND_MARKS, PUNCTUATION)),
    ),
    Cut(
        "NotoSans-Regular.ttf",
        PDF / "NotoSans-Regular.ttf",
        ",".join((LATIN, LATIN_MARKS, PUNCTUATION)),
    ),
    Cut(
        "NotoSans-Bold.ttf",
        PDF / "NotoSans-Bold.ttf",
        ",".join((LATIN, LATIN_MARKS, PUNCTUATION)),
    ),
    Cut("NotoSansTifinagh-Regular.ttf", PDF / "NotoSansTifinagh-Regular.ttf", TIFINAGH),
)


def write(cut: Cut, families: Path) -> int:
    """Write one cut and return its size in bytes."""
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.layout_features = [*SHAPING, *PLACING, *FIGURES]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.flavor = cut.flavor
    font = subset.load_font(str(families / cut.source), options)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=subset.parse_unicodes(cut.unicodes))
    worker.subset(font)
    cut.target.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(cut.target), options)
    return cut.target.stat().st_size


def main(families: Path) -> None:
    for cut in CUTS:
        print(f"{write(cut, families):>8}  {cut.target.relative_to(ROOT)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
