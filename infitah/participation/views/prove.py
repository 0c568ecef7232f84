"""Proving an address for a small act: what waits, the code, and what was counted."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from infitah.community.operations.proofs import purge_day_of
from infitah.community.queries import masked_address_of_code
from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.http import same_origin_required, viewer_of
from infitah.core.queries import is_demonstration
from infitah.design.entry import carried_out
from infitah.participation import operations, queries
from infitah.participation.conf import OPTIONS
from infitah.participation.forms.giving import CodeForm
from infitah.participation.forms.proving import ProvingForm
from infitah.participation.models import PendingAct
from infitah.participation.queries.pending import is_code_over
from infitah.participation.views.devices import remember_device


def _page(
    request: HttpRequest, name: str, act: PendingAct, status: int, **more: object
) -> HttpResponse:
    kind = operations.pending_kind(act.kind)
    context = {
        "act": act,
        "asked": kind.asked,
        "done": kind.done,
        "shown": kind.shown(act),
        "is_demonstration": is_demonstration(),
        **more,
    }
    return render(request, f"participation/{name}.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "participation/act_gone.html", status=404)


def _waiting(request: HttpRequest, key: uuid.UUID) -> PendingAct | None:
    return queries.pending_act(viewer=viewer_of(request), key=key, now=clock.now())


@same_origin_required
def act(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show what waits and ask where the code goes; a proved device needs one button."""
    found = _waiting(request, key)
    if found is None:
        return _gone(request)
    if found.done_at is not None:
        return redirect("participation:act-done", key)
    is_proved = viewer_of(request).participant_id is not None
    form = ProvingForm(request.POST if request.method == "POST" else None, is_proved=is_proved)
    gone_on = carried_out(form, lambda: _go_on(request, found, form))
    if gone_on:
        return gone_on.record
    erased_on = purge_day_of(found.community, clock.now())
    status = 422 if form.is_bound else 200
    return _page(request, "act", found, status, form=form, erased_on=erased_on)


def _go_on(request: HttpRequest, found: PendingAct, form: ProvingForm) -> HttpResponse:
    participant_id = viewer_of(request).participant_id
    if participant_id is not None:
        operations.perform_act(key=found.key, participant_id=participant_id, now=clock.now())
        return redirect("participation:act-done", found.key)
    operations.ask_code_for_act(
        act=found,
        address=form.cleaned_data["email"],
        path=reverse("participation:act-code", args=[found.key]),
        device=request.COOKIES.get(OPTIONS.device_cookie, ""),
        network=client_address(request),
        now=clock.now(),
        real_now=clock.real_now(),
    )
    return redirect("participation:act-code", found.key)


@same_origin_required
def code(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = _waiting(request, key)
    if found is None:
        return _gone(request)
    if found.done_at is not None:
        return redirect("participation:act-done", key)
    if not found.code_token:
        return redirect("participation:act", key)
    if request.method != "POST":
        form = CodeForm(initial={"code": request.GET.get("code", "")[:12]})
        over = is_code_over(found.community, found.code_token, clock.real_now())
        return _code_page(request, found, 200, form=form, needs_new_code=over)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, found, 422, form=form)
    return _confirmed(request, found, form)


def _code_page(
    request: HttpRequest, found: PendingAct, status: int, **more: object
) -> HttpResponse:
    sent_to = masked_address_of_code(found.community, found.code_token)
    return _page(request, "act_code", found, status, sent_to=sent_to, **more)


def _confirmed(request: HttpRequest, found: PendingAct, form: CodeForm) -> HttpResponse:
    done = operations.confirm_act(
        key=found.key,
        code=form.cleaned_data["code"],
        network=client_address(request),
        now=clock.now(),
        real_now=clock.real_now(),
    )
    if done.act is not None:
        return remember_device(redirect("participation:act-done", found.key), done.device)
    # Refused by the rule of the act: the address is proved all the same, so no code is asked again.
    form.add_error(None if done.device else "code", done.refusal)
    more = {"form": form, "needs_new_code": done.needs_new_code, "is_proved": bool(done.device)}
    return remember_device(_code_page(request, found, 422, **more), done.device)


@same_origin_required
def done(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say in words what was counted, and lead back to where it began."""
    found = _waiting(request, key)
    if found is None:
        raise Http404
    if found.done_at is None:
        return redirect("participation:act", key)
    made = queries.comment_given(viewer=viewer_of(request), key=found.key)
    at = queries.address_of_comment(made) if made is not None else ""
    return _page(request, "act_done", found, 200, made=made, made_url=at)
