"""What was done of the method before a programme comes to the council, and what was not."""

from datetime import date

from infitah.core.viewer import Viewer
from infitah.programme.models import Cycle
from infitah.programme.queries.cycles import records_of, rounds_shown
from infitah.programme.queries.method import MethodView, method_views, round_standing
from infitah.programme.rules.method import MethodStep, RoundStanding, StepState


def closed_rounds(cycle: Cycle, today: date) -> frozenset[int]:
    """Return the numbers of the rounds whose consultation was held and is over. One query."""
    held = cycle.rounds.select_related("consultation")
    closed = RoundStanding.CLOSED
    return frozenset(
        one.number for one in held if round_standing(one.consultation, today) == closed
    )


def undone_steps(cycle: Cycle, viewer: Viewer, today: date) -> list[MethodView]:
    """Return the steps before the adoption that are not done. Nine queries at most."""
    states = list(cycle.commitments.values_list("state", flat=True))
    records = records_of(cycle, rounds_shown(cycle, viewer), states, today)
    before = list(MethodStep)[: list(MethodStep).index(MethodStep.ADOPTION)]
    return [
        one
        for one in method_views(records, today)
        if one.step in before and one.state != StepState.DONE
    ]
