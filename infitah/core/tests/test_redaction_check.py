"""The check finds what a faulty burn leaves: each fault is planted, none gets through."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from infitah.core import redaction
from infitah.core.redaction import Fault, RedactionFailed, layer, sight
from infitah.core.redaction import burning as burn_module
from infitah.core.tests.hostile import texts
from infitah.core.tests.hostile.layers import ELSEWHERE, IN_LAYER, layered
from infitah.core.tests.hostile.layers import layer as hidden_layer
from infitah.core.tests.hostile.sheets import BOX, SECRET, SHOWN, Sheet, one_page, with_annex

Change = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def original() -> bytes:
    return with_annex(lambda sheet: None)


@pytest.fixture(scope="module")
def clean(original: bytes) -> bytes:
    return redaction.burn(original, [BOX]).content


def changed(content: bytes, change: Change, **options: object) -> bytes:
    """Return a redacted file after `change`."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def faults(content: bytes, original: bytes, boxes=(BOX,)) -> set[Fault]:
    return {problem.fault for problem in redaction.check(content, original, boxes).problems}


def test_a_good_file_has_no_fault(clean, original):
    report = redaction.check(clean, original, [BOX])
    assert report.is_clean and report.words_covered == 1
    assert set(report.engines) == {"pdfium", "pypdf", "pdfminer.six"}


# --- Something besides the pages ---------------------------------------------


def metadata(pdf):
    pdf.docinfo["/Author"] = "Fatima"


def xmp(pdf):
    pdf.Root.Metadata = pdf.make_stream(b"<x/>", Type=Name.Metadata, Subtype=Name.XML)


def attachment(pdf):
    pdf.attachments["a.txt"] = b"a"


def a_note(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents="a")
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])


def an_empty_list_of_notes(pdf):
    pdf.pages[0].obj.Annots = Array([])


def a_form_to_fill(pdf):
    pdf.Root.AcroForm = Dictionary(Fields=Array([]))


def a_script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="1")


def layers(pdf):
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


def an_outline(pdf):
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("a", 0))


def labels(pdf):
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P="a")]))


def a_thumbnail(pdf):
    pdf.pages[0].obj.Thumb = pdf.make_stream(b"abc")


def a_structure(pdf):
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)


def private_data(pdf):
    pdf.pages[1].obj.PieceInfo = Dictionary()


def a_text_in_a_resource(pdf):
    pdf.pages[1].obj.Resources.Font.F1.BaseEncoding = pikepdf.String("abc")


def a_sentence_as_language(pdf):
    pdf.Root.Lang = pikepdf.String("abc def")


def a_key_of_the_trailer(pdf):
    pdf.trailer.Secret = Name.A


def marked_content(pdf):
    content = pdf.pages[1].obj.Contents
    content.write(b"/Span << /ActualText (a) >> BDC " + content.read_bytes() + b" EMC")


def an_inline_picture(pdf):
    content = pdf.pages[1].obj.Contents
    content.write(content.read_bytes() + b" BI /W 1 /H 1 /CS /G /BPC 8 ID a EI")


def an_unknown_operator(pdf):
    content = pdf.pages[1].obj.Contents
    content.write(content.read_bytes() + b" (a) secret")


BESIDES = [
    *(metadata, xmp, attachment, a_note, an_empty_list_of_notes, a_form_to_fill, a_script),
    *(layers, an_outline, labels, a_thumbnail, a_structure, private_data, a_text_in_a_resource),
    *(a_sentence_as_language, a_key_of_the_trailer, marked_content, an_inline_picture),
    an_unknown_operator,
]


@pytest.mark.parametrize("change", BESIDES, ids=lambda change: change.__name__)
def test_whatever_is_besides_the_pages_is_found(change, clean, original):
    assert Fault.STRUCTURE in faults(changed(clean, change), original)


def test_an_object_that_nobody_needs_is_found(clean, original):
    number = clean.rindex(b"startxref")
    body = b"900 0 obj\n(a)\nendobj\n"
    start = int(clean[number + 9 :].split()[0])
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        root = pdf.Root.objgen[0]
    entry = f"xref\n900 1\n{len(clean):010d} 00000 n \n"
    trailer = f"trailer << /Size 901 /Root {root} 0 R /Prev {start} >>\n"
    at = len(clean) + len(body)
    later = clean + body + f"{entry}{trailer}startxref\n{at}\n%%EOF\n".encode()
    assert faults(later, original) >= {Fault.REVISIONS}


