"""Of each PDF of the adversarial set nothing of its secret is left, and its other words are."""

from collections import Counter

import pypdfium2
import pytest

from infitah.core import redaction
from infitah.core.redaction import Treatment
from infitah.core.tests.hostile import CASES, Case
from infitah.core.tests.hostile.recovery import folded, readings, recovered

# Secrets that no program reads out of the original either: they are seen, not written.
SEEN_ONLY = {
    "a_scan",
    "a_scan_as_jpeg",
    "a_scan_of_black_and_white",
    "a_scan_on_a_turned_page",
    "a_private_use_map",
    "arabic_with_vowels",
    "differences_and_a_map_that_lies",
    "in_a_drawn_font_without_a_map",
    "wide_codes_without_a_map",
}


def is_black(content: bytes, box: redaction.Box) -> bool:
    """Tell whether the place of a box is dark all over but for its code."""
    page = pypdfium2.PdfDocument(content)[box.page - 1]
    picture = page.render(scale=2, grayscale=True).to_pil()
    left, top, right, bottom = (
        round(side * size)
        for side, size in zip(box.rect.sides, (picture.width, picture.height) * 2, strict=True)
    )
    part = picture.crop((left + 1, top + 1, max(right - 1, left + 2), max(bottom - 1, top + 2)))
    dark = sum(part.histogram()[:60])
    return dark >= 0.5 * part.width * part.height


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_of_the_secret_is_left(case: Case):
    original = case.build()
    if case.secrets and case.name not in SEEN_ONLY:
        assert any(way for secret in case.secrets for way in recovered(original, secret))
    redacted = redaction.burn(original, case.boxes)
    read = list(readings(redacted.content))
    assert len({program for program, _text in read}) >= 3
    for secret in case.secrets:
        assert not list(recovered(redacted.content, secret, read)), secret
    words = " ".join(text for program, text in read if program == "pdfium").split()
    assert not Counter(map(folded, case.kept)) - Counter(map(folded, words))
    assert all(is_black(redacted.content, box) for box in case.boxes)
    drawn = {page.number for page in redacted.pages if page.treatment is Treatment.DRAWN}
    assert drawn >= {box.page for box in case.boxes}


def test_the_set_is_large_and_its_names_differ():
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 200
    assert set(names) >= SEEN_ONLY
