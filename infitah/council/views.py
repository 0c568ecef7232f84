"""Public pages of the council."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import machine_page, midnight, public_page, viewer_of
from infitah.council import operations, queries

KINDS = ("council",)
RECENT = 5


def _trail(*steps: tuple[object, str]) -> list[tuple[object, str]]:
    return [(_("The council"), reverse("council:index")), *steps]


@public_page(kinds=(*KINDS, "community"), until=midnight)
def index(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "members": queries.members(request.community, clock.today()),  # type: ignore[attr-defined]
        "sessions": queries.sessions(viewer)[:RECENT],
        "decisions": queries.deliberations(viewer)[:RECENT],
    }
    return render(request, "council/index.html", context)


@public_page(kinds=(*KINDS, "community"), until=midnight)
def members(request: HttpRequest) -> HttpResponse:
    found = queries.members(request.community, clock.today())  # type: ignore[attr-defined]
    context = {"members": found, "trail": _trail((_("Members"), ""))}
    return render(request, "council/members.html", context)


@public_page(kinds=KINDS)
def sessions(request: HttpRequest) -> HttpResponse:
    context = {
        "sessions": queries.sessions(viewer_of(request)),
        "trail": _trail((_("Sessions"), "")),
    }
    return render(request, "council/sessions.html", context)


@public_page(kinds=KINDS)
def session(request: HttpRequest, reference: str) -> HttpResponse:
    page = queries.session_page(reference, viewer_of(request))
    if page is None:
        raise Http404
    context = {
        "page": page,
        "minutes": queries.minutes_text(page.session),
        "trail": _trail((_("Sessions"), reverse("council:sessions")), (page.session.title, "")),
    }
    return render(request, "council/session.html", context)


@public_page(kinds=KINDS)
def decisions(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    rows, older = queries.page_of_deliberations(viewer_of(request), before=before)
    here = reverse("council:decisions")
    context = {
        "decisions": rows,
        "older": f"{here}?before={older}" if older else "",
        "newest": here if before else "",
        "trail": _trail((_("Deliberations"), "")),
    }
    return render(request, "council/decisions.html", context)


@public_page(kinds=(*KINDS, "programme"))
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    page = queries.deliberation_page(reference, viewer_of(request))
    if page is None:
        raise Http404
    context = {
        "page": page,
        "trail": _trail((_("Deliberations"), reverse("council:decisions")), (page.item.title, "")),
    }
    return render(request, "council/decision.html", context)


@machine_page(kinds=KINDS)
def decision_text(request: HttpRequest, reference: str) -> HttpResponse:
    version = queries.adopted_version(reference, viewer_of(request))
    if version is None:
        raise Http404
    text = operations.canonical_text(version.text)
    return HttpResponse(text, content_type="application/json; charset=utf-8")
