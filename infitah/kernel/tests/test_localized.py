"""Text in three languages: fallback, canonical form, refusals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.localized import DIRECTIONS, FALLBACKS, LANGUAGES, LocalizedText

texts = st.builds(LocalizedText, st.text(), st.text(), st.text())


@pytest.mark.parametrize(
    ("value", "language", "shown", "text"),
    [
        (LocalizedText("ع", "f", "ⵣ"), "zgh", "zgh", "ⵣ"),
        (LocalizedText("ع", "f"), "zgh", "ar", "ع"),
        (LocalizedText("", "f"), "zgh", "fr", "f"),
        (LocalizedText("", "f"), "ar", "fr", "f"),
        (LocalizedText("ع"), "fr", "ar", "ع"),
        (LocalizedText("", "", "ⵣ"), "fr", "zgh", "ⵣ"),
        (LocalizedText(""), "fr", "fr", ""),
    ],
)
def test_fallbacks(value: LocalizedText, language: str, shown: str, text: str) -> None:
    assert value.language_shown(language) == shown
    assert value.in_language(language) == text


def test_every_language_has_a_fallback_and_a_direction() -> None:
    assert FALLBACKS.keys() == DIRECTIONS.keys() == set(LANGUAGES)
    assert all(sorted(order) == sorted(LANGUAGES) for order in FALLBACKS.values())


def test_outer_space_is_stripped_and_emptiness_is_false() -> None:
    assert LocalizedText("  ع\n", " f ").as_json() == {"ar": "ع", "fr": "f"}
    assert not LocalizedText("  ", "\t")
    assert LocalizedText("", "f")
    assert str(LocalizedText("ع", "f")) == "ع"


def test_a_copy_says_something_else() -> None:
    value = LocalizedText("ع").with_text("fr", "f")
    assert (value.languages(), value.text_of("fr")) == (("ar", "fr"), "f")
    with pytest.raises(ValueError, match="unknown language"):
        value.with_text("en", "e")


@given(texts)
def test_the_stored_form_is_canonical(value: LocalizedText) -> None:
    stored = value.as_json()
    assert LocalizedText.from_json(json.loads(json.dumps(stored))) == value
    assert list(stored) == [name for name in LANGUAGES if name in stored]
    assert "ar" in stored


@pytest.mark.parametrize(
    "wrong", [None, "ع", ["ع"], {"en": "e"}, {"ar": 1}, {1: "ع"}, {"ar": None}]
)
def test_what_is_no_localized_text_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"language|text"):
        LocalizedText.from_json(wrong)


def test_only_text_and_known_languages() -> None:
    with pytest.raises(TypeError):
        LocalizedText(1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown language"):
        LocalizedText("ع").in_language("en")
