"""What of the requests waits for whom: the office, a second reader, the head, a service."""

from datetime import date

from django.db.models import Exists, OuterRef

from infitah.core.viewer import Viewer
from infitah.information import rules
from infitah.information.models import (
    Decision,
    InformationRequest,
    InformationRequestQuerySet,
    ServiceTask,
)
from infitah.information.models.task import ServiceTaskQuerySet
from infitah.information.queries.desk_queue import shortened

__all__ = ["late_tasks", "shortened", "to_answer", "to_publish", "to_read", "to_rule"]


def _readable(viewer: Viewer) -> InformationRequestQuerySet:
    if not viewer.may("information.read"):
        return InformationRequest.objects.none()
    return InformationRequest.objects.visible_to(viewer)


def to_answer(viewer: Viewer) -> InformationRequestQuerySet:
    """Return the requests that wait for the office's own answer, the earliest last day first."""
    waiting = _readable(viewer).filter(turn=rules.Party.OFFICER, due_on__isnull=False)
    return waiting.order_by("due_on", "pk")


def to_publish(viewer: Viewer) -> InformationRequestQuerySet:
    """Return the requests whose answer left and is not published, the oldest first."""
    waiting = _readable(viewer).filter(turn=rules.Party.OFFICER, due_on__isnull=True)
    return waiting.order_by("pk")


def to_read(viewer: Viewer) -> InformationRequestQuerySet:
    """Return the requests whose decision somebody else than the viewer signed."""
    mine = Decision.objects.filter(request=OuterRef("pk"), is_current=True, signer=viewer.username)
    waiting = _readable(viewer).filter(turn=rules.Party.SECOND_READER, due_on__isnull=False)
    return waiting.filter(~Exists(mine)).order_by("due_on", "pk")


def to_rule(viewer: Viewer) -> InformationRequestQuerySet:
    """Return the requests whose complaint waits for the head, the earliest last day first."""
    return _readable(viewer).filter(turn=rules.Party.HEAD).order_by("turn_by", "pk")


def late_tasks(viewer: Viewer, today: date) -> ServiceTaskQuerySet:
    """Return the tasks that a service should have answered, the longest late first."""
    late = ServiceTask.objects.visible_to(viewer).late(today)
    return late.select_related("unit", "request").order_by("due_on", "pk")
