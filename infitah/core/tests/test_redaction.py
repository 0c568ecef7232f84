"""Redaction as its callers see it: pages as displayed, boxes burnt in, the rest kept."""

import io
from collections import Counter

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image

from infitah.core import redaction
from infitah.core.redaction import (
    Box,
    BoxRefused,
    Progress,
    Reason,
    Rect,
    Step,
    Treatment,
)
from infitah.core.tests.hostile import scripts
from infitah.core.tests.hostile.recovery import folded, recovered
from infitah.core.tests.hostile.sheets import (
    BELOW,
    BOX,
    HEIGHT,
    KEPT,
    PLAIN,
    SECRET,
    SHOWN,
    WIDTH,
    Sheet,
    one_page,
    with_annex,
)


def text_of(content: bytes, number: int = 1) -> str:
    page = pypdfium2.PdfDocument(content)[number - 1]
    text = page.get_textpage()
    found = text.get_text_range()
    text.close()
    return found


def pixels(content: bytes, number: int = 1, dpi: int = 72) -> Image.Image:
    return Image.open(io.BytesIO(redaction.render_page(content, number, dpi)))


@pytest.fixture(scope="module")
def two_pages() -> bytes:
    return with_annex(lambda sheet: None)


# --- Pages as they are displayed ---------------------------------------------


@pytest.mark.parametrize(
    ("entries", "size"),
    [
        ({}, (300, 200)),
        ({"Rotate": 90}, (200, 300)),
        ({"Rotate": -90}, (200, 300)),
        ({"UserUnit": 2}, (600, 400)),
        ({"CropBox": Array([10, 20, 110, 70])}, (100, 50)),
        ({"CropBox": Array([10, 20, 110, 70]), "Rotate": 270}, (50, 100)),
        ({"CropBox": Array([-50, -50, 900, 900])}, (300, 200)),
        ({"MediaBox": Array([-10, -20, 90, 30])}, (100, 50)),
        ({"MediaBox": Array([300, 200, 0, 0])}, (300, 200)),
    ],
)
def test_a_page_is_as_large_as_it_is_displayed(entries, size):
    sheet = Sheet()
    sheet.page(SHOWN, **entries)
    (page,) = redaction.inspect(sheet.saved()).pages
    assert (page.width, page.height) == size and page.number == 1


def test_a_document_tells_which_pages_hold_text():
    sheet = Sheet()
    sheet.page("0 0 9 9 re f", plain=False)
    sheet.page()
    document = redaction.inspect(sheet.saved())
    assert [page.has_text for page in document.pages] == [False, True] and document.has_text
    assert len(document.sha256) == 64


def test_a_page_is_drawn_for_the_screen_as_it_is_displayed():
    sheet = Sheet()
    sheet.page("1 0 0 rg 0 0 30 20 re f", plain=False, Rotate=90)
    image = pixels(sheet.saved())
    assert image.size == (200, 300) and image.format == "PNG"
    assert image.getpixel((5, 5)) == (255, 0, 0) and image.getpixel((195, 295)) == (255,) * 3


def test_a_page_that_is_not_there_is_refused(two_pages):
    for number in (0, 3, -1):
        with pytest.raises(redaction.PdfRefused):
            redaction.render_page(two_pages, number)


# --- What a redacted file looks and reads like -------------------------------


def test_only_pages_with_boxes_are_drawn(two_pages):
    redacted = redaction.burn(two_pages, [BOX])
    drawn, copied = redacted.pages
    assert (drawn.treatment, drawn.reasons) == (Treatment.DRAWN, (Reason.BOXES,))
    assert (copied.treatment, copied.reasons) == (Treatment.COPIED, ())
    assert (drawn.words_kept, drawn.words_lost, copied.words_kept) == (10, 1, 10)
    assert text_of(redacted.content, 2) == text_of(two_pages, 2)
    with pikepdf.open(io.BytesIO(redacted.content)) as pdf:
        assert "/XObject" not in pdf.pages[1].Resources


