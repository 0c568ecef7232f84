"""Supporting an idea and voting on a statement: short acts that many make at the same time.

No entry of the register and no generation for a vote: nothing that anybody reads changes before
closing, and a row a vote would make people linkable (decisions F26). `voice_register` commits them.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infitah.community.models import Community, Participant
from infitah.core.errors import OperationRefused
from infitah.core.gathering import Gathering
from infitah.core.operations import bump
from infitah.kernel.dates import format_date
from infitah.participation import rules
from infitah.participation.models import Idea, Paragraph, Support
from infitah.participation.operations.voice_counts import (
    count_supports,
    count_voter,
    count_votes,
)

NEW_VOTE_ON_IDEA = """
INSERT INTO participation_statementvote
    (consultation_id, idea_id, paragraph_id, participant_id, choice, voted_at)
SELECT c.id, i.id, NULL, %s, %s, %s
FROM participation_idea i JOIN participation_consultation c ON c.id = i.consultation_id
WHERE i.reference = %s AND i.community_id = %s AND i.state = 'visible'
    AND c.slug = %s AND c.announced_at IS NOT NULL AND c.takes_votes
    AND c.opens_at <= %s AND c.closes_at > %s
ON CONFLICT DO NOTHING
RETURNING id, consultation_id, idea_id, paragraph_id
"""
NEW_VOTE = """
INSERT INTO participation_statementvote
    (consultation_id, idea_id, paragraph_id, participant_id, choice, voted_at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
RETURNING id, consultation_id, idea_id, paragraph_id
"""
FORMER_VOTE = """
SELECT id, choice FROM participation_statementvote
WHERE participant_id = %s AND (idea_id = %s OR paragraph_id = %s)
"""
CHANGED_VOTE = """
UPDATE participation_statementvote SET choice = %s, voted_at = %s WHERE id = %s
"""
NEW_SUPPORT = """
INSERT INTO participation_support (idea_id, participant_id, given_at) VALUES (%s, %s, %s)
ON CONFLICT (idea_id, participant_id) DO NOTHING
RETURNING id
"""
UNKNOWN: Final = "unknown"
VOTES: Final = Gathering()


class VoiceRefused(OperationRefused):
    """The vote or the support does not count; `code` "unknown" where there is no such statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is voted on, as a form names it: an idea by reference, or a paragraph by its number."""

    slug: str
    idea: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A statement found, with what decides whether a voice counts. One query read it."""

    consultation_id: int
    idea_id: int | None
    paragraph_id: int | None
    state: str
    author_id: int | None
    announced_at: datetime | None
    opens_at: datetime
    closes_at: datetime
    takes_votes: bool

    def standing(self, now: datetime) -> rules.ConsultationState:
        """Return where its consultation stands at `now`."""
        return rules.state_of_consultation(
            announced_at=self.announced_at,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            now=now,
        )


OF_CONSULTATION = ("announced_at", "opens_at", "closes_at", "takes_votes")


def _held(community: Community, statement: Statement) -> Held:
    if statement.paragraph:
        number = int(statement.paragraph) if statement.paragraph.isdecimal() else 0
        of_text = [f"text__consultation__{name}" for name in OF_CONSULTATION]
        found = Paragraph.objects.filter(
            pk=number,
            text__community=community,
            text__consultation__slug=statement.slug,
            text__is_current=True,
        ).values_list("text__consultation_id", "pk", *of_text)
        for consultation_id, pk, *rest in found:
            return Held(consultation_id, None, pk, rules.IdeaState.VISIBLE, None, *rest)
    else:
        of_idea = [f"consultation__{name}" for name in OF_CONSULTATION]
        ideas = Idea.objects.filter(
            community=community, reference=statement.idea, consultation__slug=statement.slug
        ).values_list("consultation_id", "pk", "state", "author_id", *of_idea)
        for consultation_id, pk, state, author_id, *rest in ideas:
            return Held(consultation_id, pk, None, state, author_id, *rest)
    raise VoiceRefused(_("There is no such statement in this consultation."), code=UNKNOWN)


def _sentence(fault: rules.VoiceFault, held: Held) -> str:
    if fault is rules.VoiceFault.CLOSED:
        day = format_date(rules.last_day(held.closes_at), (get_language() or "ar")[:3])
        return _(
            "This consultation closed at the end of %(day)s (23:59, Moroccan time): what comes "
            "later is not counted."
        ) % {"day": day}
    sentences = {
        rules.VoiceFault.NOT_OPEN: _("This consultation is not open yet."),
        rules.VoiceFault.NO_VOTES: _("This consultation takes no votes."),
        rules.VoiceFault.NOT_SHOWN: _("This statement is not shown any more: choose another one."),
        rules.VoiceFault.OWN: _("You gave this idea yourself: you are counted as its author."),
    }
    return sentences[fault]


def _refuse(fault: rules.VoiceFault | None, held: Held) -> None:
    if fault is not None:
        unknown = fault is rules.VoiceFault.NOT_OPEN and held.announced_at is None
        raise VoiceRefused(_sentence(fault, held), code=UNKNOWN if unknown else fault)


def check_vote(*, community: Community, statement: Statement, now: datetime) -> Held:
    """Return the statement if a vote on it counts at `now`. One query.

    Raises VoiceRefused before opening, after closing (it says when), for an idea that is not
    shown, and with code "unknown" for what is no statement of this consultation.
    """
    held = _held(community, statement)
    fault = rules.fault_of_vote(
        held.standing(now), takes_votes=held.takes_votes, statement_state=held.state
    )
    _refuse(fault, held)
    return held


@dataclass(frozen=True, slots=True)
class Counted:
    """A vote that was just written, and the statement that it counts for."""

    vote_id: int
    consultation_id: int
    idea_id: int | None
    paragraph_id: int | None


@transaction.atomic
def vote_on_statement(
    *,
    community: Community,
    statement: Statement,
    choice: rules.Choice,
    participant_id: int,
    now: datetime,
) -> None:
    """Count a vote once for a participant and statement; voting again changes it.

    The instant of this act decides, not the page that was open. Three statements for a first vote
    on an idea (four on PostgreSQL), each safe against others that vote at the same moment.
    Raises VoiceRefused as `check_vote` does.
    """
    _hold_person(participant_id)
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        new = _first_vote(cursor, community, statement, choice, participant_id, at)
        if new is None:
            # Voted before, or refused: the rule itself says which.
            held = check_vote(community=community, statement=statement, now=now)
            place = [held.consultation_id, held.idea_id, held.paragraph_id, participant_id]
            cursor.execute(NEW_VOTE, [*place, int(choice), at])
            new = _written(cursor)
        if new is None:
            _change_vote(cursor, held, choice, participant_id, at)
            return
        count_votes(cursor, new, rules.change_of(None, choice))
        count_voter(cursor, new.consultation_id, participant_id, new.vote_id)


def cast_vote(
    *,
    community: Community,
    statement: Statement,
    choice: rules.Choice,
    participant_id: int,
    now: datetime,
) -> None:
    """Count a vote as `vote_on_statement` does, and return when it is committed.

    Votes that come in the same moment share one transaction (`core.gathering`). Call it outside
    any transaction. Raises VoiceRefused as `check_vote` does.
    """
    VOTES.perform(
        partial(
            vote_on_statement,
            community=community,
            statement=statement,
            choice=choice,
            participant_id=participant_id,
            now=now,
        )
    )


def _first_vote(
    cursor: CursorWrapper,
    community: Community,
    statement: Statement,
    choice: rules.Choice,
    participant_id: int,
    at: object,
) -> Counted | None:
    """Write a first vote on an idea if everything lets it count, in one statement.

    `rules.fault_of_vote` as a condition of the database: what it does not let in is left to the
    rule. Thousands vote in the last hours, and building the question costs more than asking it.
    """
    if statement.paragraph:
        return None
    of_idea = [statement.idea, community.pk, statement.slug, at, at]
    cursor.execute(NEW_VOTE_ON_IDEA, [participant_id, int(choice), at, *of_idea])
    return _written(cursor)


def _written(cursor: CursorWrapper) -> Counted | None:
    rows = cursor.fetchall()
    return Counted(*rows[0]) if rows else None


def _change_vote(
    cursor: CursorWrapper, held: Held, choice: rules.Choice, participant_id: int, at: object
) -> None:
    cursor.execute(FORMER_VOTE, [participant_id, held.idea_id, held.paragraph_id])
    ((pk, former),) = cursor.fetchall()
    before = rules.Choice(former)
    if before == choice:
        return
    cursor.execute(CHANGED_VOTE, [int(choice), at, pk])
    count_votes(cursor, held, rules.change_of(before, choice))


def _hold_person(participant_id: int) -> None:
    """Let one person's votes come one after another, where the database lets many write."""
    if connection.features.has_select_for_update:
        held = Participant.objects.select_for_update(no_key=True)
        held.filter(pk=participant_id).values_list("pk", flat=True).first()


def _held_idea(
    community: Community, slug: str, reference: str, participant_id: int | None, now: datetime
) -> Held:
    held = _held(community, Statement(slug, idea=reference))
    fault = rules.fault_of_support(
        held.standing(now),
        statement_state=held.state,
        is_own=participant_id is not None and held.author_id == participant_id,
    )
    _refuse(fault, held)
    return held


def check_support(*, community: Community, slug: str, reference: str, now: datetime) -> None:
    """Return if a support of this idea counts at `now`. One query. Raises VoiceRefused."""
    _held_idea(community, slug, reference, None, now)


@transaction.atomic
def support_idea(
    *, community: Community, slug: str, reference: str, participant_id: int, now: datetime
) -> None:
    """Count a participant's support of an idea, once however often it is given.

    Raises VoiceRefused outside the days of the consultation, for an idea that is not shown, and
    for one's own idea.
    """
    held = _held_idea(community, slug, reference, participant_id, now)
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(NEW_SUPPORT, [held.idea_id, participant_id, at])
        if not cursor.fetchall():
            return
        count_supports(cursor, held, 1)
    bump(community.key, "participation")


@transaction.atomic
def take_back_support(
    *, community: Community, slug: str, reference: str, participant_id: int, now: datetime
) -> None:
    """Take a support back while the consultation is open; without one nothing changes.

    Raises VoiceRefused after closing: the counts stay as they were.
    """
    held = _held_idea(community, slug, reference, None, now)
    gone, _rows = Support.objects.filter(
        idea_id=held.idea_id, participant_id=participant_id
    ).delete()
    if not gone:
        return
    with connection.cursor() as cursor:
        count_supports(cursor, held, -1)
    bump(community.key, "participation")
