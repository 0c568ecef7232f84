"""Desk pages of the axes: list, add, edit, order, close."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community import operations, queries
from infitah.community.forms.desk import AxisForm
from infitah.community.models import Axis
from infitah.community.views.acts import back, community_of, form_page
from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out


def _trail() -> list[tuple[str, str]]:
    return [(_("Axes"), reverse("community_desk:axes"))]


def _axis(request: HttpRequest, slug: str) -> Axis:
    axes = Axis.objects.visible_to(viewer_of(request)).select_related("community")
    return get_object_or_404(axes, slug=slug, closed_on=None)


@desk_page("axis.edit")
def axes(request: HttpRequest) -> HttpResponse:
    items = list(queries.axes(community_of(request)).select_related("owner_unit"))
    return render(request, "community/desk/axes.html", {"axes": items})


@desk_page("axis.edit")
def add(request: HttpRequest) -> HttpResponse:
    community = community_of(request)
    form = AxisForm(request.POST or None, community=community, is_new=True)
    done = carried_out(
        form,
        lambda: operations.add_axis(
            community=community,
            slug=form.cleaned_data["slug"],
            name=form.text_of("name"),
            description=form.text_of("description"),
            colour=form.cleaned_data["colour"],
            owner_unit=form.cleaned_data["owner_unit"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The axis is added."), "community_desk:axes")
    return form_page(
        request, form, title=_("Add an axis"), button=_("Add this axis"), trail=_trail()
    )


@desk_page("axis.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    axis = _axis(request, slug)
    initial = {
        **AxisForm.initial_of(name=axis.name, description=axis.description),
        "colour": axis.colour,
        "owner_unit": axis.owner_unit_id,
    }
    form = AxisForm(request.POST or None, initial=initial, community=axis.community, is_new=False)
    done = carried_out(
        form,
        lambda: operations.edit_axis(
            axis=axis,
            name=form.text_of("name"),
            description=form.text_of("description"),
            colour=form.cleaned_data["colour"],
            owner_unit=form.cleaned_data["owner_unit"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The changes are kept."), "community_desk:axes")
    return form_page(
        request, form, title=_("Edit an axis"), button=_("Keep the changes"), trail=_trail()
    )


@desk_page("axis.edit")
@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_of(request)
    slugs = list(queries.axes(community).values_list("slug", flat=True))
    steps = {"up": -1, "down": 1}
    if slug not in slugs or request.POST.get("to") not in steps:
        raise BadRequest
    place = slugs.index(slug)
    other = max(0, min(len(slugs) - 1, place + steps[request.POST["to"]]))
    slugs[place], slugs[other] = slugs[other], slugs[place]
    operations.order_axes(
        community=community, slugs=slugs, by=viewer_of(request).actor(), now=clock.now()
    )
    return back(request, _("The order is kept."), "community_desk:axes")


@desk_page("axis.edit")
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    axis = _axis(request, slug)
    try:
        operations.close_axis(axis=axis, by=viewer_of(request).actor(), now=clock.now())
    except OperationRefused as refused:
        return back(request, refused.message, "community_desk:axes")
    return back(request, _("The axis is closed."), "community_desk:axes")
