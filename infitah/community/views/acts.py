"""What the desk pages of this app share: one call, and its refusal beside the field."""

from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from infitah.community.forms.parts import LocalizedForm
from infitah.community.models import Community
from infitah.core.errors import OperationRefused

Text = str | Promise


def community_of(request: HttpRequest) -> Community:
    """Return the community of the request, as a record of this request's own."""
    return Community.objects.get(pk=request.community.pk)  # type: ignore[attr-defined]


def is_done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Tell whether the form was valid and the act was not refused; the form says why not."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except OperationRefused as refused:
        form.add_error(_field_of(form, refused.field), refused.message)
        return False
    return True


def _field_of(form: forms.Form, name: str | None) -> str | None:
    if isinstance(form, LocalizedForm):
        return form.field_of(name)
    return name if name in form.fields else None


def status_of(*forms_shown: forms.Form) -> int:
    """Return 422 if one of the forms came back with something to mend."""
    return 422 if any(form.is_bound for form in forms_shown) else 200


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Text,
    button: Text,
    trail: Sequence[tuple[Text, str]],
    hint: Text = "",
) -> HttpResponse:
    """Return a page with one form, kept as it was typed."""
    context = {"form": form, "title": title, "button": button, "trail": trail, "hint": hint}
    return render(request, "community/desk/form.html", context, status=status_of(form))


def back(request: HttpRequest, words: Text, to: str, *args: str | int) -> HttpResponse:
    """Return to a page that says what was done; `to` is the name of an address."""
    return back_to(request, words, reverse(to, args=args))


def back_to(request: HttpRequest, words: Text, address: str) -> HttpResponse:
    """Return to an address that says what was done."""
    messages.success(request, str(words))
    return redirect(address)
