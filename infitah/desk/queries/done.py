"""What was done: an officer's own acts in the register, and who read which identity."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from infitah.community.models import Appointment, IdentityReading
from infitah.core.viewer import Viewer
from infitah.information.models import RequesterReading
from infitah.ledger import queries as ledger
from infitah.ledger.queries import EntryRow

PAGE = 50
READERS_OF_READINGS = ("identity.read", "appointment.edit")


@dataclass(frozen=True, slots=True)
class DoneAct:
    """One act of one's own, as the register keeps it."""

    number: int
    label: str
    subject: str
    title: ledger.Title
    recorded_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Done:
    """A page of one's own acts; `older` is the number to go on from, None at the end."""

    rows: tuple[DoneAct, ...]
    older: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading of an identity: who, in which office, why, when; never whose."""

    read_at: datetime
    kind: str
    pk: int
    reader: str
    office: str
    reason: str

    @property
    def place(self) -> tuple[datetime, str, int]:
        return (self.read_at, self.kind, self.pk)


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A page of readings, newest first; `older` is the place to go on from, "" at the end."""

    rows: tuple[ReadingRow, ...]
    older: str = ""


def acts_of(viewer: Viewer, *, before: str = "") -> Done:
    """Return the acts that the viewer has put into this register, newest first.

    One query, and one for each kind of thing that they are about.
    """
    page = ledger.acts_of(
        viewer.community_key,
        viewer.actor(),
        before=int(before) if before.isdecimal() else None,
        limit=PAGE,
    )
    titles = ledger.titles_of({row.subject for row in page.rows}, viewer)
    rows = (_done(row, row.title or titles.get(row.subject, "")) for row in page.rows)
    return Done(tuple(rows), page.older)


def _done(row: EntryRow, title: ledger.Title) -> DoneAct:
    url = reverse("register:entry", args=[row.number])
    return DoneAct(row.number, str(row.label), row.subject, title, row.recorded_at, url)


def readings(viewer: Viewer, *, before: str = "") -> ReadingPage:
    """Return who read identities here, newest first: of participants, of requesters. Two queries.

    For those who may read identities and for the administrator; nobody else gets a row.
    """
    if not any(viewer.may(right) for right in READERS_OF_READINGS):
        return ReadingPage(())
    place = _place_of(before)
    found = [row for kind in READINGS for row in _readings(viewer, kind, place)]
    rows = sorted(found, key=lambda row: row.place, reverse=True)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    older = f"{last.read_at.isoformat()}~{last.kind}~{last.pk}" if last else ""
    return ReadingPage(tuple(rows[:PAGE]), older)


READINGS: dict[str, type[IdentityReading] | type[RequesterReading]] = {
    "participant": IdentityReading,
    "requester": RequesterReading,
}
Place = tuple[datetime, str, int]


def _place_of(text: str) -> Place | None:
    parts = text.split("~")
    if len(parts) != 3 or not parts[2].isdecimal():
        return None
    try:
        at = datetime.fromisoformat(parts[0])
    except ValueError:
        return None
    return (at, parts[1], int(parts[2])) if at.tzinfo else None


def _readings(viewer: Viewer, kind: str, place: Place | None) -> list[ReadingRow]:
    """Return one page of one kind, in the order of all kinds. One query."""
    found = READINGS[kind].objects.filter(community_id=viewer.community_id)
    if place is not None:
        at, of, pk = place
        further = Q(read_at__lt=at)
        if kind == of:
            further |= Q(read_at=at, pk__lt=pk)
        elif kind < of:
            further |= Q(read_at=at)
        found = found.filter(further)
    offices = dict(Appointment.Office.choices)
    values = found.order_by("-read_at", "-pk").values_list(
        "pk", "reader", "office", "reason", "read_at"
    )
    return [
        ReadingRow(read_at, kind, pk, reader, str(offices.get(office, office)), reason)
        for pk, reader, office, reason, read_at in values[: PAGE + 1]
    ]
