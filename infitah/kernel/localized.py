"""Text of a record in Arabic, French and Amazigh, with a stated order of fallback.

Constitution art. 5: Arabic and Amazigh are official; French is usual. Plain Python, no Django.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

LANGUAGES: Final = ("ar", "fr", "zgh")

FALLBACKS: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("ar", "fr", "zgh"),
    "fr": ("fr", "ar", "zgh"),
    "zgh": ("zgh", "ar", "fr"),  # the other official language comes before the usual one
}

DIRECTIONS: Final[Mapping[str, str]] = {"ar": "rtl", "fr": "ltr", "zgh": "ltr"}


def known_language(language: str) -> str:
    """Return `language` if it is one of ours. Raises ValueError otherwise."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language: {language!r}")
    return language


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """One text in up to three languages; outer white space is stripped, nothing else changed.

    An empty value is false. Whether Arabic is required is the business of the field that holds it.
    """

    ar: str = ""
    fr: str = ""
    zgh: str = ""

    def __post_init__(self) -> None:
        for language in LANGUAGES:
            text = getattr(self, language)
            if not isinstance(text, str):
                raise TypeError(f"{language} must be text, not {type(text).__name__}")
            object.__setattr__(self, language, text.strip())

    def __bool__(self) -> bool:
        return any(self.text_of(language) for language in LANGUAGES)

    def __str__(self) -> str:
        return self.in_language("ar")

    def text_of(self, language: str) -> str:
        """Return the text written in `language` itself, or an empty string; no fallback."""
        return str(getattr(self, known_language(language)))

    def language_shown(self, language: str) -> str:
        """Return the language that a reader of `language` gets, so that a page can mark it.

        For an empty value this is `language` itself. Raises ValueError for an unknown language.
        """
        known_language(language)
        return next((other for other in FALLBACKS[language] if self.text_of(other)), language)

    def in_language(self, language: str) -> str:
        """Return the text for a reader of `language`, by the order in FALLBACKS."""
        return self.text_of(self.language_shown(language))

    def languages(self) -> tuple[str, ...]:
        """Return the languages that are filled, in the order of LANGUAGES."""
        return tuple(language for language in LANGUAGES if self.text_of(language))

    def with_text(self, language: str, text: str) -> "LocalizedText":
        """Return a copy whose `language` says `text`."""
        return replace(self, **{known_language(language): text})

    def as_json(self) -> dict[str, str]:
        """Return the canonical form: Arabic always, then the filled languages, in fixed order.

        Empty languages are left out, so that a language added later changes no stored hash.
        """
        filled = {language: self.text_of(language) for language in self.languages()}
        return {"ar": self.ar} | filled

    @classmethod
    def from_json(cls, value: object) -> "LocalizedText":
        """Return the value of a stored mapping; missing languages are empty.

        Raises ValueError for anything but a mapping, for an unknown language, for a non-text.
        """
        if not isinstance(value, Mapping):
            raise ValueError("a localized text is a mapping of languages")
        for language, text in value.items():
            if not isinstance(text, str):
                raise ValueError(f"{known_language(language)} must be text")
            known_language(language)
        return cls(**{language: value.get(language, "") for language in LANGUAGES})
