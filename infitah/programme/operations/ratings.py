"""What citizens see of a commitment: yes, partly, no; one answer a proved person, changeable.

Single answers never enter the register and are shown to nobody: only their counts are
(decisions F26).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from infitah.community.models import Participant
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.participation.models import PendingAct
from infitah.programme.models import Commitment, Rating
from infitah.programme.rules import states, voices

KIND = "rating"
COUNTS = {
    Rating.Sight.YES: "sees",
    Rating.Sight.PARTLY: "sees_partly",
    Rating.Sight.NO: "sees_not",
}


class RatingRefused(OperationRefused):
    """The answer cannot be taken."""


@transaction.atomic
def rate_commitment(
    *, commitment: Commitment, participant: Participant, sight: str, now: datetime
) -> Rating:
    """Keep what a citizen sees of an adopted commitment; a new answer takes the place of the last.

    The counts move with it, in the same transaction. Raises RatingRefused before the adoption,
    for an answer that is none, or for a participant of another community. Five statements.
    """
    if sight not in Rating.Sight:
        raise RatingRefused(_("Choose one of the three answers."), field="sight")
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("community")
    held = rows.get(pk=commitment.pk)
    if states.CommitmentState(held.state) not in states.ADOPTED_STATES:
        raise RatingRefused(_("The council has not adopted this commitment."), code="adopted")
    if participant.community_id != held.community_id:
        raise RatingRefused(_("This address was proved elsewhere."), code="community")
    earlier = Rating.objects.filter(commitment=held, participant=participant).first()
    rating, _is_new = Rating.objects.update_or_create(
        commitment=held, participant=participant, defaults={"sight": sight, "rated_at": now}
    )
    steps = voices.moved(earlier.sight if earlier else None, sight)
    if steps:
        counts = {COUNTS[Rating.Sight(name)]: by for name, by in steps.items()}
        moves = {column: F(column) + by for column, by in counts.items()}
        Commitment.objects.filter(pk=held.pk).update(**moves)
        bump(held.community.key, "programme")
    return rating


def perform_rating(*, act: PendingAct, participant: Participant, by: Actor, now: datetime) -> None:
    """Do a rating that waited for its code. Raises RatingRefused as `rate_commitment` does."""
    found = Commitment.objects.filter(community=act.community, reference=act.subject).first()
    if found is None:
        raise RatingRefused(_("There is no such commitment."), code="gone")
    sight = str(act.payload.get("sight", ""))
    rate_commitment(commitment=found, participant=participant, sight=sight, now=now)
