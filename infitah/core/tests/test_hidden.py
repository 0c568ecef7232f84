"""What a file hides is found and said in a sentence; what cannot be searched is refused."""

import io

import openpyxl
import pytest
from django.utils import translation
from openpyxl.comments import Comment
from PIL import Image

from infitah.core import hidden, media_types
from infitah.core.hidden import (
    Finding,
    Hidden,
)
from infitah.core.hidden.values import sentences
from infitah.core.tests.hostile import document as documents
from infitah.core.tests.hostile import layers, notes, pictures, texts
from infitah.core.tests.hostile.sheets import SECRET, one_page
from infitah.core.tests.offices import (
    OPEN,
    document,
    open_document,
    relations,
    workbook,
)

XLSX, DOCX, ODT, ODS, PDF = (
    media_types.XLSX,
    media_types.DOCX,
    media_types.ODT,
    media_types.ODS,
    media_types.PDF,
)


def found(content: bytes, media_type: str) -> dict[Hidden, Finding]:
    return {one.kind: one for one in hidden.findings(content, media_type, "a")}


# --- Workbooks ----------------------------------------------------------------


def test_a_workbook_of_a_program_is_searched():
    """Written by openpyxl, as Excel would: hidden sheet, rows, columns, a comment, a name."""
    book = openpyxl.Workbook()
    book.properties.creator = "Fatima"
    shown, other, third = book.active, book.create_sheet("الرواتب"), book.create_sheet("Notes")
    shown.title = "Budget"
    shown["A1"], shown["C5"] = "a", "b"
    shown["A1"].comment = Comment("à vérifier", "Fatima")
    shown.row_dimensions[5].hidden = True
    shown.column_dimensions.group("C", "D", hidden=True)
    other.sheet_state, third.sheet_state = "hidden", "veryHidden"
    out = io.BytesIO()
    book.save(out)
    findings = hidden.findings(out.getvalue(), XLSX)
    assert {
        (one.kind, one.place, one.detail)
        for one in findings
        if one.kind is not Hidden.COMMENTS and one.kind is not Hidden.PROPERTIES
    } == {
        (Hidden.SHEET, "الرواتب", ""),
        (Hidden.VERY_HIDDEN_SHEET, "Notes", ""),
        (Hidden.ROWS, "Budget", "5"),
        (Hidden.COLUMNS, "Budget", "C-D"),
    }
    told = {one.kind: one for one in findings}
    assert told[Hidden.COMMENTS].place == "Budget"
    assert "à vérifier" in told[Hidden.COMMENTS].detail
    assert "Fatima" in told[Hidden.PROPERTIES].detail
    assert not told[Hidden.PROPERTIES].blocks and told[Hidden.ROWS].blocks


def test_a_plain_workbook_hides_nothing():
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    assert hidden.findings(workbook(rows=rows), XLSX) == []


@pytest.mark.parametrize(
    ("parts", "kind", "detail"),
    [
        ({"xl/pivotCache/pivotCacheRecords1.xml": "<a/>"}, Hidden.PIVOT, ""),
        (
            {
                "xl/externalLinks/externalLink1.xml": "<a/>",
                "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
                    "r1 file:///C:/salaires.xlsx External"
                ),
            },
            Hidden.LINKS,
            "salaires.xlsx",
        ),
        ({"xl/connections.xml": '<a><connection name="base"/></a>'}, Hidden.CONNECTIONS, "base"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, Hidden.EMBEDDED, "oleObject1.bin"),
        ({"xl/revisions/revisionLog1.xml": "<a/>"}, Hidden.VERSIONS, ""),
        ({"customXml/item1.xml": "<data>secret</data>"}, Hidden.PROGRAM_DATA, ""),
        ({"docProps/app.xml": "<a><Company>Commune</Company></a>"}, Hidden.PROPERTIES, "Commune"),
        (
            {"docProps/custom.xml": '<a><property name="Dossier"><b>7</b></property></a>'},
            Hidden.PROPERTIES,
            "Dossier: 7",
        ),
    ],
)
def test_what_stands_beside_the_sheets_is_found(parts, kind, detail):
    assert detail in found(workbook(**parts), XLSX)[kind].detail


def test_names_of_ranges_are_told_but_not_those_of_the_program():
    names = (
        '<definedNames><definedName name="salaires">A1</definedName>'
        '<definedName name="_xlnm.Print_Area">A1</definedName></definedNames>'
    )
    (finding,) = hidden.findings(workbook(sheets=names), XLSX)
    assert (finding.kind, finding.detail, finding.blocks) == (Hidden.NAMES, "salaires", False)


