"""Deciding on comments: hide under a numbered rule, show again, publish after a first reading."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.participation import rules
from infitah.participation.models import (
    Comment,
    ModerationRule,
)
from infitah.participation.operations.case_book import note_decision
from infitah.participation.operations.case_letters import tell_decision
from infitah.participation.operations.conversation import count_shown, locked_comment
from infitah.participation.operations.decisions import Ground, record_decision
from infitah.participation.operations.moderation import ModerationRefused, checked_reason
from infitah.participation.rules import CaseAct, CommentAct, CommentState

ACTS = {
    CommentAct.HIDE: "comment_hidden",
    CommentAct.RESTORE: "comment_restored",
    CommentAct.PUBLISH: "comment_published",
}


@transaction.atomic
def hide_comment(
    *,
    community_id: int,
    comment_id: int,
    rule: ModerationRule,
    reason: str,
    by: Actor,
    now: datetime,
) -> Comment:
    """Hide a comment under a rule in force; its text leaves every page and list at once.

    Opens and decides its case; the author is told which rule, why, and how to appeal. Raises
    ModerationRefused for one that cannot be hidden, a rule not in force or no reason.
    """
    if not rules.is_rule_in_force(rule.starts_on, rule.ends_on, local_day(now)):
        raise ModerationRefused(_("This rule is not in force today."), field="rule")
    ground = Ground(rule, checked_reason(reason))
    return _decide(CommentAct.HIDE, community_id, comment_id, ground=ground, by=by, now=now)


@transaction.atomic
def restore_comment(
    *,
    community_id: int,
    comment_id: int,
    reason: str = "",
    by: Actor,
    now: datetime,
    through: CaseAct = CaseAct.RESTORE,
) -> Comment:
    """Show a hidden comment again. Raises ModerationRefused if it was not hidden, CaseRefused
    where the author's appeal waits for its own decision.
    """
    ground = Ground(reason=reason.strip())
    return _decide(
        CommentAct.RESTORE, community_id, comment_id, ground=ground, by=by, now=now, through=through
    )


@transaction.atomic
def publish_comment(*, community_id: int, comment_id: int, by: Actor, now: datetime) -> Comment:
    """Show a comment that waited for its first reading. Raises ModerationRefused otherwise."""
    return _decide(CommentAct.PUBLISH, community_id, comment_id, ground=Ground(), by=by, now=now)


def _decide(
    act: CommentAct,
    community_id: int,
    comment_id: int,
    *,
    ground: Ground,
    by: Actor,
    now: datetime,
    through: CaseAct | None = None,
) -> Comment:
    held = locked_comment(community_id, comment_id)
    if held is None:
        raise ModerationRefused(_("There is no such comment."), code="unknown")
    before = held.state
    after = rules.comment_after(before, act)
    if after is None:
        raise ModerationRefused(
            _("This comment was changed meanwhile: it is now “%(state)s”. Look at it again.")
            % {"state": held.get_state_display()},
            code="changed",
        )
    held.state, held.flags_open = after, 0
    held.save(update_fields=["state", "flags_open"])
    case = note_decision(held, act, by=by, now=now, through=through)
    decision = record_decision(
        held, act, ACTS[act], ground=ground, public=ground.public, case=case, by=by, now=now
    )
    moved = (after == CommentState.VISIBLE) - (before == CommentState.VISIBLE)
    if moved:
        count_shown(held, moved)
    if through is not CaseAct.REVERSE:  # how an appeal ended is told by a letter of its own
        tell_decision(comment=held, decision=decision, now=now)
    bump(held.community.key, "participation")
    return held
