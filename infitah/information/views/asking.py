"""Asking in three screens without script or account: what, who, read and send; then the receipt."""

import uuid
from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.models.law import amount_in_words
from infitah.community.operations.proofs import purge_day_of
from infitah.community.queries import masked_address_of_code
from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.http import midnight, public_page, same_origin_required, viewer_of
from infitah.core.queries import is_demonstration
from infitah.design.entry import carried_out, status_of
from infitah.information import operations, queries, rules
from infitah.information.conf import OPTIONS
from infitah.information.forms.asking import SendForm, WhatForm, WhoForm, read_key
from infitah.information.models import RequestDraft
from infitah.information.operations import Typed
from infitah.information.queries.entry import numbers_of_right
from infitah.information.queries.ways import ways_of
from infitah.information.views.devices import remember_device


def _community(request: HttpRequest) -> Community:
    return request.community  # type: ignore[attr-defined,no-any-return]


def _page(
    request: HttpRequest, name: str, step: int, status: int = 200, **more: object
) -> HttpResponse:
    trail = [(_("Access to information"), reverse("information:index"))]
    context = {"step": step, "trail": trail, "today": clock.today(), **more}
    return render(request, f"information/{name}.html", context, status=status)


def _draft(request: HttpRequest, key: uuid.UUID | None) -> RequestDraft | None:
    return queries.draft_of_key(_community(request), key, clock.now())


