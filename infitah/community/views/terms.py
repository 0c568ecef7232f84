"""Desk pages of the terms of the council: list, add, close."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community import operations
from infitah.community.forms.desk import CloseTermForm, TermForm
from infitah.community.models import Term
from infitah.community.views.acts import back, community_of, form_page
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out


def _trail() -> list[tuple[str, str]]:
    return [
        (_("Bodies"), reverse("community_desk:bodies")),
        (_("Terms of the council"), reverse("community_desk:terms")),
    ]


@desk_page("body.edit")
def terms(request: HttpRequest) -> HttpResponse:
    context = {"terms": Term.objects.visible_to(viewer_of(request)), "trail": _trail()[:1]}
    return render(request, "community/desk/terms.html", context)


@desk_page("body.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = TermForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.open_term(
            community=community_of(request),
            name=form.text_of("name"),
            starts_on=form.cleaned_data["starts_on"],
            source=form.cleaned_data["source"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The term is added."), "community_desk:terms")
    return form_page(
        request, form, title=_("Add a term"), button=_("Add this term"), trail=_trail()
    )


@desk_page("body.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    known = Term.objects.visible_to(viewer_of(request)).select_related("community")
    item = get_object_or_404(known, pk=pk, ends_on=None)
    form = CloseTermForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.close_term(
            term=item, by=viewer_of(request).actor(), now=clock.now(), **form.cleaned_data
        ),
    )
    if done:
        return back(request, _("The end is kept."), "community_desk:terms")
    return form_page(
        request,
        form,
        title=_("End of a term"),
        button=_("End this term"),
        trail=_trail(),
        hint=str(item),
    )
