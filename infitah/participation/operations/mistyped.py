"""Taking back what the service typed wrongly: a note of a workshop, an idea of a visitor.

What has a number is never edited: the text goes, the number stays with a notice and its reason in
the register. The words are typed again, under another number.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.participation import rules
from infitah.participation.models import Idea, IdeaAnswer
from infitah.participation.operations.ideas import (
    IdeaRefused,
    erase_text,
    gone_everywhere,
    locked_idea,
)
from infitah.participation.operations.letters import tell_mistyped
from infitah.participation.operations.notes import NotesRefused
from infitah.participation.operations.public_reasons import checked_public_reason


@transaction.atomic
def withdraw_note(
    *, community_id: int, reference: str, reason: str, by: Actor, now: datetime
) -> Idea:
    """Take back a note that was typed wrongly: its text goes, its number stays with a notice.

    What has a number is never edited: the note is typed again, on a row of its own, and gets
    another number. Twice changes nothing. Raises NotesRefused for an idea that no workshop gave,
    for a reason that says nothing, and once the idea is answered: its author is not asked then.
    """
    idea = locked_idea(community_id, reference)
    if idea.table_id is None:
        raise NotesRefused(_("Only a note of a workshop is taken back by the service."))
    said = _checked(idea, reason, NotesRefused)
    return _taken_back(idea, "note_withdrawn", said, by, now)


@transaction.atomic
def withdraw_desk_idea(
    *, community_id: int, reference: str, reason: str, by: Actor, now: datetime
) -> Idea:
    """Take back a visitor's idea that the desk typed wrongly, or twice; its number stays.

    It leaves every list and count. Who left an address reads the reason in a mail; the wrong words
    are theirs no more. Twice changes nothing. Raises IdeaRefused for an idea that was not typed at
    the desk, for a reason that says nothing, and once the idea is answered.
    """
    idea = locked_idea(community_id, reference)
    if idea.source != Idea.Source.DESK:
        raise IdeaRefused(_("Only an idea that was typed at the desk is taken back here."))
    said = _checked(idea, reason, IdeaRefused)
    return _taken_back(idea, "desk_idea_withdrawn", said, by, now)


def _checked(idea: Idea, reason: str, refused: type[OperationRefused]) -> str:
    said = checked_public_reason(
        reason, refused, too_short=_("Say in one sentence what was typed wrongly.")
    )
    if IdeaAnswer.objects.filter(idea=idea).exists():
        raise refused(_("This idea is answered: it stands as it was typed."))
    return said


def _taken_back(idea: Idea, act: str, reason: str, by: Actor, now: datetime) -> Idea:
    before = idea.state
    if rules.state_after(before, rules.Act.WITHDRAW) is None:
        return idea
    if idea.author is not None:
        tell_mistyped(idea=idea, reason=reason, now=now)
        idea.author = None
    erase_text(idea, now)
    ledger.record(
        community_key=idea.community.key,
        act=f"participation.{act}",
        subject=idea.reference,
        by=by,
        public={"consultation": idea.consultation.slug, "reason": reason},
        occurred_on=local_day(now),
        now=now,
    )
    gone_everywhere(idea, before=before, by=by, now=now)
    return idea
