"""What officers have to read and decide."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from infitah.core.viewer import Viewer
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, IdeaQuerySet, ModerationRule
from infitah.participation.queries.consultations import ConsultationCard, card_of
from infitah.participation.queries.ideas import IdeaList, ideas_visible_to, rows_by_keyset

WAITING = (rules.IdeaState.RECEIVED, rules.IdeaState.LATE)
SHELVES = {
    "waiting": (rules.IdeaState.RECEIVED,),
    "visible": (rules.IdeaState.VISIBLE,),
    "hidden": (rules.IdeaState.HELD,),
    "late": (rules.IdeaState.LATE,),
    "refused": (rules.IdeaState.REFUSED,),
}
"""The filters of the idea queue and the states that each shows."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """The next thing to decide."""

    reference: str
    statement: str
    language: str
    state: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a moderator: how many, and the oldest first."""

    count: int
    items: tuple[QueueItem, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of the idea queue."""

    shelf: str
    ideas: IdeaList


@dataclass(frozen=True, slots=True)
class RuleShelves:
    """The moderation rules by time; each carries `uses`, the number of decisions under it."""

    held: tuple[ModerationRule, ...]
    coming: tuple[ModerationRule, ...]
    ended: tuple[ModerationRule, ...]


def desk_rules(viewer: Viewer, today: date) -> RuleShelves:
    """Return every moderation rule of the community, by number. One query."""
    rules_ = ModerationRule.objects.visible_to(viewer).annotate(uses=Count("decisions"))
    held: list[ModerationRule] = []
    coming: list[ModerationRule] = []
    ended: list[ModerationRule] = []
    for rule in rules_.order_by("number", "starts_on"):
        if rule.ends_on is not None and rule.ends_on <= today:
            ended.append(rule)
        else:
            (coming if rule.starts_on > today else held).append(rule)
    return RuleShelves(tuple(held), tuple(coming), tuple(ended))


def queue_for(viewer: Viewer, limit: int = 5) -> Queue:
    """Return the ideas that wait for a decision of `viewer`, the oldest first. Two queries.

    Empty, and no query, for who may not read ideas that are not shown.
    """
    if not viewer.may("idea.read"):
        return Queue(0, ())
    waiting = ideas_visible_to(viewer).filter(state__in=WAITING)
    items = waiting.order_by("position").values_list(
        "reference", "statement", "language", "state", "submitted_at"
    )[:limit]
    return Queue(waiting.count(), tuple(QueueItem(*values) for values in items))


def desk_ideas(
    *, viewer: Viewer, shelf: str, slug: str = "", before: str = "", after: str = ""
) -> DeskPage:
    """Return a page of the queue: a shelf of SHELVES, or everything. One query."""
    ideas: IdeaQuerySet = ideas_visible_to(viewer)
    if not viewer.may("idea.read"):
        ideas = Idea.objects.none()
    if shelf in SHELVES:
        ideas = ideas.filter(state__in=SHELVES[shelf])
    if slug:
        ideas = ideas.filter(consultation__slug=slug)
    name = shelf if shelf in SHELVES else ""
    return DeskPage(name, rows_by_keyset(ideas, before=before, after=after))


def desk_consultations(*, viewer: Viewer, now: datetime) -> list[ConsultationCard]:
    """Return every consultation, drafts too, the newest first. One query."""
    if not viewer.may("consultation.edit"):
        return []
    return [card_of(one, now) for one in Consultation.objects.visible_to(viewer)]


def desk_receipt(*, viewer: Viewer, reference: str) -> Idea | None:
    """Return an idea typed at the desk, for the receipt that its giver takes away. One query."""
    typed = Idea.objects.filter(
        community_id=viewer.community_id, reference=reference, source=Idea.Source.DESK
    )
    if not viewer.may("idea.enter"):
        return None
    return typed.select_related("community", "consultation", "axis", "commune", "author").first()
