"""What a citizen gave from this device, and taking it back, here or by the link of a mail."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.http import same_origin_required, viewer_of
from infitah.core.queries import is_demonstration
from infitah.participation import operations, queries
from infitah.participation.forms.giving import LinksForm
from infitah.participation.models import Idea
from infitah.participation.operations import IdeaRefused
from infitah.participation.views.comments import held_of
from infitah.participation.views.devices import forget_device


@same_origin_required
def mine(request: HttpRequest) -> HttpResponse:
    """List the ideas of this device; a POST names the one to take back, or forgets the device."""
    refusal, named = "", request.POST.get("reference", "")
    if request.method == "POST":
        if "forget" in request.POST:
            at = redirect(f"{reverse('participation:mine')}?forgotten=1")
            return forget_device(request, at)
        refusal = _taken_back(request, named)
        if not refusal:
            told = urlencode({"withdrawn": named})
            return redirect(f"{reverse('participation:mine')}?{told}")
    gone = request.GET.get("withdrawn", "")
    ideas = queries.ideas_of_participant(viewer=viewer_of(request))
    traces = queries.traces_of(viewer=viewer_of(request))
    is_empty = bool(ideas) and all(idea.withdrawn_at for idea in ideas) and not traces
    context = {
        "ideas": ideas,
        "withdrawn": next(
            (one for one in ideas if one.withdrawn_at and one.reference == gone), None
        ),
        "traces": traces,
        "is_votes_open": request.GET.get("votes") == "open",
        "is_nothing_left": is_empty and not _follows(ideas[0]),
        "is_proved": viewer_of(request).participant_id is not None,
        "held": held_of(request),
        "is_forgotten": request.GET.get("forgotten") == "1",
        "refusal": refusal,
        "form": LinksForm(),
    }
    return render(request, "participation/mine.html", context, status=422 if refusal else 200)


def _follows(idea: Idea) -> bool:
    """Tell whether the author of one's own idea still follows something by mail."""
    return idea.author is not None and operations.follows_by_mail(idea.author)


def _taken_back(request: HttpRequest, reference: str) -> str:
    """Take back the idea that was named; return why not, or nothing."""
    viewer = viewer_of(request)
    try:
        operations.withdraw_idea(
            community_id=viewer.community_id or 0,
            reference=reference,
            author_id=viewer.participant_id or 0,
            by=viewer.actor(),
            now=clock.now(),
        )
    except IdeaRefused as refused:
        return refused.message
    return ""


@same_origin_required
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the page of a mail's link: one button that POSTs (decisions G34)."""
    community = request.community  # type: ignore[attr-defined]
    reference, state = operations.reference_of_token(token)
    idea = queries.idea_to_withdraw(community=community, reference=reference)
    if idea is None:
        return new_link(request, is_expired=state == "expired")
    if request.method == "POST" and idea.withdrawn_at is None:
        operations.withdraw_idea(
            community_id=community.pk,
            reference=idea.reference,
            author_id=idea.author_id or 0,
            by=viewer_of(request).actor(),
            now=clock.now(),
        )
        return redirect("participation:link", token)
    act = queries.proof_url(queries.withdrawal_number(idea))
    return render(request, "participation/withdraw.html", {"idea": idea, "withdrawal_url": act})


@same_origin_required
def lost_link(request: HttpRequest) -> HttpResponse:
    """Offer the links to one's own ideas by mail."""
    return new_link(request)


def new_link(request: HttpRequest, *, is_expired: bool = False) -> HttpResponse:
    """Say what is wrong with a link and offer new ones by mail; tell nothing about whose it is."""
    is_asking = request.method == "POST" and "email" in request.POST
    form = LinksForm(request.POST if is_asking else None)
    is_here = request.resolver_match is not None and request.resolver_match.url_name == "link"
    context: dict[str, object] = {
        "form": form,
        "is_wrong": is_here,
        "is_expired": is_expired,
        "is_demonstration": is_demonstration(),
    }
    if is_asking and form.is_valid():
        operations.send_my_links(
            community=request.community,  # type: ignore[attr-defined]
            address=form.cleaned_data["email"],
            network=client_address(request),
            now=clock.now(),
        )
        context["is_sent"] = True
        return render(request, "participation/new_link.html", context)
    status = 422 if is_asking else 404 if is_here else 200
    return render(request, "participation/new_link.html", context, status=status)
