"""The open data of a consultation: one package, JSON, and the page that names the files."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.queries import url_of
from infitah.core import clock
from infitah.core.http import public_page, viewer_of
from infitah.core.viewer import Viewer
from infitah.participation import queries, rules
from infitah.participation.models import Consultation
from infitah.participation.queries.consultations import tallies
from infitah.participation.views.public import found_or_404, until

FILES = ("package", "csv", "ideas-json", "json", "atom", "comments-csv", "comments-atom")


@public_page(kinds=("participation",), until=until)
def files(request: HttpRequest, slug: str) -> HttpResponse:
    found = found_or_404(request, slug)
    results = queries.results_of(consultation=found, viewer=viewer_of(request), now=clock.now())
    context = {
        "consultation": found,
        "has_results": results is not None,
        "licence": rules.LICENCE,
        "trail": [
            (_("Consultations and ideas"), reverse("participation:index")),
            (found.name, found.get_absolute_url()),
        ],
    }
    return render(request, "participation/consultation_files.html", context)


def _named(response: HttpResponseBase, consultation: Consultation, name: str, how: str) -> None:
    whole = f"{consultation.community.key}-{consultation.slug}-{name}"
    response.headers["Content-Disposition"] = f'{how}; filename="{whole}"'


@public_page(kinds=("participation",), until=until)
def package(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = found_or_404(request, slug)
    blocks = queries.package(consultation=found, viewer=viewer_of(request), now=clock.now())
    response = StreamingHttpResponse(blocks, content_type="application/zip")
    _named(response, found, "consultation.zip", "attachment")
    return response


@public_page(kinds=("participation",), until=until)
def ideas_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    found, viewer = found_or_404(request, slug), viewer_of(request)
    response = StreamingHttpResponse(
        _ideas(found, viewer, clock.now()), content_type="application/json; charset=utf-8"
    )
    _named(response, found, "ideas.json", "inline")
    return response


def _ideas(consultation: Consultation, viewer: Viewer, now: datetime) -> Iterator[str]:
    """Yield one JSON object; what breaks off lacks its count and its end."""
    head = json.dumps(queries.described(consultation, now), ensure_ascii=False)
    yield f'{{"consultation": {head},\n"ideas": ['
    count, ideas = 0, queries.idea_rows(consultation=consultation, viewer=viewer, now=now)
    for count, row in enumerate(ideas, start=1):
        idea = dict(zip(rules.IDEA_COLUMNS, row, strict=True))
        comma = "," if count > 1 else ""
        yield f"{comma}\n{json.dumps(idea, ensure_ascii=False)}"
    yield f'\n],\n"count": {count}}}\n'


@public_page(kinds=("participation",), until=until)
def consultation_json(request: HttpRequest, slug: str) -> HttpResponse:
    found, now = found_or_404(request, slug), clock.now()
    counts = tallies(found)
    shows = found.shows_counts(now)
    topics = queries.topics_of(found, counts)
    content = {
        **queries.described(found, now),
        "introduction": found.introduction.as_json() if found.introduction else {},
        "axes": [
            {
                "axis": topic.slug,
                "name": topic.name.as_json(),
                "question": topic.question.as_json(),
                **({"ideas": topic.shown} if shows else {}),
            }
            for topic in topics
        ],
        **({"ideas": counts.shown, "late": counts.late} if shows else {}),
        "licence": rules.LICENCE,
        "files": {
            name: url_of(found.community, reverse(f"participation:{name}", args=[slug]))
            for name in FILES
        },
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    _named(response, found, "consultation.json", "inline")
    return response
