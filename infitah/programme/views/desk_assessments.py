"""Desk pages of findings: write, publish, reply."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.programme import forms, operations, queries
from infitah.programme.models import Assessment, Commitment

RIGHT = "assessment.write"


def _commitment(request: HttpRequest, reference: str) -> Commitment:
    found = queries.commitment_for_desk(viewer_of(request), reference, RIGHT)
    if found is None:
        raise Http404
    return found


def _assessment(request: HttpRequest, pk: int) -> Assessment:
    found = queries.assessments_visible_to(viewer_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@desk_page(RIGHT)
def findings(request: HttpRequest, reference: str) -> HttpResponse:
    commitment, viewer = _commitment(request, reference), viewer_of(request)
    context = {
        "commitment": commitment,
        "findings": queries.findings_of(viewer, commitment, clock.today()),
        "kinds": Assessment.Kind.choices,
    }
    return render(request, "programme/desk/findings.html", context)


@desk_page(RIGHT)
def write(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    commitment = _commitment(request, reference)
    if kind not in Assessment.Kind:
        raise Http404
    form = _form(request, commitment, Assessment.Kind(kind))
    if carried_out(form, partial(_draft, request, commitment, form)):
        return redirect("programme_desk:findings", reference)
    context = {"commitment": commitment, "form": form, "kind": Assessment.Kind(kind).label}
    return render(request, "programme/desk/finding.html", context, status=status_of(form))


def _form(
    request: HttpRequest,
    commitment: Commitment,
    kind: Assessment.Kind,
    standing: Assessment | None = None,
) -> forms.AssessmentForm:
    initial = {"assessed_on": clock.today()} if standing is None else _typed(standing)
    return forms.AssessmentForm(
        request.POST or None,
        kind=kind,
        meetings=queries.meetings_of(commitment),
        initial=initial,
    )


def _typed(one: Assessment) -> dict[str, object]:
    texts = forms.AssessmentForm.initial_of(
        text=one.text, lessons=one.lessons, interests=one.interests
    )
    return {
        "level": one.level,
        "assessed_on": one.assessed_on,
        "session": one.session_id,
        "reviewer": one.assessed_by if one.kind == Assessment.Kind.INDEPENDENT else "",
        **texts,
    }


def _finding(form: forms.AssessmentForm) -> operations.Finding:
    data = form.cleaned_data
    return operations.Finding(
        kind=form.kind,
        level=data["level"],
        text=form.text_of("text"),
        lessons=form.text_of("lessons"),
        interests=form.text_of("interests"),
        session=data.get("session"),
        reviewer=data.get("reviewer", ""),
        assessed_on=data["assessed_on"],
    )


def _draft(request: HttpRequest, commitment: Commitment, form: forms.AssessmentForm) -> None:
    operations.draft_assessment(
        commitment=commitment,
        finding=_finding(form),
        by=viewer_of(request).actor(),
        now=clock.now(),
    )


@desk_page(RIGHT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = _assessment(request, pk)
    commitment = _commitment(request, assessment.commitment.reference)
    form = _form(request, commitment, Assessment.Kind(assessment.kind), assessment)
    by = viewer_of(request).actor()
    if carried_out(
        form,
        lambda: operations.change_assessment(pk=pk, finding=_finding(form), by=by, now=clock.now()),
    ):
        return redirect("programme_desk:findings", commitment.reference)
    context = {"commitment": commitment, "form": form, "kind": assessment.get_kind_display()}
    return render(request, "programme/desk/finding.html", context, status=status_of(form))


@desk_page(RIGHT)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft as it will stand, publish it by one button."""
    assessment, refusal = _assessment(request, pk), ""
    if request.method == "POST":
        try:
            operations.publish_assessment(pk=pk, by=viewer_of(request).actor(), now=clock.now())
        except OperationRefused as refused:
            refusal = refused.message
        else:
            return redirect("programme_desk:findings", assessment.commitment.reference)
    context = {
        "one": queries.finding_view(assessment, clock.today()),
        "commitment": assessment.commitment,
        "refusal": refusal,
    }
    return render(request, "programme/desk/publish.html", context, status=422 if refusal else 200)


@desk_page(RIGHT)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    assessment, form = _assessment(request, pk), forms.ReplyForm(request.POST or None)
    by = viewer_of(request).actor()
    if carried_out(
        form,
        lambda: operations.reply_to_assessment(
            pk=pk, reply=form.text_of("reply"), by=by, now=clock.now()
        ),
    ):
        return redirect("programme_desk:findings", assessment.commitment.reference)
    context = {
        "one": queries.finding_view(assessment, clock.today()),
        "commitment": assessment.commitment,
        "form": form,
    }
    return render(request, "programme/desk/reply.html", context, status=status_of(form))