def test_pages_that_are_not_covered_look_as_before(two_pages):
    content = redaction.burn(two_pages, [BOX]).content
    assert pixels(content, 2).tobytes() == pixels(two_pages, 2).tobytes()
    before, after = (
        pixels(pdf, 1, 100).convert("L").crop((0, 0, 400, 110)) for pdf in (two_pages, content)
    )
    ink = sum(255 - dot for dot in before.tobytes())
    off = sum(abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True))
    assert ink > 50_000 and off < 0.5 * ink


def test_a_box_is_black_with_its_code_in_white():
    image = pixels(redaction.burn(one_page(SHOWN), [BOX]).content, dpi=200).convert("L")
    left, top, right, bottom = (
        round(side * size) for side, size in zip(BOX.rect.sides, image.size * 2, strict=True)
    )
    inside = image.crop((left + 2, top + 2, right - 2, bottom - 2))
    assert inside.getpixel((3, 3)) == 0
    white = sum(inside.histogram()[200:]) / (inside.width * inside.height)
    assert 0.005 < white < 0.2
    assert "E03" in text_of(redaction.burn(one_page(SHOWN), [BOX]).content)


def test_a_word_that_touches_a_box_is_lost_and_its_letters_are_covered_whole():
    """The box lies over the middle of the last letters: no upper or lower end sticks out."""
    thin = Box(1, Rect(50 / WIDTH, 92 / HEIGHT, 110 / WIDTH, 96 / HEIGHT), "E03")
    content = redaction.burn(one_page(SHOWN), [thin]).content
    assert not list(recovered(content, SECRET)) and SECRET[:3] not in text_of(content)
    before, after = (
        pixels(pdf, 1, 200).convert("L").crop((150, 250, 233, 279))
        for pdf in (one_page(SHOWN), content)
    )
    pairs = list(zip(before.tobytes(), after.tobytes(), strict=True))
    above, below = pairs[: 83 * 5], pairs[83 * 18 :]
    assert sum(old < 100 for old, _new in above + below) > 150
    assert all(new == 0 for old, new in above + below if old < 100)


def test_arabic_comes_back_in_the_order_in_which_it_is_read():
    source = scripts.RTL + scripts.placed(
        scripts.NAME, before=scripts.ARABIC, after="سنة 2026 و المادة 7 من القانون 31.13"
    )
    redacted = redaction.burn(scripts.compiled(source), scripts.middle())
    lines = text_of(redacted.content).splitlines()
    assert lines[0].strip() == scripts.ARABIC
    assert lines[-1].split()[:6] == ["سنة", "2026", "و", "المادة", "7", "من"]


def test_a_document_may_be_redacted_again():
    """The words put back are words like others: a second box takes them, the others stay."""
    once = redaction.burn(one_page(SHOWN), [BOX]).content
    last = Box(1, Rect(0.05, 0.75, 0.6, 0.85), "R7")
    twice = redaction.burn(once, [last])
    assert not list(recovered(twice.content, "annexe"))
    assert Counter(text_of(twice.content).split()) >= Counter(KEPT[:5])


def test_an_arabic_document_may_be_redacted_again():
    source = scripts.RTL + scripts.placed(scripts.NAME, before=scripts.ARABIC, after=scripts.AFTER)
    once = redaction.burn(scripts.compiled(source), scripts.middle()).content
    twice = redaction.burn(once, scripts.middle(0.62, 0.9))
    assert not list(recovered(twice.content, "الميزانية"))
    assert Counter(text_of(twice.content).split()) >= Counter(scripts.ARABIC.split())


def test_every_page_is_drawn_if_asked(two_pages):
    redacted = redaction.burn(two_pages, [BOX], every_page=True)
    assert redacted.pages[1].reasons == (Reason.ASKED,)
    assert Counter(text_of(redacted.content, 2).split()) == Counter(KEPT)


