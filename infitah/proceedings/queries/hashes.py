"""Which published minutes bear a hash."""

from infitah.core.viewer import Viewer
from infitah.proceedings.models import Minutes, Session


def minutes_of_hash(viewer: Viewer, sha256: str) -> list[Minutes]:
    """Return the published minutes, with their session, whose text bears this hash. One query."""
    found = Minutes.objects.filter(
        session__in=Session.objects.visible_to(viewer),
        sha256=sha256,
        state=Minutes.State.PUBLISHED,
    )
    return list(found.select_related("session").order_by("pk"))
