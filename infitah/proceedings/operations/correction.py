"""Records of votes put right: what was written down wrongly is struck, and stays on its page.

What was decided by a vote, or approved with the minutes, is put right by the body itself, by a
new vote at a later sitting.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.viewer import Actor
from infitah.kernel.dates import local_day
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules import JSON
from infitah.proceedings import queries
from infitah.proceedings.models import Sitting, VoteEvent
from infitah.proceedings.operations.telling import tell_session
from infitah.proceedings.operations.vote import VoteRefused


@transaction.atomic
def strike_vote(*, vote: VoteEvent, reason: LocalizedText, by: Actor, now: datetime) -> VoteEvent:
    """Strike the record of a vote that was not taken: it counts nowhere, and its page says why.

    Raises VoteRefused without a reason, for a record struck before, once the minutes are
    approved, or once something rests on the vote.
    """
    struck = _struck(vote, reason, now)
    _tell(struck, "vote_struck", {}, by=by, now=now)
    return struck


@transaction.atomic
def correct_vote(
    *,
    vote: VoteEvent,
    reason: LocalizedText,
    anew: Callable[[], VoteEvent],
    by: Actor,
    now: datetime,
) -> VoteEvent:
    """Strike the record of a vote and have `anew` record it as it was; both happen or neither.

    Returns the new record. Raises VoteRefused as `strike_vote` and the recording do.
    """
    struck = _struck(vote, reason, now)
    made = anew()
    made.replaces = struck
    made.save(update_fields=["replaces"])
    _tell(struck, "vote_corrected", {"after": _counts(made)}, by=by, now=now)
    return made


def _struck(vote: VoteEvent, reason: LocalizedText, now: datetime) -> VoteEvent:
    """Lock the sitting and the vote and strike it; raises VoteRefused where it may not."""
    Sitting.objects.select_for_update().get(items=vote.item_id)
    records = VoteEvent.records.select_for_update(of=("self",))
    held = records.select_related("item__sitting__session__community").get(pk=vote.pk)
    fault = queries.why_bound(held)
    if fault:
        raise VoteRefused(fault, code="bound")
    if not reason.ar:
        raise VoteRefused(_("Say why, in Arabic at least."), field="reason")
    held.struck_on, held.struck_reason = local_day(now), reason
    held.save(update_fields=["struck_on", "struck_reason"])
    return held


def _counts(vote: VoteEvent) -> dict[str, JSON]:
    return {
        "for": vote.in_favour,
        "against": vote.against,
        "abstained": vote.abstained,
        "result": vote.result,
    }


def _tell(
    struck: VoteEvent, step: str, public: dict[str, JSON], *, by: Actor, now: datetime
) -> None:
    session = struck.item.sitting.session
    told: dict[str, JSON] = {
        "item": struck.item.position,
        "question": struck.question.as_json(),
        "before": _counts(struck),
        "reason": struck.struck_reason.as_json(),
    }
    tell_session(session, step, told | public, on=local_day(now), by=by, now=now)
