"""Desk acts on milestones: report with evidence, confirm as a second person."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.programme import forms, operations, queries
from infitah.programme.models import Evidence, Milestone


@desk_page("progress.report")
def milestones(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {"milestones": queries.running(viewer), "today": clock.today()}
    return render(request, "programme/desk_milestones.html", context)


def _milestone(request: HttpRequest, reference: str) -> Milestone:
    found = queries.milestone_for_desk(viewer_of(request), reference)
    if found is None:
        raise Http404
    return found


@desk_page("progress.report")
def report(request: HttpRequest, reference: str) -> HttpResponse:
    milestone, form = _milestone(request, reference), forms.ReportForm(request.POST or None)
    if form.is_valid():
        try:
            _report(milestone, form.cleaned_data, viewer_of(request).actor())
        except OperationRefused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("programme_desk:report", reference)
    return _answer(request, "programme/desk_report.html", milestone, form)


def _report(milestone: Milestone, data: dict[str, Any], by: Actor) -> None:
    reference, on, now = milestone.reference, data["on"], clock.now()
    reason = LocalizedText(data["reason"])
    if data["step"] == "block":
        operations.block_milestone(reference=reference, reason=reason, on=on, by=by, now=now)
    elif data["step"] == "claim":
        given = operations.EvidenceGiven(
            kind=Evidence.Kind.URL,
            title=LocalizedText(data["title"]),
            sha256=data["sha256"],
            captured_on=on,
            url=data["url"],
        )
        operations.claim_milestone(reference=reference, evidence=given, on=on, by=by, now=now)
    elif milestone.state == Milestone.State.PLANNED:
        operations.start_milestone(reference=reference, on=on, by=by, now=now)
    else:
        operations.resume_milestone(reference=reference, reason=reason, on=on, by=by, now=now)


@desk_page("evidence.confirm")
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    milestone, form = _milestone(request, reference), forms.ConfirmForm(request.POST or None)
    if form.is_valid():
        try:
            _confirm(reference, form.cleaned_data, viewer_of(request).actor())
        except OperationRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            return redirect("programme_desk:to_confirm")
    return _answer(request, "programme/desk_confirm.html", milestone, form)


def _confirm(reference: str, data: dict[str, Any], by: Actor) -> None:
    on, now = clock.today(), clock.now()
    if data["finding"] == "verify":
        operations.verify_milestone(reference=reference, on=on, by=by, now=now)
    else:
        reason = LocalizedText(data["reason"])
        operations.return_milestone(reference=reference, reason=reason, on=on, by=by, now=now)


@desk_page("evidence.confirm")
def to_confirm(request: HttpRequest) -> HttpResponse:
    context = {"milestones": queries.milestones_to_confirm(viewer_of(request))}
    return render(request, "programme/desk_to_confirm.html", context)


def _answer(request: HttpRequest, template: str, milestone: Milestone, form: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"milestone": milestone, "form": form}
    return render(request, template, context, status=status)
