"""Preparing and announcing consultations at the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.participation import operations, queries
from infitah.participation.forms.desk import ConsultationForm
from infitah.participation.models import Consultation
from infitah.participation.queries.consultations import card_of


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
    **more: object,
) -> HttpResponse:
    now = clock.now()
    context = {
        "form": form,
        "consultation": consultation,
        "card": card_of(consultation, now) if consultation else None,
        "ways": queries.desk_ways(viewer_of(request), consultation) if consultation else [],
        "trail": _trail(),
        **more,
    }
    status = 422 if form.is_bound or "refusal" in more else 200
    return render(request, "participation/desk/consultation.html", context, status=status)


@desk_page("consultation.edit")
def create(request: HttpRequest) -> HttpResponse:
    community = request.community  # type: ignore[attr-defined]
    form = ConsultationForm(request.POST or None, community=community)
    if form.is_valid():
        try:
            made = operations.create_consultation(
                community=community,
                text=form.text(),
                by=viewer_of(request).actor(),
                now=clock.now(),
            )
        except OperationRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return redirect("participation_desk:consultation", made.slug)
    return _form_page(request, form)


def _found(request: HttpRequest, slug: str) -> Consultation:
    consultation = queries.consultation_for(viewer=viewer_of(request), slug=slug)
    if consultation is None:
        raise Http404
    return consultation


@desk_page("consultation.edit")
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    found = _found(request, slug)
    community = request.community  # type: ignore[attr-defined]
    form = ConsultationForm(request.POST or None, community=community, consultation=found)
    if form.is_valid():
        try:
            operations.edit_consultation(
                consultation_id=found.pk,
                text=form.text(),
                by=viewer_of(request).actor(),
                now=clock.now(),
            )
        except OperationRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return redirect("participation_desk:consultation", slug)
    return _form_page(request, form, found)


@desk_page("consultation.edit")
@require_POST
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    found = _found(request, slug)
    try:
        operations.announce_consultation(
            consultation_id=found.pk, by=viewer_of(request).actor(), now=clock.now()
        )
    except OperationRefused as refused:
        community = request.community  # type: ignore[attr-defined]
        form = ConsultationForm(community=community, consultation=found)
        return _form_page(request, form, found, refusal=refused.message)
    return redirect("participation_desk:consultation", slug)
