"""Keeping the counts of ideas, inside the act that changes them."""

from django.db import connection

from infitah.participation import rules
from infitah.participation.models import Idea

CHANGE = """
INSERT INTO participation_ideatally
    (consultation_id, axis_id, commune_key, language, shown, late)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (consultation_id, axis_id, commune_key, language)
DO UPDATE SET shown = participation_ideatally.shown + %s, late = participation_ideatally.late + %s
"""


def _counted(state: str) -> tuple[int, int]:
    return int(state == rules.IdeaState.VISIBLE), int(state == rules.IdeaState.LATE)


def count_change(idea: Idea, *, before: str) -> None:
    """Move an idea's count from the state `before` (empty: it is new) to its state now.

    One statement, safe against others that count at the same time; none where nothing changes.
    """
    shown, late = _counted(idea.state)
    shown_before, late_before = _counted(before)
    shown, late = shown - shown_before, late - late_before
    if not (shown or late):
        return
    commune = idea.commune.key if idea.commune else ""
    with connection.cursor() as cursor:
        cursor.execute(
            CHANGE,
            [
                idea.consultation_id,
                idea.axis_id,
                commune,
                idea.language,
                max(shown, 0),
                max(late, 0),
                shown,
                late,
            ],
        )
