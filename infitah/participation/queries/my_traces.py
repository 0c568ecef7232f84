"""All that somebody did from a proved device beside giving ideas: votes, supports, comments.

Shown to oneself alone, below /<lang>/mine/ (decisions D13).
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import (
    Comment,
    Consultation,
    Flag,
    Idea,
    StatementVote,
    Support,
)
from infitah.participation.queries.conversation import address_of_comment
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

    @property
    def vote_count(self) -> int:
        """How many votes one gave in all consultations."""
        return sum(one.votes for one in self.voted_in)

    def __bool__(self) -> bool:
        return bool(self.vote_count or self.support_count or self.comment_count)


FIELDS = ("pk", "consultation__slug", "reference", "statement", "language")


def traces_of(*, viewer: Viewer) -> MyTraces:
    """Return what this device's participant voted, supported and commented. Six queries at most.

    Texts that can no longer be read are counted, not shown.
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


@dataclass(frozen=True, slots=True)
class FlagRaised:
    """A flag as its sender is told of it: its number, and how it ended, empty while it waits."""

    number: int
    flagged_at: datetime
    end: str
    rule_number: int | None
    consultation: Consultation
    page_url: str


def flag_raised(
    *, viewer: Viewer, number: str, network: str, slug: str, idea: str, paragraph: str, comment: int
) -> FlagRaised | None:
    """Return the flag of this number on this text if it came from `network` (a digest).

    The text may be hidden by now: nothing of it is told. Two queries at most.
    """
    if not number.isdecimal() or len(number) > 18 or (paragraph and not comment):
        return None
    under = {"paragraph_id": paragraph} if paragraph else {"idea__reference": idea}
    on: dict[str, object] = {**under}
    if comment:
        on = {f"comment__{name}": value for name, value in under.items()}
        on["comment__number"] = comment
    found = (
        Flag.objects.filter(community_id=viewer.community_id, pk=int(number), network=network, **on)
        .select_related("case", "idea__consultation", "comment__consultation", "comment__idea")
        .select_related("comment__paragraph__text")
        .first()
    )
    text = (found.comment or found.idea) if found is not None else None
    if found is None or text is None or text.consultation.slug != slug:
        return None
    return FlagRaised(
        number=found.pk,
        flagged_at=found.flagged_at,
        end=found.case.outcome if found.case is not None else "",
        rule_number=_rule_of(found),
        consultation=text.consultation,
        page_url=text.get_absolute_url() if isinstance(text, Idea) else address_of_comment(text),
    )


def _rule_of(flag: Flag) -> int | None:
    """Return under which rule the case of a flag hid the text last. One query, or none."""
    if flag.case is None or not flag.case.outcome:
        return None
    hidings = flag.case.decisions.filter(action="hide").order_by("-decided_at", "-pk")
    return hidings.values_list("rule__number", flat=True).first()
