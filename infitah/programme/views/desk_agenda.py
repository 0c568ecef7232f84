"""On which item of its agenda the council decides on a programme: the desk of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.core.errors import OperationRefused
from infitah.design.entry import carried_out, status_of
from infitah.proceedings.models import Sitting
from infitah.programme import operations, queries
from infitah.programme.forms.agenda import NameForm, PutForm
from infitah.programme.models import Cycle
from infitah.programme.views.desk_adoption import council_page, cycle_of, decided, step, trail_of


@council_page
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_of(request, slug)
    sittings, items = queries.sittings_to_come(cycle), queries.items_to_name(cycle)
    put = PutForm(
        _sent(request, "put"),
        sittings=sittings,
        initial=PutForm.initial_of(title=queries.prepared_title(cycle)),
    )
    name = NameForm(_sent(request, "name"), items=items)
    if page := decided(request, cycle, name if name.is_bound else put):
        return page
    if carried_out(put, lambda: _put(request, cycle, put, sittings)):
        return _back(request, slug, _("The programme stands on the agenda."))
    if carried_out(name, lambda: _name(request, cycle, name)):
        return _back(request, slug, _("This item decides on the programme."))
    context = {
        "cycle": cycle,
        "named": queries.named_items(cycle),
        "put": put if sittings else None,
        "name": name if items.exists() else None,
        "trail": [*trail_of(cycle, request), (_("Adoption"), _adoption(slug))],
    }
    return render(request, "programme/desk/agenda.html", context, status=status_of(put, name))


def _sent(request: HttpRequest, act: str) -> Any:
    return request.POST if request.POST.get("act") == act else None


def _adoption(slug: str) -> str:
    return reverse("programme_desk:adoption", args=[slug])


def _back(request: HttpRequest, slug: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("programme_desk:agenda", slug)


def _put(request: HttpRequest, cycle: Cycle, form: PutForm, sittings: list[Sitting]) -> object:
    sitting = next(one for one in sittings if one.pk == form.cleaned_data["sitting"])
    title = form.text_of("title")
    return operations.put_on_agenda(cycle=cycle, sitting=sitting, title=title, **step(request))


def _name(request: HttpRequest, cycle: Cycle, form: NameForm) -> object:
    return operations.name_item(cycle=cycle, item=form.cleaned_data["item"], **step(request))


@council_page
@require_POST
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    cycle = cycle_of(request, slug)
    named = queries.named_items(cycle).filter(pk=pk).first()
    if page := decided(request, cycle):
        return page
    if named is None:
        return _back(request, slug, _("This item decides on the programme no longer."))
    try:
        operations.release_item(named=named, **step(request))
    except OperationRefused as refused:
        messages.error(request, refused.message)
        return redirect("programme_desk:agenda", slug)
    return _back(request, slug, _("This item decides on the programme no longer."))