def test_rows_without_height_and_cells_that_show_nothing_are_found():
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    rows = (
        '<sheetData><row r="2" ht="0" customHeight="1"/>'
        '<row r="3"><c r="B3" s="1"><v>9</v></c><c r="C3" s="0"><v>9</v></c></row></sheetData>'
    )
    findings = found(workbook(rows=rows, **{"xl/styles.xml": styles}), XLSX)
    assert findings[Hidden.ROWS].detail == "2" and findings[Hidden.CELLS].detail == "B3"


def test_threaded_comments_are_found_on_their_sheet():
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            "r1 ../threadedComments/threadedComment1.xml"
        ),
        "xl/threadedComments/threadedComment1.xml": "<a><threadedComment><text>non</text></threadedComment></a>",
    }
    finding = found(workbook(**parts), XLSX)[Hidden.COMMENTS]
    assert (finding.place, finding.detail) == ("Budget", "non")


# --- Texts --------------------------------------------------------------------

CHANGES = (
    '<w:p><w:ins w:author="Fatima"><w:r><w:t>ajout</w:t></w:r></w:ins>'
    '<w:del w:author="Said"><w:r><w:delText>retrait</w:delText></w:r></w:del>'
    "<w:r><w:t>ordinaire</w:t></w:r></w:p>"
)


def test_tracked_changes_are_found_with_their_authors():
    findings = found(document(CHANGES), DOCX)
    assert findings[Hidden.INSERTIONS].detail == "ajout (Fatima)"
    assert findings[Hidden.DELETIONS].detail == "retrait (Said)"
    assert findings[Hidden.DELETIONS].blocks and set(findings) == {
        Hidden.INSERTIONS,
        Hidden.DELETIONS,
    }


@pytest.mark.parametrize(
    ("marks", "is_found"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="0"/>', False),
        ("<w:webHidden/>", True),
        ('<w:color w:val="FFFFFF"/>', True),
        ('<w:color w:val="000000"/>', False),
        ("<w:b/>", False),
    ],
)
def test_hidden_and_white_text_is_found(marks, is_found):
    run = f"<w:p><w:r><w:rPr>{marks}</w:rPr><w:t>caché</w:t></w:r></w:p>"
    assert (Hidden.TEXT in found(document(run), DOCX)) is is_found


def test_headers_comments_and_templates_are_searched():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "word/header1.xml": f"<w:hdr {space}>{CHANGES}</w:hdr>",
        "word/comments.xml": f"<w:comments {space}><w:comment><w:t>non</w:t></w:comment></w:comments>",
        "word/settings.xml": f'<w:settings {space}><w:docVar w:name="cin"/></w:settings>',
        "word/_rels/settings.xml.rels": relations("r1 file:///C:/modele.dotm External"),
        "word/_rels/document.xml.rels": relations("r2 https://example.org hyperlink"),
    }
    findings = hidden.findings(document(**parts), DOCX)
    assert {one.place for one in findings if one.kind is Hidden.DELETIONS} == {"header1"}
    told = {one.kind: one for one in findings}
    assert told[Hidden.COMMENTS].detail == "non" and told[Hidden.PROGRAM_DATA].place == "cin"
    assert told[Hidden.LINKS].detail == "file:///C:/modele.dotm"


def test_a_plain_document_hides_nothing():
    sources = {"customXml/item1.xml": "<Sources/>"}
    assert hidden.findings(document("<w:p/>", **sources), DOCX) == []


# --- OpenDocument -------------------------------------------------------------

HIDING = (
    '<office:automatic-styles><style:style style:name="h"><style:table-properties '
    'table:display="false"/></style:style><style:style style:name="t">'
    '<style:text-properties text:display="none"/></style:style></office:automatic-styles>'
)


def test_a_spreadsheet_of_opendocument_is_searched():
    content = (
        f'{HIDING}<table:table table:name="Paie" table:style-name="h">'
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row table:number-rows-repeated="3"/>'
        '<table:table-row table:visibility="filter" table:number-rows-repeated="2">'
        "<table:table-cell><office:annotation><text:p>non</text:p></office:annotation>"
        "</table:table-cell></table:table-row></table:table>"
        '<table:named-range table:name="salaires"/><table:data-pilot-table table:name="p"/>'
    )
    findings = found(open_document("spreadsheet", content), ODS)
    assert findings[Hidden.SHEET].place == "Paie"
    assert findings[Hidden.COLUMNS].detail == "3" and findings[Hidden.ROWS].detail == "4-5"
    assert findings[Hidden.COMMENTS].detail == "non" and findings[Hidden.NAMES].detail == "salaires"
    assert Hidden.PIVOT in findings


