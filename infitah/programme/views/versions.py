"""Public pages of the versions of a commitment: side by side, and each as bytes to be hashed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core.http import machine_page, public_page, viewer_of
from infitah.programme import queries
from infitah.programme.rules import texts

KINDS = ("programme", "council")


def _number(text: str) -> int | None:
    return int(text[:5]) if text[:5].isascii() and text[:5].isdecimal() else None


@public_page(kinds=KINDS)
def versions(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    page = queries.versions_page(
        viewer=viewer_of(request),
        cycle_slug=slug,
        reference=reference,
        first=_number(request.GET.get("from", "")),
        second=_number(request.GET.get("to", "")),
    )
    if page is None:
        raise Http404
    held = page.commitment
    context = {
        "page": page,
        "commitment": held,
        "trail": [
            (_("Openness programme"), reverse("programme:index")),
            (held.cycle.title, reverse("programme:cycle", args=[slug])),
            (held.title, reverse("programme:commitment", args=[slug, reference])),
            (_("Versions"), ""),
        ],
    }
    return render(request, "programme/versions.html", context)


@machine_page(kinds=KINDS)
def version_json(request: HttpRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Answer with the very bytes whose SHA-256 is the version's hash."""
    version = queries.version_content(
        viewer=viewer_of(request), cycle_slug=slug, reference=reference, number=number
    )
    if version is None:
        raise Http404
    content = texts.canonical(version.content).encode()
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'inline; filename="{version.commitment.reference}-v{number}.json"'
    )
    return response
