"""What a cycle took over from another, and what it may: commitments and ideas, on both sides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core.viewer import Viewer
from infitah.design.direction import localized
from infitah.design.parts import Knot
from infitah.design.text import filled
from infitah.participation.models import Idea, IdeaAnswer
from infitah.participation.queries import ideas_visible_to
from infitah.programme.models import CarriedIdea, Commitment, Cycle, Milestone
from infitah.programme.rules import carry_over, states

FEW = 6
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a commitment came from, and where what remained of it went."""

    before: Commitment | None
    after: Commitment | None

    def __bool__(self) -> bool:
        return self.before is not None or self.after is not None


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a cycle took over: commitments with those before them, ideas with their number.

    `left_behind` is what it left unfinished and the next cycle has not taken over.
    """

    commitments: tuple[Commitment, ...]
    handed_on: tuple[Commitment, ...]
    ideas: tuple[Idea, ...]
    idea_count: int
    left_behind: tuple[Commitment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.commitments or self.handed_on or self.idea_count or self.left_behind)

    def left_of(self, unfinished: Iterable[Commitment]) -> tuple[Commitment, ...]:
        """Return those of the `unfinished` commitments that the next cycle has not taken over."""
        known = {one.carried_from_id for one in self.handed_on}
        return tuple(one for one in unfinished if one.pk not in known)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A commitment of an ending cycle with what remains, and its draft in the next if there is."""

    commitment: Commitment
    left: tuple[Milestone, ...]
    carried_to: Commitment | None


@dataclass(frozen=True, slots=True)
class CarryOverPage:
    """What remains of a cycle, and whether another may take it over now."""

    source: Cycle
    may_carry: bool
    commitments: tuple[Unfinished, ...]


def carried_of(commitment: Commitment, viewer: Viewer) -> Carried:
    """Return where a commitment came from and went, as far as the viewer reads it. One query."""
    known = Q(carried_from=commitment) | Q(pk=commitment.carried_from_id)
    found = list(Commitment.objects.visible_to(viewer).filter(known).select_related("cycle"))
    before = next((one for one in found if one.pk == commitment.carried_from_id), None)
    after = next((one for one in found if one.carried_from_id == commitment.pk), None)
    return Carried(before, after)


def taken_over(cycle: Cycle, viewer: Viewer) -> TakenOver:
    """Return what a cycle took over and handed on, with its first ideas. Three queries."""
    linked = Commitment.objects.visible_to(viewer).filter(
        Q(cycle=cycle, carried_from__isnull=False) | Q(carried_from__cycle=cycle)
    )
    found = list(linked.select_related("cycle", "carried_from__cycle").order_by("position", "pk"))
    ideas = carried_ideas(cycle, viewer)
    return TakenOver(
        commitments=tuple(one for one in found if one.cycle_id == cycle.pk),
        handed_on=tuple(one for one in found if one.cycle_id != cycle.pk),
        ideas=tuple(ideas[:FEW]),
        idea_count=cycle.carried_ideas.filter(idea__in=ideas_visible_to(viewer)).count(),
    )


def carried_ideas(cycle: Cycle, viewer: Viewer) -> QuerySet[Idea]:
    """Return the ideas that a cycle took up and the viewer may read, newest first."""
    found = ideas_visible_to(viewer).filter(carried_to__cycle=cycle)
    return found.select_related("consultation", "axis").order_by("-position")


def page_of_carried_ideas(
    cycle: Cycle, viewer: Viewer, *, before: str = ""
) -> tuple[list[Idea], str]:
    """Return one page of them, and the number before which the next one starts. Two queries.

    An unknown `before` starts from the newest.
    """
    rows = carried_ideas(cycle, viewer)
    edge = rows.filter(reference=before).first() if before else None
    if edge is not None:
        rows = rows.filter(position__lt=edge.position)
    found = list(rows[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    return page, page[-1].reference if len(found) > PAGE_SIZE else ""


def knots_of_carried(community_key: str, reference: str) -> list[Knot]:
    """Return the cycle that took an idea up, as a knot of its thread. One query."""
    found = CarriedIdea.objects.filter(
        idea__reference=reference, cycle__community__key=community_key
    ).select_related("cycle")
    return [
        Knot(
            sentence=filled(_("Taken up by: %(title)s"), title=localized(one.cycle.title)),
            state="done",
            state_words=_("Taken up"),
            on=one.carried_on,
            url=reverse("programme:cycle", args=[one.cycle.slug]),
        )
        for one in found.order_by("carried_on", "pk")
    ]


def carry_over_page(cycle: Cycle, source: Cycle, today: date) -> CarryOverPage:
    """Return what `cycle` may take over from `source`. Three queries, whatever there is."""
    phase = states.phase(states.CycleState(source.state), source.starts_on, source.ends_on, today)
    return CarryOverPage(
        source=source,
        may_carry=cycle.state == Cycle.State.PREPARING
        and carry_over.hands_over(phase, source.ends_on, today),
        commitments=tuple(_unfinished(source)),
    )


def _unfinished(source: Cycle) -> list[Unfinished]:
    left = Prefetch(
        "milestones", Milestone.objects.exclude(state=Milestone.State.VERIFIED).order_by("number")
    )
    known = [state.value for state in carry_over.CARRIED_STATES]
    found = source.commitments.filter(state__in=known).select_related("cycle")
    after = Prefetch("carried_to", Commitment.objects.select_related("cycle"))
    rows = found.prefetch_related(left, after).order_by("position")
    return [
        Unfinished(one, tuple(one.milestones.all()), next(iter(one.carried_to.all()), None))
        for one in rows
        if one.milestones.all()
    ]


def ideas_left(cycle: Cycle) -> QuerySet[Idea]:
    """Return the ideas left for the next cycle that `cycle` has not taken up, oldest first."""
    left = IdeaAnswer.objects.filter(
        community_id=cycle.community_id, is_current=True, code=IdeaAnswer.Code.NEXT_CYCLE
    )
    found = Idea.objects.shown().filter(pk__in=left.values("idea"))
    fresh = found.exclude(carried_to__cycle__starts_on__gte=cycle.starts_on)
    return fresh.select_related("consultation", "axis").order_by("position")


def sources_of(cycle: Cycle) -> Sequence[Cycle]:
    """Return the earlier cycles from which `cycle` may take over, the latest first. One query."""
    earlier = Cycle.objects.filter(community=cycle.community, starts_on__lt=cycle.starts_on)
    adopted = earlier.exclude(state=Cycle.State.PREPARING)
    return list(adopted.annotate(held=Count("commitments")).order_by("-starts_on"))
