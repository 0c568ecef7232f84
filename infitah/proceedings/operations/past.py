"""Meetings of before this site: entered afterwards, without names, with what the papers say."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.queries import seats
from infitah.core.clock import local_day
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules import JSON
from infitah.proceedings import queries, rules
from infitah.proceedings.models import AgendaItem, Session, Sitting, VoteEvent
from infitah.proceedings.operations.session import SessionRefused
from infitah.proceedings.operations.telling import tell_session
from infitah.proceedings.operations.vote import VoteRefused


@transaction.atomic
def hold_past_sitting(*, sitting: Sitting, by: Actor, now: datetime) -> Sitting:
    """Record that a planned sitting of a day gone by was held; nobody's presence is stated.

    The members in office and the quorum are those known here for that day. Raises
    SessionRefused for a day to come, or a sitting whose roll was called.
    """
    held = Session.objects.select_for_update().select_related("community", "body")
    session = held.get(pk=sitting.session_id)
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.state != Sitting.State.PLANNED:
        raise SessionRefused(_("The roll of this sitting was called already."))
    if sitting.held_on > local_day(now):
        raise SessionRefused(
            _("Only a sitting of a day gone by can be entered afterwards."), field="held_on"
        )
    rule = queries.quorum_rule(session.community, sitting.held_on)
    known = seats(session.body, sitting.held_on).filter(substitute_of=None).count()
    sitting.seats = known
    sitting.quorum_needed = rules.quorum_needed(known, sitting.call, rule)
    sitting.state = Sitting.State.HELD
    sitting.save(update_fields=["seats", "quorum_needed", "state"])
    session.state, session.closed_on = Session.State.CLOSED, sitting.held_on
    session.save(update_fields=["state", "closed_on"])
    public: dict[str, JSON] = {"sitting": sitting.position, "state": sitting.state}
    tell_session(session, "past_sitting_entered", public, on=sitting.held_on, by=by, now=now)
    sitting.session = session
    return sitting


@transaction.atomic
def record_past_vote(
    *,
    item: AgendaItem,
    question: LocalizedText,
    counts: rules.Counts | None,
    by: Actor,
    now: datetime,
) -> VoteEvent:
    """Record a vote by which a past sitting carried a motion, as its papers tell it.

    `counts` is None where the papers do not give them: they are then unknown, not zero. Raises
    VoteRefused unless the sitting was held, or for counts by which the motion was lost.
    """
    locked = Sitting.objects.select_for_update().select_related("session__community")
    sitting = locked.get(pk=item.sitting_id)
    if sitting.state != Sitting.State.HELD:
        raise VoteRefused(_("A vote needs a sitting that was held with its quorum."))
    said = counts or rules.Counts(0, 0, 0)
    if counts is not None and counts.in_favour <= counts.against:
        raise VoteRefused(
            _("With these votes the motion was lost: nothing was adopted."), field="in_favour"
        )
    event = VoteEvent.objects.create(
        community=sitting.session.community,
        item=item,
        question=question,
        method=rules.Method.SHOW_OF_HANDS.value,
        majority=rules.Majority.OF_CAST.value,
        in_favour=said.in_favour,
        against=said.against,
        abstained=said.abstained,
        are_counts_known=counts is not None,
        result=rules.Result.CARRIED.value,
        taken_on=sitting.held_on,
        recorded_on=local_day(now),
        recorded_at=now,
    )
    public: dict[str, JSON] = {"item": item.position, "result": event.result}
    if counts is not None:
        public |= {"for": said.in_favour, "against": said.against, "abstained": said.abstained}
    tell_session(sitting.session, "voted", public, on=sitting.held_on, by=by, now=now)
    return event
