"""From a reference to the page of the thing: each app answers for its own letters."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from infitah.core.viewer import Viewer
from infitah.council import queries as council
from infitah.council.models import Deliberation
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.participation import queries as participation
from infitah.proceedings.models import Session
from infitah.programme import queries as programme
from infitah.programme.models import Commitment

Resolver = Callable[[Reference, Viewer], str | None]

RESOLVERS: dict[str, Resolver] = {
    "I": participation.address_of,
    "S": council.address_of,
    "D": council.address_of,
    "C": programme.address_of,
}


Title = str | LocalizedText
TITLES: dict[str, Callable[[Viewer], QuerySet[Any]]] = {
    "D": Deliberation.objects.visible_to,
    "S": Session.objects.visible_to,
    "C": Commitment.objects.visible_to,
}
"""Records with a title, by the letter of their references."""


def titles_of(references: Iterable[str], viewer: Viewer) -> dict[str, Title]:
    """Return the titles of these things that `viewer` may see. One query for each letter."""
    by_letter: dict[str, list[str]] = {}
    for text in references:
        letter = _letter(text)
        if letter == "I" or letter in TITLES:
            by_letter.setdefault(letter, []).append(text)
    titles: dict[str, Title] = {}
    if "I" in by_letter:
        titles |= participation.statements_of(viewer, by_letter.pop("I"))
    for letter, wanted in by_letter.items():
        rows = TITLES[letter](viewer).filter(reference__in=wanted)
        titles |= dict(rows.values_list("reference", "title"))
    return titles


def _letter(text: str) -> str:
    try:
        return Reference.parse(text).letter
    except ValueError:
        return ""


def of_reference(text: str, viewer: Viewer) -> str | None:
    """Return the path without language of a thing that `viewer` may see, else None."""
    try:
        reference = Reference.parse(text)
    except ValueError:
        return None
    resolver = RESOLVERS.get(reference.letter)
    return resolver(reference, viewer) if resolver else None
