"""Comments of people not proved yet: what waits for the code, done when it is right."""

from datetime import datetime

from infitah.community.models import Participant
from infitah.core.viewer import Actor
from infitah.participation.models import PendingAct
from infitah.participation.operations.conversation import CommentText, comment
from infitah.participation.operations.voice import Statement

COMMENT = "comment"


def perform_comment(*, act: PendingAct, participant: Participant, by: Actor, now: datetime) -> None:
    """Give the comment that waited its number. Raises CommentRefused as commenting does."""
    typed = act.payload
    comment(
        community=act.community,
        on=Statement(typed["slug"], typed.get("idea", ""), typed.get("paragraph", "")),
        given=CommentText(
            key=act.key,
            text=typed["text"],
            stance=typed.get("stance", ""),
            to=int(typed.get("to") or 0),
            interface=act.interface,
        ),
        author_id=participant.pk,
        now=now,
    )
