"""Desk acts of the council: the steps of a deliberation after its adoption."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.core.viewer import Actor
from infitah.council import operations, queries
from infitah.council.forms import StepForm


@desk_page("session.edit")
def waiting(request: HttpRequest) -> HttpResponse:
    context = {"decisions": queries.awaiting_steps(viewer_of(request))}
    return render(request, "council/desk_waiting.html", context)


@desk_page("session.edit")
def steps(request: HttpRequest, reference: str) -> HttpResponse:
    viewer = viewer_of(request)
    item = get_object_or_404(queries.deliberations(viewer), reference=reference)
    form = StepForm(request.POST or None)
    if form.is_valid():
        try:
            _record(reference, form.cleaned_data["step"], form.cleaned_data["on"], viewer.actor())
        except OperationRefused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("council_desk:steps", reference)
    status = 422 if form.is_bound else 200
    return render(request, "council/desk_steps.html", {"item": item, "form": form}, status=status)


def _record(reference: str, step: str, on: date, by: Actor) -> None:
    now = clock.now()
    if step == "sent":
        operations.record_sending(reference=reference, sent_on=on, by=by, now=now)
    elif step == "posted":
        operations.record_posting(reference=reference, posted_on=on, by=by, now=now)
    else:
        is_silent = step == "silent_visa"
        operations.record_visa(reference=reference, visa_on=on, is_silent=is_silent, by=by, now=now)
