"""PDF and QR: read back by programs that others wrote."""

from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from infitah.core.models import Installation
from infitah.design import pdf, qr
from infitah.kernel.localized import LocalizedText
from infitah.kernel.money import Money

pytestmark = pytest.mark.django_db
ADDRESS = "https://sefrou.example/d/SFR-2026-I-0042"


def inputs(**more: object) -> dict[str, object]:
    return {
        "lines": ["المملكة المغربية", "المجلس الإقليمي لصفرو"],
        "number_label": "رقم:",
        "number": "SFR-2026-I-0042",
        "date": date(2026, 11, 23),
        "paragraphs": ["توصل المجلس بفكرتكم وتطبق عليها أحكام القانون 31-13 ابتداء من 2026-11-23."],
        "facts": [
            ["المبلغ", Money.of("1250000.50")],
            ["النص", LocalizedText("مرحبا", "Bienvenue")],
        ],
        "remedies_label": "طرق الطعن",
        "remedies": ["يمكنكم تقديم شكاية داخل أجل 20 يوما."],
        "proof_label": "للتحقق",
        "address": ADDRESS,
        "qr": ADDRESS,
        **more,
    }


def opened(made: bytes) -> Any:
    return pypdfium2.PdfDocument(made)


def words(made: bytes) -> str:
    document = opened(made)
    try:
        return " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


def letter(language: str = "ar", **more: object) -> bytes:
    return pdf.render("design/letter.typ", inputs(**more), title="وصل إيداع", language=language)


def test_arabic_letter_is_read_back_in_order() -> None:
    said = words(letter())
    for piece in ("المجلس الإقليمي لصفرو", "23 نونبر 2026", "طرق الطعن", "داخل أجل 20 يوما"):
        assert piece in said


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "عرض تجريبي"), ("fr", "n’émane d’aucun conseil")]
)
def test_documents_of_a_demonstration_say_so(language: str, said: str) -> None:
    assert said not in words(letter(language))
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    assert said in words(letter(language))


def test_french_and_amazigh_letters_choose_their_language() -> None:
    assert "23 novembre 2026" in words(letter("fr"))
    assert "Bienvenue" in words(letter("fr"))
    assert "ⵏⵓⵡⴰⵏⴱⵉⵔ" in words(letter("zgh"))


def as_set(made: bytes, wanted: str) -> str:
    """Return the letters of the body among `wanted`, in the order in which paper shows them."""
    document = opened(made)
    page = document[0].get_textpage()
    found = [
        (box[0], letter)
        for place in range(page.count_chars())
        if (letter := page.get_text_range(place, 1)) in wanted
        and 300 < (box := page.get_charbox(place))[1] < 640
    ]
    document.close()
    return "".join(letter for _place, letter in sorted(found))


def test_law_numbers_are_set_left_to_right_inside_arabic() -> None:
    made = letter(paragraphs=["القانون 31-13 والقانون"], facts=[], remedies=[], address="", qr="")
    assert as_set(made, "0123456789-") == "31-13"


def test_phones_with_plain_spaces_keep_their_order() -> None:
    made = letter(
        paragraphs=["الهاتف +212 535 66 00 00 ليلا"], facts=[], remedies=[], address="", qr=""
    )
    assert as_set(made, "0123456789+") == "+212535660000"


def test_an_address_keeps_its_last_slash_at_its_end_inside_arabic() -> None:
    address = "http://localhost:8100/ar/verify/"
    made = letter(paragraphs=[f"للتحقق منه: {address}."], facts=[], remedies=[], address="", qr="")
    assert as_set(made, "/abcdefghijklmnopqrstuvwxyz") == "http//localhost/ar/verify/"


def test_document_is_tagged_and_titled() -> None:
    made = letter()
    document = opened(made)
    assert document.get_metadata_dict()["Title"] == "وصل إيداع"
    document.close()
    assert b"/StructTreeRoot" in made and b"pdfuaid" in made


def test_same_inputs_give_the_same_bytes() -> None:
    assert letter() == letter()
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    made = pdf.render("design/letter.typ", inputs(), title="x", language="ar", at=at)
    assert b"2026-11-23T12:00:00" in made


def test_values_are_never_markup() -> None:
    said = words(letter("fr", paragraphs=["#panic(1) *gras* <b> $x$ \\ [y]"]))
    assert "#panic(1) *gras* <b> $x$ \\ [y]" in said


def test_proof_travels_inside() -> None:
    proof = pdf.Attachment("proof.json", '{"entry": "ب"}', "proof")
    made = pdf.render("design/letter.typ", inputs(), title="x", language="ar", attachments=[proof])
    document = opened(made)
    attached = document.get_attachment(0)
    assert attached.get_name() == "proof.json"
    assert bytes(attached.get_data()).decode() == '{"entry": "ب"}'
    document.close()


def test_code_on_the_paper_is_read_by_a_scanner() -> None:
    document = opened(letter())
    picture = document[0].render(scale=3).to_pil()
    document.close()
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [ADDRESS]


@pytest.mark.parametrize("name", ["design/nothing.typ", "../x.typ", "letter.typ", "a/b/c.typ"])
def test_unknown_templates_are_refused(name: str) -> None:
    with pytest.raises(pdf.TemplateUnknown):
        pdf.render(name, {}, title="x", language="ar")


def test_what_a_paper_cannot_carry_is_refused() -> None:
    with pytest.raises(TypeError):
        pdf.render("design/letter.typ", {"x": object()}, title="x", language="ar")


def test_qr_svg_has_no_style_or_script_and_escapes() -> None:
    made = qr.svg(ADDRESS, label="<script>")
    assert "style=" not in made and "<script" not in made and "<title>" in made


def test_qr_needs_a_content() -> None:
    with pytest.raises(ValueError, match="content"):
        qr.svg("")
