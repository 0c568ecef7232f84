"""The ideas of a cycle that wait for a commitment: answered as kept, to be chosen by a tick."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from infitah.community.models import Axis
from infitah.core.viewer import Viewer
from infitah.participation.models import Consultation, Idea, IdeaAnswer
from infitah.participation.queries import ideas_visible_to
from infitah.programme.models import Cycle

MOST = 60
KEPT = (IdeaAnswer.Code.KEPT, IdeaAnswer.Code.KEPT_PARTLY)


@dataclass(frozen=True, slots=True)
class KeptIdeas:
    """The kept ideas of a cycle: those of the page, of how many, and where all are listed.

    `rounds` are the consultations of the cycle, `answered` those of which an idea was kept.
    """

    every: QuerySet[Idea]
    shown: tuple[Idea, ...]
    total: int
    axes: tuple[Axis, ...]
    axis: str
    rounds: tuple[Consultation, ...]
    answered: tuple[Consultation, ...]


def kept_ideas(viewer: Viewer, cycle: Cycle, axis: str) -> KeptIdeas:
    """Return the shown ideas of the cycle's rounds that were answered as kept, and those that it
    took up from the cycle before; of one axis where its short name is given. Five queries.
    """
    rounds = cycle.rounds.values("consultation")
    kept = Q(consultation__in=rounds, answers__code__in=KEPT, answers__is_current=True)
    shown = ideas_visible_to(viewer).filter(state=Idea.State.VISIBLE)
    every = shown.filter(kept | Q(carried_to__cycle=cycle)).distinct().order_by("position")
    axes = tuple(one.axis for one in cycle.axes.select_related("axis"))
    known = axis if any(one.slug == axis for one in axes) else ""
    page = every.filter(axis__slug=known) if known else every
    return KeptIdeas(
        every=every,
        shown=tuple(page[:MOST]),
        total=every.count(),
        axes=axes,
        axis=known,
        rounds=tuple(Consultation.objects.filter(pk__in=rounds).order_by("pk")),
        answered=tuple(
            Consultation.objects.filter(ideas__in=every.order_by()).distinct().order_by("pk")
        ),
    )
