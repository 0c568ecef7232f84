"""Acts on the timetable of a cycle: announce a step, change it, strike it out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.viewer import Actor
from infitah.council.models import Deliberation
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.models import Session
from infitah.programme.models import AnnualReport, Commitment, Cycle, TimetableEntry
from infitah.programme.operations.cycle import CycleRefused, tell_cycle

RECORDS: Final = {
    "S": Session,
    "D": Deliberation,
    "C": Commitment,
    "M": AnnualReport,
}
"""What a step may be tied to, by the letter of its reference."""
NOTHING = LocalizedText("")


class StepChanged(CycleRefused):
    """Somebody changed the step after the page was opened: what stands now is to be looked at."""


@dataclass(frozen=True, slots=True)
class StepText:
    """A step of the timetable as an officer states it; both days are included."""

    kind: str
    span: tuple[date, date]
    text: LocalizedText
    record: str = ""
    precision: str = TimetableEntry.Precision.DAY
    is_estimated: bool = False


@transaction.atomic
def add_timetable_entry(
    *,
    cycle: Cycle,
    slug: str,
    kind: str,
    span: tuple[date, date],
    text: LocalizedText,
    by: Actor,
    now: datetime,
    record: str = "",
    precision: str = TimetableEntry.Precision.DAY,
    is_estimated: bool = False,
) -> TimetableEntry:
    """Add a dated step to a cycle; `record` is the reference of the thing that it names.

    Raises CycleRefused if it ends before it starts, or if the cycle has a step of that name.
    """
    if span[1] < span[0]:
        raise CycleRefused(_("The last day is before the first."), field="ends_on")
    if cycle.timetable.filter(slug=slug).exists():
        raise CycleRefused(_("The timetable has a step of that name."), field="slug")
    entry = TimetableEntry.objects.create(
        community=cycle.community,
        cycle=cycle,
        slug=slug,
        kind=kind,
        starts_on=span[0],
        ends_on=span[1],
        precision=precision,
        text=text,
        record=record,
        is_estimated=is_estimated,
        changed_at=now,
    )
    public = {"step": slug, "from": span[0].isoformat(), "until": span[1].isoformat()}
    tell_cycle(cycle, "timetable_set", public, on=cycle.opened_on, by=by, now=now)
    return entry


def announce_step(*, cycle: Cycle, said: StepText, by: Actor, now: datetime) -> TimetableEntry:
    """Add a step that an officer states; its short name follows from its kind and its day.

    Raises CycleRefused as `add_timetable_entry` does, and for a record that is not of here.
    """
    record = _record_of(cycle, said.record)
    return add_timetable_entry(
        cycle=cycle,
        slug=_free_slug(cycle, f"{said.kind}-{said.span[0].isoformat()}"),
        kind=said.kind,
        span=said.span,
        text=said.text,
        record=record,
        precision=said.precision,
        is_estimated=said.is_estimated,
        by=by,
        now=now,
    )


@transaction.atomic
def change_step(
    *,
    entry: TimetableEntry,
    said: StepText,
    reason: LocalizedText,
    revision: int,
    by: Actor,
    now: datetime,
) -> TimetableEntry:
    """Make a step say this; where its days move, those announced first stay beside them.

    `revision` is the number of changes that the officer saw. Raises StepChanged if somebody was
    quicker, CycleRefused once it is struck out, for days in the wrong order, for a record that
    is not of here, or for a move without its reason.
    """
    held = _locked(entry, revision)
    if said.span[1] < said.span[0]:
        raise CycleRefused(_("The last day is before the first."), field="ends_on")
    record = _record_of(held.cycle, said.record)
    before = (held.starts_on, held.ends_on)
    is_moved = said.span != before
    if is_moved and not reason.ar:
        raise CycleRefused(
            _("Say why the day moves, in words that a citizen understands."), field="reason"
        )
    if is_moved and held.announced_start is None:
        held.announced_start, held.announced_end = before
    held.kind, held.text, held.record = said.kind, said.text, record
    held.starts_on, held.ends_on = said.span
    held.precision, held.is_estimated = said.precision, said.is_estimated
    if reason.ar:
        held.reason = reason
    _store(held, now)
    public: dict[str, JSON] = {
        "step": held.slug,
        "from": held.starts_on.isoformat(),
        "until": held.ends_on.isoformat(),
        "estimated": held.is_estimated,
        "record": held.record,
    }
    if is_moved:
        public["before"] = [day.isoformat() for day in before]
        public["reason"] = reason.as_json()
    step = "timetable_moved" if is_moved else "timetable_edited"
    tell_cycle(held.cycle, step, public, on=local_day(now), by=by, now=now)
    return held


@transaction.atomic
def strike_step(
    *, entry: TimetableEntry, reason: LocalizedText, revision: int, by: Actor, now: datetime
) -> TimetableEntry:
    """Strike a step out: it stays on the page, crossed out, with its reason.

    Raises StepChanged if somebody was quicker, CycleRefused without a reason or a second time.
    """
    held = _locked(entry, revision)
    if not reason.ar:
        raise CycleRefused(
            _("Say why it will not take place, in words that a citizen understands."),
            field="reason",
        )
    held.struck_on, held.reason = local_day(now), reason
    _store(held, now)
    public: dict[str, JSON] = {"step": held.slug, "reason": reason.as_json()}
    tell_cycle(held.cycle, "timetable_struck", public, on=local_day(now), by=by, now=now)
    return held


def _locked(entry: TimetableEntry, revision: int) -> TimetableEntry:
    found = TimetableEntry.objects.select_for_update(of=("self",))
    held = found.select_related("cycle__community").get(pk=entry.pk)
    if held.revision != revision:
        raise StepChanged(
            _("Somebody changed this step meanwhile. Look at what stands now, then send again."),
            code="changed",
        )
    if held.struck_on is not None:
        raise CycleRefused(_("This step is struck out: announce a new one."), code="struck")
    return held


def _store(held: TimetableEntry, now: datetime) -> None:
    held.revision, held.changed_at = held.revision + 1, now
    held.save()


def _record_of(cycle: Cycle, record: str) -> str:
    """Return a reference as we write it; refuse one of nothing that this community has."""
    if not record:
        return ""
    try:
        reference = Reference.parse(record)
    except ValueError:
        raise CycleRefused(
            _("This is no reference of this site, such as SFR-2026-S-0004."), field="record"
        ) from None
    model = RECORDS.get(reference.letter)
    known = model is not None and model._default_manager.filter(
        community=cycle.community_id, reference=str(reference)
    )
    if not known or not known.exists():
        raise CycleRefused(_("No record of this site has this reference."), field="record")
    return str(reference)


def _free_slug(cycle: Cycle, wanted: str) -> str:
    taken = set(cycle.timetable.filter(slug__startswith=wanted).values_list("slug", flat=True))
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)
