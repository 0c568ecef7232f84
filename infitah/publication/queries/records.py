"""One published answer as readers see it, and what was put off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet, Sum
from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger.queries import Bearer
from infitah.publication import rules
from infitah.publication.models import (
    READS_ALL,
    PublishedRecord,
    RecordCount,
    RecordFile,
    RecordGround,
)
from infitah.publication.queries.facets import FacetView, facets_of

FILE_PREFIX = "record:"
"""Begins the subject of a file of a published answer."""


@dataclass(frozen=True, slots=True)
class ReaderWords:
    """How many readers said what of an answer, up to the day before."""

    answered_me: int = 0
    not_what_i_asked: int = 0


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of an answer, where it is, and what was drawn over in it."""

    file: RecordFile
    url: str
    grounds: Sequence[RecordGround] = ()


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One edition of an answer; without content where it is put off or taken back."""

    record: PublishedRecord
    is_readable: bool
    files: Sequence[FilePart] = ()
    grounds: Sequence[RecordGround] = ()
    facets: Sequence[FacetView] = ()
    said: ReaderWords = field(default_factory=ReaderWords)
    editions: Sequence[PublishedRecord] = ()
    """The other editions that can be read, the newest first."""
    waiting: PublishedRecord | None = None
    """A newer edition that is put off, without its content."""

    @property
    def languages(self) -> tuple[str, ...]:
        """In which languages the page stands: those of its title, all where only a notice does."""
        return self.record.title.languages() if self.is_readable else ("ar", "fr")


def put_off(viewer: Viewer) -> QuerySet[PublishedRecord]:
    """Return the answers that are put off, the nearest day first; their content is not shown."""
    known = PublishedRecord.objects.known_to_all(viewer).deferred()
    return known.defer("title", "summary", "question", "answer").order_by("deferred_until", "pk")


def record_page(
    *, viewer: Viewer, reference: str, today: date, edition: int = 0
) -> RecordPage | None:
    """Return the page of a number, or of one edition of it; None where there is no such one.

    Of what is put off or taken back: without its content, whoever looks. Seven queries at most.
    """
    known = PublishedRecord.objects.known_to_all(viewer).select_related("community")
    known = known.filter(edition=edition) if edition else known.current()
    record = known.filter(reference=reference).first()
    if record is None:
        return None
    if record.state != rules.RecordState.PUBLISHED:
        record.title = record.summary = LocalizedText()
        record.question = record.answer = ""
        return RecordPage(record, is_readable=False)
    grounds = list(record.grounds.order_by("position"))
    files = record.files.select_related("stored").order_by("position")
    return RecordPage(
        record,
        is_readable=True,
        files=[_part(one, grounds) for one in files],
        grounds=[one for one in grounds if one.file_id is None],
        facets=facets_of(record),
        said=said_of(record, today),
        editions=_other_editions(viewer, record),
        waiting=put_off(viewer).filter(reference=reference).first(),
    )


def _part(file: RecordFile, grounds: Sequence[RecordGround]) -> FilePart:
    url = reverse("files:file", args=[file.stored.key, file.stored.name])
    return FilePart(file, url, [one for one in grounds if one.file_id == file.pk])


def _other_editions(viewer: Viewer, record: PublishedRecord) -> list[PublishedRecord]:
    """Return the other readable editions of a number. One query, none for an only one."""
    if record.edition == 1 and record.is_current:
        return []
    others = PublishedRecord.objects.visible_to(viewer).published()
    others = others.filter(reference=record.reference).exclude(pk=record.pk)
    return list(others.order_by("-edition"))


def said_of(record: PublishedRecord, today: date) -> ReaderWords:
    """Return what readers said of an answer before `today`. One query."""
    sums = RecordCount.objects.filter(record=record, day__lt=today).aggregate(
        yes=Sum("answered_me"), no=Sum("not_what_i_asked")
    )
    return ReaderWords(sums["yes"] or 0, sums["no"] or 0)


def file_is_visible(viewer: Viewer, subject: str) -> bool:
    """Return whether `viewer` may have a file that is not public: of an answer put off. One query.

    A file of a published answer is public by itself, and one of an answer taken back is gone.
    """
    if not viewer.may(READS_ALL):
        return False
    reference = subject.removeprefix(FILE_PREFIX)
    return PublishedRecord.objects.visible_to(viewer).filter(reference=reference).exists()


def address_of(reference: Reference, viewer: Viewer) -> str | None:
    """Return the path without language of the published answer to a request, None without one.

    Also of one that is put off or taken back: its page says so. One query.
    """
    known = PublishedRecord.objects.known_to_all(viewer).current()
    found = known.filter(reference=str(reference.parent)).exists()
    return f"information/log/{reference.parent}/" if found else None


def bearers_of_hash(viewer: Viewer, sha256: str) -> list[Bearer]:
    """Return the published answers whose content bears this hash. One query."""
    found = PublishedRecord.objects.visible_to(viewer).published().filter(sha256=sha256)
    return [
        Bearer(
            kind="record",
            title=one.title,
            reference=one.reference,
            address=reverse("publication:edition", args=[one.reference, one.edition]),
            since=one.answered_on,
            subjects=(one.reference,),
            mark=sha256,
            sha256=sha256,
            number=one.edition,
        )
        for one in found.order_by("pk")
    ]
