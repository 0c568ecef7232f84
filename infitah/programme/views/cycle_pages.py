"""Public pages of a cycle beside its own: what it took up from earlier ones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core.http import public_page, viewer_of
from infitah.programme import queries


@public_page(kinds=("programme", "participation"))
def carried_ideas(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    cycle = get_object_or_404(queries.cycles(viewer), slug=slug)
    page, before = queries.page_of_carried_ideas(
        cycle, viewer, before=request.GET.get("before", "")
    )
    context = {
        "cycle": cycle,
        "ideas": page,
        "next_url": f"?before={before}" if before else "",
        "trail": [
            (_("Openness programme"), reverse("programme:index")),
            (cycle.title, reverse("programme:cycle", args=[slug])),
            (_("Ideas taken up from earlier cycles"), ""),
        ],
    }
    return render(request, "programme/carried_ideas.html", context)
