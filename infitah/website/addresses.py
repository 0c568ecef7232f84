"""From a reference to the page of the thing: each app answers for its own letters."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.council import queries as council
from infitah.council.models import Deliberation
from infitah.information.queries import figures as information
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.participation import queries as participation
from infitah.participation.models import Consultation, Workshop
from infitah.proceedings.models import Session
from infitah.programme import queries as programme
from infitah.programme.models import Commitment, Cycle
from infitah.publication import queries as publication

Resolver = Callable[[Reference, Viewer], str | None]

RESOLVERS: dict[str, Resolver] = {
    "I": participation.address_of,
    "T": participation.theme_address_of,
    "S": lambda reference, viewer: (
        council.address_of(reference, viewer) or programme.meeting_address_of(reference, viewer)
    ),
    "D": council.address_of,
    "C": programme.address_of,
    "M": lambda reference, viewer: (
        programme.report_address_of(reference, viewer)
        or information.report_address_of(reference, viewer)
    ),
    "R": publication.address_of,
}


Title = str | LocalizedText
TITLES: dict[str, Callable[[Viewer], QuerySet[Any]]] = {
    "D": Deliberation.objects.visible_to,
    "S": Session.objects.visible_to,
    "C": Commitment.objects.visible_to,
    "R": publication.log_of,
}
"""Records with a title, by the letter of their references."""


CONSULTATION: Final = "consultation:"
WORKSHOP: Final = "workshop:"


def titles_of(subjects: Iterable[str], viewer: Viewer) -> dict[str, Title]:
    """Return the titles of these subjects of acts that `viewer` may see.

    One query for each kind of thing; a milestone bears the title of its commitment.
    """
    wanted = {text: _parent(text) for text in subjects}
    titles: dict[str, Title] = {}
    for letter in {one.letter for one in wanted.values() if one is not None}:
        references = [str(one) for one in wanted.values() if one and one.letter == letter]
        if letter == "I":
            titles |= participation.statements_of(viewer, references)
        elif letter == "T":
            titles |= participation.theme_names(viewer, references)
        elif letter in TITLES:
            rows = TITLES[letter](viewer).filter(reference__in=references)
            titles |= dict(rows.values_list("reference", "title"))
    found = {text: titles.get(str(one), "") for text, one in wanted.items() if one is not None}
    return found | _named(set(wanted), viewer)


def _named(subjects: set[str], viewer: Viewer) -> dict[str, Title]:
    """Return the titles of what has no reference: its subject holds its short name."""
    cycle = f"{viewer.community_key}-programme-"
    found: dict[str, Title] = {}
    slugs = [text.removeprefix(CONSULTATION) for text in subjects if text.startswith(CONSULTATION)]
    if slugs:
        rows = Consultation.objects.visible_to(viewer).filter(slug__in=slugs)
        found |= {f"{CONSULTATION}{slug}": name for slug, name in rows.values_list("slug", "name")}
    slugs = [text.removeprefix(cycle) for text in subjects if text.startswith(cycle)]
    if slugs:
        cycles = Cycle.objects.visible_to(viewer).filter(slug__in=slugs)
        found |= {f"{cycle}{slug}": title for slug, title in cycles.values_list("slug", "title")}
    return found | _workshops(subjects, viewer)


def _workshops(subjects: set[str], viewer: Viewer) -> dict[str, Title]:
    named = [_workshop(text) for text in subjects if text.startswith(WORKSHOP)]
    if not named:
        return {}
    rows = Workshop.objects.visible_to(viewer).filter(slug__in=[slug for _of, slug in named])
    return {
        f"{WORKSHOP}{consultation}/{slug}": name
        for consultation, slug, name in rows.values_list("consultation__slug", "slug", "name")
        if (consultation, slug) in named
    }


def _workshop(subject: str) -> tuple[str, str]:
    consultation, _slash, slug = subject.removeprefix(WORKSHOP).partition("/")
    return consultation, slug


def named_page(subject: str, viewer: Viewer) -> str:
    """Return the address of what has no reference, but a short name in its subject, or ""."""
    cycle = f"{viewer.community_key}-programme-"
    if subject.startswith(CONSULTATION):
        return reverse("participation:consultation", args=[subject.removeprefix(CONSULTATION)])
    if subject.startswith(WORKSHOP):
        return reverse("participation:workshop", args=_workshop(subject))
    if subject.startswith(cycle):
        return reverse("programme:cycle", args=[subject.removeprefix(cycle)])
    return ""


def linked_page(subject: str, viewer: Viewer) -> str:
    """Return the address of a thing whose title `viewer` may see, or "". No query."""
    if number_of(subject):
        return reverse("permanent", args=[subject])
    return named_page(subject, viewer)


def number_of(subject: str) -> str:
    """Return the subject of an act if it is a reference, which people know; else "".

    Any other is an inner name of the register: only who verifies needs it.
    """
    return subject if _parent(subject) else ""


def _parent(text: str) -> Reference | None:
    try:
        return Reference.parse(text).parent
    except ValueError:
        return None


def of_reference(text: str, viewer: Viewer) -> str | None:
    """Return the path without language of a thing that `viewer` may see, else None."""
    try:
        reference = Reference.parse(text)
    except ValueError:
        return None
    resolver = RESOLVERS.get(reference.letter)
    return resolver(reference, viewer) if resolver else None
