"""Desk acts on milestones: report, claim with evidence, confirm as a second person."""

from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.core.viewer import Actor
from infitah.design.entry import carried_out, status_of
from infitah.programme import forms, operations, queries
from infitah.programme.models import Evidence, Milestone
from infitah.programme.rules import states, updates
from infitah.programme.views.files import kept_file

BARS: dict[queries.Bar, Promise] = {
    queries.Bar.SAME: gettext_lazy(
        "You cannot confirm what you said is done: a second person must."
    ),
    queries.Bar.OWNER: gettext_lazy(
        "You cannot confirm the evidence of a commitment for which you answer: a second person "
        "must."
    ),
    queries.Bar.RIGHT: gettext_lazy("Your office does not confirm evidence: a second person does."),
}
UNCLAIMED = gettext_lazy("Nobody says that it is done: there is nothing to confirm yet.")


@desk_page("progress.report")
def milestones(request: HttpRequest) -> HttpResponse:
    rows, told = (
        list(queries.running(viewer_of(request)).prefetch_related("changes", "updates")),
        Milestone.State.CLAIMED,
    )
    context = {
        "milestones": [one for one in rows if one.state != told],
        "claimed": [one for one in rows if one.state == told],
    }
    return render(request, "programme/desk_milestones.html", context)


def _unless_confirmed(view: Callable[[HttpRequest, Milestone], HttpResponse]) -> Callable[..., Any]:
    """Give the view the milestone of the address; say so if a second person confirmed it before."""

    @wraps(view)
    def found(request: HttpRequest, reference: str) -> HttpResponse:
        milestone = queries.milestone_for_desk(viewer_of(request), reference)
        if milestone is None:
            raise Http404
        if milestone.state != Milestone.State.VERIFIED:
            return view(request, milestone)
        context = {"milestone": milestone, "evidence": queries.evidence_for_desk(milestone)}
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return render(request, "programme/desk/confirmed.html", context, status=status)

    return found


