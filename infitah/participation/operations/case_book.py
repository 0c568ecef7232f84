"""The book of moderation cases: what is done to a text opens, moves and closes its case.

Every way of hiding or showing a text comes past here, so that all moderation is counted once.
"""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.participation import rules
from infitah.participation.models import Comment, Idea, ModerationCase
from infitah.participation.rules import CaseAct, CaseOutcome, CaseState

Text = Idea | Comment
BY_ACT = {"hide": CaseAct.HIDE, "publish": CaseAct.KEEP, "restore": CaseAct.RESTORE}


class CaseRefused(OperationRefused):
    """The case cannot be moved on so."""


def reference_of(text: Text) -> str:
    """Return what names a text in the register and in letters; no query with its subject.

    An idea has its own reference; a comment that of what it stands under, and its number there.
    """
    if isinstance(text, Idea):
        return text.reference
    if text.idea is not None:
        return f"{text.idea.reference}/{text.number}"
    if text.paragraph is None:
        raise ValueError("A comment stands under an idea or a paragraph.")
    return f"{text.paragraph.text.subject}/P{text.paragraph.pk}/{text.number}"


def of_text(text: Text) -> Q:
    """Return the condition by which cases, flags and decisions of a text are found."""
    return Q(idea=text) if isinstance(text, Idea) else Q(comment=text)


def open_case(
    text: Text, *, origin: ModerationCase.Origin, opened_at: datetime
) -> tuple[ModerationCase, bool]:
    """Return the case of a text that waits for a decision, and whether it is new.

    The caller holds the row of the text, so that no two cases are opened at once.
    """
    waiting = ModerationCase.objects.filter(of_text(text), state__in=["reported", "appealed"])
    found = waiting.select_for_update().first()
    if found is not None:
        return found, False
    made = ModerationCase.objects.create(
        community=text.community,
        idea=text if isinstance(text, Idea) else None,
        comment=text if isinstance(text, Comment) else None,
        origin=origin,
        opened_at=opened_at,
        due_at=rules.due_at(opened_at),
    )
    return made, True


def move(case: ModerationCase, act: CaseAct, *, by: Actor, now: datetime) -> ModerationCase:
    """Take a case on by `act`. Raises CaseRefused where its state does not allow it."""
    after = rules.case_after(case.state, case.outcome, act)
    if after is None:
        raise CaseRefused(
            _("This case was changed meanwhile: it is now “%(state)s”. Look at it again.")
            % {"state": case.get_state_display()},
            code="changed",
        )
    case.state, case.outcome = after.state, after.outcome
    if act in {CaseAct.KEEP, CaseAct.HIDE}:
        case.decided_at, case.decided_by = now, by.key
    if act is CaseAct.REOPEN:
        case.decided_at, case.decided_by = None, ""
    case.closed_at = now if after.state is CaseState.CLOSED else None
    case.save(update_fields=["state", "outcome", "decided_at", "decided_by", "closed_at"])
    return case


def note_decision(
    text: Text, act: str, *, by: Actor, now: datetime, through: CaseAct | None = None
) -> ModerationCase | None:
    """Move the case of a text on as it is hidden, published or shown again; return the case.

    Hiding what nobody flagged opens and decides a case of its own. `through` names the act of the
    case where it is not the usual one. None where there is no case. Raises CaseRefused where an
    appeal waits for its own decision.
    """
    moved = through or BY_ACT.get(act)
    if moved is None:
        return None
    if moved is CaseAct.HIDE:
        case, _is_new = open_case(text, origin=ModerationCase.Origin.READING, opened_at=now)
        return move(case, moved, by=by, now=now)
    found = _case_for(text, moved)
    if found is None:
        return None
    if moved is CaseAct.RESTORE and found.state == CaseState.APPEALED:
        raise CaseRefused(
            _("The author has appealed: decide the appeal on the page of the case."),
            code="appealed",
        )
    return move(found, moved, by=by, now=now)


def _case_for(text: Text, act: CaseAct) -> ModerationCase | None:
    """Return the newest case of a text that `act` is about, held for it."""
    if act is CaseAct.KEEP:
        wanted = Q(state=CaseState.REPORTED)
    else:
        wanted = Q(outcome__in=[CaseOutcome.HIDDEN, CaseOutcome.UPHELD])
    cases = ModerationCase.objects.select_for_update().filter(of_text(text), wanted)
    return cases.order_by("-opened_at", "-pk").first()


def close_withdrawn(text: Text, *, by: Actor, now: datetime) -> None:
    """Close what is open about a text that its author took back: nothing is left to decide."""
    live = ModerationCase.objects.select_for_update().exclude(state=CaseState.CLOSED)
    for case in live.filter(of_text(text)):
        move(case, CaseAct.WITHDRAW, by=by, now=now)
