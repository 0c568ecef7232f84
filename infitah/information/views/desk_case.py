"""One request at the desk: what is asked, the one next act, the clock, what happened."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community.models import Appointment
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.information import rules
from infitah.information.forms.desk_acts import UnveilForm
from infitah.information.forms.desk_tasks import AddFilesForm
from infitah.information.operations.identities import read_requester
from infitah.information.operations.morning import charge_words
from infitah.information.queries.desk_case import DeskCase, repeats_of
from infitah.information.queries.desk_charge import InCharge, in_charge
from infitah.information.queries.desk_files import file_rows
from infitah.information.queries.desk_mail import mails_of
from infitah.information.queries.desk_similar import published_close_to, requests_close_to
from infitah.information.queries.desk_words import PARTIES, state_of
from infitah.information.queries.letters import LETTERS
from infitah.information.queries.wordings import wordings
from infitah.information.queries.words import OUTCOMES
from infitah.information.views.desk_acts import BY_NAME, card_of, offered
from infitah.information.views.desk_beside import shown_files, shown_tasks
from infitah.information.views.desk_found import find
from infitah.information.views.desk_letters import has_letter, letter_before
from infitah.information.views.desk_shown import (
    clock_rows,
    extended_to,
    given_of,
    law_of,
    parts_of,
    timeline_of,
)


def case_page(
    request: HttpRequest,
    found: DeskCase,
    *,
    filled: Mapping[str, Form] | None = None,
    file_forms: Mapping[int, Form] | None = None,
    task_forms: Mapping[int, Form] | None = None,
    opened: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Return the page of a request; `filled` are forms that came back, `opened` one of them."""
    viewer = viewer_of(request)
    acts = offered(found, viewer, filled or {}, opened)
    rows = file_rows(found.files)
    charge = in_charge(found.request.community, found.today)
    law = wordings(found.request.community, found.request.received_on)
    card = next((one for one in acts if one.act.name == card_of(found)), None)
    context = {
        "found": found,
        "has_failed_mail": any(one.has_failed for one in found.mails),
        "told_by_letter": LETTERS,
        "item": found.request,
        "card": card,
        "others": [one for one in acts if one is not card],
        "charge": charge,
        "other_reader": _other_reader(charge, viewer.office),
        "charge_words": charge_words(charge, viewer.language),
        "party": PARTIES[found.turn.party],
        "state": state_of(found.request, found.today),
        "clocks": clock_rows(found),
        "days_left": (found.turn.by - found.today).days if found.turn.by else None,
        "extended_to": extended_to(found),
        "timeline": timeline_of(found),
        "mails_in": mails_of(viewer=viewer, request_id=found.request.pk),
        "files": shown_files(found, rows, file_forms or {}),
        "adding": AddFilesForm(prefix="add"),
        "tasks": shown_tasks(found, task_forms or {}),
        "may_answer": viewer.may("information.answer"),
        **_close(found),
        "parts": parts_of(found.decision, law),
        "law": law_of(law),
        "given": given_of(rows),
        "outcome_words": OUTCOMES.get(found.request.outcome, ""),
        "notices": rules.notices_of(found.request.text),
        "repeats": repeats_of(found.request),
        "unveil": UnveilForm(prefix="unveil"),
        "may_unveil": viewer.may("identity.read"),
        "is_signer": found.decision is not None and found.decision.signer == viewer.username,
        "trail": trail_of(found)[:1],
        **more,
    }
    return render(request, "information/desk/case.html", context, status=status)


def trail_of(found: DeskCase) -> list[tuple[str, str]]:
    """Return the way back from a page of a case: the queue, then the case."""
    reference = found.request.reference
    return [
        (_("Access to information"), reverse("information_desk:queue")),
        (reference, reverse("information_desk:case", args=[reference])),
    ]


def _other_reader(charge: InCharge, office: str) -> Appointment | None:
    """Return who holds the other of the two offices that confirm a decision, None without one."""
    both = (charge.appointment, charge.second)
    return next((one for one in both if one is not None and one.office != office), None)


def _close(found: DeskCase) -> dict[str, Any]:
    """Return what is close to the request, while it waits for its answer."""
    if found.case.phase not in {rules.Phase.RECEIVED, rules.Phase.OPEN}:
        return {}
    return {
        "published_close": published_close_to(found.request),
        "requests_close": requests_close_to(found.viewer, found.request),
    }


@desk_page("information.read")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    return case_page(request, find(request, reference))


@desk_page("information.read")
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Carry out one act of the table, or show the case with that act opened."""
    found, viewer, wanted = find(request, reference), viewer_of(request), BY_NAME.get(name)
    if wanted is None or wanted.route or not viewer.may(wanted.right):
        raise Http404
    if request.method != "POST":
        return case_page(request, found, opened=name)
    form = wanted.form(request.POST, found)
    if request.POST.get("press") == "letter" and has_letter(wanted.kind) and form.is_valid():
        return letter_before(found, wanted.kind, form, viewer.actor())
    doing = {
        "community": found.request.community,
        "reference": reference,
        "by": viewer.actor(),
        "now": clock.now(),
    }
    if carried_out(form, lambda: wanted.carry(form, found, doing)):
        messages.success(request, str(wanted.done))
        return redirect("information_desk:case", reference)
    return case_page(request, found, filled={name: form}, opened=name, status=422)


@desk_page("identity.read")
@require_POST
def identity(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who asked, once; that it was read is kept with its reason."""
    found, viewer = find(request, reference), viewer_of(request)
    form = UnveilForm(request.POST, prefix="unveil")
    done = carried_out(
        form,
        lambda: read_requester(
            community=found.request.community,
            reference=reference,
            by=viewer.actor(),
            now=clock.now(),
            **form.cleaned_data,
        ),
    )
    if done:
        return case_page(request, found, person=done.record)
    return case_page(request, found, unveil=form, status=422)
