"""A moderator's decision on a text: one entry in the register, and the record that quotes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from infitah.core.clock import local_day
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.ledger.rules.canonical import JSON
from infitah.participation.models import (
    Comment,
    Idea,
    ModerationCase,
    ModerationDecision,
    ModerationRule,
)
from infitah.participation.operations.case_book import Text, reference_of


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a decision is taken: a numbered rule where something is hidden, and a sentence."""

    rule: ModerationRule | None = None
    reason: str = ""

    @property
    def public(self) -> dict[str, JSON]:
        """What the register tells everybody of it: the number of the rule."""
        return {"rule": self.rule.number} if self.rule else {}


def record_decision(
    text: Text,
    action: str,
    act: str,
    *,
    ground: Ground,
    public: Mapping[str, JSON],
    case: ModerationCase | None,
    by: Actor,
    now: datetime,
) -> ModerationDecision:
    """Write a decision in the register as `participation.<act>` and return its record.

    The reason is in the private column of the register; everybody reads `public`.
    """
    entry = ledger.record(
        community_key=text.community.key,
        act=f"participation.{act}",
        subject=reference_of(text),
        by=by,
        public=public,
        private={"reason": ground.reason} if ground.reason else None,
        occurred_on=local_day(now),
        now=now,
    )
    return ModerationDecision.objects.create(
        community=text.community,
        idea=text if isinstance(text, Idea) else None,
        comment=text if isinstance(text, Comment) else None,
        case=case,
        action=action,
        rule=ground.rule,
        reason=ground.reason,
        decided_by=by.key,
        office=by.office,
        decided_at=now,
        register_number=entry.number,
    )
