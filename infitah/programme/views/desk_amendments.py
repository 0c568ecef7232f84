"""Amendments at the desk: which part, what it shall say, who moved it, by which vote."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from infitah.core.errors import OperationRefused
from infitah.design.entry import carried_out, status_of
from infitah.programme import operations, queries
from infitah.programme.forms.adoption import AmendForm, DecideForm
from infitah.programme.models import Amendment, Commitment, CommitmentVersion
from infitah.programme.rules import amending
from infitah.programme.views.desk_adoption import (
    council_page,
    found_commitment,
    step,
    trail_of,
)
from infitah.programme.views.moved import moved_on

NOT_BEFORE = gettext_lazy(
    "Only a text that the committee validated and the council did not adopt yet."
)


def _is_before(commitment: Commitment, version: CommitmentVersion | None) -> bool:
    is_open = commitment.cycle.state == "preparing" and commitment.state == "validated"
    return version is not None and is_open


def _moved_on(
    request: HttpRequest, commitment: Commitment, form: forms.Form | None = None
) -> HttpResponse:
    return moved_on(request, NOT_BEFORE, queries.url_of(commitment), form)


def _trail(commitment: Commitment, request: HttpRequest) -> list[tuple[object, str]]:
    address = reverse("programme_desk:adoption", args=[commitment.cycle.slug])
    return [*trail_of(commitment.cycle, request), (_("Adoption"), address)]


def _context(request: HttpRequest, commitment: Commitment, version: CommitmentVersion) -> Any:
    rows = list(queries.amendments_of(commitment))
    return {
        "commitment": commitment,
        "version": version,
        "amendments": queries.amendment_views(rows, queries.movers_of(rows)),
        "trail": _trail(commitment, request),
    }


@council_page
def amendments(request: HttpRequest, reference: str) -> HttpResponse:
    return _list_page(request, found_commitment(request, reference))


def _list_page(request: HttpRequest, commitment: Commitment, refusal: str = "") -> HttpResponse:
    version = queries.text_in_force(commitment)
    if version is None or not _is_before(commitment, version):
        return _moved_on(request, commitment)
    context = _context(request, commitment, version) | {
        "parts": queries.standing_parts(version),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "programme/desk/amendments.html", context, status=status)


@council_page
def amend(request: HttpRequest, reference: str, part: str) -> HttpResponse:
    commitment = found_commitment(request, reference)
    version = queries.text_in_force(commitment)
    if version is None:
        return _moved_on(request, commitment)
    try:
        standing = amending.standing(version.content, part)
    except amending.CannotAmend as unknown:
        raise Http404 from unknown
    items = queries.council_items(commitment.cycle)
    form = AmendForm(
        request.POST or None,
        part=part,
        standing=standing,
        items=items,
        movers=queries.movers_at(items),
        weighed=queries.weighed(version) if part == amending.WEIGHTS else (),
    )
    if not _is_before(commitment, version):
        return _moved_on(request, commitment, form)
    if carried_out(form, lambda: _moved(request, commitment, part, form)):
        messages.success(request, _("The amendment is entered. Record its vote, then decide it."))
        return redirect("programme_desk:amendments", reference)
    context = _context(request, commitment, version) | {
        "form": form,
        "part": queries.part_words(part),
        "has_items": items.exists(),
    }
    return render(request, "programme/desk/amend.html", context, status=status_of(form))


def _moved(request: HttpRequest, commitment: Commitment, part: str, form: AmendForm) -> Amendment:
    return operations.move_amendment(
        commitment=commitment,
        item=form.cleaned_data["item"],
        mover=form.cleaned_data["mover"],
        part=part,
        after=form.after(),
        reason=form.text_of("reason"),
        **step(request),
    )


def _amendment(commitment: Commitment, number: int) -> Amendment:
    found = queries.amendments_of(commitment).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@council_page
def decide(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    commitment = found_commitment(request, reference)
    amendment = _amendment(commitment, number)
    votes = queries.deciding_votes(amendment)
    form = DecideForm(request.POST or None, votes=votes)
    if not _is_before(commitment, queries.text_in_force(commitment)):
        return _moved_on(request, commitment, form)
    done = carried_out(
        form,
        lambda: operations.decide_amendment(
            amendment=amendment, vote=form.cleaned_data["vote"], **step(request)
        ),
    )
    if done:
        messages.success(request, _("The amendment is decided by this vote."))
        return redirect("programme_desk:amendments", reference)
    context = {
        "commitment": commitment,
        "form": form,
        "amendment": queries.amendment_views([amendment], queries.movers_of([amendment]))[0],
        "vote_url": _vote_url(amendment),
        "has_votes": votes.exists(),
        "trail": _trail(commitment, request),
    }
    return render(request, "programme/desk/amendment.html", context, status=status_of(form))


def _vote_url(amendment: Amendment) -> str:
    """Return where the vote on an amendment is recorded, with its question written."""
    item, question = amendment.item, queries.question_of(amendment)
    at = reverse("proceedings_desk:vote", args=[item.sitting.session.reference, item.pk])
    said = {f"question_{code}": question.text_of(code) for code in question.languages()}
    return f"{at}?{urlencode(said)}"


@council_page
@require_POST
def take_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    commitment = found_commitment(request, reference)
    amendment = _amendment(commitment, number)
    try:
        operations.withdraw_amendment(amendment=amendment, **step(request))
    except OperationRefused as refused:
        return _list_page(request, commitment, refused.message)
    messages.success(request, _("The amendment is withdrawn by its mover; it stays on the page."))
    return redirect("programme_desk:amendments", reference)
