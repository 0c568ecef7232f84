"""Public pages of what the committee and the council decided, and the programme as a proof."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import machine_page, midnight, public_page, viewer_of
from infitah.programme import queries
from infitah.programme.models import Cycle

KINDS = ("programme", "council", "community")


def _cycle(request: HttpRequest, slug: str) -> Cycle:
    found = queries.cycles(viewer_of(request)).select_related(
        "community", "committee__community", "deliberation"
    )
    return get_object_or_404(found, slug=slug)


def _trail(cycle: Cycle, *steps: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [
        (_("Openness programme"), reverse("programme:index")),
        (cycle.title, reverse("programme:cycle", args=[cycle.slug])),
        *steps,
    ]


@public_page(kinds=KINDS, until=midnight)
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    cycle, before = _cycle(request, slug), request.GET.get("before", "")
    page = queries.committee_page(cycle, viewer_of(request), clock.today(), before=before)
    if page is None:
        raise Http404
    here = reverse("programme:committee", args=[slug])
    context = {
        "page": page,
        "cycle": cycle,
        "today": clock.today(),
        "older": f"{here}?before={page.older}" if page.older else "",
        "newest": here if before else "",
        "trail": _trail(cycle, (page.body.name, "")),
    }
    return render(request, "programme/committee.html", context)


@public_page(kinds=KINDS)
def adoption(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    page = queries.adoption_page(viewer_of(request), slug, reference)
    if page is None:
        raise Http404
    held = page.commitment
    address = reverse("programme:commitment", args=[slug, reference])
    context = {
        "page": page,
        "commitment": held,
        "trail": _trail(held.cycle, (held.title, address), (_("Adoption"), "")),
    }
    return render(request, "programme/adoption.html", context)


@machine_page(kinds=(*KINDS, "register"))
def bound_programme(request: HttpRequest, slug: str) -> HttpResponse:
    bound = queries.bound_programme(_cycle(request, slug))
    if bound is None:
        raise Http404
    text = json.dumps(bound.as_json(), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="programme-{slug}.json"'
    return response


@machine_page(kinds=KINDS)
def hash_lines(request: HttpRequest, slug: str) -> HttpResponse:
    lines = queries.hash_lines(_cycle(request, slug))
    if not lines:
        raise Http404
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")
