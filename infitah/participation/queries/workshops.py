"""Workshops as readers and as the desk see them: tables, notes with their dots."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, Workshop, WorkshopTable
from infitah.participation.queries.ideas import ideas_visible_to
from infitah.participation.queries.voice import shows_supports


@dataclass(frozen=True, slots=True)
class WorkshopCard:
    """A workshop in a list; `notes` are those that anybody may read."""

    consultation: str
    slug: str
    name: LocalizedText
    held_on: date
    hour: time | None
    is_cancelled: bool
    place: LocalizedText
    present: int | None
    tables: int
    notes: int


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with its number; `dots` None where none were put, or are not to be told yet."""

    reference: str
    statement: str
    detail: str
    language: str
    state: str
    dots: int | None


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with its axis and the notes that the reader may read, in the order of numbers."""

    number: int
    token: str
    axis: LocalizedText
    typed_at: datetime | None
    notes: tuple[NoteRow, ...]


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """A workshop with its tables."""

    workshop: Workshop
    tables: tuple[TableView, ...]

    @property
    def count(self) -> int:
        """How many of its notes the reader may read."""
        return sum(len(table.notes) for table in self.tables)

    @property
    def last_day(self) -> date:
        """The last day of its consultation."""
        return rules.last_day(self.workshop.consultation.closes_at)

    @property
    def is_late(self) -> bool:
        """Whether it lies after closing: then its notes are among the late ideas."""
        return self.workshop.held_on > self.last_day

    @property
    def is_typed(self) -> bool:
        """Whether notes of it have their numbers, whoever may read them."""
        return any(table.typed_at is not None for table in self.tables)


def workshops_of(*, viewer: Viewer, consultation: Consultation) -> list[WorkshopCard]:
    """Return the workshops of a consultation in the order of their days. One query."""
    found = Workshop.objects.visible_to(viewer).filter(consultation=consultation)
    return _cards(found.order_by("held_on", "pk"))


def desk_workshops(*, viewer: Viewer) -> list[WorkshopCard]:
    """Return the workshops of a community for who types their notes, newest first. One query."""
    if not (viewer.may("idea.enter") or viewer.may("consultation.edit")):
        return []
    return _cards(Workshop.objects.visible_to(viewer).order_by("-held_on", "-pk"))


def _cards(found: QuerySet[Workshop]) -> list[WorkshopCard]:
    readable = Q(tables__ideas__state__in=sorted(rules.PUBLIC_STATES))
    counted = found.select_related("consultation").annotate(
        count_of_tables=Count("tables", distinct=True),
        count_of_notes=Count("tables__ideas", filter=readable, distinct=True),
    )
    return [
        WorkshopCard(
            consultation=one.consultation.slug,
            slug=one.slug,
            name=one.name,
            held_on=one.held_on,
            hour=one.hour,
            is_cancelled=one.cancelled_at is not None,
            place=one.place,
            present=one.present,
            tables=one.count_of_tables,
            notes=one.count_of_notes,
        )
        for one in counted
    ]


def workshop_for(*, viewer: Viewer, slug: str, workshop: str) -> Workshop | None:
    """Return a workshop of an announced consultation, None where there is none. One query."""
    found = Workshop.objects.visible_to(viewer).filter(consultation__slug=slug, slug=workshop)
    announced = found.filter(consultation__announced_at__isnull=False)
    return announced.select_related("consultation", "community").first()


def workshop_page(*, viewer: Viewer, workshop: Workshop, now: datetime) -> WorkshopPage:
    """Return a workshop with the notes that `viewer` may read. Two queries.

    Dots are told to readers as supports are: after closing, where the consultation says so; the
    officers who type them see what they typed.
    """
    shows = viewer.may("idea.enter") or shows_supports(
        consultation=workshop.consultation, viewer=viewer, now=now
    )
    notes = _notes(viewer, workshop, shows_dots=shows)
    tables = workshop.tables.select_related("axis").order_by("number")
    return WorkshopPage(
        workshop=workshop,
        tables=tuple(
            TableView(
                table.number, table.token, table.axis.name, table.typed_at, tuple(notes[table.pk])
            )
            for table in tables
        ),
    )


def _notes(viewer: Viewer, workshop: Workshop, *, shows_dots: bool) -> dict[int, list[NoteRow]]:
    readable = ideas_visible_to(viewer).filter(table__workshop=workshop).order_by("position")
    columns = ("table_id", "reference", "statement", "detail", "language", "state", "dots")
    rows: dict[int, list[NoteRow]] = defaultdict(list)
    for table, reference, statement, detail, language, state, dots in readable.values_list(
        *columns
    ):
        told = dots if shows_dots else None
        rows[table].append(NoteRow(reference, statement, detail, language, state, told))
    return rows


def ideas_of_other_workshops(*, viewer: Viewer) -> dict[LocalizedText, int]:
    """Return how many shown ideas of each consultation came from workshops without a page here.

    Reports count them among those given in a workshop; no table lists them. One query.
    """
    found = ideas_visible_to(viewer).shown().filter(source=Idea.Source.WORKSHOP, table=None)
    rows = found.order_by("consultation").values_list("consultation__name")
    return dict(rows.annotate(n=Count("pk")))


def table_of_token(
    *, viewer: Viewer, token: str, right: str = "idea.enter"
) -> WorkshopTable | None:
    """Return the table whose QR code was read, for who types notes. One query."""
    if not viewer.may(right):
        return None
    found = WorkshopTable.objects.filter(token=token, workshop__community_id=viewer.community_id)
    related = ("axis", "workshop__consultation", "workshop__community")
    return found.select_related(*related).first()


def typed_at_table(*, viewer: Viewer, table: WorkshopTable) -> list[Idea]:
    """Return every note of a table that has a number, also what is hidden or gone. One query."""
    if not viewer.may("idea.enter"):
        return []
    return list(table.ideas.order_by("position"))


def desk_idea_to_withdraw(*, viewer: Viewer, reference: str) -> Idea | None:
    """Return the idea of a visitor that the desk may take back as typed wrongly. One query."""
    if not viewer.may("idea.enter"):
        return None
    found = Idea.objects.filter(
        community_id=viewer.community_id, reference=reference, source=Idea.Source.DESK
    )
    return found.exclude(state=Idea.State.WITHDRAWN).select_related("consultation", "axis").first()


def note_to_withdraw(*, viewer: Viewer, reference: str) -> Idea | None:
    """Return the note of a workshop that the desk may take back. One query."""
    if not viewer.may("idea.enter"):
        return None
    found = Idea.objects.filter(
        community_id=viewer.community_id, reference=reference, table__isnull=False
    )
    return found.select_related("consultation", "table__workshop", "axis").first()
