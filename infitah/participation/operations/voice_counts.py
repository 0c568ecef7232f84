"""Keeping the counts of voices, inside the act that changes them: one statement each.

Rows are written in one order, so that no two acts wait for each other: vote, statement, people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

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
ADDED = """
INSERT INTO participation_statementtally
    (consultation_id, idea_id, paragraph_id, agree, disagree, passed, supports, comments)
{votes}
ON CONFLICT (idea_id) DO UPDATE SET
    agree = participation_statementtally.agree + excluded.agree,
    disagree = participation_statementtally.disagree + excluded.disagree,
    passed = participation_statementtally.passed + excluded.passed
"""
NEWEST_VOTES = ADDED.format(
    votes="""
SELECT consultation_id, idea_id, NULL, sum(choice = 1), sum(choice = -1), sum(choice = 0), 0, 0
FROM participation_statementvote NOT INDEXED WHERE id >= %s GROUP BY consultation_id, idea_id
"""
)
VOTERS = """
INSERT INTO participation_voicetally (consultation_id, voters)
SELECT v.consultation_id, count(DISTINCT v.participant_id) FROM participation_statementvote v
{new} AND NOT EXISTS (
    SELECT 1 FROM participation_statementvote e
    WHERE e.consultation_id = v.consultation_id AND e.participant_id = v.participant_id
        AND e.id < %s
)
GROUP BY v.consultation_id
ON CONFLICT (consultation_id)
DO UPDATE SET voters = participation_voicetally.voters + excluded.voters
"""
NEWEST_VOTERS = VOTERS.format(new="NOT INDEXED WHERE v.id >= %s")


PLACES: Final[dict[int, int]] = {
    rules.Choice.AGREE: 0,
    rules.Choice.DISAGREE: 1,
    rules.Choice.PASS: 2,
}


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


@dataclass(frozen=True, slots=True)
class NewVote:
    """A first vote of a person on a statement, just written."""

    vote_id: int
    consultation_id: int
    idea_id: int | None
    paragraph_id: int | None
    choice: int


def count_first_votes(cursor: CursorWrapper, new: Sequence[NewVote]) -> None:
    """Count new votes: one statement for all those on ideas, one each for those on paragraphs."""
    totals: dict[tuple[int, int], list[int]] = {}
    for vote in new:
        if vote.idea_id is None:
            count_votes(cursor, vote, rules.change_of(None, rules.Choice(vote.choice)))
            continue
        total = totals.setdefault((vote.idea_id, vote.consultation_id), [0, 0, 0])
        total[PLACES[vote.choice]] += 1
    # In the order of ideas, so that two acts never wait for each other's rows.
    rows = [[consultation, idea, *total] for (idea, consultation), total in sorted(totals.items())]
    if rows:
        values = ", ".join(["(%s, %s, NULL, %s, %s, %s, 0, 0)"] * len(rows))
        statement = ADDED.format(votes=f"VALUES {values}")
        cursor.execute(statement, [one for row in rows for one in row])


def count_voters(cursor: CursorWrapper, new: Sequence[NewVote]) -> None:
    """Count people whose first votes in a consultation are among `new`: one statement each."""
    of_consultation: dict[int, list[int]] = {}
    for vote in new:
        of_consultation.setdefault(vote.consultation_id, []).append(vote.vote_id)
    for _consultation, ids in sorted(of_consultation.items()):
        these = "WHERE v.id IN ({})".format(", ".join(["%s"] * len(ids)))
        cursor.execute(VOTERS.format(new=these), [*ids, min(ids)])


def count_newest_votes(cursor: CursorWrapper, first: int) -> None:
    """Count the votes on ideas whose keys begin at `first`, all first votes, and their people.

    Two statements however many they are, where nobody else writes meanwhile: SQLite, which is
    told to begin at that key, because it would rather group by an index over all votes.
    """
    cursor.execute(NEWEST_VOTES, [first])
    cursor.execute(NEWEST_VOTERS, [first, first])
