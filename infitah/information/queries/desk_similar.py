"""What is close to a request: published answers, earlier requests, the services they had."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Unit
from infitah.core.viewer import Viewer
from infitah.information.models import InformationRequest
from infitah.information.queries.desk_words import KIND
from infitah.searchindex import queries as searchindex

RECORD: Final = "record"
MOST_RECORDS: Final = 3
MOST_REQUESTS: Final = 5
PAST: Final = 40
"""Earlier requests whose services are counted."""
DEGREES: Final[tuple[tuple[float, str | Promise], ...]] = (
    (0.75, _("very close")),
    (0.5, _("close")),
    (0.0, _("related")),
)


@dataclass(frozen=True, slots=True)
class Close:
    """A record close to the request, how close in words, and whether by words or by meaning."""

    reference: str
    title: str
    degree: str | Promise
    is_by_meaning: bool


def published_close_to(request: InformationRequest) -> list[Close]:
    """Return the published answers close to what is asked, the closest first. At most 3 queries."""
    found = searchindex.similar(
        community_key=request.community.key,
        kind=RECORD,
        text=request.text,
        limit=MOST_RECORDS,
        exclude=request.reference,
    )
    return [
        Close(one.subject, one.title, degree_of(one.score), one.found_by != "words")
        for one in found
    ]


def degree_of(score: float) -> str | Promise:
    """Return how close a likeness of 0 to 1 is, in words."""
    return next(words for least, words in DEGREES if score >= least)


def requests_close_to(viewer: Viewer, request: InformationRequest) -> list[InformationRequest]:
    """Return earlier requests that share its rarest words, the likest first. Four queries."""
    return _earlier(viewer, request)[:MOST_REQUESTS]


def _earlier(viewer: Viewer, request: InformationRequest) -> list[InformationRequest]:
    subjects = searchindex.private_subjects(
        community_key=request.community.key,
        text=request.text,
        kind=KIND,
        limit=PAST + 1,
        is_any=True,
    )
    wanted = [one for one in subjects if one != request.reference]
    readable = InformationRequest.objects.visible_to(viewer).filter(reference__in=wanted)
    known = {one.reference: one for one in readable.select_related("unit")}
    return [known[one] for one in wanted if one in known]


@dataclass(frozen=True, slots=True)
class Service:
    """A service that may be asked; `is_proposed` where earlier requests of this kind went there."""

    unit: Unit
    is_proposed: bool


def services_for(viewer: Viewer, request: InformationRequest) -> list[Service]:
    """Return the services that work, those of earlier requests like this one first. 5 queries."""
    units = list(Unit.objects.visible_to(viewer).filter(closed_on=None))
    had: Counter[int] = Counter()
    for place, one in enumerate(_earlier(viewer, request)):
        if one.unit_id is not None:
            had[one.unit_id] += PAST - place  # the likest counts most
    first = [key for key, _weight in had.most_common(2)]
    units.sort(key=lambda one: first.index(one.pk) if one.pk in first else len(first))
    return [Service(one, one.pk in first) for one in units]
