"""Published answers for programs: the log in pieces, the newest for a feed, lists of a map."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.publication import rules
from infitah.publication.models import (
    FacetRow,
    PublishedRecord,
    RecordFacet,
    RecordFile,
    RecordGround,
)
from infitah.publication.queries.content import content_of
from infitah.publication.queries.facets import FacetView, words_of
from infitah.publication.queries.log import log_of
from infitah.publication.rules.content import Content

PIECE = 200  # answers read at once for a file


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """Where a file of an answer is, under its own name."""

    path: tuple[str, str]
    title: LocalizedText
    sha256: str


@dataclass(frozen=True, slots=True)
class ExportedRecord:
    """An answer as the data give it: its content, its hash, and what the log knows beside it."""

    content: Content
    sha256: str
    published_at: datetime
    register_number: int | None
    facets: Sequence[FacetView]
    files: Sequence[ExportedFile]

    def values(self, kind: rules.FacetKind) -> list[str]:
        """Return the values of one kind of facet."""
        return [one.value for one in self.facets if one.kind == kind]

    def tags(self) -> list[str]:
        """Return the free tags as they were written."""
        return [str(one.words) for one in self.facets if one.kind == rules.FacetKind.TAG]


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """An answer as the map of the site names it."""

    reference: str
    title: LocalizedText
    published_at: datetime


def exported_records(viewer: Viewer) -> Iterator[ExportedRecord]:
    """Yield the whole log, the newest first, in constant memory; four queries for each PIECE.

    Read in pieces, so that no cursor stays open while a slow client takes them.
    """
    place: tuple[datetime, int] | None = None
    while True:
        records = _piece(viewer, place, PIECE)
        yield from _exported(records)
        if len(records) < PIECE:
            return
        last = records[-1]
        place = (last.published_at or last.entered_at, last.pk)


def newest_records(viewer: Viewer, limit: int) -> list[PublishedRecord]:
    """Return the newest answers of the log. One query."""
    return list(log_of(viewer).newest_first()[:limit])


def exported_record(viewer: Viewer, reference: str, edition: int = 0) -> ExportedRecord | None:
    """Return one answer as the data give it, in its newest edition or in another one."""
    shown = PublishedRecord.objects.visible_to(viewer).published().filter(reference=reference)
    shown = shown.filter(edition=edition) if edition else shown.current()
    return next(iter(_exported(list(shown[:1]))), None)


def listed_records(viewer: Viewer, *, start: int, size: int) -> list[ListedRecord]:
    """Return answers in the order in which they came, so that parts stay as they are. One query."""
    rows = log_of(viewer).order_by("published_at", "pk")
    columns = ("reference", "title", "published_at")
    return [ListedRecord(*values) for values in rows.values_list(*columns)[start : start + size]]


def count_of_records(viewer: Viewer) -> int:
    """Return how many answers stand in the log, from the count kept by the acts. One query."""
    kept = RecordFacet.objects.visible_to(viewer)
    kept = kept.named(rules.FacetKind.STATE, rules.RecordState.PUBLISHED)
    return kept.values_list("records", flat=True).first() or 0


def _piece(viewer: Viewer, place: tuple[datetime, int] | None, size: int) -> list[PublishedRecord]:
    records = log_of(viewer).newest_first()
    if place is not None:
        moment, pk = place
        records = records.filter(published_at__lte=moment)  # where the index is entered
        records = records.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=pk))
    return list(records[:size])


def _exported(records: Sequence[PublishedRecord]) -> Iterator[ExportedRecord]:
    if not records:
        return
    ids = [one.pk for one in records]
    files: dict[int, list[RecordFile]] = defaultdict(list)
    for file in (
        RecordFile.objects.filter(record__in=ids).select_related("stored").order_by("position")
    ):
        files[file.record_id].append(file)
    grounds: dict[int, list[RecordGround]] = defaultdict(list)
    for ground in RecordGround.objects.filter(record__in=ids).order_by("position"):
        grounds[ground.record_id].append(ground)
    facets = _facets(ids)
    for one in records:
        yield ExportedRecord(
            content=content_of(one, files[one.pk], grounds[one.pk]),
            sha256=one.sha256,
            published_at=one.published_at or one.entered_at,
            register_number=one.register_number,
            facets=facets[one.pk],
            files=[
                ExportedFile((str(file.stored.key), file.stored.name), file.title, file.sha256)
                for file in files[one.pk]
            ],
        )


def _facets(ids: Sequence[int]) -> dict[int, list[FacetView]]:
    shown = (rules.FacetKind.AXIS, rules.FacetKind.ITEM, rules.FacetKind.TAG)
    rows = FacetRow.objects.filter(record__in=ids, facet__kind__in=shown).order_by("pk")
    columns = ("record", "facet__kind", "facet__value", "facet__words", "facet__axis__name")
    found: dict[int, list[FacetView]] = defaultdict(list)
    for record, kind, value, words, axis in rows.values_list(*columns):
        found[record].append(FacetView(kind, value, words_of(kind, value, words, axis)))
    return found
