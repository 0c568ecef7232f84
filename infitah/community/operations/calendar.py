"""Confirming, moving, cancelling and adding days off, with the deadlines that they move.

Decree 2-05-916, art. 3 (exceptional closures); law.md 4. Upper apps register their open clocks,
so that a change here shows and moves them in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import CalendarDay, CalendarVersion, Community
from infitah.community.operations.acts import lock, record, subject
from infitah.community.queries.law import calendar_of, deadline, version_of
from infitah.community.rules.deadlines import CalendarChange, DeadlineMove, ReplyDue
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.kernel.calendar import DAY
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules import JSON

CALENDAR = "calendar"
SHOWN = 50
Change = CalendarVersion.Change


class CalendarRefused(OperationRefused):
    """The days off cannot be changed so."""


class MovePlan(Protocol):
    """What a change of the days off moves in one upper app, and how it is written."""

    @property
    def moves(self) -> Sequence[DeadlineMove]:
        """Return the last days that move."""

    @property
    def kinds(self) -> Sequence[str]:
        """Return the kinds of pages that show these days."""

    def carry_out(self, now: datetime) -> None:
        """Write the new days; called inside the act that changed the days off, before its entry."""


class ClockSource(Protocol):
    """What an upper app registers: how its running periods follow the days off."""

    def plan(self, community: Community, change: CalendarChange) -> MovePlan:
        """Return what `change` moves in `community`, without writing anything."""


_SOURCES: list[ClockSource] = []


def register_clock(source: ClockSource) -> None:
    """Let the running clocks of `source` follow the days off; once each."""
    if source not in _SOURCES:
        _SOURCES.append(source)


@dataclass(frozen=True, slots=True)
class DayChange:
    """A change of the days off before it is made: `days` are the rows as they would stand."""

    change: str
    occasion: str
    date_before: date | None
    date_after: date | None
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class DayMove:
    """A day off before and after a change; None where the offices are open."""

    name: LocalizedText
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """What a change would move: days off, open clocks, and one request as an example."""

    days: tuple[DayMove, ...]
    moved: tuple[DeadlineMove, ...]
    example_on: date
    example_before: ReplyDue
    example_after: ReplyDue

    @property
    def moved_first(self) -> tuple[DeadlineMove, ...]:
        """The first moves, as many as a page shows."""
        return self.moved[:SHOWN]

    @property
    def moved_more(self) -> int:
        """How many moves a page leaves out."""
        return len(self.moved) - len(self.moved_first)


def _whole(community: Community, change: DayChange, today: date) -> CalendarChange:
    """Return both states of the days off, and which days lie between them. Two queries."""
    standing = {day.occasion: day for day in CalendarDay.objects.of(community)}
    changed = {day.occasion: day for day in change.days}
    touched = [day.date for day in changed.values()]
    touched += [day.date for occasion, day in standing.items() if occasion in changed]
    number = version_of(community)
    return CalendarChange(
        before=calendar_of(standing.values(), version=f"{community.key}-{number}"),
        after=calendar_of((standing | changed).values(), version=f"{community.key}-{number + 1}"),
        first=min(touched),
        last=max(touched) + DAY,  # an estimated day may fall a day later
        today=today,
    )


def _plans(community: Community, change: CalendarChange) -> list[MovePlan]:
    return [source.plan(community, change) for source in _SOURCES]


def _moved(plans: Sequence[MovePlan]) -> list[DeadlineMove]:
    return [move for plan in plans for move in plan.moves]


def _day_moves(community: Community, change: DayChange) -> tuple[DayMove, ...]:
    standing = CalendarDay.objects.of(community).not_cancelled()
    off = {day.occasion: day.date for day in standing}
    cancelled = CalendarDay.Status.CANCELLED
    return tuple(
        DayMove(day.name, off.get(day.occasion), None if day.status == cancelled else day.date)
        for day in change.days
    )


def _example_day(change: DayChange, today: date) -> date:
    """Return when a request would have to come in to run over the changed day: today, if it may."""
    changed = change.date_after or change.date_before or today
    runs_from_today = today <= changed <= today + timedelta(days=28)
    return today if runs_from_today else changed - timedelta(days=14)


def preview_change(community: Community, change: DayChange, *, today: date) -> CalendarPreview:
    """Return what `change` would move, without making it; nothing is written."""
    whole = _whole(community, change, today)
    received = _example_day(change, today)
    example = deadline(community, received=received)
    return CalendarPreview(
        days=_day_moves(community, change),
        moved=tuple(_moved(_plans(community, whole))),
        example_on=received,
        example_before=replace(example, deadline=whole.before.explain(example.period, received)),
        example_after=replace(example, deadline=whole.after.explain(example.period, received)),
    )


def _of_feast(day: CalendarDay) -> list[CalendarDay]:
    if not day.feast:
        return [day]
    same = CalendarDay.objects.filter(community=day.community_id, feast=day.feast)
    return list(same.exclude(status=CalendarDay.Status.CANCELLED))


def confirmation(day: CalendarDay, on: date, *, source: str) -> DayChange:
    """Return the change that confirms `day` on the date `on`; its feast moves as one block.

    Raises CalendarRefused without a source, for a cancelled day, or if nothing would change.
    """
    if not source:
        raise CalendarRefused(_("Name the announcement: who, when, where."), field="source")
    if day.status == CalendarDay.Status.CANCELLED:
        raise CalendarRefused(_("This day is cancelled: add it anew if it is off after all."))
    if day.status == CalendarDay.Status.CONFIRMED and day.date == on:
        raise CalendarRefused(_("This day is confirmed on this date already."))
    shift = on - day.date
    if abs(shift) > timedelta(days=31):
        raise CalendarRefused(
            _("A day moves by a month at most: add another day off instead."), field="date"
        )
    days = _of_feast(day)
    for each in days:
        each.date, each.status, each.source = each.date + shift, "confirmed", source
    change = Change.MOVED if shift else Change.CONFIRMED
    return DayChange(change, day.feast or day.occasion, day.date, on, tuple(days))


def cancellation(day: CalendarDay, *, source: str) -> DayChange:
    """Return the change that makes `day` a working day again. Raises CalendarRefused."""
    if not source:
        raise CalendarRefused(_("Name the announcement: who, when, where."), field="source")
    if day.status == CalendarDay.Status.CANCELLED:
        raise CalendarRefused(_("This day is cancelled already."))
    before = day.date
    day.status, day.source = CalendarDay.Status.CANCELLED, source
    return DayChange(Change.CANCELLED, day.occasion, before, None, (day,))


def closure(community: Community, *, on: date, name: LocalizedText, source: str) -> DayChange:
    """Return the change that closes the offices on `on` exceptionally. Raises CalendarRefused."""
    if not source:
        raise CalendarRefused(_("Name the announcement: who, when, where."), field="source")
    if not name.ar:
        raise CalendarRefused(_("The Arabic text is required."), field="name")
    standing = CalendarDay.objects.of(community).not_cancelled()
    if standing.filter(date=on, kind=CalendarDay.Kind.EXCEPTIONAL).exists():
        raise CalendarRefused(_("The offices are closed on this day already."), field="date")
    occasion = f"closure-{on.isoformat()}"
    known = CalendarDay.objects.of(community).filter(occasion=occasion).first()
    day = known or CalendarDay(community=community, occasion=occasion)
    day.date, day.name, day.source = on, name, source
    day.kind, day.status = CalendarDay.Kind.EXCEPTIONAL, CalendarDay.Status.CONFIRMED
    return DayChange(Change.ADDED, occasion, None, on, (day,))


def _apply(
    community: Community, change: DayChange, *, by: Actor, now: datetime
) -> list[DeadlineMove]:
    plans = _plans(community, _whole(community, change, local_day(now)))
    moved = _moved(plans)
    number = version_of(community) + 1
    for day in change.days:
        day.save()
    CalendarVersion.objects.create(
        community=community,
        number=number,
        change=change.change,
        occasion=change.occasion,
        date_before=change.date_before,
        date_after=change.date_after,
        moved_deadlines=len(moved),
        changed_at=now,
        changed_by=str(by),
    )
    for plan in plans:
        plan.carry_out(now)
    _tell(community, change, moved, number=number, by=by, now=now)
    for plan in plans:
        for kind in plan.kinds:
            bump(community.key, kind)
    return moved


def _tell(
    community: Community,
    change: DayChange,
    moved: Sequence[DeadlineMove],
    *,
    number: int,
    by: Actor,
    now: datetime,
) -> None:
    public: dict[str, JSON] = {
        "version": number,
        "occasion": change.occasion,
        "before": change.date_before.isoformat() if change.date_before else None,
        "after": change.date_after.isoformat() if change.date_after else None,
        "source": change.days[0].source,
        "moved": [
            [move.subject, move.clock, *(day.isoformat() for day in move.told)] for move in moved
        ],
    }
    about = subject(community, "day", change.occasion)
    record(community, f"day_{change.change}", about, by=by, now=now, public=public)
    post_event(
        kind="community.calendar_changed",
        community_key=community.key,
        subject=change.occasion[:40],
        payload={"version": number, "moved": len(moved)},
        dedupe_key=f"community.calendar_changed/{community.key}/{number}",
        now=now,
    )
    bump(community.key, CALENDAR)


@transaction.atomic
def confirm_day(
    *, day: CalendarDay, on: date, source: str, by: Actor, now: datetime
) -> list[DeadlineMove]:
    """Confirm a day off on the date that was announced; return the deadlines that moved.

    The other days of the same feast are confirmed with the same shift. Raises CalendarRefused.
    """
    community = lock(day.community)
    fresh = CalendarDay.objects.select_related("community").get(pk=day.pk)
    return _apply(community, confirmation(fresh, on, source=source), by=by, now=now)


@transaction.atomic
def cancel_day(*, day: CalendarDay, source: str, by: Actor, now: datetime) -> list[DeadlineMove]:
    """Make a day off a working day again; return the deadlines that moved.

    Raises CalendarRefused if it is cancelled already or lies in the past: nobody who took the day
    off becomes late afterwards.
    """
    community = lock(day.community)
    fresh = CalendarDay.objects.select_related("community").get(pk=day.pk)
    if fresh.date < local_day(now):
        raise CalendarRefused(_("A day that has passed cannot become a working day."))
    return _apply(community, cancellation(fresh, source=source), by=by, now=now)


@transaction.atomic
def add_closure(
    *,
    community: Community,
    on: date,
    name: LocalizedText,
    source: str,
    by: Actor,
    now: datetime,
) -> list[DeadlineMove]:
    """Close the offices on `on` (decree 2-05-916, art. 3); return the deadlines that moved.

    A past day may be added: a missed closure never makes an officer late. Raises CalendarRefused.
    """
    community = lock(community)
    change = closure(community, on=on, name=name, source=source)
    return _apply(community, change, by=by, now=now)
