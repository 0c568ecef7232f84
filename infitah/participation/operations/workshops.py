"""Workshops: announced with their tables, and changed as long as they can be."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Consultation, Workshop, WorkshopTable

SUBJECT = "workshop:{consultation}/{slug}"
"""Subject of a workshop in the register: it has no number of its own."""
RESERVED_SLUGS = frozenset({"new"})
TOKEN_BYTES = 16


class WorkshopRefused(OperationRefused):
    """The workshop cannot be announced or changed so."""


@dataclass(frozen=True, slots=True)
class WorkshopText:
    """What an officer states of a workshop; `axes` one a table, in the order of their numbers."""

    slug: str
    name: LocalizedText
    held_on: date
    place: LocalizedText
    axes: Sequence[Axis] = ()
    present: int | None = None


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
    taken = consultation.workshops.filter(slug=text.slug).exists()
    if taken or text.slug in RESERVED_SLUGS:
        raise WorkshopRefused(
            _("Another workshop of this consultation has this short name."), field="slug"
        )
    workshop = Workshop.objects.create(
        community=consultation.community,
        consultation=consultation,
        slug=text.slug,
        name=text.name,
        held_on=text.held_on,
        place=text.place,
        present=text.present,
    )
    _set_tables(workshop, text.axes, start=1)
    day = occurred_on or local_day(now)
    _record(workshop, "workshop_announced", tables=len(text.axes), by=by, now=now, occurred_on=day)
    bump(consultation.community.key, "participation")
    return workshop


@transaction.atomic
def edit_workshop(*, workshop_id: int, text: WorkshopText, by: Actor, now: datetime) -> Workshop:
    """Change the words, the people present and the day of a workshop; `axes` are added as tables.

    Raises WorkshopRefused for another day once notes are typed: it decides whether they are late.
    """
    workshop = _locked(workshop_id)
    if text.held_on != workshop.held_on:
        if workshop.tables.exclude(typed_at=None).exists():
            raise WorkshopRefused(
                _("Notes of this workshop are typed already: its day cannot change any more."),
                field="held_on",
            )
        _check_day(workshop.consultation, text.held_on)
    workshop.name, workshop.place = text.name, text.place
    workshop.held_on, workshop.present = text.held_on, text.present
    workshop.save()
    before = workshop.tables.count()
    _set_tables(workshop, text.axes, start=before + 1)
    tables = before + len(text.axes)
    today = local_day(now)
    _record(workshop, "workshop_edited", tables=tables, by=by, now=now, occurred_on=today)
    bump(workshop.community.key, "participation")
    return workshop


def check_announced(consultation: Consultation) -> None:
    """Refuse a workshop of a consultation without public page or ideas. Raises WorkshopRefused."""
    if consultation.announced_at is None:
        raise WorkshopRefused(
            _("Announce the consultation first: the notes get their numbers in public.")
        )
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
    if start + len(axes) - 1 > rules.MOST_TABLES:
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


def _record(
    workshop: Workshop, act: str, *, tables: int, by: Actor, now: datetime, occurred_on: date
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
            "tables": tables,
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
