"""Where the desk does each step of the method, and what to do there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Appointment
from infitah.community.rules.offices import Office, rights_of_office
from infitah.core.viewer import Viewer
from infitah.participation.models import Consultation
from infitah.programme.models import Cycle, Round
from infitah.programme.queries.method import MethodView, round_standing
from infitah.programme.rules.method import MethodStep, RoundStanding, StepState

Words = str | Promise

ADVICE: Mapping[MethodStep, Words] = {
    MethodStep.MEETINGS: _("Announce the meetings in the timetable; tie each to its record after."),
    MethodStep.AXES: _("Choose the axes and write the challenge of each."),
    MethodStep.WORKSHOPS: _("Announce the workshops; type their notes in the consultation."),
    MethodStep.FIRST_ROUND: _("Prepare the first consultation from this cycle, then announce it."),
    MethodStep.DRAFTS: _("Arrange the ideas in themes, answer each, draft the commitments."),
    MethodStep.SECOND_ROUND: _("Prepare the second consultation and put the drafts to the public."),
    MethodStep.VALIDATION: _("Hold a meeting of the committee and have it validate each draft."),
    MethodStep.ADOPTION: _("Put the programme on the agenda of the council and record its vote."),
    MethodStep.EXECUTION: _("Follow the milestones, their evidence and the yearly report."),
    MethodStep.NEXT_CYCLE: _("Open the next cycle; take over what remains of this one."),
}
GONE_BY = _("It left no record here. If there is one, tie it to its step in the timetable.")
WHILE_OPEN = _(
    "It is open: read what comes in, type what comes on paper, look for silent communes."
)
BEFORE_CLOSING = _(
    "Draft the commitments. The ideas are arranged in themes and answered once the first "
    "consultation is closed."
)


@dataclass(frozen=True, slots=True)
class Way:
    """A page of the desk on which a step is done; `label` is empty for the main one."""

    url: str
    label: Words = ""


def advice_on(view: MethodView, cycle: Cycle, rounds: Sequence[Round], today: date) -> Words:
    """Return what to do about a step now. No query."""
    if is_gone_by(view, cycle):
        return GONE_BY
    first = next((one.consultation for one in rounds if one.number == 1), None)
    if view.step == MethodStep.DRAFTS and first is not None and not _is_closed(first, today):
        return BEFORE_CLOSING
    is_round = view.step in {MethodStep.FIRST_ROUND, MethodStep.SECOND_ROUND}
    return WHILE_OPEN if is_round and view.state == StepState.UNDER_WAY else ADVICE[view.step]


def is_gone_by(view: MethodView, cycle: Cycle) -> bool:
    """Return whether a step was before the adoption and left no record here."""
    return cycle.state != Cycle.State.PREPARING and view.state == StepState.NOT_RECORDED


def is_theirs(step: MethodStep, viewer: Viewer) -> bool:
    """Return whether a step is done by who looks, or by another office. No query."""
    rights = _RIGHTS.get(step, ("programme.edit",))
    return any(viewer.may(right) for right in rights)


def offices_of(step: MethodStep) -> str:
    """Return the offices that do a step, by name in the language of the page. No query."""
    rights = _RIGHTS.get(step, ("programme.edit",))
    deputies = {Office.DEPUTY_FOCAL_POINT, Office.DEPUTY_SECRETARY}
    names = [
        str(Appointment.Office(office).label)
        for office in Office
        if office not in deputies and rights_of_office(office).intersection(rights)
    ]
    return gettext(", ").join(names)


def ways_of(
    view: MethodView,
    cycle: Cycle,
    rounds: Sequence[Round],
    followed_by: Cycle | None,
    viewer: Viewer,
    today: date,
) -> tuple[Way, ...]:
    """Return the pages of the desk on which a step is done, the main one first.

    Empty where another office does it; none to a page that would only say "not yet". No query.
    """
    if not is_theirs(view.step, viewer):
        return ()
    if is_gone_by(view, cycle):
        return (Way(reverse("programme_desk:timetable", args=[cycle.slug])),)
    by_number = {one.number: one.consultation for one in rounds}
    if view.step == MethodStep.NEXT_CYCLE:
        return (_to_next_cycle(followed_by),)
    if view.step == MethodStep.DRAFTS:
        arranged = _to_drafts(by_number.get(1), viewer, today)
        return (Way(reverse("programme_desk:commitments")), *arranged)
    main = Way(_place_of(view.step, cycle, by_number))
    more = _MORE.get(view.step)
    return (main, *more(cycle, by_number.get(2), viewer)) if more else (main,)


def _to_next_cycle(followed_by: Cycle | None) -> Way:
    if followed_by is None:
        return Way(reverse("programme_desk:cycle_new"))
    return Way(reverse("programme_desk:carry_over", args=[followed_by.slug]))


def _is_closed(consultation: Consultation, today: date) -> bool:
    return round_standing(consultation, today) == RoundStanding.CLOSED


def _to_drafts(first: Consultation | None, viewer: Viewer, today: date) -> list[Way]:
    if first is None or not _is_closed(first, today):
        return []
    places = (
        ("consultation.edit", "themes", _("Arrange the ideas in themes")),
        ("answer.give", "answers", _("Answer the ideas")),
    )
    return [
        Way(reverse(f"participation_desk:{name}", args=[first.slug]), label)
        for right, name, label in places
        if viewer.may(right)
    ]


def _place_of(step: MethodStep, cycle: Cycle, rounds: Mapping[int, Consultation]) -> str:
    numbers = {MethodStep.FIRST_ROUND: 1, MethodStep.SECOND_ROUND: 2}
    consultation = rounds.get(numbers.get(step, 0))
    if consultation is not None:
        return reverse("participation_desk:consultation", args=[consultation.slug])
    if step == MethodStep.EXECUTION:
        return reverse("programme_desk:overview")
    return reverse(f"programme_desk:{_PLACES[step]}", args=[cycle.slug])


def _to_workshops(cycle: Cycle, second: Consultation | None, viewer: Viewer) -> list[Way]:
    may_type = viewer.may("idea.enter") or viewer.may("consultation.edit")
    return [Way(reverse("participation_desk:workshops"), _("Workshops"))] if may_type else []


def _to_put(cycle: Cycle, second: Consultation | None, viewer: Viewer) -> list[Way]:
    if second is None or not viewer.may("commitment.edit"):
        return []
    place = reverse("programme_desk:put", args=[cycle.slug, second.slug])
    return [Way(place, _("Put the drafts to the public"))]


def _to_meeting(cycle: Cycle, second: Consultation | None, viewer: Viewer) -> list[Way]:
    if cycle.committee is None:
        return []
    place = reverse("proceedings_desk:convene", args=[cycle.committee.slug])
    return [Way(place, _("Convene the committee"))]


def _to_reports(cycle: Cycle, second: Consultation | None, viewer: Viewer) -> list[Way]:
    if cycle.state == Cycle.State.PREPARING:
        return []
    return [Way(reverse("programme_desk:reports", args=[cycle.slug]), _("Accountability reports"))]


_MORE = {
    MethodStep.WORKSHOPS: _to_workshops,
    MethodStep.SECOND_ROUND: _to_put,
    MethodStep.VALIDATION: _to_meeting,
    MethodStep.EXECUTION: _to_reports,
}
_PLACES: Mapping[MethodStep, str] = {
    MethodStep.MEETINGS: "timetable",
    MethodStep.AXES: "cycle_edit",
    MethodStep.WORKSHOPS: "timetable",
    MethodStep.FIRST_ROUND: "rounds",
    MethodStep.SECOND_ROUND: "rounds",
    MethodStep.VALIDATION: "validation",
    MethodStep.ADOPTION: "adoption",
}
_RIGHTS: Mapping[MethodStep, tuple[str, ...]] = {
    MethodStep.VALIDATION: ("committee.edit", "session.edit"),
    MethodStep.ADOPTION: ("session.edit",),
    MethodStep.DRAFTS: ("commitment.edit",),
}
