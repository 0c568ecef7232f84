"""Workshops as everybody reads them: when, where, which tables, which notes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import public_page, viewer_of
from infitah.participation import queries
from infitah.participation.models import Consultation
from infitah.participation.views.public import found_or_404, until


def _trail(consultation: Consultation) -> list[tuple[object, str]]:
    return [
        (_("Consultations and ideas"), reverse("participation:index")),
        (consultation.name, consultation.get_absolute_url()),
    ]


@public_page(kinds=("participation",))
def workshops(request: HttpRequest, slug: str) -> HttpResponse:
    found = found_or_404(request, slug)
    context = {
        "consultation": found,
        "workshops": queries.workshops_of(viewer=viewer_of(request), consultation=found),
        "trail": _trail(found),
    }
    return render(request, "participation/workshops.html", context)


@public_page(kinds=("participation",), until=until)
def workshop(request: HttpRequest, slug: str, workshop: str) -> HttpResponse:
    found = queries.workshop_for(viewer=viewer_of(request), slug=slug, workshop=workshop)
    if found is None:
        raise Http404
    here = reverse("participation:workshops", args=[slug])
    context = {
        "consultation": found.consultation,
        "workshop": found,
        "page": queries.workshop_page(viewer=viewer_of(request), workshop=found, now=clock.now()),
        "trail": [*_trail(found.consultation), (_("Workshops"), here)],
    }
    return render(request, "participation/workshop.html", context)
