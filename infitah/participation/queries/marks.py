"""Marks of what a record says: an act compares the one that was read with the one that stands."""

from hashlib import sha256

from infitah.participation.models import Consultation, ModerationRule, Workshop

STATED = (
    *("name", "introduction", "round_number", "opens_at", "results_visibility"),
    *("is_premoderated", "takes_ideas", "takes_votes", "takes_comments"),
)
TOPIC_STATED = ("axis_id", "context", "facts", "question", "documents")
OF_WORKSHOP = ("name", "held_on", "hour", "place", "present")
OF_RULE = ("text", "starts_on", "ends_on")


def consultation_mark(consultation: Consultation) -> str:
    """Return the mark of what a consultation says and asks. Two queries."""
    held = Consultation.objects.filter(pk=consultation.pk).values_list(*STATED, "closes_at").get()
    topics = consultation.topics.order_by("position", "pk").values_list(*TOPIC_STATED)
    return _mark(held, *topics)


def workshop_mark(workshop: Workshop) -> str:
    """Return the mark of what a workshop says. One query."""
    return _mark(Workshop.objects.filter(pk=workshop.pk).values_list(*OF_WORKSHOP).get())


def rule_mark(rule: ModerationRule) -> str:
    """Return the mark of the wording of a rule; of nothing once it is gone. One query."""
    return _mark(*ModerationRule.objects.filter(pk=rule.pk).values_list(*OF_RULE))


def _mark(*rows: tuple[object, ...]) -> str:
    return sha256(repr(rows).encode()).hexdigest()
