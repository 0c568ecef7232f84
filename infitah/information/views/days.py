"""How the days of a request are counted: for who follows it, and at the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.information import queries
from infitah.information.models import InformationRequest
from infitah.information.queries.clock import explained
from infitah.information.views.following import link_page


@link_page
def days(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.request_by_token(request.community, token)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return _page(request, "information/days.html", found)


@desk_page("information.read")
def desk_days(request: HttpRequest, reference: str) -> HttpResponse:
    known = InformationRequest.objects.visible_to(viewer_of(request)).select_related("community")
    found = get_object_or_404(known, reference=reference)
    trail = [
        (_("Requests"), reverse("information_desk:queue")),
        (found.reference, reverse("information_desk:case", args=[found.reference])),
    ]
    return _page(request, "information/desk/days.html", found, trail=trail)


def _page(
    request: HttpRequest, template: str, asked: InformationRequest, **more: object
) -> HttpResponse:
    shown = explained(asked, clock.today())
    context = {"asked": asked, "shown": shown, "moves": shown.moves, **more}
    return render(request, template, context)
