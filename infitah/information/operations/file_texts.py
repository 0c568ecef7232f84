"""What can be read in a file of a case: for the search, and to find names left in it."""

from infitah.core import files as stored_files
from infitah.core.media_types import CSV, PDF, PLAIN
from infitah.core.models import StoredFile
from infitah.core.redaction import PdfRefused, apart


def readable_text(stored: StoredFile) -> str:
    """Return all that can be read in a file, "" where no machine can: a picture, a scan, a table.

    Outside any transaction: it reads the bytes.
    """
    try:
        content = stored_files.content(stored)
    except FileNotFoundError:
        return ""
    if stored.media_type in {PLAIN, CSV}:
        return content.decode("utf-8", "replace")
    if stored.media_type != PDF:
        return ""
    try:
        return apart.text_of(content)
    except PdfRefused:
        return ""
