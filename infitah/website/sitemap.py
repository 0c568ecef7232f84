"""The map of a community's site for search engines, with the translations that really exist."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from infitah.core.clock import local_day
from infitah.core.http import viewer_of
from infitah.core.viewer import Viewer
from infitah.council import queries as council
from infitah.kernel.localized import LANGUAGES
from infitah.participation import queries as participation
from infitah.programme import queries as programme
from infitah.publication import queries as publication
from infitah.website import queries
from infitah.website.rules import WHOLE_LANGUAGES
from infitah.website.subjects import languages_of

LISTS = (
    "programme:index",
    "participation:index",
    "council:index",
    "council:members",
    "council:sessions",
    "council:decisions",
    "calculator:deadline",
    "information:remedies",
    "publication:log",
    "publication:transparency",
    "register:index",
    "register:verify",
)
PART: Final = 5_000
"""Ideas or answers in one list: far below the 50,000 of the standard, so that memory stays low."""
# A route, its arguments, and what says in which languages the page stands.
Route = tuple[str, tuple[str, ...], object]


@dataclass(frozen=True, slots=True)
class Place:
    """One page with its address in each language in which it stands, in the languages' order."""

    paths: tuple[tuple[str, str], ...]
    changed_at: datetime | None = None


def _records(viewer: Viewer, now: datetime) -> Iterator[Route]:
    yield from ((name, (), _words_of_list(name, viewer, now)) for name in LISTS)
    for cycle in programme.cycles(viewer):
        yield "programme:cycle", (cycle.slug,), cycle.title
        yield "programme:late", (cycle.slug,), cycle.title
    commitments = programme.commitments(viewer).values_list("cycle__slug", "reference", "title")
    for slug, reference, title in commitments:
        yield "programme:commitment", (slug, reference), title
    for card in participation.all_consultations(viewer=viewer, now=now):
        yield "participation:consultation", (card.slug,), card.name
    for session in council.sessions(viewer):
        yield "council:session", (session.reference,), session.title
    for decision in council.deliberations(viewer):
        yield "council:decision", (decision.reference,), decision.title


def _words_of_list(name: str, viewer: Viewer, now: datetime) -> object:
    """Return the languages of a list: of the interface, or of the cycle that stands for it."""
    is_programme = name == "programme:index"
    current = programme.current_cycle(viewer, local_day(now)) if is_programme else None
    return current.title if current else WHOLE_LANGUAGES


def _in_its_languages(name: str, args: tuple[str, ...], words: object) -> Place:
    paths = []
    for code in languages_of(words):
        with override(code):
            paths.append((code, reverse(name, args=args)))
    return Place(tuple(paths))


def idea_parts(viewer: Viewer) -> int:
    """Return in how many parts the ideas of a community are listed. One query, of kept counts."""
    return -(-participation.count_of_ideas(viewer) // PART)


def ideas(viewer: Viewer, part: int) -> list[Place]:
    """Return the pages of the ideas of one part, each in the language in which it was written.

    One query, and never more than PART rows in memory, however many ideas there are.
    """
    rows = participation.listed_ideas(viewer, start=(part - 1) * PART, size=PART)
    return [
        Place(((one.language, one.path),), one.submitted_at)
        for one in rows
        if one.language in LANGUAGES
    ]


def answer_parts(viewer: Viewer) -> int:
    """Return in how many parts the published answers are listed. One query, of a kept count."""
    return -(-publication.count_of_records(viewer) // PART)


def answers(viewer: Viewer, part: int) -> list[Place]:
    """Return the pages of the published answers of one part, each in its languages. One query."""
    rows = publication.listed_records(viewer, start=(part - 1) * PART, size=PART)
    return [
        replace(
            _in_its_languages("publication:record", (one.reference,), one.title),
            changed_at=one.published_at,
        )
        for one in rows
    ]


def places(request: HttpRequest, now: datetime) -> list[Place]:
    """Return every page of this host that a search engine may know. A bounded number of queries."""
    viewer = viewer_of(request)
    editorial = [Place(paths, changed) for paths, changed in queries.editorial(viewer, now)]
    return editorial + [_in_its_languages(*route) for route in _records(viewer, now)]
