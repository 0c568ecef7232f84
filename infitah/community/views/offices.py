"""Desk pages of the offices: who holds which by what act, who may log in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community import operations
from infitah.community.forms.desk import (
    AbsenceForm,
    AccessForm,
    AppointForm,
    EndAppointmentForm,
)
from infitah.community.models import Absence, AccessGrant, Appointment
from infitah.community.views.acts import back, community_of, form_page
from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of


def _trail() -> list[tuple[str, str]]:
    return [(_("Offices"), reverse("community_desk:appointments"))]


def _appointment(request: HttpRequest, pk: int) -> Appointment:
    known = Appointment.objects.visible_to(viewer_of(request))
    return get_object_or_404(known.select_related("community", "person", "unit"), pk=pk)


@desk_page("appointment.edit")
def appointments(request: HttpRequest) -> HttpResponse:
    known = Appointment.objects.visible_to(viewer_of(request)).select_related("person", "unit")
    today = clock.today()
    context = {
        "held": known.in_force(today),
        "coming": known.filter(starts_on__gt=today),
        "ended": known.filter(ends_on__lte=today).order_by("-ends_on")[:50],
        "open_access": set(
            AccessGrant.objects.visible_to(viewer_of(request))
            .open()
            .values_list("appointment_id", flat=True)
        ),
    }
    return render(request, "community/desk/appointments.html", context)


@desk_page("appointment.edit")
def appoint(request: HttpRequest) -> HttpResponse:
    community = community_of(request)
    form = AppointForm(request.POST or None, community=community)
    done = carried_out(
        form,
        lambda: operations.appoint(
            community=community,
            by=viewer_of(request).actor(),
            now=clock.now(),
            **form.cleaned_data,
        ),
    )
    if done:
        return back(request, _("The appointment is kept."), "community_desk:appointments")
    return form_page(
        request,
        form,
        title=_("Appoint to an office"),
        button=_("Appoint"),
        trail=_trail(),
        hint=_("The person must stand in the list of persons first."),
    )


def _page(
    request: HttpRequest,
    item: Appointment,
    *,
    end: EndAppointmentForm | None = None,
    access: AccessForm | None = None,
    absence: AbsenceForm | None = None,
    password: str = "",
) -> HttpResponse:
    end = end or EndAppointmentForm(prefix="end")
    access = access or AccessForm(prefix="access")
    absence = absence or AbsenceForm(prefix="absence")
    grants = AccessGrant.objects.visible_to(viewer_of(request)).filter(appointment=item)
    context = {
        "item": item,
        "end": end,
        "access": access,
        "absence": absence,
        "absences": item.absences.not_over(clock.today()),
        "grants": grants.select_related("user"),
        "password": password,
        "trail": _trail(),
    }
    status = status_of(end, access, absence) if not password else 200
    return render(request, "community/desk/appointment.html", context, status=status)


@desk_page("appointment.edit")
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _appointment(request, pk))


@desk_page("appointment.edit")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    item = _appointment(request, pk)
    form = EndAppointmentForm(request.POST, prefix="end")
    done = carried_out(
        form,
        lambda: operations.end_appointment(
            appointment=item,
            by=viewer_of(request).actor(),
            now=clock.now(),
            **form.cleaned_data,
        ),
    )
    if done:
        return back(request, _("The end is kept."), "community_desk:appointment", pk)
    return _page(request, item, end=form)


@desk_page("appointment.edit")
@require_POST
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the days on which an office holder is away."""
    item = _appointment(request, pk)
    form = AbsenceForm(request.POST, prefix="absence")
    done = carried_out(
        form,
        lambda: operations.enter_absence(
            appointment=item,
            starts_on=form.cleaned_data["away_on"],
            ends_on=form.cleaned_data["back_on"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The absence is kept."), "community_desk:appointment", pk)
    return _page(request, item, absence=form)


@desk_page("appointment.edit")
@require_POST
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an absence today, or take it back before it begins."""
    known = Absence.objects.visible_to(viewer_of(request)).select_related("community")
    item = get_object_or_404(known, pk=pk)
    words = _("The absence is ended.")
    try:
        operations.end_absence(absence=item, by=viewer_of(request).actor(), now=clock.now())
    except OperationRefused as refused:
        words = refused.message
    return back(request, words, "community_desk:appointment", item.appointment_id)


@desk_page("appointment.edit")
@require_POST
def give_access(request: HttpRequest, pk: int) -> HttpResponse:
    item = _appointment(request, pk)
    form = AccessForm(request.POST, prefix="access")
    given: list[operations.AccountGiven] = []
    done = carried_out(
        form,
        lambda: given.append(
            operations.give_account(
                appointment=item,
                by=viewer_of(request).actor(),
                now=clock.now(),
                **form.cleaned_data,
            )
        ),
    )
    if not done:
        return _page(request, item, access=form)
    if given[0].password:
        return _page(request, item, password=given[0].password)
    return back(request, _("The access is open."), "community_desk:appointment", pk)


@desk_page("appointment.edit")
@require_POST
def close_access(request: HttpRequest, pk: int) -> HttpResponse:
    grants = AccessGrant.objects.visible_to(viewer_of(request)).select_related("community")
    grant = get_object_or_404(grants, pk=pk)
    words = _("The access is closed.")
    try:
        operations.close_access(grant=grant, by=viewer_of(request).actor(), now=clock.now())
    except OperationRefused as refused:
        words = refused.message
    return back(request, words, "community_desk:appointment", grant.appointment_id)
