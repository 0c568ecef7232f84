"""The file for the commission, for who follows a request: at once, or made in the background."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock, files
from infitah.information.conf import OPTIONS
from infitah.information.models import BundleRun
from infitah.information.operations import bundles as operations
from infitah.information.queries import bundles as queries
from infitah.information.views.following import asked_by, bearer, link_page

PDF = "application/pdf"


@link_page
def bundle(request: HttpRequest, token: str) -> HttpResponse:
    """Hand over a small file, one indexed PDF of everything; a large one is asked for apart."""
    asked, language = asked_by(request, token), _language(request)
    viewer, today = bearer(request, token), clock.today()
    if queries.bundle_run(asked, viewer, language, today) is not None:
        return redirect("information:bundle-making", token)
    small = queries.small_bundle(asked, viewer, language, today)
    if small is None:
        return redirect("information:bundle-making", token)
    response = HttpResponse(small.bound(), content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{asked.reference}-cdai.pdf"'
    return response


def _language(request: HttpRequest) -> str:
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    return language


@link_page
def making(request: HttpRequest, token: str) -> HttpResponse:
    """Have a large file made, say how far it is, and offer it."""
    asked, language = asked_by(request, token), _language(request)
    viewer, today = bearer(request, token), clock.today()
    if request.method == "POST":
        operations.ask_bundle(
            request=asked, viewer=viewer, language=language, today=today, now=clock.now()
        )
        return redirect("information:bundle-making", token)
    context = {
        "asked": asked,
        "run": queries.bundle_run(asked, viewer, language, today),
        "hours": OPTIONS.bundle_hours,
        "trail": [
            (_("Access to information"), reverse("information:index")),
            (_("Follow my request"), reverse("information:follow")),
            (asked.reference, reverse("information:followed", args=[token])),
        ],
    }
    return render(request, "information/bundle.html", context)


@link_page
def made(request: HttpRequest, token: str, key: UUID) -> HttpResponseBase:
    """Hand over a file that the worker made, to who holds the link of its request."""
    asked = asked_by(request, token)
    runs = BundleRun.objects.visible_to(bearer(request, token)).select_related("stored")
    run = runs.filter(request=asked, key=key, stored__isnull=False).first()
    if run is None or run.stored is None:
        raise Http404
    response = FileResponse(
        files.path_of(run.stored).open("rb"), content_type=PDF, filename=run.stored.name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
