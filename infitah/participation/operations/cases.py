"""Deciding cases one by one: leave or hide, undo, the author's one appeal, and its decision."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.queries.offices import officers_with
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.kernel.text import clean_text
from infitah.ledger import operations as ledger
from infitah.ledger.rules.canonical import JSON
from infitah.participation import rules
from infitah.participation.models import (
    Comment,
    Idea,
    ModerationCase,
    ModerationDecision,
    ModerationRule,
)
from infitah.participation.operations.case_book import CaseRefused, Text, move, reference_of
from infitah.participation.operations.case_letters import (
    tell_appeal_decided,
    tell_appeal_received,
)
from infitah.participation.operations.comment_moderation import (
    hide_comment,
    publish_comment,
    restore_comment,
)
from infitah.participation.operations.decisions import Ground, record_decision
from infitah.participation.operations.moderation import (
    ModerationRefused,
    checked_reason,
    hide_idea,
    publish_idea,
    restore_idea,
)
from infitah.participation.rules import AppealFault, CaseAct, CaseState

MODERATES = "idea.hide"
"""The right of those who decide cases."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided: without a rule the text is left as it is; a reason in any case of hiding."""

    rule: ModerationRule | None = None
    reason: str = ""


def locked_case(community_id: int, case_id: int) -> ModerationCase:
    """Return a case held for an act, with its text. Raises CaseRefused for no such one."""
    held = (
        ModerationCase.objects.select_for_update(of=("self",))
        .select_related(
            "community",
            "idea__consultation",
            "idea__community",
            "idea__author",
            "comment__consultation",
            "comment__community",
            "comment__author",
            "comment__idea",
            "comment__paragraph__text",
        )
        .filter(community_id=community_id, pk=case_id)
        .first()
    )
    if held is None:
        raise CaseRefused(_("There is no such case."), code="unknown")
    return held


def text_of(case: ModerationCase) -> Text:
    """Return the idea or the comment that a case is about."""
    text = case.idea or case.comment
    if text is None:
        raise ValueError("A case is about one text.")
    return text


def check_ruling(ruling: Ruling, now: datetime) -> None:
    """Refuse to hide under a rule that is not in force, or without a reason.

    Raises ModerationRefused.
    """
    rule = ruling.rule
    if rule is None:
        return
    if not rules.is_rule_in_force(rule.starts_on, rule.ends_on, local_day(now)):
        raise ModerationRefused(_("This rule is not in force today."), field="rule")
    checked_reason(ruling.reason)


@transaction.atomic
def decide_case(
    *, community_id: int, case_id: int, ruling: Ruling, by: Actor, now: datetime
) -> ModerationCase:
    """Decide a reported case: leave the text as it is, or hide it under a rule with a reason.

    The author of a hidden text is told rule, reason and how to appeal. Raises CaseRefused for a
    case that does not wait for it, ModerationRefused for a rule or reason that does not do.
    """
    case = locked_case(community_id, case_id)
    if case.state != CaseState.REPORTED:
        move(case, CaseAct.KEEP, by=by, now=now)  # says what it is now
    check_ruling(ruling, now)
    if ruling.rule is not None:
        _hide(text_of(case), ruling.rule, ruling.reason, by, now)
    else:
        _keep(case, text_of(case), ruling.reason.strip(), by, now)
    return locked_case(community_id, case_id)


def _hide(text: Text, rule: ModerationRule, reason: str, by: Actor, now: datetime) -> None:
    common = {"community_id": text.community_id, "rule": rule, "reason": reason}
    if isinstance(text, Idea):
        hide_idea(reference=text.reference, by=by, now=now, **common)  # type: ignore[arg-type]
    else:
        hide_comment(comment_id=text.pk, by=by, now=now, **common)  # type: ignore[arg-type]


def _keep(case: ModerationCase, text: Text, reason: str, by: Actor, now: datetime) -> None:
    if isinstance(text, Comment) and text.state == rules.CommentState.RECEIVED:
        publish_comment(community_id=text.community_id, comment_id=text.pk, by=by, now=now)
    elif isinstance(text, Idea) and text.state == rules.IdeaState.RECEIVED:
        publish_idea(community_id=text.community_id, reference=text.reference, by=by, now=now)
    else:
        move(case, CaseAct.KEEP, by=by, now=now)
        _recorded(case, text, "keep", "case_kept", reason, by, now)
        Comment.objects.filter(pk=case.comment_id or 0).update(flags_open=0)
        bump(case.community.key, "participation")


def _recorded(
    case: ModerationCase, text: Text, action: str, act: str, reason: str, by: Actor, now: datetime
) -> ModerationDecision:
    """Record a decision that hides and shows nothing; the register tells how many flagged."""
    public: dict[str, JSON] = {"flags": case.flags.count()}
    ground = Ground(reason=reason)
    return record_decision(
        text, action, act, ground=ground, public=public, case=case, by=by, now=now
    )


@transaction.atomic
def undo_decision(*, community_id: int, case_id: int, by: Actor, now: datetime) -> ModerationCase:
    """Undo a decision that nobody appealed: the text is as it was, the case waits again.

    Its clock is the old one. Raises CaseRefused for a case that is not decided.
    """
    case = locked_case(community_id, case_id)
    text = text_of(case)
    if case.outcome == rules.CaseOutcome.HIDDEN and case.state == CaseState.DECIDED:
        _restore(text, "", CaseAct.REOPEN, by, now)
        return locked_case(community_id, case_id)
    move(case, CaseAct.REOPEN, by=by, now=now)
    _recorded(case, text, "reopen", "case_reopened", "", by, now)
    bump(case.community.key, "participation")
    return case


