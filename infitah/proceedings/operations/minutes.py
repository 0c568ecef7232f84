"""Minutes: written, sent to the members, approved at a later sitting, published."""

import json
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import rules
from infitah.proceedings.models import Minutes, Session, Sitting
from infitah.proceedings.operations.telling import tell_session


class MinutesRefused(OperationRefused):
    """The minutes do not allow this act now."""


def canonical_of(text: LocalizedText) -> str:
    """Return the canonical JSON of a text: languages in fixed order, no spaces, UTF-8."""
    return json.dumps(text.as_json(), ensure_ascii=False, separators=(",", ":"))


def digest_of(text: LocalizedText) -> str:
    """Return the SHA-256 (64 hex) of the canonical JSON of a text."""
    return sha256(canonical_of(text).encode()).hexdigest()


@transaction.atomic
def write_minutes(
    *, session: Session, text: LocalizedText, written_on: date, by: Actor, now: datetime
) -> Minutes:
    """Write the minutes of a session, or write the draft again; 113-14:47.

    Raises MinutesRefused once they have been sent to the members.
    """
    minutes = Minutes.objects.select_for_update().filter(session=session).first()
    if minutes is None:
        minutes = Minutes(community=session.community, session=session)
    if minutes.state != Minutes.State.DRAFT:
        raise MinutesRefused(_("These minutes were sent to the members: they cannot be rewritten."))
    minutes.text, minutes.written_on = text, written_on
    minutes.save()
    _tell(minutes, "written", written_on, by=by, now=now)
    return minutes


@transaction.atomic
def send_minutes(*, session: Session, sent_on: date, by: Actor, now: datetime) -> Minutes:
    """Send the minutes to the members. Raises MinutesRefused unless they are a draft."""
    minutes = _stepped(session, rules.MinutesState.SENT)
    minutes.save(update_fields=["state"])
    _tell(minutes, "sent", sent_on, by=by, now=now)
    return minutes


@transaction.atomic
def approve_minutes(
    *,
    session: Session,
    approved_on: date,
    by: Actor,
    now: datetime,
    at: Sitting | None = None,
) -> Minutes:
    """Approve the minutes: their text is bound by its hash and never changes again.

    `at` is the later sitting of the same body that approved them. Raises MinutesRefused unless
    they were sent to the members, or for a sitting of another body, not held, or not later.
    """
    minutes = _stepped(session, rules.MinutesState.APPROVED)
    if at is not None and not _may_approve(session, at):
        raise MinutesRefused(
            _("Minutes are approved at a later sitting of the same body, once it was held."),
            code="sitting",
            field="at",
        )
    minutes.approved_on, minutes.sha256 = approved_on, digest_of(minutes.text)
    minutes.save(update_fields=["state", "approved_on", "sha256"])
    _tell(minutes, "approved", approved_on, by=by, now=now)
    return minutes


def _may_approve(session: Session, at: Sitting) -> bool:
    """Return whether a sitting may approve the minutes of an earlier session. Two queries."""
    last = session.sittings.filter(state=Sitting.State.HELD).order_by("-held_on").first()
    return (
        at.state == Sitting.State.HELD
        and at.session.body_id == session.body_id
        and at.session_id != session.pk
        and (last is None or at.held_on >= last.held_on)
    )


@transaction.atomic
def publish_minutes(*, session: Session, published_on: date, by: Actor, now: datetime) -> Minutes:
    """Publish approved minutes. Raises MinutesRefused for any others."""
    minutes = _stepped(session, rules.MinutesState.PUBLISHED)
    minutes.published_on = published_on
    minutes.save(update_fields=["state", "published_on"])
    _tell(minutes, "published", published_on, by=by, now=now)
    return minutes


def _stepped(session: Session, after: rules.MinutesState) -> Minutes:
    minutes = Minutes.objects.select_for_update().select_related("session").filter(session=session)
    found = minutes.first()
    if found is None or not rules.minutes_may_become(rules.MinutesState(found.state), after):
        raise MinutesRefused(_("The minutes are not at the step that this act needs."))
    found.state = after.value
    return found


def _tell(minutes: Minutes, step: str, on: date, *, by: Actor, now: datetime) -> None:
    tell_session(
        minutes.session,
        f"minutes_{step}",
        {"sha256": digest_of(minutes.text)},
        on=on,
        by=by,
        now=now,
    )
