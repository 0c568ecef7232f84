"""The one box used for search and for asking, what it suggests, and what readers made of it."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from infitah.community.models.law import amount_in_words
from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.http import midnight, public_page, same_origin_required, viewer_of
from infitah.information.forms.entry import page_of, question_of, told_of
from infitah.information.operations.suggestions import count_decision, count_opening
from infitah.information.queries import entry
from infitah.information.queries.help import help_for
from infitah.information.rules import suggesting

KINDS = ("community", "site", "information", "publication", "council")


def _language() -> str:
    return (get_language() or "ar").split("-")[0]


def _not_kept(response: HttpResponse) -> HttpResponse:
    """Let no store keep an answer to words that somebody typed."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


@public_page(kinds=KINDS, until=midnight)
def index(request: HttpRequest) -> HttpResponse:
    question = question_of(request.GET)
    if question:
        return _not_kept(_results(request, question))
    community, today = request.community, clock.today()  # type: ignore[attr-defined]
    numbers = entry.numbers_of_right(community, today)
    context = {
        "officers": entry.officers(community, today),
        "numbers": numbers,
        "lengths": [amount_in_words(one.value, one.unit) for one in numbers],
        "is_doubtful": not all(one.is_verified for one in numbers),
        "is_counted": request.GET.get("told") == "answered",
    }
    return render(request, "information/index.html", context)


def _results(request: HttpRequest, question: str) -> HttpResponse:
    kind, page = request.GET.get("kind", ""), page_of(request.GET)
    groups = entry.answers(
        viewer=viewer_of(request), text=question, language=_language(), kind=kind, page=page
    )
    here = reverse("information:index")
    context = {
        "question": question,
        "groups": groups,
        "help": [] if kind in suggesting.KINDS else help_for(question),
        "is_alone": kind in suggesting.KINDS,
        "address": f"{here}?{urlencode({'q': question})}",
        "ask_url": _asking(question),
        "shown": [hit for group in groups for hit in group.hits],
    }
    return render(request, "information/search_results.html", context)


def _asking(question: str) -> str:
    return f"{reverse('information:ask')}?{urlencode({'text': question})}"


@public_page(kinds=())
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer while somebody types: at most one page of help and five records.

    Nothing for fewer than three letters.
    """
    question = question_of(request.GET)
    found = entry.suggestions(viewer=viewer_of(request), text=question, language=_language())
    pages = help_for(question)[:1]
    if not found and not pages:
        return _not_kept(HttpResponse(status=HTTPStatus.NO_CONTENT))
    context = {"suggested": found, "help": pages, "listed": [*pages, *found]}
    return _not_kept(render(request, "information/parts/suggested.html", context))


@same_origin_required
def told(request: HttpRequest) -> HttpResponse:
    """Count what a reader decided, then thank them or let them ask with the same words."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("information:index"))
    decided = told_of(request.POST)
    is_asking = "ask" in request.POST
    if is_asking or decided.answered is not None:
        count_decision(
            community=request.community,  # type: ignore[attr-defined]
            told=decided,
            network=client_address(request),
            now=clock.now(),
        )
    where = reverse("information:index") + "?told=answered"
    if is_asking:
        where = _asking(question_of(request.POST))
    return HttpResponseRedirect(where, status=HTTPStatus.SEE_OTHER)


@same_origin_required
def opened(request: HttpRequest) -> HttpResponse:
    """Count that a suggestion was opened, as the browser tells it while it leaves."""
    place = suggesting.place_of(request.POST.get("opened", ""))
    if request.method != "POST" or place is None:
        raise Http404
    count_opening(
        community=request.community,  # type: ignore[attr-defined]
        place=place,
        network=client_address(request),
        now=clock.now(),
    )
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
