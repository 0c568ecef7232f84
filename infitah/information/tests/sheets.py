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

SPACES = re.compile(r"[ \r\n\u00a0\u202f\u2066-\u2069\u200e\u200f]+")


def words(made):
    """Return all words of a PDF as a reader gets them, spaces made alike."""
    document = pypdfium2.PdfDocument(made)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return SPACES.sub(" ", text)


def shown(made):
    """Return what stands on the paper from left to right, line by line, without spaces.

    In an Arabic line a reader of text puts its Latin pieces in another order: here they stand as
    they are seen.
    """
    document = pypdfium2.PdfDocument(made)
    lines = []
    for page in document:
        text, rows = page.get_textpage(), {}
        for place in range(text.count_chars()):
            letter = text.get_text_range(place, 1)
            if letter.strip():
                left, bottom, _right, top = text.get_charbox(place, loose=True)
                rows.setdefault(round((bottom + top) / 8), []).append((left, letter))
        for _height, row in sorted(rows.items(), reverse=True):
            lines.append("".join(letter for _left, letter in sorted(row)))
    document.close()
    return "\n".join(lines)


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
