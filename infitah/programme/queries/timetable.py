"""The timetable of a cycle as a page shows it: each step with what its dates and records say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from infitah.kernel.dates import local_day
from infitah.participation.models import Consultation, Workshop
from infitah.participation.rules import last_day
from infitah.programme.models import TimetableEntry
from infitah.programme.rules.timetable import Standing, standing

Kind = TimetableEntry.Kind


def _of_consultation() -> dict[Standing, str]:
    return {
        Standing.UNDER_WAY: _("open now"),
        Standing.HELD: _("closed; its ideas are published"),
        Standing.NO_RECORD: _("its date has passed, no ideas published"),
    }


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the timetable; `url` leads to its published record, if there is one.

    `open_until` is the last day of its consultation where that was put later than the step.
    """

    entry: TimetableEntry
    standing: Standing
    url: str
    open_until: date | None = None

    @property
    def words(self) -> str:
        """What may be said of the step today."""
        if self.is_struck:
            return _("struck out: it will not take place")
        by_kind = _of_consultation() if self.entry.kind == Kind.CONSULTATION else {}
        if self.entry.kind in {Kind.WORKSHOP, Kind.SESSION}:
            by_kind = {Standing.HELD: pgettext("a session or a workshop", "took place")}
        usual = {
            Standing.COMING: _("planned date"),
            Standing.UNDER_WAY: _("going on now"),
            Standing.HELD: _("took place"),
            Standing.NO_RECORD: _("its date has passed, no minutes published"),
            Standing.OVER: _("its period has ended"),
        }
        return by_kind.get(self.standing, usual[self.standing])

    @property
    def is_struck(self) -> bool:
        """Whether it was announced and will not take place."""
        return self.entry.struck_on is not None

    @property
    def was_moved(self) -> bool:
        """Whether its days are not those announced first."""
        first = (self.entry.announced_start, self.entry.announced_end)
        return first[0] is not None and first != (self.entry.starts_on, self.entry.ends_on)

    @property
    def date_words(self) -> str:
        """A word on the date where it is not exact: of a past step only, a coming one is a plan."""
        is_past = self.standing not in {Standing.COMING, Standing.UNDER_WAY}
        return _("approximate date") if self.entry.is_estimated and is_past else ""


def steps_of(
    entries: Iterable[TimetableEntry], consultations: Sequence[Consultation], today: date
) -> tuple[Step, ...]:
    """Return the steps in their order. No query.

    `consultations` are those of the cycle, with their workshops and the tables of these.
    """
    return tuple(_step(entry, consultations, today) for entry in entries)


def _step(entry: TimetableEntry, consultations: Sequence[Consultation], today: date) -> Step:
    workshop = None if entry.record else _workshop_of(entry, consultations)
    asked = None if entry.record else _consultation_of(entry, consultations)
    url = f"/d/{entry.record}/" if entry.record else ""
    ends_on = entry.ends_on
    if asked is not None:
        url = reverse("participation:consultation", args=[asked.slug])
        ends_on = max(ends_on, last_day(asked.closes_at))
    has_record = bool(url)
    if workshop is not None:
        slugs = [workshop.consultation.slug, workshop.slug]
        url, has_record = reverse("participation:workshop", args=slugs), has_notes(workshop)
    where = standing(entry.kind, entry.starts_on, ends_on, has_record=has_record, today=today)
    return Step(entry, where, url, ends_on if ends_on > entry.ends_on else None)


def has_notes(workshop: Workshop) -> bool:
    """Return whether notes of a workshop were typed: they are its record. Its tables fetched."""
    return any(table.typed_at for table in workshop.tables.all())


def _workshop_of(entry: TimetableEntry, consultations: Sequence[Consultation]) -> Workshop | None:
    """Return the workshop of the cycle's consultations held within the step, or None."""
    if entry.kind != Kind.WORKSHOP:
        return None
    for one in (held for consultation in consultations for held in consultation.workshops.all()):
        if one.cancelled_at is None and entry.starts_on <= one.held_on <= entry.ends_on:
            return one
    return None


def _consultation_of(
    entry: TimetableEntry, consultations: Sequence[Consultation]
) -> Consultation | None:
    """Return the consultation of the cycle that opens within the step, or None."""
    if entry.kind != Kind.CONSULTATION:
        return None
    for one in consultations:
        if one.cancelled_at is None and entry.starts_on <= local_day(one.opens_at) <= entry.ends_on:
            return one
    return None
