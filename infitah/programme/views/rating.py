"""What a citizen sees of a commitment: three buttons, no account, an address proved once."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import same_origin_required, viewer_of
from infitah.participation.operations import act_now_or_later
from infitah.programme import queries
from infitah.programme.models import Commitment, Rating
from infitah.programme.operations.ratings import KIND


def _commitment(request: HttpRequest, slug: str, reference: str) -> Commitment:
    found = queries.commitments(viewer_of(request)).filter(reference=reference, cycle__slug=slug)
    commitment = found.first()
    if commitment is None:
        raise Http404
    return commitment


@same_origin_required
def rate(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Count the answer of a proved device at once, else keep it until its code is confirmed."""
    commitment = _commitment(request, slug, reference)
    back = f"{queries.url_of(commitment)}#voices"
    sight = request.POST.get("sight", "")
    if request.method != "POST":
        return redirect(back)
    if sight not in Rating.Sight:
        return _again(request, commitment, "")
    try:
        waiting = act_now_or_later(
            participant_id=viewer_of(request).participant_id,
            community=request.community,  # type: ignore[attr-defined]
            key=uuid.uuid4(),
            kind=KIND,
            subject=reference,
            payload={"sight": sight},
            interface=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
            back=back,
            now=clock.now(),
        )
    except OperationRefused as refused:
        return _again(request, commitment, refused.message)
    if waiting is None:
        return HttpResponseRedirect(reverse("programme_mine:rated", args=[slug, reference]))
    return redirect("participation:act", waiting.key)


def _again(request: HttpRequest, commitment: Commitment, refusal: str) -> HttpResponse:
    context = {"commitment": commitment, "refusal": refusal}
    return render(request, "programme/rating.html", context, status=422)


@same_origin_required
def rated(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Say what this device's answer is, and let it be changed."""
    commitment, viewer = _commitment(request, slug, reference), viewer_of(request)
    answer = queries.rating_by(commitment, viewer.participant_id)
    context = {"commitment": commitment, "answer": answer}
    return render(request, "programme/rating.html", context)
