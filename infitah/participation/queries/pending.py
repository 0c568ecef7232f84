"""An act that waits for a code, as the bearer of its key sees it."""

import uuid
from datetime import datetime

from infitah.core.viewer import Viewer
from infitah.participation.models import PendingAct


def pending_act(*, viewer: Viewer, key: uuid.UUID, now: datetime) -> PendingAct | None:
    """Return the act under `key` in the viewer's community, None once its day has passed.

    One query. Done acts are returned for as long as they are kept.
    """
    acts = PendingAct.objects.filter(community_id=viewer.community_id, key=key).waiting(now)
    return acts.select_related("community").first()