def _restore(text: Text, reason: str, through: CaseAct, by: Actor, now: datetime) -> None:
    common = {"community_id": text.community_id, "reason": reason, "through": through}
    if isinstance(text, Idea):
        restore_idea(reference=text.reference, by=by, now=now, **common)  # type: ignore[arg-type]
    else:
        restore_comment(comment_id=text.pk, by=by, now=now, **common)  # type: ignore[arg-type]


# The author's appeal ------------------------------------------------------------------------------


def _why_no_appeal(fault: AppealFault) -> str:
    return {
        AppealFault.NOT_HIDDEN: _("This text is not hidden: there is nothing to appeal against."),
        AppealFault.TWICE: _("You have appealed already. An appeal can be made once."),
        AppealFault.LATE: _("The thirty days in which you could appeal are over."),
    }[fault]


def fault_of_case(case: ModerationCase, now: datetime) -> str:
    """Return in words why nobody may appeal in this case at `now`, empty where one may."""
    fault = rules.fault_of_appeal(
        state=case.state,
        outcome=case.outcome,
        appealed_at=case.appealed_at,
        decided_at=case.decided_at or case.opened_at,
        now=now,
    )
    return _why_no_appeal(fault) if fault else ""


@transaction.atomic
def appeal(
    *, community_id: int, case_id: int, words: str, by: Actor, now: datetime
) -> ModerationCase:
    """Have an author's appeal decided within 24 hours, once, within 30 days of the hiding.

    Only who holds the link of the mail, or the author on a proved device, comes here. The author
    gets a receipt. Raises CaseRefused twice, late, for a text not hidden, and for too few words.
    """
    case = locked_case(community_id, case_id)
    refusal = fault_of_case(case, now)
    if refusal:
        raise CaseRefused(refusal, code="no_appeal")
    said = clean_text(words)
    if not rules.APPEAL_MIN <= len(said) <= rules.APPEAL_MAX:
        raise CaseRefused(
            _("Say in a sentence, of %(least)s to %(most)s characters, why it should be shown.")
            % {"least": rules.APPEAL_MIN, "most": rules.APPEAL_MAX},
            field="words",
        )
    case.appealed_at, case.appeal_text, case.due_at = now, said, rules.due_at(now)
    case.save(update_fields=["appealed_at", "appeal_text", "due_at"])
    move(case, CaseAct.APPEAL, by=by, now=now)
    text = text_of(case)
    ledger.record(
        community_key=case.community.key,
        act="participation.appeal_given",
        subject=reference_of(text),
        by=by,
        public={},
        private={"appeal": said},
        occurred_on=local_day(now),
        now=now,
    )
    tell_appeal_received(case=case, text=text, now=now)
    bump(case.community.key, "participation")
    return case


def hidden_by(case: ModerationCase) -> str:
    """Return who hid the text of a case. One query."""
    hidings = case.decisions.filter(action="hide").order_by("-decided_at", "-pk")
    return hidings.values_list("decided_by", flat=True).first() or ""


def may_decide_appeal(
    case: ModerationCase, *, officer: str, community: Community, day: datetime
) -> bool:
    """Return whether `officer` may decide this appeal: another than who hid it. Two queries."""
    return rules.may_decide_appeal(
        officer,
        hidden_by=hidden_by(case),
        moderators=officers_with(community, MODERATES, local_day(day)),
    )


@transaction.atomic
def decide_appeal(
    *, community_id: int, case_id: int, is_granted: bool, reason: str, by: Actor, now: datetime
) -> ModerationCase:
    """End an appeal: the text is shown again, or stays hidden; the author is told why.

    By another officer than the one who hid it, wherever there is one. Raises CaseRefused for the
    same officer, and without an appeal; ModerationRefused without a reason.
    """
    case = locked_case(community_id, case_id)
    text, why = text_of(case), checked_reason(reason)
    if case.state != CaseState.APPEALED:
        move(case, CaseAct.UPHOLD, by=by, now=now)  # says what it is now
    if not may_decide_appeal(case, officer=by.key, community=case.community, day=now):
        raise CaseRefused(
            _("You hid this text yourself: another officer decides the appeal."), code="same"
        )
    is_alone = hidden_by(case) == by.key
    if is_granted:
        _restore(text, why, CaseAct.REVERSE, by, now)
        decision = case.decisions.filter(action="restore").latest("pk")
    else:
        move(case, CaseAct.UPHOLD, by=by, now=now)
        decision = _recorded(case, text, "uphold", "appeal_refused", why, by, now)
        bump(case.community.key, "participation")
    tell_appeal_decided(
        text=text, decision=decision, is_granted=is_granted, is_alone=is_alone, now=now
    )
    return locked_case(community_id, case_id)


# The clock ----------------------------------------------------------------------------------------


def has_cases_to_close(now: datetime) -> bool:
    """Return whether the days for an appeal are over in a decided case. One look-up."""
    return _lapsed(now).exists()


def _lapsed(now: datetime) -> QuerySet[ModerationCase]:
    return ModerationCase.objects.filter(
        state=CaseState.DECIDED, decided_at__lt=now - rules.APPEAL_WITHIN
    )


def close_cases(*, now: datetime) -> bool:
    """Close the decided cases whose days for an appeal are over; never more to do."""
    _lapsed(now).update(state=CaseState.CLOSED, closed_at=now)
    return False
