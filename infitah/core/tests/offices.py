"""Office files made by hand for the tests: only the parts that an office program must have."""

import io
import zipfile
from collections.abc import Mapping

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OPEN = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)


def zipped(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Return an archive of `parts` in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=how)
    return out.getvalue()


def relations(*rows: str) -> str:
    """Return a part of relations: each row is `number target` or `number target External`."""
    items = "".join(
        f'<Relationship Id="{number}" Type="t/{kind or "part"}" Target="{target}"'
        + (' TargetMode="External"' if kind else "")
        + "/>"
        for number, target, kind in ((*row.split(), "")[:3] for row in rows)
    )
    return f'<Relationships xmlns="{RELATIONS}">{items}</Relationships>'


def workbook(sheets: str = "", rows: str = "", **more: str | bytes) -> bytes:
    """Return an xlsx of one sheet with `rows`; `sheets` go into the workbook, `more` are parts."""
    listed = sheets or '<sheets><sheet name="Budget" sheetId="1" r:id="r1"/></sheets>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{LINKED}">{listed}</workbook>',
        "xl/_rels/workbook.xml.rels": relations("r1 worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{rows}</worksheet>',
    }
    return zipped(parts | more)


def document(body: str = "", **more: str | bytes) -> bytes:
    """Return a docx with `body`; `more` are parts."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    return zipped(parts | more)


def open_document(kind: str, content: str, **more: str | bytes) -> bytes:
    """Return an odt or ods (`text`, `spreadsheet`) with `content`; `more` are parts."""
    parts: dict[str, str | bytes] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {OPEN}>{content}</office:document-content>",
    }
    return zipped(parts | more, stored=("mimetype",))
