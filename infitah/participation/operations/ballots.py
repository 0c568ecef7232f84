"""Votes on statements, written one by one or, when many come in the same moment, together.

Thousands vote in the last hours of a consultation: a first vote on an idea costs one statement
for the vote, one for the counts of the idea and one for the people, and those that wait for the
same writer share them and the commit (`core.gathering`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import get_language, override

from infitah.community.models import Community, Participant
from infitah.core.gathering import Gathering
from infitah.participation import rules
from infitah.participation.operations.voice import Held, Statement, VoiceRefused, check_vote
from infitah.participation.operations.voice_counts import (
    NewVote,
    count_first_votes,
    count_newest_votes,
    count_voters,
    count_votes,
)

LET_IN = """
INSERT INTO participation_statementvote
    (consultation_id, idea_id, paragraph_id, participant_id, choice, voted_at)
SELECT c.id, i.id, NULL, b.column1, b.column2, b.column3
FROM (VALUES {rows}) AS b
JOIN participation_idea i ON i.reference = b.column4 AND i.community_id = b.column5
JOIN participation_consultation c ON c.id = i.consultation_id
WHERE i.state = 'visible' AND c.slug = b.column6 AND c.announced_at IS NOT NULL
    AND c.takes_votes AND c.opens_at <= b.column3 AND c.closes_at > b.column3
ON CONFLICT DO NOTHING
"""
HANDED_BACK = """
RETURNING id, consultation_id, idea_id, paragraph_id, choice, participant_id,
    (SELECT reference FROM participation_idea WHERE id = idea_id)
