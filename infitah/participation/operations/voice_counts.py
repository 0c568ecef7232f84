"""Keeping the counts of voices, inside the act that changes them: one statement each.

Rows are written in one order, so that no two acts wait for each other: vote, statement, people.
"""

from typing import Protocol

from django.db.backends.utils import CursorWrapper

from infitah.participation import rules

COUNT = """
INSERT INTO participation_statementtally
    (consultation_id, idea_id, paragraph_id, agree, disagree, passed, supports, comments)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ({column}) DO UPDATE SET
    agree = participation_statementtally.agree + %s,
    disagree = participation_statementtally.disagree + %s,
    passed = participation_statementtally.passed + %s,
    supports = participation_statementtally.supports + %s,
    comments = participation_statementtally.comments + %s
"""
BY_COLUMN = {column: COUNT.format(column=column) for column in ("idea_id", "paragraph_id")}
VOTER = """
INSERT INTO participation_voicetally (consultation_id, voters)
SELECT %s, 1 WHERE NOT EXISTS (
    SELECT 1 FROM participation_statementvote
    WHERE consultation_id = %s AND participant_id = %s AND id <> %s
)
ON CONFLICT (consultation_id) DO UPDATE SET voters = participation_voicetally.voters + 1
"""


class Counted(Protocol):
    """A statement whose counts move: an idea or a paragraph, never both."""

    @property
    def consultation_id(self) -> int: ...
    @property
    def idea_id(self) -> int | None: ...
    @property
    def paragraph_id(self) -> int | None: ...


def _count(cursor: CursorWrapper, of: Counted, moves: list[int]) -> None:
    column = "paragraph_id" if of.idea_id is None else "idea_id"
    first = [max(move, 0) for move in moves]
    place = [of.consultation_id, of.idea_id, of.paragraph_id]
    cursor.execute(BY_COLUMN[column], [*place, *first, *moves])


def count_votes(cursor: CursorWrapper, of: Counted, change: rules.Change) -> None:
    """Move the votes of a statement."""
    _count(cursor, of, [change.agree, change.disagree, change.passed, 0, 0])


def count_supports(cursor: CursorWrapper, of: Counted, by: int) -> None:
    """Move the supports of an idea by one up or down."""
    _count(cursor, of, [0, 0, 0, by, 0])


def count_comments(cursor: CursorWrapper, of: Counted, by: int) -> None:
    """Move the shown comments of a statement by one up or down."""
    _count(cursor, of, [0, 0, 0, 0, by])


def count_voter(
    cursor: CursorWrapper, consultation_id: int, participant_id: int, vote_id: int
) -> None:
    """Count a person who has just given their first vote (`vote_id`) in a consultation."""
    cursor.execute(VOTER, [consultation_id, consultation_id, participant_id, vote_id])
