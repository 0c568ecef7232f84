"""A PDF for tests, set by the product's own typesetter: a table with an invented person in it."""

import typst

from infitah.design import pdf

SECRET = "CD987654"
KEPT = "Budget"


def paper(pages: int = 1) -> bytes:
    """Return a PDF that names an invented card number and telephone on its first page."""
    words = f'#set text(lang: "fr", font: "Noto Sans")\n= {KEPT} 2025\nCarte {SECRET}, tél. 0661 23 45 67.\n'
    words += "#pagebreak()\nPage suivante.\n" * (pages - 1)
    made: bytes = typst.compile(
        words.encode(), font_paths=[str(pdf.FONTS)], ignore_system_fonts=True
    )
    return made
