"""The page of an axis in a consultation: context, facts, the one question, how to take part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import public_page, viewer_of
from infitah.participation import queries
from infitah.participation.queries.consultations import card_of
from infitah.participation.queries.ideas import IdeaFilter
from infitah.participation.rules import ConsultationState, documents_of
from infitah.participation.views.public import found_or_404, until


@public_page(kinds=("participation",), until=until)
def axis(request: HttpRequest, slug: str, axis: str) -> HttpResponse:
    found, viewer, now = found_or_404(request, slug), viewer_of(request), clock.now()
    counts = queries.tallies(found)
    topics = queries.topics_of(found, counts)
    topic = next((one for one in topics if one.slug == axis), None)
    if topic is None:
        raise Http404
    ideas = queries.idea_list(
        consultation=found,
        viewer=viewer,
        wanted=IdeaFilter(axis=axis),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        now=now,
    )
    context = {
        "consultation": found,
        "card": card_of(found, now),
        "topic": topic,
        "number": topics.index(topic) + 1,
        "documents": documents_of(topic.documents.in_language(str(get_language()))),
        "others": [one for one in topics if one is not topic],
        "ideas": ideas,
        "shows_counts": found.shows_counts(now),
        "is_open": found.state(now) == ConsultationState.OPEN,
        "is_closed": found.state(now) == ConsultationState.CLOSED,
        "newer_url": f"?after={ideas.newer}#ideas" if ideas.newer else "",
        "older_url": f"?before={ideas.older}#ideas" if ideas.older else "",
        "trail": _trail(found.name, found.get_absolute_url()),
    }
    return render(request, "participation/axis.html", context)


def _trail(name: object, url: str) -> list[tuple[object, str]]:
    return [(_("Consultations and ideas"), reverse("participation:index")), (name, url)]
