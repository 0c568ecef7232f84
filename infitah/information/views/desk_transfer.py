"""Passing a request on to another community: the new number and its code, shown once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.information.operations.transfers import pass_on
from infitah.information.views.desk_acts import BY_NAME
from infitah.information.views.desk_case import case_page, find

NAME = "pass-on"


@desk_page("information.answer")
def transfer(request: HttpRequest, reference: str) -> HttpResponse:
    """Pass the request on; the requester is told by letter, the code is shown once."""
    found = find(request, reference)
    if request.method != "POST":
        return case_page(request, found, opened=NAME)
    form = BY_NAME[NAME].form(request.POST, found)
    done = carried_out(
        form,
        lambda: pass_on(
            community=found.request.community,
            reference=reference,
            to=get_object_or_404(Community.objects.with_host(), key=form.cleaned_data["to"]),
            words=form.cleaned_data["words"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if not done:
        return case_page(request, found, filled={NAME: form}, opened=NAME, status=422)
    made = done.record
    context = {
        "reference": reference,
        "made": made.request,
        "code": made.code,
        "trail": [
            (_("Access to information"), reverse("information_desk:queue")),
            (reference, reverse("information_desk:case", args=[reference])),
        ],
    }
    return render(request, "information/desk/passed_on.html", context)
