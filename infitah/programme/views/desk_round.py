"""Desk pages of the second round: put drafts to the public, correct one, read what was said."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.core.viewer import Viewer
from infitah.design.entry import carried_out, status_of
from infitah.participation.models import Consultation
from infitah.participation.queries import consultation_for, has_texts
from infitah.participation.rules import ConsultationState
from infitah.programme import operations, queries
from infitah.programme.forms.drafting import CorrectForm
from infitah.programme.forms.rounds import PutForm
from infitah.programme.models import Commitment, Cycle
from infitah.programme.operations.commitment import frozen_words
from infitah.programme.views.desk_commitments import RIGHT, draft_or_404, trail
from infitah.programme.views.moved import ADOPTED, moved_on

NO_ROUND = gettext_lazy("This consultation is no round of this cycle any more.")
NOT_OPEN = gettext_lazy(
    "This consultation is not open: a text is corrected while its round is open."
)


@desk_page(RIGHT)
def put(request: HttpRequest, slug: str, consultation: str) -> HttpResponse:
    """Choose the drafts of a cycle that a round asks about."""
    viewer = viewer_of(request)
    cycle = queries.cycle_of_drafts(viewer, slug)
    if cycle is None:
        raise Http404
    drafts, onward = queries.drafts_of(viewer, cycle, clock.today()), _drafts_page()
    form = PutForm(request.POST or None, rows=drafts.rows)
    if cycle.state != Cycle.State.PREPARING:
        return moved_on(request, ADOPTED, onward, form)
    asked = next((one for one in drafts.rounds if one.slug == consultation), None)
    if asked is None and form.is_bound:
        return moved_on(request, NO_ROUND, onward, form)
    if asked is None:
        raise Http404
    if carried_out(form, partial(_put, drafts.cycle, asked, form, viewer)):
        return redirect("programme_desk:commitments")
    context = {
        "form": form,
        "cycle": drafts.cycle,
        "consultation": asked,
        "is_open": asked.state(clock.now()) == ConsultationState.OPEN
        and has_texts(consultation=asked, viewer=viewer),
        "trail": trail(),
    }
    return render(request, "programme/desk/commitment_put.html", context, status=status_of(form))


def _drafts_page() -> str:
    return reverse("programme_desk:commitments")


def _put(cycle: Cycle, consultation: Consultation, form: PutForm, viewer: Viewer) -> None:
    operations.put_to_public(
        cycle=cycle,
        consultation=consultation,
        commitments=form.chosen(),
        waivers=form.waivers(),
        by=viewer.actor(),
        now=clock.now(),
    )


@desk_page(RIGHT)
def beside(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what was said of each paragraph beside the draft, to write on from it."""
    draft = draft_or_404(request, reference)
    return _beside_page(request, draft, CorrectForm())


def _beside_page(request: HttpRequest, draft: Commitment, form: CorrectForm) -> HttpResponse:
    viewer, now = viewer_of(request), clock.now()
    rounds = queries.rounds_beside(draft, viewer, now)
    context = {
        "commitment": draft,
        "rounds": rounds,
        "draft_words": queries.draft_words(draft),
        "form": form,
        "open_slug": next(
            (
                one.consultation.slug
                for one in rounds
                if one.consultation.state(now) == ConsultationState.OPEN
            ),
            "",
        ),
        "is_open": queries.may_be_written(draft),
        "trail": trail(draft),
    }
    return render(request, "programme/desk/commitment_round.html", context, status=status_of(form))


@desk_page(RIGHT)
def correct(request: HttpRequest, reference: str, consultation: str) -> HttpResponse:
    draft, viewer = draft_or_404(request, reference), viewer_of(request)
    asked = consultation_for(viewer=viewer, slug=consultation)
    if asked is None:
        raise Http404
    form = CorrectForm(request.POST or None)
    if carried_out(form, partial(_correct, draft, asked, form, viewer)):
        at = reverse("programme_desk:round", args=[reference])
        return redirect(f"{at}#{consultation}")
    is_open = asked.state(clock.now()) == ConsultationState.OPEN
    if form.is_bound and not (is_open and queries.may_be_written(draft)):
        at = reverse("programme_desk:round", args=[reference])
        return moved_on(request, frozen_words(draft) or NOT_OPEN, at, form)
    return _beside_page(request, draft, form)


def _correct(
    draft: Commitment, consultation: Consultation, form: CorrectForm, viewer: Viewer
) -> None:
    made = operations.correct_text(
        commitment=draft,
        consultation=consultation,
        reason=form.cleaned_data["reason"],
        by=viewer.actor(),
        now=clock.now(),
    )
    if made is None:
        raise operations.CommitmentRefused(
            _("The public reads these very words already: change the draft first."),
            field="reason",
        )
