"""Absence and deputy: who is in charge of the requests today, and days away entered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community.models import Absence, Appointment, Community
from infitah.community.operations import end_absence, enter_absence
from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.direction import in_page_language
from infitah.design.entry import carried_out, status_of
from infitah.information.forms.desk_absence import AbsenceForm
from infitah.information.operations.morning import charge_words
from infitah.information.queries.desk_charge import absences_of, in_charge, office_holders


def _people(holders: list[Appointment]) -> list[tuple[str, str]]:
    return [
        (str(one.pk), f"{in_page_language(one.person.name)} ({one.office_words})")
        for one in holders
    ]


def _own(request: HttpRequest, holders: list[Appointment]) -> dict[str, object]:
    """Return what the form starts with: the viewer's own office, from today."""
    office = viewer_of(request).office
    mine = [str(one.pk) for one in holders if one.office == office]
    return {"away_on": clock.today(), **({"who": mine[0]} if mine else {})}


@desk_page("information.answer")
def absence(request: HttpRequest) -> HttpResponse:
    """Show who is in charge and who will be away; enter an absence of one of the two."""
    viewer, today = viewer_of(request), clock.today()
    community: Community = request.community  # type: ignore[attr-defined]
    holders = office_holders(community, today)
    form = AbsenceForm(
        request.POST or None, people=_people(holders), initial=_own(request, holders)
    )
    by_key = {str(one.pk): one for one in holders}
    done = carried_out(
        form,
        lambda: enter_absence(
            appointment=by_key[form.cleaned_data["who"]],
            starts_on=form.cleaned_data["away_on"],
            ends_on=form.cleaned_data["back_on"],
            by=viewer.actor(),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The absence is kept; the deputy is in charge meanwhile."))
        return redirect("information_desk:absence")
    charge = in_charge(community, today)
    context = {
        "form": form if holders else None,
        "charge": charge,
        "charge_words": charge_words(charge, viewer.language),
        "holders": holders,
        "absences": absences_of(holders, today),
        "trail": [(_("Access to information"), reverse("information_desk:queue"))],
    }
    return render(request, "information/desk/absence.html", context, status=status_of(form))


@desk_page("information.answer")
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """End an absence today, or take it back before it begins."""
    community: Community = request.community  # type: ignore[attr-defined]
    holders = office_holders(community, clock.today())
    known = Absence.objects.of(community).filter(appointment__in=[one.pk for one in holders])
    item = get_object_or_404(known.select_related("community"), pk=pk)
    try:
        end_absence(absence=item, by=viewer_of(request).actor(), now=clock.now())
    except OperationRefused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, _("The absence is ended."))
    return redirect("information_desk:absence")
