"""Reads of the desk: milestones in execution, and those that wait for a second person."""

from django.db.models import QuerySet

from infitah.core.viewer import Viewer
from infitah.programme.models import Milestone
from infitah.programme.rules import states


def running(viewer: Viewer) -> QuerySet[Milestone]:
    """Return the milestones of adopted commitments that are not confirmed, by announced end."""
    if not (viewer.may("progress.report") or viewer.may("evidence.confirm")):
        return Milestone.objects.none()
    found = Milestone.objects.filter(
        commitment__community_id=viewer.community_id,
        commitment__state__in=[state.value for state in states.ADOPTED_STATES],
    ).exclude(state=Milestone.State.VERIFIED)
    return found.select_related("commitment__cycle", "unit").order_by("announced_end", "pk")


def milestones_to_confirm(viewer: Viewer) -> QuerySet[Milestone]:
    """Return the claimed milestones, for who may confirm them."""
    if not viewer.may("evidence.confirm"):
        return Milestone.objects.none()
    return running(viewer).filter(state=Milestone.State.CLAIMED)


def milestone_for_desk(viewer: Viewer, reference: str) -> Milestone | None:
    """Return one milestone in execution with its evidence and history, or None. 3 queries."""
    found = running(viewer).filter(reference=reference)
    return found.prefetch_related("evidence", "changes").first()
