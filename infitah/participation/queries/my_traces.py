"""All that somebody did from a proved device beside giving ideas: votes, supports, flags.

Shown to oneself alone, below /<lang>/mine/ (decisions D13).
"""

import uuid
from dataclasses import dataclass

from django.db.models import Count

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import (
    Comment,
    StatementVote,
    Support,
)
from infitah.participation.queries.flags import FlagRaised, flags_of
from infitah.participation.queries.ideas import ideas_visible_to

LISTED = 100


@dataclass(frozen=True, slots=True)
class MyTrace:
    """An idea of others and what one said of it: a vote in words of a form, or a support."""

    slug: str
    reference: str
    statement: str
    language: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class VotedIn:
    """How many statements of a consultation one voted on, ideas and paragraphs together."""

    slug: str
    name: LocalizedText
    votes: int


@dataclass(frozen=True, slots=True)
class MyTraces:
    """What one did beside giving ideas; each list holds the newest, the counts hold all."""

    voted_in: tuple[VotedIn, ...] = ()
    votes: tuple[MyTrace, ...] = ()
    supports: tuple[MyTrace, ...] = ()
    support_count: int = 0
    comment_count: int = 0
    flags: tuple[FlagRaised, ...] = ()

    @property
    def vote_count(self) -> int:
        """How many votes one gave in all consultations."""
        return sum(one.votes for one in self.voted_in)

    def __bool__(self) -> bool:
        return bool(self.vote_count or self.support_count or self.comment_count or self.flags)


FIELDS = ("pk", "consultation__slug", "reference", "statement", "language")


def traces_of(*, viewer: Viewer) -> MyTraces:
    """Return what this device's participant voted, supported, commented and flagged.

    Eight queries at most. Texts that can no longer be read are counted, not shown.
    """
    person = viewer.participant_id
    if person is None:
        return MyTraces()
    votes = StatementVote.objects.filter(participant_id=person).order_by("-voted_at", "-pk")
    supports = Support.objects.filter(participant_id=person).order_by("-given_at", "-pk")
    choices = dict(votes.exclude(idea=None).values_list("idea_id", "choice")[:LISTED])
    supported = dict.fromkeys(supports.values_list("idea_id", flat=True))
    newest = list(supported)[:LISTED]
    shown = _shown(viewer, {*choices, *newest})
    words = {value: word for word, value in rules.CHOICES.items()}
    comments = Comment.objects.filter(community_id=viewer.community_id, author_id=person)
    return MyTraces(
        voted_in=_voted_in(person),
        votes=tuple(
            MyTrace(*shown[pk], words[rules.Choice(choice)])
            for pk, choice in choices.items()
            if pk in shown
        ),
        supports=tuple(MyTrace(*shown[pk]) for pk in newest if pk in shown),
        support_count=len(supported),
        comment_count=comments.exclude(state=rules.CommentState.WITHDRAWN).count(),
        flags=flags_of(viewer=viewer, limit=LISTED),
    )


def _shown(viewer: Viewer, ids: set[int]) -> dict[int, tuple[str, str, str, str]]:
    found = ideas_visible_to(viewer).filter(pk__in=ids)
    return {pk: tuple(values) for pk, *values in found.values_list(*FIELDS)}  # type: ignore[misc]


def _voted_in(person: int) -> tuple[VotedIn, ...]:
    mine = StatementVote.objects.filter(participant_id=person).order_by()
    rows = mine.values_list("consultation__slug", "consultation__name").annotate(n=Count("pk"))
    return tuple(VotedIn(*row) for row in rows.order_by("-consultation__opens_at"))


def comment_given(*, viewer: Viewer, key: uuid.UUID) -> Comment | None:
    """Return the comment given under `key`: who holds the key gave it. One query."""
    found = Comment.objects.filter(community_id=viewer.community_id, submission_key=key)
    return found.select_related("consultation", "idea", "paragraph__text").first()
