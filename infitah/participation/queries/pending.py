"""An act that waits for a code, as the bearer of its key sees it, and whether the code is over."""

import uuid
from datetime import datetime

from infitah.community.models import Community, MailCode
from infitah.community.rules import codes
from infitah.community.rules.codes import CodeState
from infitah.core.viewer import Viewer
from infitah.participation.models import PendingAct


def is_code_over(community: Community, token: str, real_now: datetime) -> bool:
    """Tell whether no further try with the code of this token can help. One query.

    A code runs out by real time, whatever a demonstration pretends.
    """
    sent = MailCode.objects.of(community).filter(token=token).first()
    if sent is None:
        return True
    state = codes.state_of_code(
        used_at=sent.used_at,
        expires_at=sent.expires_at,
        tries=sent.tries,
        is_right=True,
        now=real_now,
    )
    return state is not CodeState.PROVED


def pending_act(*, viewer: Viewer, key: uuid.UUID, now: datetime) -> PendingAct | None:
    """Return the act under `key` in the viewer's community, None once its day has passed.

    One query. Done acts are returned for as long as they are kept.
    """
    acts = PendingAct.objects.filter(community_id=viewer.community_id, key=key).waiting(now)
    return acts.select_related("community").first()
