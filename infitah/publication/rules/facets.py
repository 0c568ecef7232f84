"""By what the log of answers is narrowed: one list of facets, each with a key of its own."""

from enum import StrEnum
from typing import Final

from infitah.kernel.arabic import tokens

TAG_MAX: Final = 40
KEY_MAX: Final = 60


class FacetKind(StrEnum):
    """A way to narrow the log; its value is the name in the address."""

    YEAR = "year"
    OUTCOME = "outcome"
    LANGUAGE = "language"
    AXIS = "axis"
    TAG = "tag"
    ITEM = "item"
    GROUND = "ground"
    STATE = "state"


LISTED: Final = tuple(kind for kind in FacetKind if kind is not FacetKind.STATE)
"""Facets by which the list of published answers is narrowed; the state is only counted."""


def tag_key(words: str) -> str:
    """Return the one key of a tag in all its spellings: #الطُّرُق and الطرق are one; "" if none."""
    return "-".join(tokens(words))[:KEY_MAX]


def language_filed(language: str) -> str:
    """Return the language under which a text is filed: Arabic in Latin letters is Arabic."""
    return language.partition("-")[0]