def test_a_text_of_opendocument_is_searched():
    content = (
        f"{HIDING}<text:tracked-changes><text:changed-region><text:deletion><text:p>retrait</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>a<text:span text:style-name="t">caché</text:span>'
        '<text:hidden-text text:string-value="ici"/></text:p>'
    )
    parts = {
        "meta.xml": f"<office:m {OPEN}><meta:initial-creator>Fatima</meta:initial-creator></office:m>",
        "Thumbnails/thumbnail.png": b"x",
        "Versions/1": b"x",
        "Object 1/content.xml": "<a/>",
        "Basic/script-lc.xml": "<a/>",
    }
    findings = found(open_document("text", content, **parts), ODT)
    assert findings[Hidden.DELETIONS].detail == "retrait"
    assert findings[Hidden.TEXT].detail == "caché · ici"
    assert findings[Hidden.PROPERTIES].detail == "Fatima"
    assert {Hidden.PREVIEW, Hidden.VERSIONS, Hidden.EMBEDDED, Hidden.SCRIPTS} <= set(findings)


# --- PDFs and pictures --------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (documents.metadata_of_the_document, Hidden.PROPERTIES),
        (documents.xmp_of_the_document, Hidden.PROPERTIES),
        (documents.an_attachment, Hidden.EMBEDDED),
        (documents.a_script_on_opening, Hidden.SCRIPTS),
        (documents.an_older_state, Hidden.VERSIONS),
        (documents.thumbnails, Hidden.PREVIEW),
        (documents.private_data_of_a_program, Hidden.PROGRAM_DATA),
        (notes.a_note, Hidden.COMMENTS),
        (notes.a_field_with_its_value, Hidden.FIELDS),
        (notes.an_xfa_form, Hidden.FIELDS),
        (layers.a_layer_that_is_off, Hidden.LAYERS),
        (layers.a_hidden_layer_on_a_copied_page, Hidden.TEXT),
        (texts.white_on_white, Hidden.TEXT),
        (texts.beneath_a_rectangle_of_others, Hidden.TEXT),
        (texts.beyond_the_edge_of_a_copied_page, Hidden.TEXT),
        (pictures.a_cropped_picture, Hidden.PICTURES),
        (pictures.a_picture_under_a_picture, Hidden.PICTURES),
    ],
)
def test_what_a_pdf_hides_is_found(make, kind):
    assert kind in found(make(), PDF)


def test_hidden_text_of_a_pdf_is_told_with_its_page():
    finding = found(texts.white_on_white(), PDF)[Hidden.TEXT]
    assert (finding.place, finding.detail, finding.blocks) == ("1", SECRET, True)


def test_a_plain_pdf_hides_nothing():
    assert hidden.findings(one_page("0 0 9 9 re f"), PDF) == []


def photograph(kind: str = "JPEG", *, place: bool = True) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    if place:
        exif[0x8825] = {1: "N", 2: (33.0, 49.0, 50.0)}
    out = io.BytesIO()
    Image.new("RGB", (20, 10)).save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_photograph_tells_its_place_and_device(kind):
    findings = found(photograph(kind.upper()), f"image/{kind}")
    assert findings[Hidden.PLACE].blocks and "Telephone" in findings[Hidden.DEVICE].detail
    assert Hidden.PLACE not in found(photograph(kind.upper(), place=False), f"image/{kind}")


def test_a_photograph_within_a_document_is_searched_too():
    content = document(**{"word/media/image1.jpeg": photograph()})
    assert found(content, DOCX)[Hidden.PLACE].place == "image1.jpeg"


# --- How it is said -----------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_each_kind_has_its_sentence_in_both_languages(language):
    with translation.override("en"):
        english = sentences()
    with translation.override(language):
        said = sentences()
        assert set(said) == set(Hidden)
        assert all(said[kind] != english[kind] for kind in Hidden)
        told = Finding(Hidden.ROWS, "Budget", "12 · 13").sentence
    assert "Budget" in told and "12 · 13" in told
