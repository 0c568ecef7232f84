"""Reading sheets back: their words in order, their codes, what they carry."""

import json
import re
from io import StringIO
from pathlib import Path

import pypdfium2
import zxingcpp
from django.core.management import call_command

from infitah.kernel.dates import format_date
from infitah.ledger import queries as ledger

LINE = 6.0  # how far apart letters of one line may stand
SPACES = re.compile(r"[ \r\n\u00a0\u202f\u2066-\u2069\u200e\u200f]+")


def words(made, page=None):
    """Return the words of a PDF, or of one page, as a reader gets them, spaces made alike."""
    document = pypdfium2.PdfDocument(made)
    wanted = list(document) if page is None else [document[page]]
    text = " ".join(one.get_textpage().get_text_range() for one in wanted)
    document.close()
    return SPACES.sub(" ", text)


def shown(made):
    """Return what stands on the paper from left to right, line by line, without spaces.

    In an Arabic line a reader of text puts its Latin pieces in another order: here they stand as
    they are seen.
    """
    document = pypdfium2.PdfDocument(made)
    found = []
    for page in document:
        text, letters = page.get_textpage(), []
        for place in range(text.count_chars()):
            letter = text.get_text_range(place, 1)
            if letter.strip():
                left, bottom, _right, top = text.get_charbox(place, loose=True)
                letters.append(((bottom + top) / 2, left, letter))
        found += _lines(letters)
    document.close()
    return "\n".join(found)


def _lines(letters):
    """Return letters as lines: those at one height, from left to right."""
    rows = []
    for height, left, letter in sorted(letters, reverse=True):
        if not rows or rows[-1][0] - height > LINE:
            rows.append((height, []))
        rows[-1][1].append((left, letter))
    return ["".join(letter for _left, letter in sorted(row)) for _height, row in rows]


def says_day(text, day, language):
    """Return whether a text says a day; a comma may stand between month and year of Arabic."""
    return " ".join(format_date(day, language).split()[:2]) in text


def largest(made):
    """Return the height of the tallest letter of the first page."""
    document = pypdfium2.PdfDocument(made)
    text = document[0].get_textpage()
    boxes = [text.get_charbox(place, loose=True) for place in range(text.count_chars())]
    document.close()
    return max(top - bottom for _left, bottom, _right, top in boxes)


def pages(made):
    document = pypdfium2.PdfDocument(made)
    number = len(document)
    document.close()
    return number


def carried(made):
    """Return what a PDF carries: bytes by name."""
    document = pypdfium2.PdfDocument(made)
    found = [document.get_attachment(n) for n in range(document.count_attachments())]
    held = {one.get_name(): bytes(one.get_data()) for one in found}
    document.close()
    return held


def codes(made):
    """Return the texts of the QR codes of the first page."""
    document = pypdfium2.PdfDocument(made)
    picture = document[0].render(scale=3).to_pil()
    document.close()
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def verified(tmp_path: Path, name: str, content: bytes, *, with_keys: bool = True):
    """Return the exit code of `infitah verify` on a file, and what it says."""
    file, keys = tmp_path / name, tmp_path / "roots.json"
    file.write_bytes(content)
    keys.write_text(json.dumps(ledger.roots().as_json()))
    out = StringIO()
    try:
        call_command("verify", str(file), *(("--keys", str(keys)) if with_keys else ()), stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()
