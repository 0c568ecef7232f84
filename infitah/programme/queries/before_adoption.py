"""What was done of the method before a programme comes to the council, and what was not."""

from dataclasses import dataclass
from datetime import date

from infitah.core.viewer import Viewer
from infitah.participation.models import Consultation
from infitah.participation.rules import last_day
from infitah.programme.models import Cycle
from infitah.programme.queries.cycles import records_of, rounds_shown
from infitah.programme.queries.method import MethodView, method_views, round_standing
from infitah.programme.rules.method import MethodStep, RoundStanding, StepState


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A consultation of a cycle that still runs, with its last day."""

    consultation: Consultation
    last_day: date


def closed_rounds(cycle: Cycle, today: date) -> frozenset[int]:
    """Return the numbers of the rounds whose consultation was held and is over. One query."""
    held = cycle.rounds.select_related("consultation")
    closed = RoundStanding.CLOSED
    return frozenset(
        one.number for one in held if round_standing(one.consultation, today) == closed
    )


def open_rounds(cycle: Cycle, today: date) -> list[OpenRound]:
    """Return the consultations of a cycle that still run, each with its last day. One query."""
    held = cycle.rounds.select_related("consultation").order_by("number")
    return [
        OpenRound(one.consultation, last_day(one.consultation.closes_at))
        for one in held
        if round_standing(one.consultation, today) == RoundStanding.OPEN
    ]


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