def test_without_boxes_a_document_is_cleaned():
    def fill(sheet: Sheet) -> None:
        sheet.pdf.docinfo["/Author"] = "Fatima Zahra"
        sheet.pdf.attachments["a.txt"] = b"Fatima Zahra"

    redacted = redaction.burn(with_annex(fill), [])
    assert {page.treatment for page in redacted.pages} == {Treatment.COPIED}
    assert not list(recovered(redacted.content, "Fatima Zahra"))
    assert redacted.report.words_covered == 0


def test_the_language_is_told_to_who_listens():
    redacted = redaction.burn(one_page(SHOWN), [BOX], language="ar")
    with pikepdf.open(io.BytesIO(redacted.content)) as pdf:
        assert str(pdf.Root.Lang) == "ar"


def test_the_same_is_made_of_the_same(two_pages):
    one, other = redaction.burn(two_pages, [BOX]), redaction.burn(two_pages, [BOX])
    assert one.content == other.content and one.sha256 == other.sha256


def test_words_that_are_covered_here_and_stand_there_are_told():
    sheet = Sheet()
    sheet.page(SHOWN)
    sheet.page(f"BT /F 14 Tf 150 60 Td ({SECRET}) Tj ET")
    (echo,) = redaction.burn(sheet.saved(), [BOX]).report.echoes
    ((page, rect),) = echo.places
    assert echo.text == SECRET and page == 2
    assert rect.touches(Rect(0.5, 0.65, 0.6, 0.7)) and rect.area < 0.05


def test_what_was_filled_in_stays_to_be_seen():
    """A page with a field that shows its value is drawn, and the value with it."""
    sheet = Sheet()
    page = sheet.page("")
    form = sheet.form("0 0 1 rg 0 0 100 20 re f", BBox=Array([0, 0, 100, 20]))
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T="a",
        V="b",
        F=4,
        Rect=Array([150, 90, 250, 110]),
        AP=Dictionary(N=form),
    )
    owned = sheet.own(field)
    page.Annots = Array([owned])
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([owned]))
    redacted = redaction.burn(sheet.saved(), [])
    assert redacted.pages[0].reasons == (Reason.ANNOTATIONS,)
    assert pixels(redacted.content).getpixel((200, 100)) == (0, 0, 255)
    assert Counter(text_of(redacted.content).split()) == Counter(KEPT)


def test_dotted_lines_and_fragments_of_words_are_no_danger():
    """Leaders of a table of contents under a box: not taken for text left in the picture."""
    dots = "BT /F 14 Tf 20 100 Td (Table ....................) Tj ET"
    redacted = redaction.burn(one_page(dots), [Box(1, Rect(0.2, 0.42, 0.4, 0.52), "E03")])
    assert redacted.report.is_clean


# --- Boxes that cannot be burnt ----------------------------------------------


@pytest.mark.parametrize(
    "box",
    [
        Box(0, BOX.rect, "E03"),
        Box(3, BOX.rect, "E03"),
        Box(1, Rect(0.5, 0.5, 0.5, 0.6), "E03"),
        Box(1, Rect(0.6, 0.5, 0.5, 0.6), "E03"),
        Box(1, Rect(-0.1, 0.5, 0.5, 0.6), "E03"),
        Box(1, Rect(0.1, 0.5, 1.5, 0.6), "E03"),
        Box(1, Rect(float("nan"), 0.5, 0.6, 0.6), "E03"),
        Box(1, BOX.rect, ""),
        Box(1, BOX.rect, "م3"),
        Box(1, BOX.rect, "E03 (secret)"),
        Box(1, BOX.rect, "E" * 20),
    ],
)
def test_a_box_that_cannot_be_burnt_is_refused(box, two_pages):
    with pytest.raises(BoxRefused) as refused:
        redaction.burn(two_pages, [BOX, box])
    assert refused.value.field == "boxes"


# --- Long documents ----------------------------------------------------------


