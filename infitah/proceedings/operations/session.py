"""Acts of a session: convocation, sittings, agenda, roll call with quorum, closing."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Body, Term
from infitah.core.errors import OperationRefused
from infitah.core.operations import next_reference
from infitah.core.viewer import Actor
from infitah.design.direction import page_language
from infitah.kernel.dates import format_date, local_day
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import queries, rules
from infitah.proceedings.models import AgendaItem, Attendance, Session, Sitting
from infitah.proceedings.operations.telling import tell_session


class SessionRefused(OperationRefused):
    """The session does not allow this act now."""


def locked(session_id: int) -> Session:
    """Return a session under lock, with its body and community."""
    return (
        Session.objects.select_for_update().select_related("community", "body").get(pk=session_id)
    )


@transaction.atomic
def convene_session(
    *,
    body: Body,
    title: LocalizedText,
    convened_on: date,
    convened_by: str,
    by: Actor,
    now: datetime,
    term: Term | None = None,
) -> Session:
    """Convene a body; the session gets its permanent number (letter S, year of the convocation).

    Raises SessionRefused if the body was closed by then, or for a day to come. 113-14:33, 35, 36.
    """
    _must_have_gone_out(convened_on, now)
    if body.closed_on is not None and body.closed_on <= convened_on:
        raise SessionRefused(_("This body is closed: it cannot be convened."), field="convened_on")
    community = body.community
    reference = str(next_reference(community_key=community.key, year=convened_on.year, letter="S"))
    session = Session.objects.create(
        community=community,
        body=body,
        term=term,
        reference=reference,
        title=title,
        convened_on=convened_on,
        convened_by=convened_by,
    )
    tell_session(
        session,
        "convened",
        {"body": body.slug, "title": title.as_json(), "convened_by": convened_by},
        on=convened_on,
        by=by,
        now=now,
    )
    return session


def _must_have_gone_out(convened_on: date, now: datetime) -> None:
    if convened_on > local_day(now):
        raise SessionRefused(
            _("Only today or a day before it: a convocation is recorded once it went out."),
            field="convened_on",
        )


@transaction.atomic
def correct_convocation(
    *, session: Session, convened_on: date, reason: LocalizedText, by: Actor, now: datetime
) -> Session:
    """Put right the day on which a body was convened; the number of the session stays.

    Raises SessionRefused once a sitting was held, once the session is over, for a day to come,
    for the day that stands, for one after a sitting that is planned, or without a reason.
    """
    session = locked(session.pk)
    called = session.sittings.filter(state__in=[Sitting.State.HELD, Sitting.State.NO_QUORUM])
    if session.state != Session.State.CONVENED or called.exists():
        raise SessionRefused(
            _("The day of the convocation is put right only before the first roll call.")
        )
    _must_have_gone_out(convened_on, now)
    before = session.convened_on
    if convened_on == before:
        raise SessionRefused(_("This day stands already."), field="convened_on")
    kept = session.sittings.exclude(state=Sitting.State.CANCELLED)
    if kept.filter(held_on__lt=convened_on).exists():
        raise SessionRefused(
            _("A sitting cannot come before its convocation."), field="convened_on"
        )
    if not reason.ar:
        raise SessionRefused(_("Say why, in Arabic at least."), field="reason")
    session.convened_on = convened_on
    session.save(update_fields=["convened_on"])
    tell_session(
        session,
        "convocation_corrected",
        {
            "before": before.isoformat(),
            "after": convened_on.isoformat(),
            "reason": reason.as_json(),
        },
        on=local_day(now),
        by=by,
        now=now,
    )
    return session


@transaction.atomic
def plan_sitting(
    *,
    session: Session,
    held_on: date,
    place: LocalizedText,
    by: Actor,
    now: datetime,
    call: int = 1,
    starts_at: time | None = None,
    is_public: bool = True,
) -> Sitting:
    """Set a day and place for the next sitting of a session, at convocation number `call`.

    Raises SessionRefused once the session is closed, or for a day before the convocation.
    """
    session = locked(session.pk)
    _must_be_running(session)
    if held_on < session.convened_on:
        raise SessionRefused(_("A sitting cannot come before its convocation."), field="held_on")
    sitting = Sitting.objects.create(
        community=session.community,
        session=session,
        position=session.sittings.count() + 1,
        held_on=held_on,
        place=place,
        call=call,
        starts_at=starts_at,
        is_public=is_public,
    )
    tell_session(
        session,
        "sitting_planned",
        {"sitting": sitting.position, "held_on": held_on.isoformat(), "call": call},
        on=session.convened_on,
        by=by,
        now=now,
    )
    return sitting


def _must_be_running(session: Session) -> None:
    if not session.is_running:
        raise SessionRefused(_("This session is over: nothing can be added to it."))


@transaction.atomic
def add_agenda_item(
    *,
    sitting: Sitting,
    title: LocalizedText,
    origin: str,
    by: Actor,
    now: datetime,
    is_public: bool = True,
    repeats: AgendaItem | None = None,
) -> AgendaItem:
    """Put an item on the agenda of a sitting that still takes one; 113-14:38, 39.

    The council's until its roll call, that of any other body until the meeting is closed;
    `repeats` is the item of the first convocation. Raises SessionRefused afterwards.
    """
    session = locked(sitting.session_id)
    sitting.refresh_from_db(fields=["state"])
    sitting.session = session
    fault = queries.why_agenda_bound(sitting)
    if fault:
        raise SessionRefused(fault)
    item = AgendaItem.objects.create(
        community=session.community,
        sitting=sitting,
        position=sitting.items.count() + 1,
        title=title,
        origin=origin,
        is_public=is_public,
        repeats=repeats,
    )
    tell_session(
        session,
        "item_added",
        {"item": item.position, "title": title.as_json(), "origin": origin},
        on=sitting.held_on if sitting.state == Sitting.State.HELD else session.convened_on,
        by=by,
        now=now,
    )
    return item


@transaction.atomic
def hold_sitting(
    *,
    sitting: Sitting,
    presences: Mapping[int, rules.Presence],
    by: Actor,
    now: datetime,
) -> Sitting:
    """Call the roll: each seat in office once, quorum computed, sitting held or put off.

    `presences` names each mandate in force that day. Raises SessionRefused if a seat is missing,
    foreign to the body, if the roll was called before, or before its day. 113-14:42.
    """
    session = locked(sitting.session_id)
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    sitting.session = session
    _must_be_running(session)
    if sitting.state == Sitting.State.CANCELLED:
        raise SessionRefused(queries.why_sitting_bound(sitting))
    if sitting.state != Sitting.State.PLANNED:
        raise SessionRefused(_("The roll of this sitting was called already."))
    if local_day(now) < sitting.held_on:
        raise SessionRefused(_("The roll is called on the day of the sitting, not before."))
    fault = rules.roll_call_fault(queries.seats_by_mandate(sitting), presences)
    if fault:
        raise SessionRefused(
            _("The roll call must name each member in office once, and nobody else."), code=fault
        )
    rule = queries.quorum_rule(session.community, sitting.held_on)
    roll = rules.RollCall.of(presences.values())
    is_valid = rules.has_quorum(roll, sitting.call, rule)
    Attendance.objects.bulk_create(
        Attendance(
            community=session.community, sitting=sitting, mandate_id=seat, presence=presence.value
        )
        for seat, presence in presences.items()
    )
    sitting.seats = roll.seats
    sitting.quorum_needed = rules.quorum_needed(roll.seats, sitting.call, rule)
    sitting.state = Sitting.State.HELD if is_valid else Sitting.State.NO_QUORUM
    sitting.save(update_fields=["seats", "quorum_needed", "state"])
    if is_valid and session.state == Session.State.CONVENED:
        session.state = Session.State.OPEN
        session.save(update_fields=["state"])
    tell_session(
        session,
        "roll_called",
        {
            "sitting": sitting.position,
            "present": roll.present,
            "absent": roll.absent,
            "excused": roll.excused,
            "quorum": sitting.quorum_needed,
            "state": sitting.state,
        },
        on=sitting.held_on,
        by=by,
        now=now,
    )
    return sitting


@transaction.atomic
def call_again(*, sitting: Sitting, held_on: date, by: Actor, now: datetime) -> Sitting:
    """Call a sitting that had no quorum again: same place, same agenda, next convocation number.

    Raises SessionRefused unless it was put off, if it was called again already, after the last
    convocation, or for a day that is not after it. 113-14:42.
    """
    session = locked(sitting.session_id)
    _must_be_running(session)
    sitting.refresh_from_db()
    if sitting.state != Sitting.State.NO_QUORUM:
        raise SessionRefused(_("Only a sitting without quorum is called again."))
    if sitting.call == rules.LAST_CALL:
        raise SessionRefused(
            _("It was the last convocation: convene the body for a new session instead.")
        )
    later = session.sittings.filter(position__gt=sitting.position, call=sitting.call + 1)
    if later.exclude(state=Sitting.State.CANCELLED).exists():
        raise SessionRefused(_("This sitting was called again already."))
    if held_on <= sitting.held_on:
        raise SessionRefused(_("The next day must come after this one."), field="held_on")
    made = plan_sitting(
        session=session,
        held_on=held_on,
        place=sitting.place,
        call=sitting.call + 1,
        starts_at=sitting.starts_at,
        is_public=sitting.is_public,
        by=by,
        now=now,
    )
    for item in sitting.items.select_related("repeats").order_by("position"):
        add_agenda_item(
            sitting=made,
            title=item.title,
            origin=item.origin,
            is_public=item.is_public,
            repeats=item.repeats or item,
            by=by,
            now=now,
        )
    return made


@transaction.atomic
def cancel_session(*, session: Session, reason: LocalizedText, by: Actor, now: datetime) -> Session:
    """Cancel a session before any sitting was held; its page stays, with the reason.

    Raises SessionRefused once a sitting was held, or without a reason.
    """
    session = locked(session.pk)
    if not rules.may_become(rules.SessionState(session.state), rules.SessionState.CANCELLED):
        raise SessionRefused(_("A session that was opened, closed or cancelled stays as it is."))
    if not reason:
        raise SessionRefused(_("Say why the session is cancelled."), field="reason")
    session.state, session.cancel_reason = Session.State.CANCELLED, reason
    session.save(update_fields=["state", "cancel_reason"])
    planned = session.sittings.filter(state=Sitting.State.PLANNED)
    planned.update(state=Sitting.State.CANCELLED)
    tell_session(
        session, "cancelled", {"reason": reason.as_json()}, on=local_day(now), by=by, now=now
    )
    return session


@transaction.atomic
def close_session(*, session: Session, closed_on: date, by: Actor, now: datetime) -> Session:
    """Close an open session.

    Raises SessionRefused if it never opened, is closed already, while a sitting is planned, or
    for a day before its last sitting.
    """
    session = locked(session.pk)
    if not rules.may_become(rules.SessionState(session.state), rules.SessionState.CLOSED):
        raise SessionRefused(_("Only an open session can be closed."))
    if session.sittings.filter(state=Sitting.State.HELD, held_on__gt=closed_on).exists():
        raise SessionRefused(_("A sitting was held after this day."), field="closed_on")
    planned = session.sittings.filter(state=Sitting.State.PLANNED).first()
    if planned is not None:
        day = format_date(planned.held_on, page_language(), weekday=True)
        raise SessionRefused(
            _("The sitting of %(day)s is still planned: cancel it first.") % {"day": day}
        )
    session.state, session.closed_on = Session.State.CLOSED, closed_on
    session.save(update_fields=["state", "closed_on"])
    tell_session(
        session, "closed", {"closed_on": closed_on.isoformat()}, on=closed_on, by=by, now=now
    )
    return session
