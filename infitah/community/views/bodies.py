"""Desk pages of bodies and their seats."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community import operations, queries
from infitah.community.forms.desk import BodyForm, CloseBodyForm, EndMandateForm, SeatForm
from infitah.community.models import Body, Mandate
from infitah.community.operations.bodies import NewMandate
from infitah.community.views.acts import back, community_of, form_page
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of


def _trail() -> list[tuple[str, str]]:
    return [(_("Bodies"), reverse("community_desk:bodies"))]


def _body(request: HttpRequest, slug: str) -> Body:
    bodies = Body.objects.visible_to(viewer_of(request)).select_related("community")
    return get_object_or_404(bodies, slug=slug)


@desk_page("body.edit")
def bodies(request: HttpRequest) -> HttpResponse:
    context = {"bodies": queries.bodies(community_of(request))}
    return render(request, "community/desk/bodies.html", context)


@desk_page("body.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = BodyForm(request.POST or None)
    names = ("slug", "kind", "seats", "creation_act", "created_on")
    done = carried_out(
        form,
        lambda: operations.add_body(
            community=community_of(request),
            name=form.text_of("name"),
            by=viewer_of(request).actor(),
            now=clock.now(),
            **{name: form.cleaned_data[name] for name in names},
        ),
    )
    if done:
        return back(request, _("The body is added."), "community_desk:bodies")
    return form_page(
        request, form, title=_("Add a body"), button=_("Add this body"), trail=_trail()
    )


def _page(request: HttpRequest, item: Body, form: SeatForm | None = None) -> HttpResponse:
    form = form or SeatForm(body=item)
    today = clock.today()
    context = {
        "body": item,
        "form": form,
        "held": queries.seats(item, today),
        "ended": Mandate.objects.filter(body=item, ends_on__lte=today).select_related("person"),
        "gauges": queries.body_gauges(item, today),
        "trail": _trail(),
    }
    return render(request, "community/desk/body.html", context, status=status_of(form))


@desk_page("body.edit")
def body(request: HttpRequest, slug: str) -> HttpResponse:
    item = _body(request, slug)
    form = SeatForm(request.POST or None, body=item)

    def give() -> object:
        asked = dict(form.cleaned_data)
        person = asked.pop("person")
        by, now = viewer_of(request).actor(), clock.now()
        return operations.seat(body=item, person=person, new=NewMandate(**asked), by=by, now=now)

    if carried_out(form, give):
        return back(request, _("The seat is given."), "community_desk:body", slug)
    return _page(request, item, form)


def _open_body(request: HttpRequest, slug: str) -> Body:
    item = _body(request, slug)
    if item.closed_on is not None:
        raise Http404
    return item


def _trail_of(item: Body) -> list[tuple[str, str]]:
    return [*_trail(), (str(item), reverse("community_desk:body", args=[item.slug]))]


@desk_page("body.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    item = _open_body(request, slug)
    initial = {
        **BodyForm.initial_of(name=item.name),
        "seats": item.seats,
        "creation_act": item.creation_act,
    }
    form = BodyForm(request.POST or None, initial=initial, is_new=False)
    done = carried_out(
        form,
        lambda: operations.edit_body(
            body=item,
            name=form.text_of("name"),
            seats=form.cleaned_data["seats"],
            creation_act=form.cleaned_data["creation_act"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The changes are kept."), "community_desk:body", slug)
    return form_page(
        request,
        form,
        title=_("Edit a body"),
        button=_("Keep the changes"),
        trail=_trail_of(item),
    )


@desk_page("body.edit")
def close(request: HttpRequest, slug: str) -> HttpResponse:
    item = _open_body(request, slug)
    form = CloseBodyForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.close_body(
            body=item, by=viewer_of(request).actor(), now=clock.now(), **form.cleaned_data
        ),
    )
    if done:
        return back(request, _("The body is closed."), "community_desk:body", slug)
    return form_page(
        request,
        form,
        title=_("Close a body"),
        button=_("Close this body"),
        trail=_trail_of(item),
        hint=_("Its page, its past mandates and its acts stay public."),
    )


@desk_page("body.edit")
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    known = Mandate.objects.visible_to(viewer_of(request)).filter(ends_on=None)
    item = get_object_or_404(known.select_related("community", "body", "person"), pk=pk)
    form = EndMandateForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.end_mandate(
            mandate=item, by=viewer_of(request).actor(), now=clock.now(), **form.cleaned_data
        ),
    )
    if done:
        return back(request, _("The end is kept."), "community_desk:body", item.body.slug)
    trail = _trail_of(item.body)
    return form_page(
        request,
        form,
        title=_("End of a mandate"),
        button=_("End this mandate"),
        trail=trail,
        hint=str(item),
    )
