"""Keeping the counts of ideas and of their answers, inside the act that changes them."""

from collections.abc import Mapping
from datetime import date

from django.db import connection

from infitah.core.clock import local_day
from infitah.participation import rules
from infitah.participation.models import Idea, IdeaAnswer

CHANGE = """
INSERT INTO participation_ideatally
    (consultation_id, axis_id, commune_key, language, shown, late)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (consultation_id, axis_id, commune_key, language)
DO UPDATE SET shown = participation_ideatally.shown + %s, late = participation_ideatally.late + %s
"""
CHANGE_OF_ANSWERS = """
INSERT INTO participation_answertally (consultation_id, code, days, answered)
VALUES (%s, %s, %s, %s)
ON CONFLICT (consultation_id, code, days)
DO UPDATE SET answered = participation_answertally.answered + %s
"""


def _counted(state: str) -> tuple[int, int]:
    return int(state == rules.IdeaState.VISIBLE), int(state == rules.IdeaState.LATE)


def count_change(idea: Idea, *, before: str) -> None:
    """Move an idea's count from the state `before` (empty: it is new) to its state now.

    One statement, safe against others that count at the same time; none where nothing changes.
    An answered idea that leaves the list, or comes back to it, takes its answer's count along.
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
    if shown and before:
        _take_answer_along(idea, shown)


def _take_answer_along(idea: Idea, shown: int) -> None:
    answers = IdeaAnswer.objects.filter(idea=idea).order_by("number")
    given = list(answers.values_list("code", "answered_on"))
    if given:
        key = (given[-1][0], days_waited(idea, given[0][1]))
        count_answers(idea.consultation_id, {key: shown})


def days_waited(idea: Idea, answered_on: date) -> int:
    """Return the days that an idea waited for its first answer. No query with its consultation."""
    return rules.days_to_answer(
        last_day=rules.last_day(idea.consultation.closes_at),
        given_on=local_day(idea.submitted_at),
        answered_on=answered_on,
    )


def count_answers(consultation_id: int, changes: Mapping[tuple[str, int], int]) -> None:
    """Change the counts of shown ideas that are answered, by code and days; one statement each."""
    with connection.cursor() as cursor:
        for (code, days), change in sorted(changes.items()):
            if change:
                cursor.execute(
                    CHANGE_OF_ANSWERS, [consultation_id, code, days, max(change, 0), change]
                )
