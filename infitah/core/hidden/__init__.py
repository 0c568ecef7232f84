"""What a file would tell besides what its reader sees: hidden sheets, notes, changes, places.

Bytes in, findings out; nothing is changed and nothing of the file is run. A file that cannot be
searched is refused: it cannot be published either. For PDFs `infitah.core.redaction.burn` without
boxes removes what is found here.
"""

import io
from collections.abc import Callable, Iterator
from typing import Final

from infitah.core import media_types
from infitah.core.hidden.letters import document_findings
from infitah.core.hidden.opendocuments import open_document_findings
from infitah.core.hidden.packages import (
    DamagedFile,
    FileUnchecked,
    HostileFile,
    LockedFile,
    MislabelledFile,
    OversizedFile,
    Package,
    mislabelled,
    refuse_old_office,
    unchecked,
)
from infitah.core.hidden.pdfs import pdf_findings
from infitah.core.hidden.photographs import photograph_findings
from infitah.core.hidden.values import Finding, Hidden
from infitah.core.hidden.workbooks import workbook_findings

__all__ = [
    "DamagedFile",
    "FileUnchecked",
    "Finding",
    "Hidden",
    "HostileFile",
    "LockedFile",
    "MislabelledFile",
    "OversizedFile",
    "findings",
    "refuse_other_kind",
    "unchecked",
]

_OFFICE: Final[dict[str, Callable[[Package], Iterator[Finding]]]] = {
    media_types.DOCX: document_findings,
    media_types.XLSX: workbook_findings,
    media_types.ODT: open_document_findings,
    media_types.ODS: open_document_findings,
}


def refuse_other_kind(content: bytes, media_type: str, name: str) -> None:
    """Raise a refusal where a file is not of the kind that it is said to be, or of none taken."""
    refuse_old_office(content)
    if media_types.media_type_of(io.BytesIO(content), name) != media_type:
        raise mislabelled()


def findings(content: bytes, media_type: str, name: str = "") -> list[Finding]:
    """Return what a file hides, in the order of the file; each finding says whether it blocks.

    `media_type` is what the file is said to be, `name` its name. Raises MislabelledFile if it is
    something else, KindRefused for kinds that are not taken, FileUnchecked or PdfRefused for a
    file that is locked, damaged, hostile or too large once unpacked.
    """
    refuse_other_kind(content, media_type, name)
    if media_type in _OFFICE:
        found = _OFFICE[media_type](Package(content))
    elif media_type == media_types.PDF:
        found = pdf_findings(content)
    elif media_type.startswith("image/"):
        found = photograph_findings(content, must_open=True)
    else:
        return []
    return list(dict.fromkeys(found))
