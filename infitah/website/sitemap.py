"""The map of a community's site for search engines, with the translations that really exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from infitah.core.http import viewer_of
from infitah.core.viewer import Viewer
from infitah.council import queries as council
from infitah.participation import queries as participation
from infitah.programme import queries as programme
from infitah.website import queries

LISTS = (
    "programme:index",
    "participation:index",
    "council:index",
    "council:members",
    "council:sessions",
    "council:decisions",
    "information:deadline",
    "register:index",
    "register:verify",
)
Route = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """One page with its address in each language in which it stands, in the languages' order."""

    paths: tuple[tuple[str, str], ...]
    changed_at: datetime | None = None


def _records(viewer: Viewer, now: datetime) -> Iterator[Route]:
    yield from ((name, ()) for name in LISTS)
    for cycle in programme.cycles(viewer):
        yield "programme:cycle", (cycle.slug,)
        yield "programme:late", (cycle.slug,)
    for slug, reference in programme.commitments(viewer).values_list("cycle__slug", "reference"):
        yield "programme:commitment", (slug, reference)
    for card in participation.all_consultations(viewer=viewer, now=now):
        yield "participation:consultation", (card.slug,)
    for session in council.sessions(viewer):
        yield "council:session", (session.reference,)
    for decision in council.deliberations(viewer):
        yield "council:decision", (decision.reference,)


def _in_every_language(name: str, args: tuple[str, ...]) -> Place:
    paths = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            paths.append((code, reverse(name, args=args)))
    return Place(tuple(paths))


def places(request: HttpRequest, now: datetime) -> list[Place]:
    """Return every page of this host that a search engine may know. A bounded number of queries."""
    viewer = viewer_of(request)
    editorial = [Place(paths, changed) for paths, changed in queries.editorial(viewer, now)]
    return editorial + [_in_every_language(name, args) for name, args in _records(viewer, now)]
