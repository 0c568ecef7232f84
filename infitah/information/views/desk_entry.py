"""The clerk's page: a request that came on paper, by mail or from the portal, and its receipt."""

import uuid
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from infitah.core import clock
from infitah.core.clock import local_day
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.information import operations, queries
from infitah.information.forms.desk_entry import EntryForm
from infitah.information.models import IncomingMail, InformationRequest
from infitah.information.operations import Typed
from infitah.information.operations.mail_sorting import enter_mail
from infitah.information.queries.desk_mail import opened_mail
from infitah.kernel.text import clean_line

State = IncomingMail.State


@desk_page("information.enter")
def enter(request: HttpRequest) -> HttpResponse:
    """Type a request; read it back in large letters first where it was dictated.

    `?mail=` fills the page from a mail that waits to be sorted; it is then entered with it.
    """
    if request.method != "POST":
        return _page(request, EntryForm(initial=_start(request), today=clock.today()))
    form = EntryForm(request.POST, today=clock.today())
    if "read" in request.POST and form.is_valid():
        return _page(request, form, is_read=True)
    if "print" in request.POST and form.is_valid():
        return _large_form(request, form)
    if "change" in request.POST:
        form.is_valid()
        return _page(request, form, status=200)
    done = carried_out(
        form,
        lambda: _carry(
            _mail_key(request.POST),
            community=request.community,  # type: ignore[attr-defined]
            entry=form.entry(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return redirect("information_desk:entered", form.key)
    return _page(request, form)


def _carry(mail: int | None, **doing: Any) -> InformationRequest:
    """Enter the request, together with the mail in which it came."""
    if mail is None:
        return operations.enter_request(**doing)
    try:
        return enter_mail(pk=mail, **doing)
    except IncomingMail.DoesNotExist as error:
        raise Http404 from error


def _mail_key(data: QueryDict) -> int | None:
    key = data.get("mail", "")
    return int(key) if key.isdecimal() and len(key) < 19 else None


def _start(request: HttpRequest) -> dict[str, Any]:
    """Return what the page starts with: the words, day and sender of a mail, or today."""
    key = _mail_key(request.GET)
    if key is None:
        return {"received_on": clock.today(), "channel": request.GET.get("channel", "desk")}
    found = opened_mail(viewer=viewer_of(request), pk=key)
    if found is None or found.mail.state in {State.MATCHED, State.ENTERED}:
        raise Http404
    return {
        "received_on": local_day(found.mail.received_at),
        "channel": InformationRequest.Channel.MAIL,
        "text": found.own_words,
        "email": found.head.sender,
        **_names_of(found.head.name),
        "access": InformationRequest.Access.EMAIL,
    }


def _page(
    request: HttpRequest, form: EntryForm, *, is_read: bool = False, status: int | None = None
) -> HttpResponse:
    name = "read_back" if is_read else "enter"
    known = 200 if is_read else status_of(form)
    return render(
        request,
        f"information/desk/{name}.html",
        {"form": form, "mail": _mail_key(request.POST) or _mail_key(request.GET)},
        status=known if status is None else status,
    )


def _large_form(request: HttpRequest, form: EntryForm) -> HttpResponse:
    """The model form in large print, to be read back and signed; nothing is saved."""
    values = form.entry().typed
    filled = queries.form_input(**asdict(values))
    language = form.cleaned_data["language"]
    content = queries.form_pdf(
        request.community,  # type: ignore[attr-defined]
        language,
        filled,
        on=clock.today(),
        is_large=True,
    )
    return HttpResponse(content, content_type="application/pdf")


@desk_page("information.enter")
def form_pdf(request: HttpRequest) -> HttpResponse:
    """The blank model form, in large print where it is wanted so."""
    content = queries.form_pdf(
        request.community,  # type: ignore[attr-defined]
        viewer_of(request).language,
        on=clock.today(),
        is_large=request.GET.get("large") == "1",
    )
    return HttpResponse(content, content_type="application/pdf")


def _entered(request: HttpRequest, key: uuid.UUID) -> tuple[InformationRequest, Typed]:
    community = request.community  # type: ignore[attr-defined]
    found = queries.request_of_key(community, key)
    if found is None:
        raise Http404
    draft = queries.draft_of_key(community, key, clock.now())
    return found, operations.typed_of(draft) if draft else Typed()


@desk_page("information.enter")
def entered(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The receipt that the visitor takes away; number and code in large letters."""
    found, typed = _entered(request, key)
    context = {
        "asked": found,
        "code": typed.code,
        "due": queries.due_if_sent(found.community, found.received_on, is_urgent=found.is_urgent),
        "may_read": viewer_of(request).may("information.read"),
        "verify_address": queries.verify_url(found, viewer_of(request).language),
    }
    return render(request, "information/desk/entered.html", context)


@desk_page("information.enter")
def entered_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found, typed = _entered(request, key)
    content = queries.receipt_pdf(
        found, found.language, code=typed.code, requester=typed.person.name
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.reference}.pdf"'
    return response


def _names_of(written: str) -> dict[str, str]:
    """Return the name that a sender gives as two fields; the clerk sees whether it is so."""
    first, _space, family = clean_line(written).partition(" ")
    return {"first_name": first, "family_name": family} if family else {"family_name": first}
