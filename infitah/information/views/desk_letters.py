"""The letters of a case before they leave: an act's letter with the words as they stand typed."""

from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse

from infitah.core import clock
from infitah.core.http import desk_page
from infitah.core.media_types import PDF
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.queries import letters
from infitah.information.queries.desk_case import DeskCase
from infitah.information.views.desk_found import find

FACTS = ("ground", "ruling")


def has_letter(kind: rules.ActKind) -> bool:
    """Return whether an act is told by a letter."""
    return kind in letters.LETTERS


def letter_before(found: DeskCase, kind: rules.ActKind, form: Form, by: Actor) -> HttpResponse:
    """Return the letter of an act that is not carried out yet, with what was typed."""
    typed: dict[str, Any] = form.cleaned_data
    words, note = typed.get("words", ""), ""
    if kind is rules.ActKind.THIRD_PARTY_CONSULTED:
        words, note = "", f"{typed['party']}\n{typed['words']}"
    facts = {name: typed[name] for name in FACTS if name in typed}
    return _pdf(
        found, kind, typed.get("on") or found.today, by, words=words, note=note, facts=facts
    )


def _pdf(found: DeskCase, kind: rules.ActKind, on: date, by: Actor, **said: Any) -> HttpResponse:
    act = letters.foreseen(found.request, kind, on, by=by, **said)
    response = HttpResponse(letters.letter_pdf(act), content_type=PDF)
    name = f"{found.request.reference}-{kind.value}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@desk_page("information.read")
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter of the decision in force, to be printed and handed over before it is delivered."""
    found = find(request, reference)
    signed = found.decision
    if signed is None or found.case.phase not in {rules.Phase.DECIDED, rules.Phase.READ}:
        raise Http404
    by = Actor("officer", signed.signer, signed.office)
    return _pdf(found, rules.ActKind.DELIVERED, clock.today(), by)
