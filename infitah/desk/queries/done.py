"""What was done: an officer's own acts in the register, and who read which identity."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from infitah.community.models import Appointment, IdentityReading
from infitah.core.viewer import Viewer
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

    pk: int
    reader: str
    office: str
    reason: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A page of readings, newest first."""

    rows: tuple[ReadingRow, ...]
    older: int | None = None


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
    """Return who read identities here, newest first. One query.

    For those who may read identities and for the administrator; nobody else gets a row.
    """
    if not any(viewer.may(right) for right in READERS_OF_READINGS):
        return ReadingPage(())
    found = IdentityReading.objects.filter(community_id=viewer.community_id).order_by("-pk")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    offices = dict(Appointment.Office.choices)
    values = found.values_list("pk", "reader", "office", "reason", "read_at")[: PAGE + 1]
    rows = [
        ReadingRow(pk, reader, str(offices.get(office, office)), reason, read_at)
        for pk, reader, office, reason, read_at in values
    ]
    return ReadingPage(tuple(rows[:PAGE]), rows[PAGE - 1].pk if len(rows) > PAGE else None)
