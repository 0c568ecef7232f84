"""Finding the request that a page of the desk is about: not allowed to know is not found."""

from django.http import Http404, HttpRequest

from infitah.core import clock
from infitah.core.http import viewer_of
from infitah.information.queries.desk_case import DeskCase, desk_case


def find(request: HttpRequest, reference: str) -> DeskCase:
    """Return the request of this number, if the viewer may read it. Raises Http404."""
    found = desk_case(viewer=viewer_of(request), reference=reference, today=clock.today())
    if found is None:
        raise Http404
    return found
