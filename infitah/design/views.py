"""The gallery of components, and a community's accent as a sheet of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from infitah.core.http import machine_page, public_page
from infitah.design import colour, samples
from infitah.kernel.localized import LANGUAGES

SHEET = """@layer tokens {{
  :root {{ --accent: {light}; }}
  @media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}
}}
"""
A_YEAR = "public, max-age=31536000, immutable"


@public_page(kinds=())
def gallery(request: HttpRequest, language: str) -> HttpResponse:
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        return render(request, "design/gallery.html", samples.context(language))


@public_page(kinds=())
def similar(request: HttpRequest, language: str) -> HttpResponse:
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        found = [one for one in samples.KNOTS if one.reference][:2]
        context = {"words": request.GET.get("q", "")[:140], "found": found}
        return render(request, "design/gallery_similar.html", context)


@machine_page()
def accent(request: HttpRequest, value: str) -> HttpResponse:
    try:
        made = colour.accent(value)
    except ValueError:
        raise Http404 from None
    sheet = SHEET.format(light=made.light, dark=made.dark)
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = A_YEAR
    return response
