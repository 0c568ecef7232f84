"""Ideas typed at the desk for visitors: entered, handed a receipt, taken back if typed wrongly."""

import uuid
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.participation import operations, queries
from infitah.participation.forms.desk import DeskIdeaForm
from infitah.participation.forms.reasons import WithdrawNoteForm
from infitah.participation.models import Consultation, Idea
from infitah.participation.queries.similar import typed_before
from infitah.participation.queries.workshops import desk_idea_to_withdraw
from infitah.participation.rules import ConsultationState, last_day
from infitah.participation.views.files import kept_file
from infitah.participation.views.reasons import ReasonPage, done_with_reason


@desk_page("idea.enter")
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Type an idea for a visitor; the answer is a receipt to be printed."""
    viewer = viewer_of(request)
    consultation = queries.consultation_for(viewer=viewer, slug=slug)
    if consultation is None or consultation.announced_at is None:
        raise Http404
    if request.method != "POST":
        form = DeskIdeaForm(consultation=consultation)
        return _enter_page(request, consultation, form)
    kept, refusal = kept_file(request, clock.now())
    form = DeskIdeaForm(
        request.POST, consultation=consultation, attachment=kept, attachment_refusal=refusal
    )
    double = _double(request, consultation, form)
    if not form.warning and double is None:
        given = carried_out(form, lambda: _entered(request, consultation, form))
        if given:
            return redirect("participation_desk:entered", given.record.reference)
    return _enter_page(request, consultation, form, double)


def _double(request: HttpRequest, consultation: Consultation, form: DeskIdeaForm) -> Idea | None:
    """Return the idea with the same words that the desk typed before, unless it was shown."""
    if not form.is_valid():
        return None
    found = typed_before(consultation, form.cleaned_data["statement"], besides=form.key)
    return None if found and found.reference == request.POST.get("double") else found


def _enter_page(
    request: HttpRequest,
    consultation: Consultation,
    form: DeskIdeaForm,
    double: Idea | None = None,
) -> HttpResponse:
    context = {
        "consultation": consultation,
        "form": form,
        "double": double,
        "is_late": consultation.state(clock.now()) == ConsultationState.CLOSED,
        "last_day": last_day(consultation.closes_at),
    }
    asks = form.warning or double
    status = 422 if form.is_bound and not asks else 200
    return render(request, "participation/desk/enter.html", context, status=status)


def _entered(request: HttpRequest, consultation: Consultation, form: DeskIdeaForm) -> Idea:
    text = form.text(viewer_of(request).language)
    return operations.receive_visitor(
        consultation=consultation,
        text=operations.IdeaText(
            key=form.key if form.key else uuid.uuid4(),
            axis=text.axis,
            statement=text.statement,
            detail=text.detail,
            interface=text.interface,
            commune=text.commune,
            name=text.name,
            attachment=text.attachment,
            attachment_alt=text.attachment_alt,
        ),
        address=form.cleaned_data["email"],
        by=viewer_of(request).actor(),
        now=clock.now(),
    )


@desk_page("idea.enter")
def entered(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt that the visitor takes away, on paper."""
    found = queries.desk_receipt(viewer=viewer_of(request), reference=reference)
    if found is None:
        raise Http404
    context = {
        "idea": found,
        "address": queries.page_url(found, viewer_of(request).language),
        "verify_address": queries.verify_url(found, viewer_of(request).language),
        "proof_url": queries.proof_url(found.register_number),
    }
    return render(request, "participation/desk/entered.html", context)


@desk_page("idea.enter")
def entered_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.desk_receipt(viewer=viewer_of(request), reference=reference)
    if found is None:
        raise Http404
    content = queries.receipt_pdf(found, viewer_of(request).language)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.reference}.pdf"'
    return response


@desk_page("idea.enter")
def mistyped(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back what was typed wrongly for a visitor; everybody reads why."""
    found = desk_idea_to_withdraw(viewer=viewer_of(request), reference=reference)
    if found is None:
        raise Http404
    page = ReasonPage(
        template="participation/desk/idea_mistyped.html",
        told=_("The idea %(number)s is taken back; its number stays.") % {"number": reference},
        back=reverse("participation_desk:enter", args=[found.consultation.slug]),
        context={"idea": found, "is_told": queries.author_is_told(found)},
        form=WithdrawNoteForm,
    )
    act = partial(
        operations.withdraw_desk_idea, community_id=found.community_id, reference=reference
    )
    return done_with_reason(request, act, page)
