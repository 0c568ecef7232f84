"""What the desk pages of this app share: the community, a page with a form, the way back."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from infitah.community.models import Community
from infitah.design.entry import status_of

Text = str | Promise


def community_of(request: HttpRequest) -> Community:
    """Return the community of the request, as a record of this request's own."""
    return Community.objects.get(pk=request.community.pk)  # type: ignore[attr-defined]


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
