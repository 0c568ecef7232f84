"""Acts at the desk that ask for nothing but a reason, which everybody reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from infitah.core import clock
from infitah.core.http import viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.participation.forms.reasons import PublicReasonForm


@dataclass(frozen=True, slots=True)
class ReasonPage:
    """The page that asks for a reason, what is told when it is done, and where that leads."""

    template: str
    told: str
    back: str
    context: Mapping[str, object]
    form: type[forms.Form] = PublicReasonForm


def done_with_reason(
    request: HttpRequest, act: Callable[..., object], page: ReasonPage
) -> HttpResponse:
    """Do `act(reason=, by=, now=)` once a reason is written, else ask for one.

    Must stand behind `desk_page`: it asks for no right.
    """
    form = page.form(request.POST if request.method == "POST" else None)
    by, now = viewer_of(request).actor(), clock.now()
    if carried_out(form, lambda: act(reason=form.cleaned_data["reason"], by=by, now=now)):
        messages.success(request, page.told)
        return redirect(page.back)
    context = {**page.context, "form": form}
    return render(request, page.template, context, status=status_of(form))