def _gone(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Answer where a draft is gone or was sent: its receipt, or a page that says so."""
    if queries.request_of_key(_community(request), key) is not None:
        return redirect("information:received", key)
    return _page(request, "ask_gone", 0, 404)


@same_origin_required
def ask(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        draft = _draft(request, read_key(request.GET.get("change", "")))
        form = WhatForm(initial=_started(request, draft))
        return _page(request, "ask", 1, form=form, length=_length(request))
    form = WhatForm(request.POST)
    kept = carried_out(
        form,
        lambda: operations.keep_what(
            community=_community(request),
            key=form.key,
            what=form.what(),
            interface=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
            now=clock.now(),
        ),
    )
    if kept is None:
        return _page(request, "ask", 1, 422, form=form, length=_length(request))
    return redirect("information:who" if kept.record else "information:received", form.key)


def _length(request: HttpRequest) -> str:
    """Return how long the council has to answer today, in words; "" before the law was in force."""
    numbers = numbers_of_right(_community(request), clock.today())
    return amount_in_words(numbers[0].value, numbers[0].unit) if numbers else ""


def _started(request: HttpRequest, draft: RequestDraft | None) -> dict[str, object]:
    """Return what the first screen starts with: what was typed, or words from the search."""
    if draft is None:
        return {"text": request.GET.get("text", "")[:1000]}
    typed = operations.typed_of(draft)
    names = ("text", "period", "place", "access")
    return {name: getattr(typed, name) for name in names} | {"key": draft.key}


@same_origin_required
def who(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    draft = _draft(request, key)
    typed = operations.typed_of(draft) if draft else Typed()
    if draft is None or not typed.text:
        return _gone(request, key)
    form = WhoForm(
        request.POST if request.method == "POST" else None,
        access=typed.access,
        initial=WhoForm.initial_of(typed),
    )
    if carried_out(form, lambda: _keep_who(request, draft, form)):
        return redirect("information:send", key)
    return _page(
        request,
        "ask_who",
        2,
        status_of(form),
        form=form,
        draft=draft,
        notices=rules.notices_of(typed.text),
    )


def _keep_who(request: HttpRequest, draft: RequestDraft, form: WhoForm) -> RequestDraft:
    return operations.keep_who(
        key=draft.key,
        who=form.who(),
        proved_as=viewer_of(request).participant_id,
        came=operations.From(
            path=reverse("information:send", args=[draft.key]),
            device=request.COOKIES.get(OPTIONS.device_cookie, ""),
            network=client_address(request),
        ),
        now=clock.now(),
        real_now=clock.real_now(),
    )


@same_origin_required
def send(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    draft = _draft(request, key)
    typed = operations.typed_of(draft) if draft else Typed()
    if draft is None or not typed.text:
        return _gone(request, key)
    if not typed.is_complete:
        return redirect("information:who", key)
    needs_code = bool(draft.code_token)
    if request.method != "POST":
        start = {"language": draft.interface, "code": request.GET.get("code", "")[:12]}
        return _send_page(request, draft, typed, SendForm(initial=start, needs_code=needs_code))
    form = SendForm(request.POST, needs_code=needs_code)
    if not form.is_valid():
        return _send_page(request, draft, typed, form)
    sent = _sent(request, draft, form)
    if sent.request is not None:
        return remember_device(redirect("information:received", key), sent.device)
    form.add_error("code" if "code" in form.fields else None, sent.refusal)
    return _send_page(request, draft, typed, form, needs_new_code=sent.needs_new_code)


def _sent(request: HttpRequest, draft: RequestDraft, form: SendForm) -> operations.Sent:
    try:
        return operations.send_request(
            key=draft.key,
            sending=operations.Sending(
                code=form.cleaned_data["code"],
                language=form.cleaned_data["language"],
                is_without_email=form.is_without_email,
                proved_as=viewer_of(request).participant_id,
            ),
            network=client_address(request),
            now=clock.now(),
            real_now=clock.real_now(),
        )
    except OperationRefused as refused:
        return operations.Sent(refusal=refused.message)


def _send_page(
    request: HttpRequest, draft: RequestDraft, typed: Typed, form: SendForm, **more: object
) -> HttpResponse:
    community, today = draft.community, clock.today()
    letter = request.GET.get("letter", draft.interface)
    context = {
        "form": form,
        "draft": draft,
        "typed": typed,
        "letter": letter if letter in {"ar", "fr"} else "ar",
        "due": queries.due_if_sent(community, today, is_urgent=bool(typed.urgent_case)),
        "ways": ways_of(typed.wanted_access, typed.email),
        "sent_to": masked_address_of_code(community, draft.code_token),
        "erased_on": purge_day_of(community, clock.now()),
        "is_demonstration": is_demonstration(),
        **more,
    }
    return _page(request, "ask_send", 3, status_of(form), **context)


@same_origin_required
def received(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = queries.request_of_key(_community(request), key)
    if found is None:
        raise Http404
    draft = _draft(request, key)
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    return _page(
        request,
        "received",
        0,
        asked=found,
        code=operations.typed_of(draft).code if draft else "",
        due=queries.due_if_sent(found.community, found.received_on, is_urgent=found.is_urgent),
        verify_address=queries.verify_url(found, language),
        proof_number=found.register_number,
    )


@same_origin_required
def receipt_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = queries.request_of_key(_community(request), key)
    if found is None:
        raise Http404
    draft = _draft(request, key)
    code = operations.typed_of(draft).code if draft else ""
    content = queries.receipt_pdf(found, request.LANGUAGE_CODE, code=code)  # type: ignore[attr-defined]
    return _file(content, f"{found.reference}.pdf", "application/pdf", "inline")


@same_origin_required
def receipt_json(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = queries.request_of_key(_community(request), key)
    if found is None:
        raise Http404
    name = f"{found.reference}.json"
    return _file(queries.receipt_json(found), name, "application/json", "attachment")


@public_page(kinds=("site", "calendar"), until=midnight)
def form_pdf(request: HttpRequest) -> HttpResponse:
    """The commission's model form, blank, to be filled by hand."""
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    content = queries.form_pdf(_community(request), language, on=clock.today())
    return _file(content, "31-13.pdf", "application/pdf", "inline")


@same_origin_required
def filled_form(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The same, filled with what was typed: for who would rather bring it or post it."""
    draft = _draft(request, key)
    typed = operations.typed_of(draft) if draft else Typed()
    if draft is None or not typed.is_complete:
        return _gone(request, key)
    content = queries.form_pdf(
        draft.community, draft.interface, queries.form_input(**asdict(typed)), on=clock.today()
    )
    return _file(content, "31-13.pdf", "application/pdf", "inline")


def _file(content: bytes, name: str, kind: str, how: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return response


@same_origin_required
def again(request: HttpRequest, key: uuid.UUID) -> HttpResponseRedirect:
    """Send a new code to the same address, by typing nothing again."""
    draft = _draft(request, key)
    if draft is None or request.method != "POST":
        return redirect("information:send", key)
    typed = operations.typed_of(draft)
    try:
        operations.keep_who(
            key=key,
            who={"email": typed.email},
            proved_as=viewer_of(request).participant_id,
            came=operations.From(
                path=reverse("information:send", args=[key]),
                device=request.COOKIES.get(OPTIONS.device_cookie, ""),
                network=client_address(request),
            ),
            now=clock.now(),
            real_now=clock.real_now(),
        )
    except OperationRefused:
        return redirect(f"{reverse('information:send', args=[key])}?again=no")
    return redirect(f"{reverse('information:send', args=[key])}?again=yes")
