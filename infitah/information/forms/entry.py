"""What the one box sends: a question in the address, a decision in a form without a person."""

from collections.abc import Iterable

from django.http import QueryDict

from infitah.information.rules.suggesting import MAX_TOLD, QUESTION_MAX, Place, Told, place_of
from infitah.kernel.text import arabic_letters, clean_text

LAST_PAGE = 10


def question_of(values: QueryDict, name: str = "q") -> str:
    """Return what was typed, without what nobody can see, cut at QUESTION_MAX."""
    typed = values.get(name, "")[: QUESTION_MAX * 2]
    return clean_text(arabic_letters(typed))[:QUESTION_MAX]


def page_of(values: QueryDict) -> int:
    """Return which page of a list is asked for: 1 for anything strange."""
    number = values.get("page", "")
    return (
        int(number)
        if number.isascii() and number.isdigit() and 0 < int(number[:4]) <= LAST_PAGE
        else 1
    )


def told_of(values: QueryDict) -> Told:
    """Return what a reader decided, as far as it can be read."""
    return Told(
        shown=tuple(_places(values.getlist("shown")[:MAX_TOLD])),
        answered=place_of(values.get("answered", "")),
    )


def _places(texts: Iterable[str]) -> Iterable[Place]:
    found = (place_of(text) for text in texts)
    return dict.fromkeys(place for place in found if place is not None)
