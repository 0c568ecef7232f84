"""A programme whose deliberation was annulled goes before the council again.

What was annulled stays on its pages. The same text is put to a new session, or an amended one.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.council import rules as council_rules
from infitah.kernel.dates import local_day
from infitah.ledger.rules.canonical import JSON
from infitah.programme.models import Commitment, CommitmentVersion, Cycle
from infitah.programme.operations.cycle import CycleRefused, tell_cycle
from infitah.programme.operations.freezing import freeze
from infitah.programme.rules import states

RETURNED = [state.value for state in states.RETURNING_STATES]


@transaction.atomic
def return_to_council(*, cycle: Cycle, by: Actor, now: datetime) -> Cycle:
    """Take a programme before the council again, after its deliberation was annulled.

    Its commitments stand before the council once more with their texts as they are now; what was
    carried out of them keeps its records. A session then adopts, amends or rejects them as the
    first one did. Raises CycleRefused unless the deliberation that adopted it is without effect.
    """
    held = Cycle.objects.select_for_update(of=("self",)).select_related("community", "deliberation")
    cycle = held.get(pk=cycle.pk)
    annulled = cycle.deliberation
    if cycle.state != Cycle.State.ADOPTED or annulled is None or not _is_annulled(annulled.state):
        raise CycleRefused(
            _("Only a programme whose deliberation was annulled goes before the council again.")
        )
    commitments = cycle.commitments.select_for_update(of=("self",)).filter(state__in=RETURNED)
    taken = [_returned(one, by=by, now=now) for one in commitments.order_by("position")]
    public: dict[str, JSON] = {
        "deliberation": annulled.reference,
        "sha256": cycle.sha256,
        "commitments": [one.reference for one in taken],
    }
    cycle.state, cycle.deliberation, cycle.sha256 = Cycle.State.PREPARING, None, ""
    cycle.save(update_fields=["state", "deliberation", "sha256"])
    tell_cycle(cycle, "returned_to_council", public, on=local_day(now), by=by, now=now)
    bump(cycle.community.key, "council", "participation")
    return cycle


def _is_annulled(state: str) -> bool:
    return council_rules.State(state) == council_rules.State.ANNULLED


def _returned(held: Commitment, *, by: Actor, now: datetime) -> Commitment:
    """Keep the text as it is now as the one before the council."""
    freeze(held, kind=CommitmentVersion.Kind.RETURNED, on=local_day(now), by=by)
    held.state, held.changed_at = Commitment.State.VALIDATED, now
    held.save(update_fields=["state", "changed_at"])
    return held