def test_progress_is_told_page_by_page(two_pages):
    told: list[Progress] = []
    redaction.burn(two_pages, [BOX], told=told.append)
    assert told == [
        Progress(Step.READING, 1, 2),
        Progress(Step.READING, 2, 2),
        Progress(Step.DRAWING, 1, 1),
        Progress(Step.CHECKING, 1, 2),
        Progress(Step.CHECKING, 2, 2),
    ]


class Kept(dict):
    """A store in memory that counts what was put in."""

    def put(self, key: str, content: bytes) -> None:
        assert key not in self
        self[key] = content


class Stopped(Exception):
    """The worker was told to stop."""


def test_a_stopped_task_goes_on_where_it_was():
    sheet = Sheet()
    for _number in range(3):
        sheet.page(SHOWN)
    pdf = sheet.saved()
    boxes = [Box(number, BOX.rect, "E03") for number in (1, 2, 3)]
    whole, store = redaction.burn(pdf, boxes), Kept()

    def stop(progress: Progress) -> None:
        if progress == Progress(Step.DRAWING, 2, 3):
            raise Stopped

    with pytest.raises(Stopped):
        redaction.burn(pdf, boxes, store=store, told=stop)
    assert len(store) == 2
    assert redaction.burn(pdf, boxes, store=store).content == whole.content
    assert len(store) == 3


def test_pages_in_the_store_belong_to_their_boxes():
    """Another box, another key: no page with a box too few comes out of the store."""
    pdf, store = one_page(SHOWN), Kept()
    redaction.burn(pdf, [Box(1, Rect(0, 0, 0.1, 0.1), "E03")], store=store)
    redacted = redaction.burn(pdf, [BOX], store=store)
    assert len(store) == 2 and not list(recovered(redacted.content, SECRET))


def test_rubbish_in_the_store_is_drawn_anew():
    pdf, store = one_page(SHOWN), Kept()
    redaction.burn(pdf, [BOX], store=store)
    for key in store:
        dict.__setitem__(store, key, b"rubbish")

    class Careless(Kept):
        def put(self, key: str, content: bytes) -> None:
            self[key] = content

    assert redaction.burn(pdf, [BOX], store=Careless(store)).report.is_clean


# --- Any place, any turn -----------------------------------------------------


@st.composite
def placements(draw):
    """A page turned and moved in some way, and where on it the secret stands as displayed."""
    turn = draw(st.sampled_from([0, 90, 180, 270]))
    x, y = draw(st.integers(-400, 400)), draw(st.integers(-400, 400))
    margin = draw(st.sampled_from([0, 13, 250]))
    return turn, x, y, margin, draw(st.integers(10, 200)), draw(st.integers(60, 140))


@settings(max_examples=20)
@given(placements())
def test_a_box_covers_what_is_displayed_under_it(place):
    """The place of the secret is worked out here by hand, apart from PDFium's reading of it."""
    turn, x, y, margin, across, up = place
    sheet = Sheet()
    sheet.page(
        f"q 1 0 0 1 {x} {y} cm {PLAIN} BT /F 10 Tf {across} {up} Td ({SECRET}) Tj ET Q",
        plain=False,
        MediaBox=Array([x - margin, y - margin, x + WIDTH + margin, y + HEIGHT + margin]),
        CropBox=Array([x, y, x + WIDTH, y + HEIGHT]),
        Rotate=turn,
    )
    left, right = (across - 2) / WIDTH, min((across + 62) / WIDTH, 1)
    top, bottom = 1 - (up + 10) / HEIGHT, 1 - (up - 3) / HEIGHT
    rect = {
        0: Rect(left, top, right, bottom),
        90: Rect(1 - bottom, left, 1 - top, right),
        180: Rect(1 - right, 1 - bottom, 1 - left, 1 - top),
        270: Rect(top, 1 - right, bottom, 1 - left),
    }[turn]
    content = redaction.burn(sheet.saved(), [Box(1, rect, "E1")]).content
    assert not list(recovered(content, SECRET))
    words = Counter(folded(word) for word in text_of(content).split())
    assert words[folded(BELOW.split()[0])] == 1 and sum(words.values()) >= len(KEPT)
