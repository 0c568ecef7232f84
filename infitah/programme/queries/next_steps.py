"""The step at which each cycle in preparation stands, for the desk of who does it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core.viewer import Viewer
from infitah.design.direction import in_page_language
from infitah.programme.models import CommitmentVersion, Cycle
from infitah.programme.queries.cycles import records_of, rounds_shown
from infitah.programme.queries.method import (
    CycleRecords,
    began_on,
    ended_on,
    facts_of,
    method_views,
)
from infitah.programme.queries.method_ways import is_theirs, ways_of
from infitah.programme.rules import method


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step of the method that is at hand in a cycle, in words, with the page of the desk.

    `since` is the day from which it could be done.
    """

    cycle: Cycle
    step: method.MethodStep
    sentence: str
    url: str
    since: date


def next_steps(viewer: Viewer, today: date) -> list[NextStep]:
    """Return the step at hand of each cycle in preparation, where the viewer does it.

    Twelve queries a cycle, and few cycles are prepared at one time; none without a right.
    """
    if not (viewer.may("programme.edit") or viewer.may("session.edit")):
        return []
    preparing = Cycle.objects.visible_to(viewer).filter(state=Cycle.State.PREPARING)
    found = [_at_hand(one, viewer, today) for one in preparing.select_related("committee")]
    return [one for one in found if one is not None]


def _at_hand(cycle: Cycle, viewer: Viewer, today: date) -> NextStep | None:
    shown = rounds_shown(cycle, viewer)
    standing = list(cycle.commitments.values_list("state", flat=True))
    records = records_of(cycle, shown, standing, today)
    step = method.step_at_hand(method.method_of(facts_of(records, today)))
    if step is None or not is_theirs(step, viewer):
        return None
    view = next(one for one in method_views(records, today) if one.step == step)
    rounds = list(cycle.rounds.select_related("consultation"))
    words = _("%(cycle)s, step %(number)s: %(step)s") % {
        "cycle": in_page_language(cycle.title),
        "number": view.number,
        "step": view.name,
    }
    ways = ways_of(view, cycle, rounds, None, viewer, today)
    if len(ways) > 1 and viewer.may("programme.edit"):
        at = reverse("programme_desk:cycle", args=[cycle.slug])  # it shows all the ways
    else:
        at = ways[0].url
    return NextStep(cycle, step, words, at, _since(cycle, step, records, today))


def _since(cycle: Cycle, step: method.MethodStep, records: CycleRecords, today: date) -> date:
    """Return from which day a step could be done. One query."""
    made = CommitmentVersion.objects.filter(commitment__cycle=cycle)
    ended = ended_on(records, made.values_list("kind", "made_on"))
    return method.possible_since(step, ended, cycle.opened_on, today, began_on(records, step))
