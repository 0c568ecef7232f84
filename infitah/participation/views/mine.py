"""What a citizen gave from this device, and taking it back, here or by the link of a mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.http import same_origin_required, viewer_of
from infitah.participation import operations, queries
from infitah.participation.forms.giving import LinkForm
from infitah.participation.operations import IdeaRefused


@same_origin_required
def mine(request: HttpRequest) -> HttpResponse:
    """List the ideas of this device; a POST names the one to take back."""
    viewer = viewer_of(request)
    refusal = ""
    if request.method == "POST":
        try:
            operations.withdraw_idea(
                community_id=viewer.community_id or 0,
                reference=request.POST.get("reference", ""),
                author_id=viewer.participant_id or 0,
                by=viewer.actor(),
                now=clock.now(),
            )
            return redirect("participation:mine")
        except IdeaRefused as refused:
            refusal = refused.message
    context = {
        "ideas": queries.ideas_of_participant(viewer=viewer),
        "is_proved": viewer.participant_id is not None,
        "refusal": refusal,
    }
    return render(request, "participation/mine.html", context, status=422 if refusal else 200)


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
    return render(request, "participation/withdraw.html", {"idea": idea})


@same_origin_required
def lost_link(request: HttpRequest) -> HttpResponse:
    """Offer a new link for taking an idea back."""
    return new_link(request)


def new_link(request: HttpRequest, *, is_expired: bool = False) -> HttpResponse:
    """Say what is wrong with a link and offer a new one by mail; tell nothing about whose it is."""
    is_asking = request.method == "POST" and "reference" in request.POST
    form = LinkForm(request.POST if is_asking else None)
    is_here = request.resolver_match is not None and request.resolver_match.url_name == "link"
    context: dict[str, object] = {"form": form, "is_wrong": is_here, "is_expired": is_expired}
    if is_asking and form.is_valid():
        operations.send_withdraw_link(
            community=request.community,  # type: ignore[attr-defined]
            reference=form.cleaned_data["reference"].upper(),
            address=form.cleaned_data["email"],
            network=client_address(request),
            now=clock.now(),
        )
        return render(request, "participation/new_link.html", {"is_sent": True})
    context["title"] = _("Take back an idea")
    status = 422 if is_asking else 404 if is_here else 200
    return render(request, "participation/new_link.html", context, status=status)
