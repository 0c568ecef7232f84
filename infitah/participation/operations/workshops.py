"""Workshops: announced with their tables, and changed as long as they can be."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from infitah.community.models import Axis
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.kernel.slugs import free_slug
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Consultation, Workshop, WorkshopTable
from infitah.participation.operations.public_reasons import checked_public_reason
from infitah.participation.operations.seen import check_seen
from infitah.participation.queries.marks import workshop_mark

SUBJECT = "workshop:{consultation}/{slug}"
"""Subject of a workshop in the register: it has no number of its own."""
RESERVED_SLUGS = frozenset({"new"})
TOKEN_BYTES = 16


class WorkshopRefused(OperationRefused):
    """The workshop cannot be announced or changed so."""


@dataclass(frozen=True, slots=True)
class WorkshopText:
    """What an officer states of a workshop; `axes` one a table, in the order of their numbers.

    Without a short name (`slug`) one is spelled from the name.
    """

    slug: str
    name: LocalizedText
    held_on: date
    place: LocalizedText
    axes: Sequence[Axis] = ()
    present: int | None = None
    hour: time | None = None


@transaction.atomic
def create_workshop(
    *,
    consultation: Consultation,
    text: WorkshopText,
    by: Actor,
    now: datetime,
    occurred_on: date | None = None,
) -> Workshop:
    """Announce a workshop with its tables, numbered from 1; return it.

    Raises WorkshopRefused for a consultation that is not announced or takes no ideas, a short
    name that is taken, a day more than a year away from it, or axes that it does not ask about.
    """
    consultation = locked_consultation(consultation.pk)
    check_announced(consultation)
    _check_day(consultation, text.held_on)
    workshop = Workshop.objects.create(
        community=consultation.community,
        consultation=consultation,
        slug=_slug(consultation, text),
        name=text.name,
        held_on=text.held_on,
        hour=text.hour,
        place=text.place,
        present=text.present,
    )
    _set_tables(workshop, text.axes, start=1)
    day = occurred_on or local_day(now)
    _record(workshop, "workshop_announced", by=by, now=now, occurred_on=day)
    bump(consultation.community.key, "participation")
    return workshop


def _slug(consultation: Consultation, text: WorkshopText) -> str:
    """Return the short name as stated, else one spelled from the name that is free."""
    taken = RESERVED_SLUGS | set(consultation.workshops.values_list("slug", flat=True))
    if not text.slug:
        names = (text.name.text_of("fr"), text.name.text_of("ar"))
        return free_slug(*names, taken=taken, otherwise="workshop")
    if text.slug in taken:
        raise WorkshopRefused(
            _("Another workshop of this consultation has this short name."), field="slug"
        )
    return text.slug


@transaction.atomic
def edit_workshop(
    *, workshop_id: int, text: WorkshopText, by: Actor, now: datetime, seen: str = ""
) -> Workshop:
    """Change the words, the people present and the day of a workshop; `axes` are added as tables.

    `seen` is the mark of what was read (`workshop_mark`). Raises RecordChanged if somebody was
    quicker; WorkshopRefused for another day once notes are typed, since it decides whether they
    are late, and for a workshop that is cancelled.
    """
    workshop = _locked(workshop_id)
    check_seen(seen, workshop_mark(workshop))
    check_held(workshop)
    if text.held_on != workshop.held_on:
        if workshop.tables.exclude(typed_at=None).exists():
            raise WorkshopRefused(
                _("Notes of this workshop are typed already: its day cannot change any more."),
                field="held_on",
            )
        _check_day(workshop.consultation, text.held_on)
    workshop.name, workshop.place = text.name, text.place
    workshop.held_on, workshop.present, workshop.hour = text.held_on, text.present, text.hour
    workshop.save()
    last = workshop.tables.aggregate(last=Max("number"))["last"] or 0
    _set_tables(workshop, text.axes, start=last + 1)
    _record_today(workshop, "workshop_edited", by=by, now=now)
    bump(workshop.community.key, "participation")
    return workshop


@transaction.atomic
def remove_table(*, table_id: int, reason: str, by: Actor, now: datetime) -> Workshop:
    """Take a table without notes out of a workshop; its sheet opens nothing any more.

    The others keep their numbers. Raises WorkshopRefused for a table with notes, even with notes
    that were taken back, for the last one of a workshop, or without a reason.
    """
    table = WorkshopTable.objects.select_for_update(of=("self",)).get(pk=table_id)
    workshop = _locked(table.workshop_id)
    check_held(workshop)
    if table.ideas.exists():
        raise WorkshopRefused(_("Notes of this table have their numbers: it stays."))
    if workshop.tables.count() == 1:
        raise WorkshopRefused(
            _("It is the only table of the workshop. Cancel the workshop if it is not held.")
        )
    said = checked_public_reason(reason, WorkshopRefused)
    number = table.number
    table.delete()
    _record_today(workshop, "workshop_table_removed", by=by, now=now, table=number, reason=said)
    bump(workshop.community.key, "participation")
    return workshop


@transaction.atomic
def cancel_workshop(*, workshop_id: int, reason: str, by: Actor, now: datetime) -> Workshop:
    """Say in public that a workshop is not held, and why; its page stays. Twice changes nothing.

    Raises WorkshopRefused once notes of it have their numbers, or without a reason.
    """
    workshop = _locked(workshop_id)
    if workshop.cancelled_at is not None:
        return workshop
    if workshop.tables.exclude(typed_at=None).exists():
        raise WorkshopRefused(
            _("Notes of this workshop have their numbers: it was held and stays.")
        )
    said = checked_public_reason(reason, WorkshopRefused)
    workshop.cancelled_at, workshop.cancel_reason = now, said
    workshop.save(update_fields=["cancelled_at", "cancel_reason"])
    _record_today(workshop, "workshop_cancelled", by=by, now=now, reason=said)
    bump(workshop.community.key, "participation")
    return workshop


def check_held(workshop: Workshop) -> None:
    """Refuse to go on with a workshop that is cancelled. Raises WorkshopRefused."""
    if workshop.cancelled_at is not None:
        raise WorkshopRefused(_("This workshop is cancelled. Announce another one instead."))


def check_announced(consultation: Consultation) -> None:
    """Refuse a workshop of a consultation that asks nobody for ideas. Raises WorkshopRefused."""
    if consultation.announced_at is None:
        raise WorkshopRefused(
            _("Announce the consultation first: the notes get their numbers in public.")
        )
    if consultation.cancelled_at is not None:
        raise WorkshopRefused(_("This consultation is cancelled."))
    if not consultation.takes_ideas:
        raise WorkshopRefused(
            _("This consultation takes no ideas: it asks what you think of its draft texts.")
        )


def _check_day(consultation: Consultation, held_on: date) -> None:
    fault = rules.fault_of_day(
        held_on,
        first_day=rules.first_day(consultation.opens_at),
        last_day=rules.last_day(consultation.closes_at),
    )
    if fault == rules.DayFault.EARLY:
        raise WorkshopRefused(
            _("This day is more than a year before the consultation opens. Check the year."),
            field="held_on",
        )
    if fault == rules.DayFault.LATE:
        raise WorkshopRefused(
            _("This day is more than a year after the consultation closed. Check the year."),
            field="held_on",
        )


def _set_tables(workshop: Workshop, axes: Sequence[Axis], *, start: int) -> None:
    if start == 1 and not axes:
        raise WorkshopRefused(_("Give the workshop at least one table."), field="tables")
    if workshop.tables.count() + len(axes) > rules.MOST_TABLES:
        raise WorkshopRefused(
            _("A workshop has %(most)s tables at most.") % {"most": rules.MOST_TABLES},
            field="tables",
        )
    asked = set(workshop.consultation.topics.values_list("axis_id", flat=True))
    if any(axis.pk not in asked for axis in axes):
        raise WorkshopRefused(_("Choose one of the axes of this consultation."), field="tables")
    WorkshopTable.objects.bulk_create(
        WorkshopTable(workshop=workshop, number=number, axis=axis, token=new_token())
        for number, axis in enumerate(axes, start=start)
    )


def new_token() -> str:
    """Return the name of a table in its QR code: it opens nothing without the right to type."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _record_today(
    workshop: Workshop, act: str, *, by: Actor, now: datetime, **more: str | int
) -> None:
    _record(workshop, act, by=by, now=now, occurred_on=local_day(now), **more)


def _record(
    workshop: Workshop,
    act: str,
    *,
    by: Actor,
    now: datetime,
    occurred_on: date,
    **more: str | int,
) -> None:
    ledger.record(
        community_key=workshop.community.key,
        act=f"participation.{act}",
        subject=subject_of(workshop),
        by=by,
        public={
            "consultation": workshop.consultation.slug,
            "name": workshop.name.as_json(),
            "held_on": workshop.held_on.isoformat(),
            "tables": workshop.tables.count(),
            **more,
        },
        occurred_on=occurred_on,
        now=now,
    )


def subject_of(workshop: Workshop) -> str:
    """Return the subject of a workshop in the register. No query with its consultation."""
    return SUBJECT.format(consultation=workshop.consultation.slug, slug=workshop.slug)


def locked_consultation(consultation_id: int) -> Consultation:
    """Return a consultation held for this act."""
    held = Consultation.objects.select_for_update(of=("self",)).select_related("community")
    return held.get(pk=consultation_id)


def _locked(workshop_id: int) -> Workshop:
    held = Workshop.objects.select_for_update(of=("self",))
    return held.select_related("community", "consultation").get(pk=workshop_id)
