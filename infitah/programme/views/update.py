"""The page of a monthly link: on a phone, without account, in under a minute.

A GET only shows; the POST of a button acts (decisions G34). A word may be corrected by the same
link until the end of its day. The cookie of the device that took the
link up is set by that POST and read below `mine/` only.
"""

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.http import same_origin_required
from infitah.core.operations import within_limit
from infitah.core.queries import is_demonstration
from infitah.design.direction import in_page_language
from infitah.design.entry import status_of
from infitah.programme import forms, operations, queries
from infitah.programme.conf import OPTIONS
from infitah.programme.models import Evidence, MonthlyLink
from infitah.programme.rules.updates import LinkState
from infitah.programme.views.files import kept_file
from infitah.programme.views.words import evidence_of, word_of

GONE = {LinkState.FORGED: 404}


def _device(request: HttpRequest) -> str:
    return request.COOKIES.get(OPTIONS.owner_cookie, "")[:64]


@same_origin_required
def update(request: HttpRequest, token: str) -> HttpResponse:
    """Show the commitment and its buttons, take the word of the one that is pressed."""
    link = operations.link_of(request.community, token)  # type: ignore[attr-defined]
    if request.method == "POST":
        return _posted(request, token, link)
    state = operations.link_state(link, device=_device(request), now=clock.now())
    if link is None or (state != LinkState.READY and not _may_correct(request, link)):
        return _dead(request, link, state)
    return _page(request, link, _form(request, link))


def _may_correct(request: HttpRequest, link: MonthlyLink) -> bool:
    return operations.may_correct_word(link, device=_device(request), now=clock.now())


def _posted(request: HttpRequest, token: str, link: MonthlyLink | None) -> HttpResponse:
    """Take the link up on this device, then the word; the device is remembered either way."""
    if not _is_within_limit(request):
        return _dead(request, link, LinkState.READY, refusal=_("Too many tries came from here."))
    device, now = _device(request) or secrets.token_urlsafe(16), clock.now()
    community = request.community  # type: ignore[attr-defined]
    state = operations.take_up_link(community=community, token=token, device=device, now=now)
    if link is not None and state == LinkState.USED:
        if "correct" in request.POST and _may_correct(request, link):
            return _told(request, token, link, device)
        return redirect("programme_mine:done", token)
    if link is None or state != LinkState.READY:
        return _dead(request, link, state)
    return _remembered(_told(request, token, link, device), device)


def _told(request: HttpRequest, token: str, link: MonthlyLink, device: str) -> HttpResponse:
    form, now = _form(request, link), clock.now()
    community = link.commitment.community
    if form.is_valid():
        try:
            evidence = evidence_of(form, community, now)
            act = operations.correct_by_link if link.used_at else operations.tell_by_link
            act(
                community=community,
                token=token,
                device=device,
                word=word_of(form, evidence, request.LANGUAGE_CODE),  # type: ignore[attr-defined]
                now=now,
            )
        except operations.LinkRefused as refused:
            return _dead(request, link, refused.state)
        except OperationRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return redirect("programme_mine:done", token)
    return _page(request, link, form)


def _form(request: HttpRequest, link: MonthlyLink) -> forms.WordForm:
    kept, refusal = kept_file(request, clock.now())
    page = queries.link_page(link.commitment, clock.today())
    pairs = [
        (one.milestone.reference, in_page_language(one.milestone.title)) for one in page.milestones
    ]
    data = request.POST if request.method == "POST" else None
    return forms.WordForm(data, milestones=pairs, kept=kept, refusal=refusal)


def _page(request: HttpRequest, link: MonthlyLink, form: forms.WordForm) -> HttpResponse:
    context = {
        "link": link,
        "commitment": link.commitment,
        "page": queries.link_page(link.commitment, clock.today()),
        "form": form,
        "is_correction": link.used_at is not None,
    }
    return render(request, "programme/update.html", context, status=status_of(form))


def _dead(
    request: HttpRequest, link: MonthlyLink | None, state: LinkState, *, refusal: str = ""
) -> HttpResponse:
    """Say what became of a link, by which office and when it was used, and offer a new one."""
    context: dict[str, Any] = {
        "link": link,
        "state": state.value,
        "refusal": refusal,
        "form": forms.AskLinkForm(),
        "used": queries.used_link(link) if link and state == LinkState.USED else None,
        "is_demonstration": is_demonstration(),
    }
    status = 429 if refusal else GONE.get(state, 410)
    return render(request, "programme/update_dead.html", context, status=status)


def _is_within_limit(request: HttpRequest) -> bool:
    limit, seconds = OPTIONS.words_per_network
    network = client_address(request)
    return within_limit(
        name="programme.word", key=network, limit=limit, seconds=seconds, now=clock.now()
    )


def _remembered(response: HttpResponse, device: str) -> HttpResponse:
    response.set_cookie(
        OPTIONS.owner_cookie,
        device,
        max_age=int(OPTIONS.owner_cookie_life.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )
    return response


@same_origin_required
def done(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was recorded by a link, its number in the register and what comes next."""
    link = operations.link_of(request.community, token)  # type: ignore[attr-defined]
    used = queries.used_link(link) if link else None
    if link is None or used is None:
        raise Http404
    evidence = Evidence.objects.none()
    if used.update.milestone is not None:
        evidence = used.update.milestone.evidence.filter(claimed_by=used.update.given_by)
    context = {
        "link": link,
        "used": used,
        "evidence": evidence.last(),
        "correct_url": reverse("programme_mine:update", args=[token])
        if _may_correct(request, link)
        else "",
    }
    return render(request, "programme/update_done.html", context)


@same_origin_required
def ask(request: HttpRequest) -> HttpResponse:
    """Send a new link to the owner's stored address; say the same whatever was asked."""
    named = {"reference": request.GET.get("reference", "")[:40]}
    form = forms.AskLinkForm(request.POST if request.method == "POST" else None, initial=named)
    context: dict[str, Any] = {"form": form, "is_demonstration": is_demonstration()}
    if form.is_valid():
        operations.send_new_link(
            community=request.community,  # type: ignore[attr-defined]
            reference=form.cleaned_data["reference"],
            network=client_address(request),
            now=clock.now(),
        )
        context["is_sent"] = True
        return render(request, "programme/update_ask.html", context)
    return render(request, "programme/update_ask.html", context, status=status_of(form))
