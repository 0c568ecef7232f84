"""The letters of a case before they leave: an act's letter with the words as they stand typed."""

from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.core.media_types import PDF
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import Decision, RequestAct
from infitah.information.operations import Answer
from infitah.information.operations.deciding import part_of
from infitah.information.operations.identities import read_requester
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
    return _as_file(letters.letter_pdf(act), f"{found.request.reference}-{kind.value}.pdf")


def _as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def decision_before(found: DeskCase, answer: Answer, by: Actor) -> HttpResponse:
    """Return the letter of a decision that is not signed yet, marked as a draft."""
    decision = Decision(
        community=found.request.community,
        request=found.request,
        outcome=rules.outcome_of(answer.gives_something, answer.withheld),
        answer=answer.words,
        signer=by.key,
        office=by.office,
        decided_on=found.today,
    )
    parts = [part_of(decision, one) for one in answer.withheld]
    files = [one for one in found.files if one.pk in set(answer.files)]
    return _draft(found, letters.Written(decision, parts, files), by)


def _draft(found: DeskCase, written: letters.Written, by: Actor) -> HttpResponse:
    content = letters.draft_pdf(found.request, written, by)
    return _as_file(content, f"{found.request.reference}-{rules.ActKind.DECIDED.value}.pdf")


@desk_page("information.read")
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter of the decision in force: as it will be kept, a draft until it was read twice."""
    found = find(request, reference)
    signed = _signed(found)
    by = Actor("officer", signed.signer, signed.office)
    if found.case.needs_second_reader:
        given = [one for one in found.files if one.is_given]
        return _draft(found, letters.Written(signed, list(signed.withheld.all()), given), by)
    return _pdf(found, rules.ActKind.DELIVERED, clock.today(), by)


def _signed(found: DeskCase) -> Decision:
    """Return the decision that waits for its delivery. Raises Http404."""
    waits = found.case.phase in {rules.Phase.DECIDED, rules.Phase.READ}
    if found.decision is None or not waits:
        raise Http404
    return found.decision


@desk_page("identity.read")
@require_POST
def addressed(request: HttpRequest, reference: str, position: int = 0) -> HttpResponse:
    """A letter with name and address, to be posted or handed over: of an act, else the decision.

    That the identity was read for it is kept with this reason.
    """
    found, by = find(request, reference), viewer_of(request).actor()
    act = _act_to_address(found, position)
    person = read_requester(
        community=found.request.community,
        reference=reference,
        reason=_("To address the letter that is posted or handed over."),
        by=by,
        now=clock.now(),
    )
    lines = "\n".join(filter(None, (person.name, person.address)))
    name = f"{reference}-{act.position}-address.pdf"
    return _as_file(letters.letter_pdf(act, requester=lines), name)


def _act_to_address(found: DeskCase, position: int) -> RequestAct:
    """Return the act whose letter is wanted, 0 for the decision to deliver. Raises Http404."""
    if not position:
        if found.case.needs_second_reader:
            raise Http404
        signed = _signed(found)
        by = Actor("officer", signed.signer, signed.office)
        return letters.foreseen(found.request, rules.ActKind.DELIVERED, clock.today(), by=by)
    act = next((one for one in found.acts if one.position == position), None)
    if act is None or not may_be_addressed(act.kind):
        raise Http404
    return act


def may_be_addressed(kind: str) -> bool:
    """Return whether the letter of an act goes to who asked."""
    return kind in letters.LETTERS and kind not in letters.ANONYMOUS
