"""Typing the notes of a table: all of them or none, each an idea with its number."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Idea, WorkshopTable
from infitah.participation.operations.drafts import DraftRefused, check_detail, check_statement
from infitah.participation.operations.ideas import (
    Arrival,
    IdeaText,
    enter_idea,
)
from infitah.participation.operations.personal_words import words_of_personal
from infitah.participation.operations.workshops import (
    check_announced,
    check_held,
    locked_consultation,
    subject_of,
)


@dataclass(frozen=True, slots=True)
class Note:
    """One row as it was typed from paper, cleaned; `row` from 1 is its line of the form."""

    row: int
    statement: str
    detail: str = ""
    dots: int | None = None
    commune: Community | None = None
    is_meant: bool = False
    """What seems personal in it is meant to be public."""
    is_counted: bool = False
    """Its dots were counted again: they may be more than the people present."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one field of a row."""

    row: int
    field: str
    message: str


class NotesRefused(OperationRefused):
    """The notes cannot be taken so; `faults` say what is wrong with which row."""

    def __init__(self, message: str, faults: Sequence[RowFault] = (), **more: str) -> None:
        super().__init__(message, **more)
        self.faults = tuple(faults)


@transaction.atomic
def enter_notes(
    *,
    table_id: int,
    key: uuid.UUID,
    notes: Sequence[Note],
    interface: str,
    by: Actor,
    now: datetime,
) -> list[Idea]:
    """Give every note of a table its number, in the order of the rows, or none; return the ideas.

    They count from the day of the workshop: whether that lay before closing decides if they are
    late. The same rows under the same `key` are the same ideas, however often they are sent.
    Raises NotesRefused, with a fault for each wrong row, before the day of the workshop, or for
    a row that was typed already with other words.
    """
    table = _locked_table(table_id)
    workshop = table.workshop
    earlier = check_notes(table=table, key=key, notes=notes, now=now)
    if len(earlier) == len(notes):
        return earlier
    given = rules.given_at(workshop.held_on, now)
    made = [_entered(table, key, note, interface, given, by, now) for note in notes]
    table.typed_at = now
    table.save(update_fields=["typed_at"])
    ledger.record(
        community_key=workshop.community.key,
        act="participation.notes_entered",
        subject=subject_of(workshop),
        by=by,
        public={
            "name": workshop.name.as_json(),
            "table": table.number,
            "notes": [idea.reference for idea in made],
        },
        occurred_on=workshop.held_on,
        now=now,
    )
    bump(workshop.community.key, "participation")
    return made


def check_notes(
    *, table: WorkshopTable, key: uuid.UUID, notes: Sequence[Note], now: datetime
) -> list[Idea]:
    """Judge notes as entering them does, and change nothing; return what they became before.

    Raises NotesRefused as `enter_notes` does, WorkshopRefused for a workshop that is cancelled.
    """
    check_announced(table.workshop.consultation)
    check_held(table.workshop)
    _check_notes(table, notes, now)
    return _typed_before(table, key, notes)


def _locked_table(table_id: int) -> WorkshopTable:
    held = WorkshopTable.objects.select_for_update(of=("self",))
    related = ("axis", "workshop__community")
    table = held.select_related(*related).get(pk=table_id)
    table.workshop.consultation = locked_consultation(table.workshop.consultation_id)
    return table


def _check_notes(table: WorkshopTable, notes: Sequence[Note], now: datetime) -> None:
    if not notes:
        raise NotesRefused(_("Type at least one note."), code="empty")
    if len(notes) > rules.MOST_ROWS:
        raise NotesRefused(
            _("At most %(most)s notes are sent in one go. Send these first, then the others.")
            % {"most": rules.MOST_ROWS},
            code="many",
        )
    if local_day(now) < table.workshop.held_on:
        raise NotesRefused(
            _("The workshop is not held yet: its notes are typed on its day or later."),
            code="not_held",
        )
    present = table.workshop.present
    faults = [fault for note in notes for fault in faults_of_note(note, present)]
    _refuse(faults)


def _refuse(faults: Sequence[RowFault]) -> None:
    if faults:
        raise NotesRefused(_("Nothing was kept: some rows must be mended first."), faults)


def faults_of_note(note: Note, present: int | None) -> list[RowFault]:
    """Return what is wrong with a row by itself, and what must be meant. No query."""
    faults = []
    for field, check in (("statement", check_statement), ("detail", check_detail)):
        try:
            check(getattr(note, field))
        except DraftRefused as refused:
            faults.append(RowFault(note.row, field, refused.message))
    if note.dots is not None and not 0 <= note.dots <= rules.MOST_DOTS:
        message = _("Write a whole number from 0 to %(most)s.") % {"most": rules.MOST_DOTS}
        faults.append(RowFault(note.row, "dots", message))
    return [*faults, *_to_be_meant(note, present)]


def _to_be_meant(note: Note, present: int | None) -> list[RowFault]:
    """Return what an officer must say to be right: personal data, more dots than people."""
    asked = []
    found = rules.personal_in(note.statement, note.detail)
    if found and not note.is_meant:
        asked.append(RowFault(note.row, "meant", words_of_personal(found)))
    may_be = note.dots is not None and note.dots <= rules.MOST_DOTS
    if may_be and rules.are_many_dots(note.dots, present) and not note.is_counted:
        asked.append(RowFault(note.row, "counted", _words_of_dots(present)))
    return asked


def _words_of_dots(present: int | None) -> str:
    if present is None:
        return _(
            "More than %(n)s dots on one note. Count them again, and tick this if they are right."
        ) % {"n": rules.DOTS_UNKNOWN}
    return ngettext(
        "%(n)s person was present, and the dots are more. Count again, and tick this if right.",
        "%(n)s people were present, and the dots are more. Count again, and tick this if right.",
        present,
    ) % {"n": present}


def _typed_before(table: WorkshopTable, key: uuid.UUID, notes: Sequence[Note]) -> list[Idea]:
    """Return the ideas that these rows became at an earlier sending; what counts is never edited.

    Raises NotesRefused for rows that became something else then.
    """
    by_key = {rules.key_of_row(key, note.row): note for note in notes}
    earlier = list(Idea.objects.filter(submission_key__in=by_key).order_by("position"))
    _refuse(
        [
            RowFault(
                by_key[idea.submission_key].row,
                "statement",
                _("This row was typed before, differently, as %(number)s. Open a new page.")
                % {"number": idea.reference},
            )
            for idea in earlier
            if not _is_same(idea, table, by_key[idea.submission_key])
        ]
    )
    return earlier


def _is_same(idea: Idea, table: WorkshopTable, note: Note) -> bool:
    was = (idea.table_id, idea.statement, idea.detail, idea.dots, idea.commune_id)
    commune = note.commune.pk if note.commune else None
    return was == (table.pk, note.statement, note.detail, note.dots, commune)


def _entered(
    table: WorkshopTable,
    key: uuid.UUID,
    note: Note,
    interface: str,
    given: datetime,
    by: Actor,
    now: datetime,
) -> Idea:
    workshop = table.workshop
    text = IdeaText(
        key=rules.key_of_row(key, note.row),
        axis=table.axis,
        statement=note.statement,
        detail=note.detail,
        interface=interface,
        commune=note.commune,
    )
    arrival = Arrival(
        source=Idea.Source.WORKSHOP,
        author=None,
        submitted_at=given,
        occurred_on=workshop.held_on,
        wants_receipt=False,
        table=table,
        dots=note.dots,
    )
    return enter_idea(
        consultation=workshop.consultation, text=text, arrival=arrival, by=by, now=now
    )
