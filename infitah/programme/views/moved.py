"""A desk form whose record moved on meanwhile: nothing that was typed is lost, and it says why."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADOPTED = _("This programme was adopted already.")


def refused(form: forms.Form, words: str | Promise) -> None:
    """Say `words` above a form, beside what else is to be mended in it."""
    form.is_valid()
    form.add_error(None, str(words))


def moved_on(
    request: HttpRequest, words: str | Promise, onward: str, form: forms.Form | None = None
) -> HttpResponse:
    """Lead a reader to `onward` with the sentence; keep on the page what a sender typed (422)."""
    if request.method != "POST":
        messages.warning(request, str(words))
        return redirect(onward)
    if form is not None:
        refused(form, words)
    context = {"words": words, "onward": onward, "form": form}
    return render(request, "programme/desk/moved_on.html", context, status=422)