@desk_page("progress.report")
@_unless_confirmed
def report(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    form = forms.ReportForm(
        request.POST or None,
        open_steps=states.steps_to_report(states.MilestoneState(milestone.state)),
        initial={"on": clock.today()},
    )
    by = viewer_of(request).actor()
    if carried_out(form, lambda: _report(milestone, form, by)):
        messages.success(request, _("It is recorded and public."))
        return redirect("programme_desk:report", milestone.reference)
    state = states.CommitmentState(milestone.commitment.state)
    more = {"is_asked": state in updates.ASKED_STATES}
    return _answer(request, "programme/desk_report.html", milestone, form, **more)


def _report(milestone: Milestone, form: forms.ReportForm, by: Actor) -> None:
    data, reason = form.cleaned_data, form.text_of("reason")
    act = {"reference": milestone.reference, "on": data["on"], "by": by, "now": clock.now()}
    if data["step"] == "block":
        operations.block_milestone(reason=reason, **act)
    elif data["step"] == "put_off":
        operations.reschedule_milestone(planned_end=data["planned_end"], reason=reason, **act)
    elif milestone.state == Milestone.State.PLANNED:
        operations.start_milestone(**act)
    else:
        operations.resume_milestone(reason=reason, **act)


@desk_page("evidence.add")
@_unless_confirmed
def claim(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    kept, refusal = kept_file(request, clock.now())
    is_choosing = "show" in request.POST
    typed = request.POST.dict() if is_choosing else {}
    form = forms.ClaimForm(
        request.POST if request.method == "POST" and not is_choosing else None,
        kind=_kind(request.POST.get("kind") or request.GET.get("kind", "")),
        meetings=queries.meetings_to_show(milestone, clock.today()),
        kept=kept,
        refusal=refusal,
        initial={"on": clock.today()} | typed,
    )
    if carried_out(form, partial(_claim, request, milestone, form)):
        messages.success(request, _("It is said to be done; a second person confirms it now."))
        return redirect("programme_desk:index")
    return _answer(request, "programme/desk/claim.html", milestone, form)


def _kind(name: str) -> Evidence.Kind:
    return Evidence.Kind(name) if name in forms.milestone.KINDS else Evidence.Kind.FILE


def _claim(request: HttpRequest, milestone: Milestone, form: forms.ClaimForm) -> None:
    data, now = form.cleaned_data, clock.now()
    asked = operations.EvidenceAsked(
        kind=form.chosen.value,
        title=form.text_of("title"),
        url=data.get("url", ""),
        record=data.get("record", ""),
        file=form.kept,
        alt=data.get("alt", ""),
    )
    community = request.community  # type: ignore[attr-defined]
    operations.claim_done(
        reference=milestone.reference,
        evidence=operations.prepare_evidence(community=community, asked=asked, now=now),
        on=data["on"],
        by=viewer_of(request).actor(),
        now=now,
    )


@desk_page("evidence.add")
def add_capture(request: HttpRequest, reference: str) -> HttpResponse:
    evidence = queries.evidence_to_capture(viewer_of(request), reference)
    if evidence is None:
        raise Http404
    kept, refusal = kept_file(request, clock.now())
    posted = request.POST if request.method == "POST" else None
    form = forms.CaptureForm(posted, kept=kept, refusal=refusal)
    if carried_out(form, partial(_keep, request, reference, form)):
        return redirect("programme_desk:index")
    context = {"evidence": evidence, "fault": queries.fault_words(evidence), "form": form}
    return render(request, "programme/desk/capture.html", context, status=status_of(form))


def _keep(request: HttpRequest, reference: str, form: forms.CaptureForm) -> None:
    if form.kept is not None:
        operations.keep_capture(
            reference=reference,
            file=form.kept,
            alt=form.cleaned_data["alt"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        )


@desk_page("evidence.confirm", "progress.report")
@_unless_confirmed
def confirm(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    """Take the finding of a second person; who is none sees the milestone and is told why."""
    bar = queries.bar_to_judging(milestone, viewer_of(request))
    if bar is not None:
        return _barred(request, milestone, BARS[bar])
    if milestone.state != Milestone.State.CLAIMED:
        return _barred(request, milestone, UNCLAIMED)
    form = forms.ConfirmForm(request.POST or None)
    by = viewer_of(request).actor()
    if carried_out(form, lambda: _confirm(milestone.reference, form, by)):
        messages.success(request, _("The finding is recorded, and the owner is told."))
        return redirect("programme_desk:to_confirm")
    claim = queries.claim_of(milestone)
    return _answer(request, "programme/desk_confirm.html", milestone, form, claim=claim)


def _barred(request: HttpRequest, milestone: Milestone, why: Promise) -> HttpResponse:
    context = {
        "milestone": milestone,
        "evidence": queries.evidence_for_desk(milestone),
        "claim": queries.claim_of(milestone),
        "bar": why,
    }
    status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
    return render(request, "programme/desk_confirm.html", context, status=status)


def _confirm(reference: str, form: forms.ConfirmForm, by: Actor) -> None:
    on, now = clock.today(), clock.now()
    if form.cleaned_data["finding"] == "verify":
        operations.verify_milestone(reference=reference, on=on, by=by, now=now)
    else:
        reason = form.text_of("reason")
        operations.return_milestone(reference=reference, reason=reason, on=on, by=by, now=now)


@desk_page("evidence.confirm")
def to_confirm(request: HttpRequest) -> HttpResponse:
    context = {"claims": queries.claims_to_confirm(viewer_of(request))}
    return render(request, "programme/desk_to_confirm.html", context)


def _answer(
    request: HttpRequest, template: str, milestone: Milestone, form: Any, **more: Any
) -> HttpResponse:
    context = {
        "milestone": milestone,
        "evidence": queries.evidence_for_desk(milestone),
        "may_add": viewer_of(request).may("evidence.add"),
        "form": form,
        **more,
    }
    return render(request, template, context, status=status_of(form))
