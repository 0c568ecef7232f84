"""Deciding on ideas: hide under a numbered rule, restore, publish, take in or refuse late ones."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.participation import rules
from infitah.participation.models import Idea, ModerationRule
from infitah.participation.operations.case_book import note_decision
from infitah.participation.operations.decisions import Ground, record_decision
from infitah.participation.operations.ideas import locked_idea
from infitah.participation.operations.letters import tell_author
from infitah.participation.operations.tallies import count_change
from infitah.participation.queries.ideas import KIND
from infitah.searchindex import operations as searchindex


class ModerationRefused(OperationRefused):
    """The decision cannot be taken."""


ACTS = {
    rules.Act.HIDE: "idea_hidden",
    rules.Act.RESTORE: "idea_restored",
    rules.Act.PUBLISH: "idea_published",
    rules.Act.ACCEPT_LATE: "late_idea_accepted",
    rules.Act.REFUSE_LATE: "late_idea_refused",
}


@transaction.atomic
def hide_idea(
    *,
    community_id: int,
    reference: str,
    rule: ModerationRule,
    reason: str,
    by: Actor,
    now: datetime,
) -> Idea:
    """Hide an idea under a rule in force; its text leaves every page, list and search at once.

    The author is told by mail which rule and why, and how to ask again. Raises
    ModerationRefused for an idea that cannot be hidden, a rule not in force or no reason.
    """
    if not rules.is_rule_in_force(rule.starts_on, rule.ends_on, local_day(now)):
        raise ModerationRefused(_("This rule is not in force today."), field="rule")
    ground = Ground(rule, checked_reason(reason))
    return _decide(rules.Act.HIDE, community_id, reference, ground=ground, by=by, now=now)


@transaction.atomic
def restore_idea(
    *,
    community_id: int,
    reference: str,
    reason: str = "",
    by: Actor,
    now: datetime,
    through: rules.CaseAct = rules.CaseAct.RESTORE,
) -> Idea:
    """Show again what was hidden, as it stood before. Raises ModerationRefused if it was not,
    CaseRefused where the author's appeal waits for its own decision.
    """
    ground = Ground(reason=reason)
    act = rules.Act.RESTORE
    return _decide(act, community_id, reference, ground=ground, by=by, now=now, through=through)


@transaction.atomic
def publish_idea(*, community_id: int, reference: str, by: Actor, now: datetime) -> Idea:
    """Show an idea that waited for its first reading. Raises ModerationRefused otherwise."""
    return _decide(rules.Act.PUBLISH, community_id, reference, ground=Ground(), by=by, now=now)


@transaction.atomic
def accept_late_idea(
    *, community_id: int, reference: str, reason: str = "", by: Actor, now: datetime
) -> Idea:
    """Take a late idea in among the others; it stays marked as late. The author is told."""
    ground = Ground(reason=reason)
    return _decide(rules.Act.ACCEPT_LATE, community_id, reference, ground=ground, by=by, now=now)


@transaction.atomic
def refuse_late_idea(
    *, community_id: int, reference: str, reason: str, by: Actor, now: datetime
) -> Idea:
    """Leave a late idea out, with a reason that its author is told. It can still be read.

    Raises ModerationRefused without a reason, or for an idea that is not in the tray.
    """
    ground = Ground(reason=checked_reason(reason))
    return _decide(rules.Act.REFUSE_LATE, community_id, reference, ground=ground, by=by, now=now)


def checked_reason(reason: str) -> str:
    """Return a reason that an author will read. Raises ModerationRefused for less than one."""
    if len(reason.strip()) < rules.REASON_MIN:
        raise ModerationRefused(
            _("Write the reason in a sentence, for the author."), field="reason"
        )
    return reason.strip()


def _decide(
    act: rules.Act,
    community_id: int,
    reference: str,
    *,
    ground: Ground,
    by: Actor,
    now: datetime,
    through: rules.CaseAct | None = None,
) -> Idea:
    idea = locked_idea(community_id, reference)
    before = idea.state
    after = rules.state_after(before, act, state_before_hiding=idea.state_before_hiding)
    if after is None:
        raise ModerationRefused(
            _("This idea was changed meanwhile: it is now “%(state)s”. Look at it again.")
            % {"state": idea.get_state_display()},
            code="changed",
        )
    idea.state = after
    idea.state_before_hiding = before if after == rules.IdeaState.HELD else ""
    idea.save(update_fields=["state", "state_before_hiding"])
    case = note_decision(idea, act, by=by, now=now, through=through)
    decision = record_decision(
        idea, act, ACTS[act], ground=ground, public=ground.public, case=case, by=by, now=now
    )
    count_change(idea, before=before)
    _index(idea)
    if through is not rules.CaseAct.REVERSE:  # how an appeal ended is told by a letter of its own
        tell_author(idea=idea, decision=decision, now=now)
    post_event(
        kind=f"participation.{ACTS[act]}",
        community_key=idea.community.key,
        subject=idea.reference,
        payload={"state": str(after)},
        dedupe_key=f"participation.{ACTS[act]}:{idea.reference}:{decision.pk}",
        now=now,
    )
    bump(idea.community.key, "participation")
    return idea


def _index(idea: Idea) -> None:
    """Take a hidden text out of search at once; what is shown again may wait for the worker."""
    where = {"community_key": idea.community.key, "kind": KIND, "subject": idea.reference}
    if idea.state in rules.PUBLIC_STATES:
        searchindex.mark_dirty(**where)
    else:
        searchindex.remove(**where)
