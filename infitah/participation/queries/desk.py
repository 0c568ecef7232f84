"""What officers have to read and decide."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from infitah.community.models import Appointment, Participant
from infitah.core.viewer import Viewer
from infitah.participation import rules
from infitah.participation.models import (
    Consultation,
    Idea,
    IdeaQuerySet,
    ModerationRule,
    StatementVote,
)
from infitah.participation.queries.consultations import ConsultationCard, card_of
from infitah.participation.queries.conversation import comments_visible_to
from infitah.participation.queries.ideas import KIND, IdeaList, ideas_visible_to, rows_by_keyset
from infitah.searchindex import queries as searchindex

WAITING = (rules.IdeaState.RECEIVED, rules.IdeaState.LATE)
SHELVES = {
    "waiting": (rules.IdeaState.RECEIVED,),
    "visible": (rules.IdeaState.VISIBLE,),
    "hidden": (rules.IdeaState.HELD,),
    "late": (rules.IdeaState.LATE,),
    "refused": (rules.IdeaState.REFUSED,),
}
"""The filters of the idea queue and the states that each shows."""
MOST_FOUND = 200
"""Ideas that the index proposes at most for the words of a search at the desk."""


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
class DeskFilter:
    """What an officer asked the list of ideas for; empty is no filter."""

    shelf: str = ""
    consultation: str = ""
    axis: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of the idea queue."""

    shelf: str
    ideas: IdeaList


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """What a consultation holds, for who works on it; votes None where none may be told yet.

    `ideas` are all that still have a text; `shown` those of them that everybody reads and counts.
    """

    ideas: int
    shown: int
    refused: int
    waiting: int
    late: int
    hidden: int
    comments: int
    workshops: int
    votes: int | None


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
    *, viewer: Viewer, wanted: DeskFilter, before: str = "", after: str = ""
) -> DeskPage:
    """Return a page of the queue: what was asked for, or everything. One query.

    Four more where words are looked for: the index proposes what is public, whatever way it is
    written; of what only moderators read, the sentence or the number must hold the words.
    """
    ideas: IdeaQuerySet = ideas_visible_to(viewer)
    if not viewer.may("idea.read"):
        ideas = Idea.objects.none()
    if wanted.shelf in SHELVES:
        ideas = ideas.filter(state__in=SHELVES[wanted.shelf])
    if wanted.consultation:
        ideas = ideas.filter(consultation__slug=wanted.consultation)
    if wanted.axis:
        ideas = ideas.filter(axis__slug=wanted.axis)
    if wanted.words:
        ideas = ideas.filter(_holds(viewer, wanted.words))
    name = wanted.shelf if wanted.shelf in SHELVES else ""
    return DeskPage(name, rows_by_keyset(ideas, before=before, after=after))


def _holds(viewer: Viewer, words: str) -> Q:
    answer = searchindex.search(
        community_key=viewer.community_key, text=words, kinds=(KIND,), limit=MOST_FOUND
    )
    found = [hit.subject for hit in answer.hits] if answer.has_all_words else []
    return (
        Q(reference__in=found)
        | Q(statement__icontains=words)
        | Q(detail__icontains=words)
        | Q(reference__iexact=words)
    )


def desk_counts(*, viewer: Viewer, consultation: Consultation, now: datetime) -> DeskCounts:
    """Return the counts of a consultation at the desk; votes only after closing. Four queries.

    Nobody sees a result before closing, on any surface: not how many votes, for none either.
    """
    states = dict(
        ideas_visible_to(viewer)
        .filter(consultation=consultation)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    comments = comments_visible_to(viewer).filter(consultation=consultation)
    votes = None
    if consultation.takes_votes and consultation.state(now) == rules.ConsultationState.CLOSED:
        votes = StatementVote.objects.filter(consultation=consultation).count()
    return DeskCounts(
        ideas=sum(states.values()),
        shown=states.get(rules.IdeaState.VISIBLE, 0),
        refused=states.get(rules.IdeaState.REFUSED, 0),
        waiting=states.get(rules.IdeaState.RECEIVED, 0),
        late=states.get(rules.IdeaState.LATE, 0),
        hidden=states.get(rules.IdeaState.HELD, 0),
        comments=comments.count(),
        workshops=consultation.workshops.count(),
        votes=votes,
    )


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


def author_is_told(idea: Idea) -> bool:
    """Return whether the author of an idea left a mail address for letters. No query."""
    author = idea.author
    return author is not None and bool(
        author.address_kind == Participant.AddressKind.MAIL and author.address_sealed
    )


def office_name(office: str) -> str:
    """Return an office in words, in the language of the page; as it is kept where it is none."""
    known = dict(Appointment.Office.choices)
    return str(known.get(office, office))
