"""Desk pages of the persons: list, add, correct, close, erase (law 09-08)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community import operations, queries
from infitah.community.forms.desk import ErasePersonForm, PersonForm
from infitah.community.models import Person
from infitah.community.views.acts import back, community_of, form_page
from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of

PLAIN = ("sex", "public_email", "public_phone")


def _trail() -> list[tuple[str, str]]:
    return [
        (_("Offices"), reverse("community_desk:appointments")),
        (_("Persons"), reverse("community_desk:people")),
    ]


def _person(request: HttpRequest, pk: int) -> Person:
    known = Person.objects.visible_to(viewer_of(request)).select_related("community")
    return get_object_or_404(known, pk=pk)


@desk_page("appointment.edit")
def people(request: HttpRequest) -> HttpResponse:
    known = list(Person.objects.visible_to(viewer_of(request)))
    context = {
        "standing": [one for one in known if one.closed_on is None],
        "closed": [one for one in known if one.closed_on is not None],
        "trail": _trail()[:1],
    }
    return render(request, "community/desk/people.html", context)


@desk_page("appointment.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.add_person(
            community=community_of(request),
            name=form.text_of("name"),
            by=viewer_of(request).actor(),
            now=clock.now(),
            **{name: form.cleaned_data[name] for name in PLAIN},
        ),
    )
    if done:
        return back(request, _("The person is added."), "community_desk:people")
    return form_page(
        request,
        form,
        title=_("Add an office holder"),
        button=_("Add this person"),
        trail=_trail(),
        hint=_("Only what is public: the name and the contact appear on the site."),
    )


def _page(
    request: HttpRequest,
    item: Person,
    *,
    form: PersonForm | None = None,
    erase: ErasePersonForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    initial = {
        **PersonForm.initial_of(name=item.name),
        **{name: getattr(item, name) for name in PLAIN},
    }
    form = form or PersonForm(initial=initial)
    erase = erase or ErasePersonForm(prefix="erase")
    context = {
        "item": item,
        "form": form,
        "erase": erase,
        "refusal": refusal,
        "held": queries.held_by(item),
        "trail": _trail(),
    }
    status = 422 if refusal else status_of(form, erase)
    return render(request, "community/desk/person.html", context, status=status)


@desk_page("appointment.edit")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    item = _person(request, pk)
    if request.method != "POST":
        return _page(request, item)
    form = PersonForm(request.POST)
    done = carried_out(
        form,
        lambda: operations.edit_person(
            person=item,
            name=form.text_of("name"),
            by=viewer_of(request).actor(),
            now=clock.now(),
            **{name: form.cleaned_data[name] for name in PLAIN},
        ),
    )
    if done:
        return back(request, _("The changes are kept."), "community_desk:people")
    return _page(request, item, form=form)


@desk_page("appointment.edit")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    item = _person(request, pk)
    try:
        operations.close_person(person=item, by=viewer_of(request).actor(), now=clock.now())
    except OperationRefused as refused:
        return _page(request, item, refusal=refused.message)
    return back(request, _("The record is closed."), "community_desk:people")


@desk_page("appointment.edit")
@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    item = _person(request, pk)
    form = ErasePersonForm(request.POST, prefix="erase")
    done = carried_out(
        form,
        lambda: operations.erase_person(
            person=item, by=viewer_of(request).actor(), now=clock.now(), **form.cleaned_data
        ),
    )
    if done:
        return back(request, _("The name is erased."), "community_desk:people")
    return _page(request, item, erase=form)