@pytest.mark.parametrize(
    "around", [lambda pdf: b"a\n" + pdf, lambda pdf: pdf + b"abc", lambda pdf: pdf + pdf]
)
def test_bytes_around_the_file_are_found(around, clean, original):
    assert Fault.REVISIONS in faults(around(clean), original)


def test_a_file_that_cannot_be_read_is_no_good_file(clean, original):
    assert Fault.UNREADABLE in faults(clean[:300] + b"\n%%EOF", original)


# --- Text that is still there ------------------------------------------------


def secret_on_a_copied_page(pdf):
    content = pdf.pages[1].obj.Contents
    content.write(content.read_bytes() + b" BT /F1 9 Tf 20 60 Td (" + SECRET.encode() + b") Tj ET")


def secret_in_a_font_name(pdf):
    pdf.pages[1].obj.Resources.Font.F1.BaseFont = Name(f"/{SECRET}")


def secret_in_a_map(pdf):
    hexadecimal = SECRET.encode("utf-16-be").hex().upper()
    pdf.pages[1].obj.Resources.Font.F1.ToUnicode = pdf.make_stream(
        f"begincmap 1 beginbfchar <01> <{hexadecimal}> endbfchar endcmap".encode()
    )


def secret_spelled_by_a_map(pdf):
    rows = "".join(
        f"<{code:02X}> <{ord(letter):04X}>\n" for code, letter in enumerate(SECRET, start=1)
    )
    pdf.pages[1].obj.Resources.Font.F1.ToUnicode = pdf.make_stream(
        f"begincmap 8 beginbfchar\n{rows}endbfchar endcmap".encode()
    )


def secret_in_a_font_file(pdf):
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Helvetica, Flags=32)
    descriptor.FontFile3 = pdf.make_stream(SECRET.encode("utf-16-le"))
    pdf.pages[1].obj.Resources.Font.F1.FontDescriptor = pdf.make_indirect(descriptor)


@pytest.mark.parametrize(
    "change",
    [
        secret_on_a_copied_page,
        secret_in_a_font_name,
        secret_in_a_map,
        secret_spelled_by_a_map,
        secret_in_a_font_file,
    ],
    ids=lambda change: change.__name__,
)
def test_a_covered_word_in_a_copied_page_is_found(change, clean, original):
    assert faults(changed(clean, change), original) & {Fault.TEXT, Fault.BYTES}


def test_a_page_that_was_not_drawn_is_found(original):
    copied = redaction.burn(original, []).content
    assert Fault.STRUCTURE in faults(copied, original)


def test_other_pages_are_found(clean, original):
    def drop(pdf):
        del pdf.pages[1]

    def resize(pdf):
        pdf.pages[1].obj.MediaBox = Array([0, 0, 300, 250])

    assert Fault.PAGES in faults(changed(clean, drop), original)
    assert Fault.PAGES in faults(changed(clean, resize), original)


# --- Faults planted in the burning itself: nothing comes out -----------------


def burnt(boxes=(BOX,), original: bytes | None = None):
    return redaction.burn(one_page(SHOWN) if original is None else original, boxes)


def refused(boxes=(BOX,), original: bytes | None = None) -> set[Fault]:
    with pytest.raises(RedactionFailed) as failed:
        burnt(boxes, original)
    assert failed.value.code == "redaction_failed" and failed.value.problems
    return {problem.fault for problem in failed.value.problems}


def test_forgetting_to_paint_fails(monkeypatch):
    monkeypatch.setattr(burn_module, "paint", lambda pixels, places: None)
    assert Fault.PIXELS in refused()


def test_painting_too_thinly_fails(monkeypatch):
    honest = burn_module.paint

    def thin(pixels, places):
        before = pixels.copy()
        honest(pixels, places)
        pixels[:] = (pixels * 0.8 + before * 0.2).astype(pixels.dtype)

    monkeypatch.setattr(burn_module, "paint", thin)
    assert Fault.PIXELS in refused()


