"""The committee validates, the council amends, rejects, adopts, withdraws: the desk of step 10."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.council.models import Deliberation
from infitah.design.direction import in_page_language
from infitah.design.entry import carried_out, status_of
from infitah.programme import operations, queries
from infitah.programme.forms.adoption import (
    AdoptForm,
    BindForm,
    RejectForm,
    ValidationForm,
    WithdrawForm,
)
from infitah.programme.models import Commitment, Cycle
from infitah.programme.queries import deliberation_text
from infitah.programme.rules import adoption as rules
from infitah.programme.rules import states
from infitah.programme.views.moved import ADOPTED, moved_on

BY_COMMITTEE = gettext_lazy(
    "The follow-up committee settles it: it validates the text or does not keep it, by its vote."
)
VOTE_FIRST: Mapping[str, Promise] = {
    "committee": gettext_lazy(
        "The follow-up committee has lost no vote on it yet: hold its meeting and record the vote "
        "first, with those against."
    ),
    "council": gettext_lazy(
        "The council has lost no vote on it yet: hold its session and record the vote first, with "
        "those against."
    ),
}
SETTLED_BY: Mapping[rules.AdoptionFault, Promise] = {
    rules.AdoptionFault.EMPTY: gettext_lazy("The focal point drafts the commitments first."),
    rules.AdoptionFault.VALIDATED: BY_COMMITTEE,
    rules.AdoptionFault.WEIGHTS: gettext_lazy("The council amends the weights in session."),
    rules.AdoptionFault.AMENDMENT: gettext_lazy(
        "The council settles it: it votes on the amendment, or its mover takes it back."
    ),
    rules.AdoptionFault.TEXT: BY_COMMITTEE,
}
ALL_DECIDED = gettext_lazy("Every draft was decided by the committee.")
DECIDED = gettext_lazy("It was decided meanwhile: it cannot fall any more.")
NOT_IN_FORCE = gettext_lazy("This commitment is not in force: there is nothing to withdraw.")
NOT_ADOPTED = gettext_lazy("The council has not adopted this programme, or has it before it again.")
committee_page = desk_page("committee.edit", "session.edit")
council_page = desk_page("session.edit")


def step(request: HttpRequest) -> dict[str, Any]:
    return {"by": viewer_of(request).actor(), "now": clock.now()}


def trail_of(cycle: Cycle, request: HttpRequest) -> list[tuple[object, str]]:
    viewer = viewer_of(request)
    if viewer.may("programme.edit"):
        return [(cycle.title, reverse("programme_desk:cycle", args=[cycle.slug]))]
    return [(_("Meetings"), reverse("proceedings_desk:index"))]


def cycle_of(request: HttpRequest, slug: str) -> Cycle:
    """Return a cycle, one that the council decided too: what is sent to it then says so."""
    found = Cycle.objects.visible_to(viewer_of(request)).filter(slug=slug)
    cycle = found.select_related("community", "committee").first()
    if cycle is None:
        raise Http404
    return cycle


def decided(request: HttpRequest, cycle: Cycle, form: Any = None) -> HttpResponse | None:
    """Return the page that says that the council adopted a programme meanwhile, or None."""
    if cycle.state == Cycle.State.PREPARING:
        return None
    viewer = viewer_of(request)
    names = {"session.edit": "adopted", "programme.edit": "cycle"}
    name = next((name for right, name in names.items() if viewer.may(right)), "")
    onward = reverse(f"programme_desk:{name}", args=[cycle.slug]) if name else ""
    return moved_on(request, ADOPTED, onward or reverse("proceedings_desk:index"), form)


@committee_page
def validation(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_of(request, slug)
    rows = queries.before_council(cycle)
    drafts = [
        (one.facts.reference, in_page_language(one.commitment.title), one.facts.present_sha256)
        for one in rows
        if one.facts.state in states.DRAFT_STATES
    ]
    carried = queries.validating_votes(cycle)
    running = queries.open_rounds(cycle, clock.today())
    form = ValidationForm(
        request.POST or None, votes=carried, drafts=drafts, is_asked_again=bool(running)
    )
    if page := decided(request, cycle, form):
        return page
    if form.is_bound and not drafts:
        return moved_on(request, ALL_DECIDED, request.path, form)
    done = carried_out(
        form,
        lambda: operations.validate_together(
            cycle=cycle,
            seen=form.seen(),
            vote=form.cleaned_data["vote"],
            waiver=form.text_of("waiver"),
            **step(request),
        ),
    )
    if done:
        messages.success(request, _("The texts are validated: each is bound by its hash."))
        return redirect("programme_desk:validation", slug)
    context = {
        "cycle": cycle,
        "running": running,
        "rows": rows,
        "form": form if drafts else None,
        "has_votes": carried.exists(),
        "unready": queries.unready_of(cycle),
        "may_write": viewer_of(request).may("commitment.edit"),
        "trail": trail_of(cycle, request),
    }
    return render(request, "programme/desk/validation.html", context, status=status_of(form))


def found_commitment(request: HttpRequest, reference: str) -> Commitment:
    found = Commitment.objects.visible_to(viewer_of(request)).filter(reference=reference)
    commitment = found.select_related("community", "cycle__community", "cycle__committee").first()
    if commitment is None:
        raise Http404
    return commitment


@committee_page
def reject(request: HttpRequest, reference: str) -> HttpResponse:
    commitment = found_commitment(request, reference)
    body = rules.body_of_rejection(states.CommitmentState(commitment.state))
    if not body:
        form = RejectForm(request.POST or None, votes=queries.rejecting_votes(commitment))
        return moved_on(request, DECIDED, queries.url_of(commitment), form)
    right = "session.edit" if body == "council" else "committee.edit"
    if not (viewer_of(request).may(right) or viewer_of(request).may("session.edit")):
        raise Http404
    votes = queries.rejecting_votes(commitment)
    form = RejectForm(request.POST or None, votes=votes)
    done = carried_out(
        form,
        lambda: operations.reject_commitment(
            commitment=commitment,
            vote=form.cleaned_data["vote"],
            reason=form.text_of("reason"),
            **step(request),
        ),
    )
    name = "adoption" if body == "council" else "validation"
    if done:
        messages.success(request, _("It is not kept; its page says by which vote and why."))
        return redirect(f"programme_desk:{name}", commitment.cycle.slug)
    hint = _("Its page stays public with its text, the vote and the reason; its authors are told.")
    words = {"title": _("A commitment that was not kept"), "button": _("Record that it falls")}
    first = "" if votes.exists() else VOTE_FIRST[body]
    return _form_page(request, commitment, form, hint=hint, first=first, **words)


def _form_page(
    request: HttpRequest, commitment: Commitment, form: Any, **words: Any
) -> HttpResponse:
    trail = trail_of(commitment.cycle, request)
    context = {"form": form, "kind": commitment.title, "trail": trail, **words}
    return render(request, "programme/desk/decision.html", context, status=status_of(form))


@council_page
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    commitment = found_commitment(request, reference)
    state = states.CommitmentState(commitment.state)
    found = Deliberation.objects.visible_to(viewer_of(request)).newest_first()
    form = WithdrawForm(request.POST or None, deliberations=found)
    if not states.commitment_may_become(state, states.CommitmentState.WITHDRAWN):
        return moved_on(request, NOT_IN_FORCE, queries.url_of(commitment), form)
    done = carried_out(
        form,
        lambda: operations.withdraw_commitment(
            commitment=commitment,
            deliberation=form.cleaned_data["deliberation"],
            reason=form.text_of("reason"),
            **step(request),
        ),
    )
    if done:
        messages.success(request, _("The commitment is withdrawn; its page says why."))
        return redirect("programme:commitment", commitment.cycle.slug, reference)
    hint = _("Only by a deliberation later than its adoption. Its page stays public.")
    words = {"title": _("Withdraw a commitment"), "button": _("Withdraw this commitment")}
    return _form_page(request, commitment, form, hint=hint, **words)


@desk_page("session.edit", "programme.edit")
def adoption(request: HttpRequest, slug: str) -> HttpResponse:
    cycle, may_act = cycle_of(request, slug), viewer_of(request).may("session.edit")
    if request.method == "POST" and not may_act:
        raise Http404  # who prepares the programme sees how it stands; the secretary records it
    desk = queries.adoption_desk(cycle)
    votes = queries.adopting_votes(cycle)
    running = queries.open_rounds(cycle, clock.today())
    form = AdoptForm(
        _sent(request, "adopt"),
        votes=votes,
        initial=_prepared(cycle, desk, votes),
        is_asked_again=bool(running),
    )
    deliberations = queries.free_deliberations(viewer_of(request))
    recorded = queries.recorded_for(cycle)
    bind = BindForm(
        _sent(request, "bind"),
        deliberations=deliberations,
        is_asked_again=bool(running),
        initial={"deliberation": recorded[0].pk} if recorded else {},
    )
    if page := decided(request, cycle, bind if bind.is_bound else form):
        return page
    if _is_adopted(request, cycle, form, bind):
        messages.success(request, _("The programme is adopted: each text is bound by its hash."))
        return redirect("programme_desk:adopted", slug)
    context = {
        "cycle": cycle,
        "running": running,
        "before": desk,
        "named": queries.named_items(cycle),
        "faults": _faults(desk),
        "undone": queries.undone_steps(cycle, viewer_of(request), clock.today()),
        "may_act": may_act,
        "may_write": viewer_of(request).may("commitment.edit"),
        "form": form,
        "bind": bind,
        "has_votes": votes.exists(),
        "recorded": recorded,
        "has_deliberations": deliberations.exists(),
        "trail": trail_of(cycle, request),
    }
    return render(request, "programme/desk/adoption.html", context, status=status_of(form, bind))


def _prepared(cycle: Cycle, desk: queries.AdoptionDesk, votes: Any) -> dict[str, Any]:
    """Return the deliberation as far as the records know it, for the vote that adopted."""
    vote = queries.adopting_vote(cycle, list(votes))
    text = deliberation_text.text_of(
        cycle,
        desk.rows,
        desk.digest,
        session=vote.item.sitting.session.title if vote else None,
        held_on=vote.taken_on if vote else None,
        held_rounds=queries.closed_rounds(cycle, clock.today()),
    )
    said = AdoptForm.initial_of(title=deliberation_text.title_of(cycle), text=text)
    return said | {"vote": vote.pk if vote else None}


def _sent(request: HttpRequest, act: str) -> Any:
    return request.POST if request.POST.get("act") == act else None


def _is_adopted(request: HttpRequest, cycle: Cycle, form: AdoptForm, bind: BindForm) -> bool:
    if form.is_bound:
        by_vote = carried_out(
            form,
            lambda: operations.adopt_by_vote(
                cycle=cycle,
                vote=form.cleaned_data["vote"],
                adopted=form.adopted(),
                **step(request),
            ),
        )
        return by_vote is not None
    bound = carried_out(
        bind,
        lambda: operations.adopt_by_deliberation(
            cycle=cycle,
            deliberation=bind.cleaned_data["deliberation"],
            adds_hash=bind.cleaned_data["adds_hash"],
            **step(request),
        ),
    )
    return bound is not None


def _faults(desk: queries.AdoptionDesk) -> list[tuple[str, Any]]:
    """Return all that stands against the adoption, each with who settles it and how."""
    return [
        (str(operations.ADOPTION_FAULTS[fault]) % {"reference": reference}, SETTLED_BY[fault])
        for fault, reference in desk.faults
    ]


def _undecided(request: HttpRequest, cycle: Cycle) -> HttpResponse | None:
    if cycle.deliberation_id is not None:
        return None
    onward = reverse("programme_desk:adoption", args=[cycle.slug])
    return moved_on(request, NOT_ADOPTED, onward)


@council_page
@require_POST
def return_to_council(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_of(request, slug)
    if page := _undecided(request, cycle):
        return page
    try:
        operations.return_to_council(cycle=cycle, **step(request))
    except operations.CycleRefused as refused:
        messages.error(request, refused.message)
        return redirect("programme_desk:adopted", slug)
    messages.success(request, _("The programme is before the council again."))
    return redirect("programme_desk:adoption", slug)


@council_page
def adopted(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_of(request, slug)
    if page := _undecided(request, cycle):
        return page
    context = {
        "cycle": cycle,
        "commitments": queries.withdrawable(cycle),
        "trail": trail_of(cycle, request),
    }
    return render(request, "programme/desk/adopted.html", context)
