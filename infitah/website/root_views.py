"""Addresses without a language: the entrance, permanent links, robots, what programs read."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from infitah import __version__
from infitah.community.models import Community
from infitah.community.queries import by_slug, url_of
from infitah.core import clock
from infitah.core.http import machine_page, public_page, viewer_of
from infitah.ledger import queries as ledger
from infitah.website import addresses, sitemap

LANGUAGE_COOKIE = "lang"
A_YEAR = 365 * 24 * 3600
MAX_PARTS = 10_000  # beyond it no part of a map exists: 50 million ideas


def _chosen(request: HttpRequest) -> str:
    code = request.COOKIES.get(LANGUAGE_COOKIE, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "private, no-store"
    return response


@machine_page()
def entrance(request: HttpRequest) -> HttpResponseBase:
    """Lead to the chosen language, else to Arabic; never kept, never by Accept-Language (C10)."""
    return _unkept(redirect(f"/{_chosen(request)}/"))


@machine_page()
def choose_language(request: HttpRequest, code: str) -> HttpResponseBase:
    """Remember the language; the only place that sets the cookie."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = f"/{code}/"
    response = redirect(back)
    response.set_cookie(
        LANGUAGE_COOKIE, code, max_age=A_YEAR, samesite="Lax", secure=settings.IS_HTTPS
    )
    return _unkept(response)


@machine_page()
def permanent(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Lead from a reference to the page of the thing; 404 if the viewer may not see it."""
    path = addresses.of_reference(reference, viewer_of(request))
    if path is None:
        raise Http404
    return _unkept(redirect(f"/{_chosen(request)}/{path}"))


@machine_page()
def community(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Lead to a community's own host, in the language that the page which led here was in."""
    found, code = by_slug(slug), request.GET.get("in", "")
    if found is None:
        raise Http404
    return redirect(url_of(found, f"/{code}/" if code in dict(settings.LANGUAGES) else "/"))


@public_page(kinds=("site",))
def robots(request: HttpRequest) -> HttpResponse:
    """Say what robots may read."""
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /admin/",
        "Disallow: /*?",
        f"Sitemap: {request.scheme}://{request.get_host()}/sitemap.xml",
        f"Sitemap: {request.scheme}://{request.get_host()}/sitemaps/ideas.xml",
        f"Sitemap: {request.scheme}://{request.get_host()}/sitemaps/answers.xml",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@machine_page(kinds=("site", "programme", "participation", "council", "publication"))
def site_map(request: HttpRequest) -> HttpResponse:
    """List the pages of this host, each with its translations."""
    context = {
        "root": f"{request.scheme}://{request.get_host()}",
        "places": sitemap.places(request, clock.now()),
    }
    return render(request, "website/sitemap.xml", context, content_type="application/xml")


@machine_page(kinds=("participation",))
def idea_maps(request: HttpRequest) -> HttpResponse:
    """List the parts in which the ideas are listed."""
    context = {
        "root": f"{request.scheme}://{request.get_host()}",
        "parts": range(1, sitemap.idea_parts(viewer_of(request)) + 1),
        "route": "sitemap-ideas-part",
    }
    return render(request, "website/sitemap_index.xml", context, content_type="application/xml")


@machine_page(kinds=("participation",))
def idea_map(request: HttpRequest, part: int) -> HttpResponse:
    """List the pages of the ideas of one part: those that anybody may read."""
    found = sitemap.ideas(viewer_of(request), part) if 0 < part < MAX_PARTS else []
    if not found:
        raise Http404
    context = {"root": f"{request.scheme}://{request.get_host()}", "places": found}
    return render(request, "website/sitemap.xml", context, content_type="application/xml")


@machine_page(kinds=("publication",))
def answer_maps(request: HttpRequest) -> HttpResponse:
    """List the parts in which the published answers are listed."""
    context = {
        "root": f"{request.scheme}://{request.get_host()}",
        "parts": range(1, sitemap.answer_parts(viewer_of(request)) + 1),
        "route": "sitemap-answers-part",
    }
    return render(request, "website/sitemap_index.xml", context, content_type="application/xml")


@machine_page(kinds=("publication",))
def answer_map(request: HttpRequest, part: int) -> HttpResponse:
    """List the pages of the published answers of one part."""
    found = sitemap.answers(viewer_of(request), part) if 0 < part < MAX_PARTS else []
    if not found:
        raise Http404
    context = {"root": f"{request.scheme}://{request.get_host()}", "places": found}
    return render(request, "website/sitemap.xml", context, content_type="application/xml")


@machine_page(kinds=("site",))
def well_known(request: HttpRequest) -> HttpResponse:
    """Say who runs here: version, public keys, communities."""
    body = {
        "software": "infitah",
        "version": __version__,
        "keys": [key.as_json() for key in ledger.keys()],  # noqa: SIM118
        "communities": [
            {"key": item.key, "slug": item.slug, "host": item.host, "name": item.name.as_json()}
            for item in Community.objects.with_host()
        ],
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
