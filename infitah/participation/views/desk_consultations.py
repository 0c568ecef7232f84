"""Preparing and announcing consultations at the desk."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.participation import operations, queries
from infitah.participation.forms.desk import ConsultationForm
from infitah.participation.models import Consultation
from infitah.participation.queries.consultations import card_of
from infitah.participation.queries.extending import Extension, extended, extension_of
from infitah.participation.queries.marks import consultation_mark
from infitah.participation.rules import ConsultationState, last_day, may_hold_workshop
from infitah.participation.views.reasons import ReasonPage, done_with_reason


def _trail() -> list[tuple[object, str]]:
    return [(_("Consultations"), reverse("participation_desk:consultations"))]


@desk_page("consultation.edit")
def consultations(request: HttpRequest) -> HttpResponse:
    cards = queries.desk_consultations(viewer=viewer_of(request), now=clock.now())
    return render(request, "participation/desk/consultations.html", {"cards": cards})


def _form_page(
    request: HttpRequest,
    form: ConsultationForm,
    consultation: Consultation | None = None,
    extension: Extension | None = None,
) -> HttpResponse:
    now, viewer = clock.now(), viewer_of(request)
    card = card_of(consultation, now) if consultation else None
    context = {
        "form": form,
        "consultation": consultation,
        "card": card,
        "extension": extension,
        "extended": extended(consultation) if consultation else None,
        "counts": queries.desk_counts(viewer=viewer, consultation=consultation, now=now)
        if consultation
        else None,
        "may_hold_workshop": card is not None
        and card.takes_ideas
        and not card.is_cancelled
        and may_hold_workshop(clock.today(), last_day=card.last_day),
        "ways": queries.desk_ways(viewer, consultation) if consultation else [],
        "trail": _trail(),
    }
    status = status_of(form) if extension is None else 200
    return render(request, "participation/desk/consultation.html", context, status=status)


@desk_page("consultation.edit")
def create(request: HttpRequest) -> HttpResponse:
    community = request.community  # type: ignore[attr-defined]
    form = ConsultationForm(request.POST or None, community=community)
    made = carried_out(
        form,
        lambda: operations.create_consultation(
            community=community,
            text=form.text(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    return _saved(request, made.record.slug) if made else _form_page(request, form)


def _saved(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead on from what was saved: to the page that announces it, where that was asked for."""
    if "announce" in request.POST:
        return redirect("participation_desk:announce", slug)
    if "extend" in request.POST:
        told = _("The consultation is extended; its public page says from which day to which.")
    else:
        told = _("The consultation is saved.")
    messages.success(request, told)
    return redirect("participation_desk:consultation", slug)


def _found(request: HttpRequest, slug: str) -> Consultation:
    consultation = queries.consultation_for(viewer=viewer_of(request), slug=slug)
    if consultation is None:
        raise Http404
    return consultation


@desk_page("consultation.edit")
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    found = _found(request, slug)
    seen = consultation_mark(found)
    community = request.community  # type: ignore[attr-defined]
    is_open = found.state(clock.now()) == ConsultationState.OPEN
    form = ConsultationForm(
        request.POST or None, community=community, consultation=found, is_open=is_open
    )
    extension = _to_confirm(request, form, found)
    if extension is not None:
        return _form_page(request, form, found, extension)
    done = carried_out(
        form,
        lambda: operations.edit_consultation(
            consultation_id=found.pk,
            text=form.text(),
            by=viewer_of(request).actor(),
            now=clock.now(),
            seen=seen,
        ),
    )
    return _saved(request, slug) if done else _form_page(request, form, found)


def _to_confirm(
    request: HttpRequest, form: ConsultationForm, found: Consultation
) -> Extension | None:
    """Return what is asked once more: a later last day that was not confirmed as it stands."""
    now = clock.now()
    if not carried_out(
        form, lambda: operations.check_edit(consultation=found, text=form.text(), now=now)
    ):
        return None
    extension = extension_of(found, form.cleaned_data["last_day"], now)
    if extension and request.POST.get("extend") == extension.asked.isoformat():
        return None
    return extension


@desk_page("consultation.edit")
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    found = _found(request, slug)
    at = reverse("participation_desk:consultation", args=[slug])
    page = ReasonPage(
        template="participation/desk/consultation_cancel.html",
        told=_("The consultation is cancelled; its public page says why."),
        back=at,
        context={
            "consultation": found,
            "card": card_of(found, clock.now()),
            "trail": [*_trail(), (found.name, at)],
        },
    )
    return done_with_reason(
        request, partial(operations.cancel_consultation, consultation_id=found.pk), page
    )


@desk_page("consultation.edit")
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what becomes public, as it is saved, and announce it by a button of its own."""
    found, now = _found(request, slug), clock.now()
    at = reverse("participation_desk:consultation", args=[slug])
    if found.announced_at is not None and request.method != "POST":
        return redirect(at)
    refusal = _announced(request, found) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        messages.success(request, _("The consultation is announced: everybody can read it."))
        return redirect(at)
    context = {
        "consultation": found,
        "card": card_of(found, now),
        "opens_at_once": found.opens_at <= now,
        "closes_tonight": last_day(found.closes_at) == local_day(now),
        "topics": queries.topics_of(found, queries.tallies(found)),
        "rules": queries.rules_in_force(viewer=viewer_of(request), day=clock.today()),
        "refusal": refusal,
        "trail": [*_trail(), (found.name, at)],
    }
    status = 422 if refusal else 200
    return render(request, "participation/desk/consultation_announce.html", context, status=status)


def _announced(request: HttpRequest, consultation: Consultation) -> str:
    """Announce it; return why it cannot be, or nothing."""
    try:
        operations.announce_consultation(
            consultation_id=consultation.pk, by=viewer_of(request).actor(), now=clock.now()
        )
    except OperationRefused as refused:
        return refused.message
    return ""