"""
ROW = "(%s, %s, %s, %s, %s, %s)"
NEW_VOTE = """
INSERT INTO participation_statementvote
    (consultation_id, idea_id, paragraph_id, participant_id, choice, voted_at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
RETURNING id, consultation_id, idea_id, paragraph_id, choice
"""
FORMER_VOTE = """
SELECT id, choice FROM participation_statementvote
WHERE participant_id = %s AND (idea_id = %s OR paragraph_id = %s)
"""
CHANGED_VOTE = """
UPDATE participation_statementvote SET choice = %s, voted_at = %s WHERE id = %s
"""


Mark = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote as it was cast: on what, how, by whom, when; refused in the language of the page."""

    community: Community
    statement: Statement
    choice: rules.Choice
    participant_id: int
    at: datetime
    language: str

    @property
    def mark(self) -> Mark:
        """What tells it apart from others that are written with it."""
        return (self.participant_id, self.statement.idea, int(self.choice))

    @property
    def moment(self) -> str | datetime:
        """When it was cast, as the database writes moments."""
        return cast("str | datetime", connection.ops.adapt_datetimefield_value(self.at))


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
    ballot = _ballot(community, statement, choice, participant_id, now)
    (refused,) = write_ballots([ballot])
    if refused is not None:
        raise refused


def cast_vote(
    *,
    community: Community,
    statement: Statement,
    choice: rules.Choice,
    participant_id: int,
    now: datetime,
) -> None:
    """Count a vote as `vote_on_statement` does, and return when it is committed.

    Votes that come in the same moment share one transaction (`core.gathering`). Raises
    VoiceRefused as `check_vote` does.
    """
    VOTES.perform(_ballot(community, statement, choice, participant_id, now))


def _ballot(
    community: Community,
    statement: Statement,
    choice: rules.Choice,
    participant_id: int,
    now: datetime,
) -> Ballot:
    language = get_language() or "ar"
    return Ballot(community, statement, choice, participant_id, now, language)


def write_ballots(ballots: Sequence[Ballot]) -> list[VoiceRefused | None]:
    """Write votes in the order in which they came; return for each None or why it does not count.

    First votes on ideas are let in by a condition of the database that says what
    `rules.fault_of_vote` says; whatever it does not let in is left to the rule, one by one.
    """
    is_alone = not connection.features.has_select_for_update
    is_whole = is_alone and _all_first_votes(ballots)
    return [None] * len(ballots) if is_whole else _each(ballots)


@transaction.atomic
def _all_first_votes(ballots: Sequence[Ballot]) -> bool:
    """Write ballots that are all first votes on ideas; else undo that and return False.

    Where one act writes at a time (SQLite), what it wrote last are the newest keys. No row is
    handed back: for each, the thread that all others wait for would wait for Python's lock.
    """
    if any(one.statement.paragraph for one in ballots):
        return False
    with connection.cursor() as cursor:
        _let_in(cursor, LET_IN, ballots)
        if cursor.rowcount != len(ballots):
            transaction.set_rollback(True)
            return False
        count_newest_votes(cursor, cursor.lastrowid - len(ballots) + 1)
    return True


@transaction.atomic
def _each(ballots: Sequence[Ballot]) -> list[VoiceRefused | None]:
    with connection.cursor() as cursor:
        _hold_people(ballots)
        written = _first_votes(cursor, [one for one in ballots if not one.statement.paragraph])
        outcomes: list[VoiceRefused | None] = []
        for ballot in ballots:
            is_new = ballot.mark in written
            written.discard(ballot.mark)  # the same vote twice at once is looked at again
            outcomes.append(None if is_new else _by_the_rule(cursor, ballot))
        return outcomes


def _hold_people(ballots: Sequence[Ballot]) -> None:
    """Let one person's votes come one after another, where the database lets many write."""
    if connection.features.has_select_for_update:
        people = Participant.objects.select_for_update(no_key=True).order_by("pk")
        list(people.filter(pk__in={one.participant_id for one in ballots}).values_list("pk"))


def _let_in(cursor: CursorWrapper, statement: str, ballots: Sequence[Ballot]) -> None:
    values = [
        value
        for one in ballots
        for value in (
            one.participant_id,
            int(one.choice),
            one.moment,
            one.statement.idea,
            one.community.pk,
            one.statement.slug,
        )
    ]
    cursor.execute(statement.format(rows=", ".join([ROW] * len(ballots))), values)


def _first_votes(cursor: CursorWrapper, ballots: Sequence[Ballot]) -> set[Mark]:
    if not ballots:
        return set()
    _let_in(cursor, LET_IN + HANDED_BACK, ballots)
    written, new = set(), []
    for *vote, person, reference in cursor.fetchall():
        new.append(NewVote(*vote))
        written.add((person, reference, new[-1].choice))
    _count(cursor, new)
    return written


def _count(cursor: CursorWrapper, new: Sequence[NewVote]) -> None:
    count_first_votes(cursor, new)
    count_voters(cursor, new)


def _by_the_rule(cursor: CursorWrapper, ballot: Ballot) -> VoiceRefused | None:
    """Write a vote changed, given again, or on a paragraph; or say why it does not count."""
    try:
        with override(ballot.language):
            held = check_vote(community=ballot.community, statement=ballot.statement, now=ballot.at)
    except VoiceRefused as refused:
        return refused
    place = [held.consultation_id, held.idea_id, held.paragraph_id, ballot.participant_id]
    cursor.execute(NEW_VOTE, [*place, int(ballot.choice), ballot.moment])
    new = [NewVote(*row) for row in cursor.fetchall()]
    _count(cursor, new)
    if not new:
        _change_vote(cursor, held, ballot)
    return None


def _change_vote(cursor: CursorWrapper, held: Held, ballot: Ballot) -> None:
    cursor.execute(FORMER_VOTE, [ballot.participant_id, held.idea_id, held.paragraph_id])
    ((pk, former),) = cursor.fetchall()
    before = rules.Choice(former)
    if before == ballot.choice:
        return
    cursor.execute(CHANGED_VOTE, [int(ballot.choice), ballot.moment, pk])
    count_votes(cursor, held, rules.change_of(before, ballot.choice))


VOTES: Final = Gathering(write_ballots)
