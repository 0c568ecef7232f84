"""Deciding at the desk: parts are added and taken away, then the decision is signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.information import operations
from infitah.information.forms.desk_decision import DecideForm
from infitah.information.operations import Answer, WithholdingRefused
from infitah.information.queries.desk_case import DeskCase
from infitah.information.views.desk_case import case_page, find
from infitah.information.views.desk_drafting import NAME, changed, drafted_of, fits, form_of
from infitah.information.views.desk_letters import decision_before

UNFIT = gettext_lazy(
    "These words do not say what is ticked and withheld below: tick what is given, or press “Work "
    "it out again”."
)


@desk_page("information.answer")
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign a decision, or change its parts and show what it comes to; what was typed stays."""
    found, viewer = find(request, reference), viewer_of(request)
    if request.method != "POST":
        return case_page(request, found, opened=NAME)
    press = request.POST.get("press", "sign")
    if press not in {"sign", "letter"}:
        form = form_of(None, found, changed(drafted_of(request.POST), press, found))
        return case_page(request, found, filled={NAME: form}, opened=NAME)
    form = form_of(request.POST, found)
    if press == "letter" and form.is_valid():
        answer = _answer(form)
        if answer.gives_something or answer.withheld:
            return decision_before(found, answer, viewer.actor())
        form.add_error(None, _("Say what is given, or by which ground it is not."))
    if press == "sign" and _signed(form, found, by=viewer.actor()):
        messages.success(request, _("The decision is signed."))
        return redirect("information_desk:case", reference)
    return case_page(request, found, filled={NAME: form}, opened=NAME, status=422)


def _answer(form: DecideForm) -> Answer:
    """Return the decision as it was typed; the form is valid."""
    return Answer(
        words=form.cleaned_data["words"],
        gives=form.cleaned_data["gives"],
        withheld=form.withheld(),
        files=form.chosen_files(),
    )


def _signed(form: DecideForm, found: DeskCase, *, by: Any) -> bool:
    """Carry out the decision; False where the form says why not."""
    if not form.is_valid():
        return False
    if not fits(found, drafted_of(form.data)):
        form.add_error("words", UNFIT)
        return False
    try:
        operations.decide(
            community=found.request.community,
            reference=found.request.reference,
            answer=_answer(form),
            on=found.today,
            by=by,
            now=clock.now(),
        )
    except WithholdingRefused as refused:
        form.say_lacks(refused.lacks)
    except OperationRefused as refused:
        form.add_error(form.field_of(refused.field), refused.message)
    else:
        return True
    return False
