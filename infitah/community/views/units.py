"""Desk pages of the units of the administration: list, add, edit, close."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community import operations, queries
from infitah.community.forms.desk import UnitForm
from infitah.community.models import Unit
from infitah.community.views.acts import back, community_of, form_page
from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out


def _trail() -> list[tuple[str, str]]:
    return [(_("Units"), reverse("community_desk:units"))]


def _unit(request: HttpRequest, slug: str) -> Unit:
    units = Unit.objects.visible_to(viewer_of(request)).select_related("community")
    return get_object_or_404(units, slug=slug, closed_on=None)


def _list(request: HttpRequest, refusal: str = "") -> HttpResponse:
    community = community_of(request)
    context = {
        "units": queries.units(community).select_related("parent"),
        "closed": Unit.objects.of(community).exclude(closed_on=None),
        "refusal": refusal,
    }
    return render(request, "community/desk/units.html", context, status=422 if refusal else 200)


@desk_page("community.edit")
def units(request: HttpRequest) -> HttpResponse:
    return _list(request)


@desk_page("community.edit")
def add(request: HttpRequest) -> HttpResponse:
    community = community_of(request)
    form = UnitForm(request.POST or None, community=community)
    done = carried_out(
        form,
        lambda: operations.add_unit(
            community=community,
            slug=form.cleaned_data["slug"],
            name=form.text_of("name"),
            parent=form.cleaned_data["parent"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The unit is added."), "community_desk:units")
    return form_page(
        request, form, title=_("Add a unit"), button=_("Add this unit"), trail=_trail()
    )


@desk_page("community.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    unit = _unit(request, slug)
    initial = {**UnitForm.initial_of(name=unit.name), "parent": unit.parent_id}
    form = UnitForm(request.POST or None, initial=initial, community=unit.community, unit=unit)
    done = carried_out(
        form,
        lambda: operations.edit_unit(
            unit=unit,
            name=form.text_of("name"),
            parent=form.cleaned_data["parent"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The changes are kept."), "community_desk:units")
    return form_page(
        request, form, title=_("Edit a unit"), button=_("Keep the changes"), trail=_trail()
    )


@desk_page("community.edit")
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    unit = _unit(request, slug)
    try:
        operations.close_unit(unit=unit, by=viewer_of(request).actor(), now=clock.now())
    except OperationRefused as refused:
        return _list(request, refused.message)
    return back(request, _("The unit is closed."), "community_desk:units")
