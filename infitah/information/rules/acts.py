"""The acts of a request for information: dated, append-only, the only source of its state.

Law 31-13 (القانون رقم 31.13), arts. 14 to 21. Nobody types a state: it is read off these acts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class ActKind(StrEnum):
    """What may happen to a request; the article is that of law 31-13."""

    SUBMITTED = "submitted"  # إيداع الطلب, art. 14
    REGISTERED = "registered"
    URGENCY_REFUSED = "urgency_refused"  # art. 17
    TRANSFERRED = "transferred"
    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFIED = "clarified"
    TASKED = "tasked"
    TASK_ANSWERED = "task_answered"
    TASK_CANCELLED = "task_cancelled"
    THIRD_PARTY_CONSULTED = "third_party_consulted"  # arts. 9 and 16
    THIRD_PARTY_ANSWERED = "third_party_answered"
    EXTENDED = "extended"  # تمديد الأجل, art. 16
    DECIDED = "decided"
    SECOND_READ = "second_read"
    SENT_BACK = "sent_back"
    DELIVERED = "delivered"
    PUBLISHED = "published"
    DEFERRED = "deferred"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"
    COMPLAINED_HEAD = "complained_head"  # شكاية إلى رئيس المؤسسة, art. 19
    HEAD_DECIDED = "head_decided"
    COMPLAINED_CDAI = "complained_cdai"  # شكاية إلى لجنة الحق في الحصول على المعلومات, art. 20
    CDAI_DECIDED = "cdai_decided"
    COURT_SEIZED = "court_seized"  # الطعن أمام المحكمة الإدارية, art. 21
    COURT_RULED = "court_ruled"
    REOPENED = "reopened"


class Outcome(StrEnum):
    """What a decision comes to; computed from what is given and withheld, never typed."""

    FULL = "full"
    PARTIAL = "partial"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    ALREADY_PUBLIC = "already_public"


class Ruling(StrEnum):
    """What the head, the commission or the court says of a complaint."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


class Delivery(StrEnum):
    """How an answer reached the requester."""

    EMAIL = "email"
    POST = "post"
    COUNTER = "counter"
    CONSULTED = "consulted"
    CHAFAFIYA = "chafafiya"


PROVED_BY_NUMBER = frozenset({Delivery.POST, Delivery.COUNTER, Delivery.CONSULTED})
"""Ways whose proof somebody writes down; a mail proves itself by its delivery."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what happened on which local day, with the facts that the fold reads.

    `facts` may hold `urgent` (SUBMITTED), `outcome` and `withheld` (DECIDED), `until` (DEFERRED,
    ISO date), `reason_fr` (DEFERRED, TAKEN_BACK) and `ruling` (decisions on complaints).
    """

    kind: ActKind
    on: date
    facts: Mapping[str, str | bool] = field(default_factory=lambda: MappingProxyType({}))

    def flag(self, name: str) -> bool:
        """Return whether a fact was stated as true."""
        return self.facts.get(name) is True

    def text(self, name: str) -> str:
        """Return a fact in words, or ""."""
        return str(self.facts.get(name, ""))