def test_painting_too_little_fails(monkeypatch):
    honest = burn_module.paint

    def half(pixels, places):
        before = pixels.copy()
        honest(pixels, places)
        pixels[:, : pixels.shape[1] // 4] = before[:, : pixels.shape[1] // 4]

    monkeypatch.setattr(burn_module, "paint", half)
    assert Fault.PIXELS in refused()


def test_painting_another_page_fails(monkeypatch):
    honest = burn_module.paint

    def beside(pixels, places):
        honest(pixels[::-1], places)

    monkeypatch.setattr(burn_module, "paint", beside)
    assert Fault.PIXELS in refused()


def test_putting_covered_words_back_fails(monkeypatch):
    monkeypatch.setattr(sight.Word, "touches", lambda word, boxes: False)
    monkeypatch.setattr(burn_module, "shows_something", lambda *some: True)
    assert refused()


def test_putting_unseen_words_back_fails(monkeypatch):
    """A hidden layer beneath other words: only what is seen of the original may come back."""
    honest = burn_module.sight_of

    def trusting(page, words=None):
        seen = honest(page, words)
        return sight.Sight((*seen.seen, *seen.unseen), ())

    monkeypatch.setattr(burn_module, "sight_of", trusting)
    sheet = Sheet()
    over = f"{IN_LAYER} BT /F 14 Tf 20 100 Td (visible) Tj ET"
    assert Fault.TEXT in refused(ELSEWHERE, layered(over, hidden_layer(sheet), sheet))


def test_copying_unseen_words_is_mended_by_drawing(monkeypatch):
    """Where the reading of a page is too trusting, the check has the page drawn after all."""
    honest = burn_module.sight_of

    def trusting(page, words=None):
        seen = honest(page, words)
        return sight.Sight((*seen.seen, *seen.unseen), ())

    monkeypatch.setattr(burn_module, "sight_of", trusting)
    monkeypatch.setattr(burn_module, "beneath", lambda page: None)
    redacted = burnt((), texts.white_on_white_on_a_copied_page())
    assert [page.reasons for page in redacted.pages] == [(redaction.Reason.CHECK,)]


def test_a_layer_in_visible_ink_fails(monkeypatch):
    honest = layer.LayerFont.content
    painted = lambda self, *some: honest(self, *some).replace(b"3 Tr", b"0 Tr")  # noqa: E731
    monkeypatch.setattr(layer.LayerFont, "content", painted)
    assert refused()


def test_a_font_that_names_more_than_is_kept_fails(monkeypatch):
    honest = layer.LayerFont._map
    more = lambda self: honest(self).replace(b"endcmap", f"% {SECRET}\nendcmap".encode())  # noqa: E731
    monkeypatch.setattr(layer.LayerFont, "_map", more)
    assert Fault.BYTES in refused()


def test_keeping_metadata_fails(monkeypatch):
    honest = burn_module.assembled

    def with_title(*some, **others):
        return changed(honest(*some, **others), metadata)

    monkeypatch.setattr(burn_module, "assembled", with_title)
    assert Fault.STRUCTURE in refused()


def test_keeping_the_old_file_in_front_fails(monkeypatch):
    honest = burn_module.assembled
    original = one_page(SHOWN)
    monkeypatch.setattr(burn_module, "assembled", lambda *some: original + honest(*some))
    assert Fault.REVISIONS in refused(original=original)


def test_a_failure_tells_what_but_never_the_words(monkeypatch):
    monkeypatch.setattr(burn_module, "paint", lambda pixels, places: None)
    with pytest.raises(RedactionFailed) as failed:
        burnt()
    told = failed.value.message + repr(failed.value.problems)
    assert SECRET not in told and "%(" not in failed.value.message


# --- What must not be taken for a fault --------------------------------------


def test_a_covered_word_may_stand_uncovered_elsewhere():
    """The officer is told where; the file is good."""
    pdf = one_page(f"{SHOWN} BT /F 14 Tf 20 60 Td ({SECRET}) Tj ET")
    redacted = burnt(original=pdf)
    (echo,) = redacted.report.echoes
    assert echo.text == SECRET and [page for page, _rect in echo.places] == [1]


def test_a_covered_word_may_be_part_of_others():
    """`Table` is covered, `acceptable` on the copied page is not touched by that."""
    sheet = Sheet()
    sheet.page("BT /F 14 Tf 20 100 Td (Table) Tj ET")
    sheet.page("BT /F 14 Tf 20 100 Td (acceptable stable) Tj ET")
    redacted = burnt(original=sheet.saved())
    assert [page.treatment for page in redacted.pages] == ["drawn", "copied"]


def test_a_covered_word_of_the_format_itself_is_no_fault():
    for word in ("Identity", "Unseen", "CIDFontType", "123456", "abcdef"):
        sheet = Sheet()
        sheet.page(
            f"BT /F 14 Tf 20 100 Td ({word}) Tj ET BT /F 8 Tf 20 60 Td (6521 43 fedcba) Tj ET"
        )
        sheet.page("BT /F 14 Tf 20 100 Td (annexe) Tj ET")
        assert burnt(original=sheet.saved()).report.is_clean
