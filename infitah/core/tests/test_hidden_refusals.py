"""Files that cannot be searched for hidden content are refused in a sentence."""

import io
import zipfile

import pytest

from infitah.core import hidden, media_types
from infitah.core.errors import OperationRefused
from infitah.core.hidden import (
    DamagedFile,
    HostileFile,
    LockedFile,
    MislabelledFile,
    OversizedFile,
    packages,
)
from infitah.core.tests.offices import OPEN, document, open_document, workbook, zipped
from infitah.core.tests.test_hidden import CHANGES, photograph

XLSX, DOCX, ODT, PDF = media_types.XLSX, media_types.DOCX, media_types.ODT, media_types.PDF

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;</a>'
OUTSIDE = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'


def bomb() -> bytes:
    return workbook(**{"xl/worksheets/sheet1.xml": b"<a>" + b" " * 8_000_000})


def lying() -> bytes:
    """An archive whose list says that a part is small; it is not."""
    content = bytearray(workbook(rows="<a>" + " " * 3_000_000 + "</a>"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    return bytes(content).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "media_type", "refusal"),
    [
        (lambda: OLD + "EncryptedPackage".encode("utf-16-le"), DOCX, LockedFile),
        (lambda: OLD, DOCX, MislabelledFile),
        (document, XLSX, MislabelledFile),
        (photograph, PDF, MislabelledFile),
        (lambda: workbook(**{"xl/styles.xml": ENTITIES}), XLSX, HostileFile),
        (lambda: document(**{"word/comments.xml": OUTSIDE}), DOCX, HostileFile),
        (lambda: workbook(rows="<row"), XLSX, DamagedFile),
        (lambda: document(CHANGES)[:-60], DOCX, OperationRefused),
        (bomb, XLSX, OversizedFile),
        (lying, XLSX, DamagedFile),
        (
            lambda: open_document(
                "text",
                "",
                **{
                    "META-INF/manifest.xml": f"<manifest:a {OPEN}><manifest:encryption-data/></manifest:a>"
                },
            ),
            ODT,
            LockedFile,
        ),
        (lambda: b"%PDF-1.7 rubbish", PDF, OperationRefused),
        (lambda: photograph()[:100], "image/jpeg", DamagedFile),
    ],
)
def test_what_cannot_be_searched_is_refused(content, media_type, refusal, monkeypatch):
    monkeypatch.setattr(packages, "_MOST_PART", 5_000_000)
    with pytest.raises(refusal) as refused:
        hidden.findings(content(), media_type, "a")
    assert isinstance(refused.value, OperationRefused) and refused.value.message
    assert refused.value.field == "file"


def test_an_archive_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "_MOST_PARTS", 3)
    with pytest.raises(OversizedFile):
        hidden.findings(workbook(), XLSX)


def test_a_document_with_macros_is_not_taken():
    with pytest.raises(media_types.KindRefused):
        hidden.findings(document(**{"word/vbaProject.bin": b"x"}), DOCX)


def test_tables_and_plain_text_hide_nothing():
    assert hidden.findings(b"a,b\n1,2\n", media_types.CSV, "a.csv") == []


def test_an_archive_that_is_no_document_is_refused():
    with pytest.raises(OperationRefused):
        hidden.findings(zipped({"a.txt": "a"}), DOCX)
