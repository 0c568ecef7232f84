"""The log of published answers: one page by keyset, narrowed by facets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.publication import rules
from infitah.publication.conf import OPTIONS
from infitah.publication.models import (
    FacetRow,
    PublishedRecord,
    PublishedRecordQuerySet,
    RecordFacet,
)

KIND: Final = "record"
"""The kind under which published answers stand in the search index."""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a reader asked the log for: words, and a value for each facet asked; empty is none."""

    facets: tuple[tuple[rules.FacetKind, str], ...] = ()
    words: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out of the log."""
        return not (self.facets or self.words)

    def value(self, kind: rules.FacetKind) -> str:
        """Return what is asked of one facet, or ""."""
        return dict(self.facets).get(kind, "")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A published answer in a list."""

    reference: str
    title: LocalizedText
    summary: LocalizedText
    outcome: str
    language: str
    answered_on: date
    working_days: int
    is_late: bool | None
    published_at: datetime

    @property
    def outcome_words(self) -> str:
        """What the answer came to, in the language of the page."""
        return str(PublishedRecord.Outcome(self.outcome).label)

    @property
    def star(self) -> str:
        """The star of the look that goes with the outcome."""
        return rules.star_of(self.outcome)


ROW: Final = (
    "reference",
    "title",
    "summary",
    "outcome",
    "language",
    "answered_on",
    "working_days",
    "is_late",
    "published_at",
)


@dataclass(frozen=True, slots=True)
class RecordList:
    """One page of the log by keyset; `newer` and `older` are references to go on from."""

    rows: Sequence[RecordRow]
    newer: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """Answers in a state to be read in order: of the log itself, or along one facet of it.

    Along a facet the moment of publication stands in the facet's own rows, so that however rare
    it is, a page is read from one index.
    """

    rows: QuerySet[PublishedRecord] | QuerySet[FacetRow]
    prefix: str = ""

    @property
    def key(self) -> str:
        """The name of the answer's own number."""
        return "record" if self.prefix else "pk"

    def among(self, references: Sequence[str]) -> "Walk":
        """Return the same walk over these answers only."""
        return Walk(self.rows.filter(**{f"{self.prefix}reference__in": references}), self.prefix)

    def beyond(self, place: tuple[datetime, int], *, is_back: bool) -> "Walk":
        """Return the walk from a place on: towards older answers, or back to newer ones."""
        moment, pk = place
        side = "gt" if is_back else "lt"
        on = Q(**{f"published_at__{side}": moment})
        same = Q(published_at=moment, **{f"{self.key}__{side}": pk})
        # Said apart, so that the index is entered at the place and not read up to it.
        near = self.rows.filter(**{f"published_at__{side}e": moment})
        return Walk(near.filter(on | same), self.prefix)

    def read(self, size: int, *, is_back: bool = False) -> list[RecordRow]:
        """Return the first rows, the newest first; the other way round if `is_back`. One query."""
        sign = "" if is_back else "-"
        ordered = self.rows.order_by(f"{sign}published_at", f"{sign}{self.key}")
        columns = [f"{self.prefix}{name}" for name in ROW]
        return [RecordRow(*values) for values in ordered.values_list(*columns)[:size]]

    def count(self) -> int:
        """Return how many there are. One query."""
        return self.rows.count()


def log_of(viewer: Viewer) -> PublishedRecordQuerySet:
    """Return the answers that stand in the log: published, each in its newest edition."""
    return PublishedRecord.objects.visible_to(viewer).published().current()


def record_list(
    *, viewer: Viewer, wanted: LogFilter, before: str = "", after: str = ""
) -> RecordList:
    """Return one page of the log, the newest first; `before` and `after` are references.

    One query however long the log is, one more for facets and for a place to go on from: no
    count, no offset. Words are looked for by `search.found_records`.
    """
    walk = walk_of(viewer, wanted)
    if walk is None:
        return RecordList([])
    return by_keyset(walk, viewer, before=before, after=after)


def walk_of(viewer: Viewer, wanted: LogFilter) -> Walk | None:
    """Return the answers that facets let through, None where one is unknown; words are not read.

    One query where facets are asked.
    """
    if not wanted.facets:
        return Walk(log_of(viewer))
    asked = Q()
    for kind, value in wanted.facets:
        asked |= Q(kind=kind, value=value[: rules.KEY_MAX])
    facets = list(RecordFacet.objects.visible_to(viewer).filter(asked).order_by("records"))
    if len(facets) < len(wanted.facets):
        return None
    rarest, *others = facets
    rows = FacetRow.objects.in_log(viewer).filter(facet=rarest)
    for other in others:
        rows = rows.filter(Exists(FacetRow.objects.filter(facet=other, record=OuterRef("record"))))
    return Walk(rows, "record__")


def by_keyset(
    walk: Walk,
    viewer: Viewer,
    *,
    before: str = "",
    after: str = "",
    size: int = OPTIONS.page_size,
) -> RecordList:
    """Return one page of a walk. One query, one more to go on from a reference."""
    place = _place(viewer, after or before)
    is_back = bool(after) and place is not None
    if place is not None:
        walk = walk.beyond(place, is_back=is_back)
    found = walk.read(size + 1, is_back=is_back)
    has_more = len(found) > size
    rows = found[:size]
    if is_back:
        rows.reverse()
        return _page(rows, has_newer=has_more, has_older=True)
    return _page(rows, has_newer=place is not None, has_older=has_more)


def _place(viewer: Viewer, reference: str) -> tuple[datetime, int] | None:
    if not reference:
        return None
    known = PublishedRecord.objects.known_to_all(viewer).current()
    found = known.filter(reference=reference[:30]).values_list("published_at", "pk").first()
    if found is None or found[0] is None:
        return None
    return found[0], found[1]


def _page(rows: list[RecordRow], *, has_newer: bool, has_older: bool) -> RecordList:
    if not rows:
        return RecordList([])
    return RecordList(
        rows,
        newer=rows[0].reference if has_newer else "",
        older=rows[-1].reference if has_older else "",
    )
