"""Desk acts of the council: convene it, record a deliberation, and the steps after its adoption."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.community.models import Body
from infitah.core import clock, media_types
from infitah.core.http import desk_page, viewer_of
from infitah.core.intake import Intake, taken_in
from infitah.core.viewer import Actor
from infitah.council import operations, queries, rules
from infitah.council.conf import OPTIONS
from infitah.council.forms import (
    ConveneCouncilForm,
    DeliberationForm,
    ExaminationForm,
    ObjectionForm,
    ReferralForm,
    RulingForm,
    StepForm,
)
from infitah.council.models import Deliberation, Objection
from infitah.design.direction import page_language
from infitah.design.entry import carried_out, status_of
from infitah.kernel.dates import month_name
from infitah.proceedings import queries as proceedings
from infitah.proceedings.models import Session

LETTER_KINDS = frozenset({media_types.PDF, "image/png", "image/jpeg", "image/webp"})
NO_INVITATION = gettext_lazy(
    "The platform invites nobody: call the members as the law says, then record the convocation "
    "here. The place, the day, the hour and the agenda come next."
)
CONTEST_ACTS: Mapping[rules.Contest, Callable[..., Objection]] = {
    rules.Contest.OBJECT: operations.record_objection,
    rules.Contest.EXAMINE: operations.record_examination,
    rules.Contest.REFER: operations.record_referral,
    rules.Contest.RULE: operations.record_ruling,
}


@desk_page("session.edit")
def waiting(request: HttpRequest) -> HttpResponse:
    context = {"decisions": queries.awaiting_steps(viewer_of(request))}
    return render(request, "council/desk_waiting.html", context)


@desk_page("session.edit")
def steps(request: HttpRequest, reference: str) -> HttpResponse:
    viewer = viewer_of(request)
    item = get_object_or_404(queries.deliberations(viewer), reference=reference)
    form = StepForm(request.POST or None, open_steps=queries.open_steps(item))
    done = carried_out(
        form,
        lambda: _record(
            reference, form.cleaned_data["step"], form.cleaned_data["on"], viewer.actor()
        ),
    )
    if done:
        return redirect("council_desk:steps", reference)
    context = {
        "item": item,
        "form": form,
        "visa_law": queries.visa_law(item),
        "objection_law": queries.objection_law(item),
        "contest": queries.contest_act(item),
    }
    return render(request, "council/desk_steps.html", context, status=status_of(form))


def _record(reference: str, step: str, on: date, by: Actor) -> None:
    asked: dict[str, Any] = {"reference": reference, "by": by, "now": clock.now()}
    if step == "sent":
        operations.record_sending(sent_on=on, **asked)
    elif step == "posted":
        operations.record_posting(posted_on=on, **asked)
    elif step == "in_force":
        operations.record_in_force(on=on, **asked)
    else:
        operations.record_visa(visa_on=on, is_silent=step == "silent_visa", **asked)


@desk_page("session.edit")
def objection(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    if act not in set(rules.Contest):
        raise Http404
    wanted, viewer = rules.Contest(act), viewer_of(request)
    item = get_object_or_404(queries.deliberations(viewer), reference=reference)
    if item.contest != wanted and request.method != "POST":
        return redirect("council_desk:steps", reference)
    form = _contest_form(request, item, wanted)
    done = carried_out(
        form,
        lambda: CONTEST_ACTS[wanted](
            reference=reference, by=viewer.actor(), now=clock.now(), **form.asked()
        ),
    )
    if done:
        messages.success(request, _("It is recorded in the register and stands on its page."))
        return redirect("council_desk:steps", reference)
    context = {
        "item": item,
        "form": form,
        "act": act,
        "title": queries.CONTESTS[wanted],
        "law": queries.objection_law(item),
        "trail": [(item.title, reverse("council_desk:steps", args=[reference]))],
    }
    return render(request, "council/desk_objection.html", context, status=status_of(form))


def _contest_form(request: HttpRequest, item: Deliberation, act: rules.Contest) -> Any:
    said = request.POST if request.method == "POST" else None
    if act == rules.Contest.EXAMINE:
        return ExaminationForm(said, votes=queries.examining_votes(item))
    if act != rules.Contest.OBJECT:
        return ReferralForm(said) if act == rules.Contest.REFER else RulingForm(said)
    kept, refusal = taken_in(request, _letter_intake(), clock.now())
    return ObjectionForm(said, kept=kept, refusal=refusal)


def _letter_intake() -> Intake:
    return Intake(
        field="file",
        limit="council.upload",
        per_network=OPTIONS.uploads_per_network,
        max_bytes=OPTIONS.letter_bytes,
        crowded=_("Too many files came from here. Try again in an hour."),
        kinds=LETTER_KINDS,
        other_kind=_("Choose a PDF file or a picture."),
    )


def _trail(session: Session | None = None) -> list[tuple[object, str]]:
    trail: list[tuple[object, str]] = [(_("Meetings"), reverse("proceedings_desk:index"))]
    if session is not None:
        address = reverse("proceedings_desk:session", args=[session.reference])
        trail.append((session.title, address))
    return trail


@desk_page("session.edit")
def convene(request: HttpRequest, slug: str) -> HttpResponse:
    bodies = Body.objects.visible_to(viewer_of(request)).filter(kind=Body.Kind.COUNCIL)
    body = get_object_or_404(bodies.select_related("community"), slug=slug, closed_on=None)
    form = ConveneCouncilForm(request.POST or None)
    by = viewer_of(request).actor()
    done = carried_out(
        form,
        lambda: operations.convene_council(body=body, by=by, now=clock.now(), **form.asked()),
    )
    if done:
        messages.success(request, _("The convocation is recorded. Plan the sitting now."))
        asked = form.asked()
        if rules.is_out_of_season(asked["kind"], body.community.kind, asked["convened_on"]):
            messages.warning(request, _out_of_season(body))
        return redirect("proceedings_desk:plan", done.record.session.reference)
    context = {
        "form": form,
        "body": body,
        "law": proceedings.legal_number(body.community, proceedings.NOTICE_DAYS, clock.today()),
        "no_invitation": NO_INVITATION,
        "trail": _trail(),
    }
    return render(request, "council/desk_convene.html", context, status=status_of(form))


def _out_of_season(body: Body) -> str:
    months = rules.ORDINARY_MONTHS[body.community.kind]
    names = (month_name(month, page_language()) for month in months)
    words = _(
        "The law names the months of the ordinary sessions (%(months)s): check that this one is "
        "ordinary. It is recorded all the same."
    )
    return words % {"months": _(", ").join(names)}


@desk_page("session.edit")
def deliberation(request: HttpRequest, reference: str) -> HttpResponse:
    session = proceedings.session_kept(viewer_of(request), reference)
    if session is None or not session.is_of_council:
        raise Http404
    votes = queries.votes_to_record(session)
    own = queries.own_texts(session, viewer_of(request))
    form = DeliberationForm(request.POST or None, votes=votes, own_texts=own)

    def act() -> Deliberation:
        vote, by, now = form.cleaned_data["vote"], viewer_of(request).actor(), clock.now()
        return operations.record_deliberation(
            items=[vote.item], vote=vote, adopted=form.adopted(), by=by, now=now
        )

    done = carried_out(form, act)
    if done:
        messages.success(request, _("The deliberation is recorded, and its text bound by hash."))
        return redirect("council_desk:steps", done.record.reference)
    voted = [one.act for one in own if any(one.is_of(vote) for vote in votes)]
    context = {
        "form": form,
        "session": session,
        "votes": votes,
        "voted": voted,
        "others": [one.act for one in own if one.act not in voted],
        "trail": _trail(session),
    }
    return render(request, "council/desk_deliberation.html", context, status=status_of(form))
