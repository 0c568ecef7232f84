"""Desk pages on commitments in execution: the overview, the owner and the links, a word."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.http import desk_page, viewer_of
from infitah.design.direction import in_page_language
from infitah.design.entry import carried_out, status_of
from infitah.programme import forms, operations, queries
from infitah.programme.models import Commitment
from infitah.programme.views.files import kept_file
from infitah.programme.views.words import evidence_of, word_of


@desk_page("programme.edit")
def overview(request: HttpRequest) -> HttpResponse:
    viewer, today = viewer_of(request), clock.today()
    context = {
        "reported": queries.cycles_to_report(viewer),
        "rows": queries.carrying_out(viewer, today),
        "replies": queries.replies_due(viewer, clock.now()),
    }
    return render(request, "programme/desk/overview.html", context)


def _commitment(request: HttpRequest, reference: str, *rights: str) -> Commitment:
    found = queries.commitment_for_desk(viewer_of(request), reference, *rights)
    if found is None:
        raise Http404
    return found


@desk_page("programme.edit")
def owner(request: HttpRequest, reference: str) -> HttpResponse:
    commitment = _commitment(request, reference, "programme.edit")
    initial = {
        "address": queries.owner_address(commitment),
        "language": commitment.owner_language,
    }
    form = forms.OwnerForm(request.POST or None, initial=initial)
    if carried_out(form, partial(_set_owner, request, commitment, form)):
        return redirect("programme_desk:owner", reference)
    context = {
        "commitment": commitment,
        "form": form,
        "links": queries.links_sent(commitment),
        "is_asked": request.GET.get("sent") == "1",
    }
    return render(request, "programme/desk/owner.html", context, status=status_of(form))


def _set_owner(request: HttpRequest, commitment: Commitment, form: forms.OwnerForm) -> None:
    operations.set_owner(
        commitment=commitment,
        address=form.cleaned_data["address"],
        language=form.cleaned_data["language"],
        by=viewer_of(request).actor(),
        now=clock.now(),
    )


@desk_page("programme.edit")
def send_link(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a new link now, or end the open ones."""
    commitment, back = _commitment(request, reference, "programme.edit"), "programme_desk:owner"
    if request.method != "POST":
        return redirect(back, reference)
    if "end" in request.POST:
        operations.revoke_links(commitment=commitment, now=clock.now())
        return redirect(back, reference)
    operations.send_new_link(
        community=commitment.community,
        reference=reference,
        network=client_address(request),
        now=clock.now(),
    )
    return redirect(f"{reverse(back, args=[reference])}?sent=1")


@desk_page("progress.report")
def word(request: HttpRequest, reference: str) -> HttpResponse:
    commitment, now = _commitment(request, reference, "progress.report"), clock.now()
    page = queries.link_page(commitment, clock.today())
    pairs = [
        (one.milestone.reference, in_page_language(one.milestone.title)) for one in page.milestones
    ]
    kept, refusal = kept_file(request, now)
    posted = request.POST if request.method == "POST" else None
    form = forms.WordForm(posted, milestones=pairs, kept=kept, refusal=refusal)
    if carried_out(form, partial(_tell, request, commitment, form)):
        messages.success(request, _("It is recorded and public."))
        return redirect("programme_desk:index")
    context = {"commitment": commitment, "page": page, "form": form}
    return render(request, "programme/desk/word.html", context, status=status_of(form))


def _tell(request: HttpRequest, commitment: Commitment, form: forms.WordForm) -> None:
    now = clock.now()
    operations.tell_progress(
        commitment=commitment,
        word=word_of(form, evidence_of(form, commitment.community, now), request.LANGUAGE_CODE),  # type: ignore[attr-defined]
        by=viewer_of(request).actor(),
        now=now,
    )
