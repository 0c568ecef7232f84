"""A planned sitting changed or cancelled before its roll call, each with its public reason."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.viewer import Actor
from infitah.kernel.dates import local_day
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules import JSON
from infitah.proceedings import queries
from infitah.proceedings.models import Sitting
from infitah.proceedings.operations.session import SessionRefused, locked
from infitah.proceedings.operations.telling import tell_session


@transaction.atomic
def change_sitting(
    *,
    sitting: Sitting,
    held_on: date,
    starts_at: time | None,
    place: LocalizedText,
    reason: LocalizedText,
    by: Actor,
    now: datetime,
) -> Sitting:
    """Change the day, hour or place of a planned sitting; its page says why. 113-14:35, 42.

    The notice of a council's session is counted anew from the day set. Raises SessionRefused
    after the roll call, without a reason, if nothing changes, for a day before the convocation,
    or for one that is not after the sitting without quorum that it repeats.
    """
    sitting = _open_to_change(sitting, reason)
    before = _facts(sitting)
    _must_follow(sitting, held_on)
    sitting.held_on, sitting.starts_at, sitting.place = held_on, starts_at, place
    after = _facts(sitting)
    if after == before:
        raise SessionRefused(_("Nothing changes: day, hour and place stand like that."))
    sitting.change_reason = reason
    sitting.save(update_fields=["held_on", "starts_at", "place", "change_reason"])
    facts: dict[str, JSON] = {"before": before, "after": after, "reason": reason.as_json()}
    _tell(sitting, "sitting_changed", facts, by=by, now=now)
    return sitting


@transaction.atomic
def cancel_sitting(*, sitting: Sitting, reason: LocalizedText, by: Actor, now: datetime) -> Sitting:
    """Cancel a planned sitting; it stays on the page of its session, with the reason.

    Raises SessionRefused after the roll call, or without a reason.
    """
    sitting = _open_to_change(sitting, reason)
    sitting.state, sitting.change_reason = Sitting.State.CANCELLED, reason
    sitting.save(update_fields=["state", "change_reason"])
    facts: dict[str, JSON] = {"held_on": sitting.held_on.isoformat(), "reason": reason.as_json()}
    _tell(sitting, "sitting_cancelled", facts, by=by, now=now)
    return sitting


def _open_to_change(sitting: Sitting, reason: LocalizedText) -> Sitting:
    session = locked(sitting.session_id)
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    sitting.session = session
    fault = queries.why_sitting_bound(sitting)
    if fault:
        raise SessionRefused(fault)
    if not reason.ar:
        raise SessionRefused(_("Say why, in Arabic at least."), field="reason")
    return sitting


def _must_follow(sitting: Sitting, held_on: date) -> None:
    session = sitting.session
    if held_on < session.convened_on:
        raise SessionRefused(_("A sitting cannot come before its convocation."), field="held_on")
    put_off = session.sittings.filter(
        state=Sitting.State.NO_QUORUM, call=sitting.call - 1, position__lt=sitting.position
    )
    if put_off.filter(held_on__gte=held_on).exists():
        raise SessionRefused(
            _("It must come after the sitting without quorum that it repeats."), field="held_on"
        )


def _facts(sitting: Sitting) -> dict[str, JSON]:
    return {
        "held_on": sitting.held_on.isoformat(),
        "starts_at": sitting.starts_at.isoformat("minutes") if sitting.starts_at else "",
        "place": sitting.place.as_json(),
    }


def _tell(sitting: Sitting, step: str, facts: dict[str, JSON], *, by: Actor, now: datetime) -> None:
    session = sitting.session
    tell_session(
        session, step, {"sitting": sitting.position, **facts}, on=local_day(now), by=by, now=now
    )
