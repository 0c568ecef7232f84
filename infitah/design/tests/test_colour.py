"""Colours: contrast as WCAG counts it, and accents that always read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.core.errors import OperationRefused
from infitah.design import colour

hexes = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_contrast_of_black_and_white_is_21() -> None:
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@given(hexes, hexes)
def test_contrast_does_not_care_about_order(one: str, other: str) -> None:
    assert colour.contrast(one, other) == colour.contrast(other, one) >= 1


@given(hexes)
def test_any_accent_is_made_readable_in_both_themes(value: str) -> None:
    made = colour.accent(value)
    assert colour.is_readable(made.light, colour.LIGHT_GROUNDS)
    assert colour.is_readable(made.dark, colour.DARK_GROUNDS)


def test_a_readable_accent_is_kept_as_it_is() -> None:
    assert colour.accent(colour.CHERRY).light == colour.CHERRY


def test_accent_is_stored_in_canonical_form() -> None:
    assert colour.check_accent("9E1B32") == "#9e1b32"


@pytest.mark.parametrize(("value", "code"), [("#ffff00", "too_pale"), ("red", "not_a_colour")])
def test_pale_or_wrong_accents_are_refused(value: str, code: str) -> None:
    with pytest.raises(OperationRefused) as refused:
        colour.check_accent(value)
    assert refused.value.code == code
