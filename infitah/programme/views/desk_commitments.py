"""Desk pages on drafts: begin one, write its parts, its milestones and indicators, its ideas."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.core.viewer import Actor, Viewer
from infitah.design.entry import carried_out, status_of
from infitah.participation.models import Idea
from infitah.participation.queries import ideas_visible_to
from infitah.programme import forms, operations, queries
from infitah.programme.forms.commitment import PARTS, PartForm
from infitah.programme.forms.drafting import LinkForm, StartForm, WaiverForm
from infitah.programme.forms.tables import IndicatorsForm, MilestonesForm, TableForm
from infitah.programme.models import Commitment, Cycle
from infitah.programme.operations import CommitmentRefused
from infitah.programme.operations.commitment import frozen_words
from infitah.programme.queries.kept_ideas import kept_ideas
from infitah.programme.queries.lint import MISSING
from infitah.programme.rules.linter import WHOLE, Lack
from infitah.programme.views.moved import ADOPTED, moved_on, refused

RIGHT = "commitment.edit"
Written = TypeVar("Written", PartForm, TableForm)
WRITTEN = tuple(name for name in PARTS if name != "origin")
"""The parts of a draft in the order in which one is written after the other."""


def trail(commitment: Commitment | None = None) -> list[tuple[object, str]]:
    """Return where a desk page on a draft stands."""
    steps: list[tuple[object, str]] = [(_("Drafts"), reverse("programme_desk:commitments"))]
    if commitment is not None:
        at = reverse("programme_desk:commitment", args=[commitment.reference])
        steps.append((commitment.title, at))
    return steps


def draft_or_404(request: HttpRequest, reference: str) -> Commitment:
    """Return the commitment at this address for who may write it."""
    found = queries.draft_for_desk(viewer_of(request), reference)
    if found is None:
        raise Http404
    return found


@desk_page(RIGHT)
def commitments(request: HttpRequest) -> HttpResponse:
    viewer, today = viewer_of(request), clock.today()
    cycles = queries.cycles_in_preparation(viewer)
    context = {"cycles": [queries.drafts_of(viewer, one, today) for one in cycles]}
    return render(request, "programme/desk/commitments.html", context)


@desk_page(RIGHT)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    cycle = queries.cycle_of_drafts(viewer, slug)
    if cycle is None:
        raise Http404
    themes = queries.themes_to_draft(viewer, cycle)
    initial = {"theme": request.GET.get("theme"), "ideas": request.GET.get("ideas", "")[:600]}
    kept = kept_ideas(viewer, cycle, request.GET.get("axis", ""))
    chosen_axis = next((one.pk for one in kept.axes if one.slug == kept.axis), None)
    form = StartForm(
        request.POST or None,
        initial=initial | {"axis": chosen_axis},
        choices=queries.choices_of(cycle),
        themes=themes,
        kept=kept,
    )
    if cycle.state != Cycle.State.PREPARING:
        return moved_on(request, ADOPTED, reverse("programme_desk:commitments"), form)
    done = carried_out(form, lambda: _started(form, cycle, viewer))
    if done:
        return redirect("programme_desk:part", done.record.reference, "what")
    context = {"form": form, "cycle": cycle, "themes": themes, "kept": kept, "trail": trail()}
    return render(request, "programme/desk/commitment_start.html", context, status=status_of(form))


def _started(form: StartForm, cycle: Cycle, viewer: Viewer) -> Commitment:
    values, by, now = form.cleaned_data, viewer.actor(), clock.now()
    if values.get("theme"):
        return operations.start_from_theme(
            cycle=cycle, theme=values["theme"], axis=values["axis"], by=by, now=now
        )
    return operations.start_draft(
        cycle=cycle,
        title=form.text_of("title"),
        axis=values["axis"],
        ideas=_chosen(form, viewer),
        reason=form.text_of("reason"),
        by=by,
        now=now,
    )


def _chosen(form: StartForm, viewer: Viewer) -> list[Idea]:
    """Return the ideas that were ticked and those whose numbers were typed, each once."""
    ticked = list(form.cleaned_data.get("chosen") or [])
    return list(dict.fromkeys([*ticked, *_by_number(form.numbers(), viewer)]))


def _by_number(numbers: list[str], viewer: Viewer) -> list[Idea]:
    """Return the shown ideas of these numbers. Raises CommitmentRefused naming all unknown ones."""
    shown = ideas_visible_to(viewer).filter(reference__in=numbers, state=Idea.State.VISIBLE)
    found = {one.reference: one for one in shown}
    unknown = [number for number in dict.fromkeys(numbers) if number not in found]
    if unknown:
        words = ngettext(
            "No idea that is shown has the number %(numbers)s.",
            "No idea that is shown has one of these numbers: %(numbers)s.",
            len(unknown),
        )
        listed = _(", ").join(unknown)
        raise CommitmentRefused(words % {"numbers": listed}, field="ideas")
    return [found[number] for number in dict.fromkeys(numbers)]


@desk_page(RIGHT)
def commitment(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a draft with what it lacks now; POST publishes the check, which refuses nothing."""
    draft = draft_or_404(request, reference)
    form = WaiverForm(request.POST or None)
    if form.is_bound and not queries.may_be_written(draft):
        at = reverse("programme_desk:commitment", args=[reference])
        return moved_on(request, frozen_words(draft), at, form)
    if carried_out(form, partial(_check, draft, form, viewer_of(request))):
        messages.success(request, _("The draft is public with its check."))
        if queries.needs_of(draft):
            messages.warning(
                request, _("The committee cannot validate it yet: what it needs stands below.")
            )
        return redirect("programme_desk:commitment", reference)
    quality = queries.quality_of_draft(draft, clock.today())
    context = {
        "commitment": draft,
        "quality": quality,
        "needs": queries.needs_of(draft),
        "form": form,
        "is_open": queries.may_be_written(draft),
        "parts": [(name, kind.title) for name, kind in PARTS.items() if name != "origin"],
        "weight": sum(one.weight for one in draft.milestones.all()),
        "rounds": queries.rounds_beside(draft, viewer_of(request), clock.now()),
        "trail": trail(),
    }
    return render(request, "programme/desk/commitment.html", context, status=status_of(form))


def _check(draft: Commitment, form: WaiverForm, viewer: Viewer) -> None:
    operations.record_check(
        commitment=draft, waiver=form.text_of("waiver"), by=viewer.actor(), now=clock.now()
    )


@desk_page(RIGHT)
def part(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    draft = draft_or_404(request, reference)
    if name not in PARTS:
        raise Http404
    form = _form_or_page(request, draft, PARTS[name])
    if isinstance(form, HttpResponse):
        return form
    by = viewer_of(request).actor()
    save = partial(_save_part, draft, form, by)
    if carried_out(form, save):
        messages.success(request, _("It is saved."))
        return redirect(_following(reference, name))
    more = {"name": name, "heading": form.title, "step": _place(name), "steps": len(WRITTEN)}
    return _written_page(request, draft, form, "commitment_edit", **more)


def _form_or_page(
    request: HttpRequest, draft: Commitment, kind: Callable[..., Written]
) -> Written | HttpResponse:
    """Return the form; the page of a text that is frozen instead, to who wants to begin to write.

    Who was writing gets the form back with the sentence, everything typed in it.
    """
    form = kind(request.POST or None, commitment=draft, choices=queries.choices_of(draft.cycle))
    frozen = frozen_words(draft)
    if not frozen:
        return form
    if not form.is_bound:
        return moved_on(
            request, frozen, reverse("programme_desk:commitment", args=[draft.reference])
        )
    refused(form, frozen)
    return form


def _save_part(draft: Commitment, form: PartForm, by: Actor) -> None:
    operations.edit_draft(
        commitment=draft, part=form.part(), seen_at=form.seen(), by=by, now=clock.now()
    )


def _following(reference: str, name: str) -> str:
    """Return the page of the next part, the overview after the last one and after the reason."""
    after = WRITTEN[_place(name) :] if name in WRITTEN else ()
    if not after:
        return reverse("programme_desk:commitment", args=[reference])
    return reverse("programme_desk:part", args=[reference, after[0]])


def _place(name: str) -> int:
    """Return which part in the order of writing this is, from 1; 0 for the one apart."""
    return WRITTEN.index(name) + 1 if name in WRITTEN else 0


def _written_page(
    request: HttpRequest,
    draft: Commitment,
    form: PartForm | TableForm,
    template: str,
    **more: object,
) -> HttpResponse:
    """Show a form again; where somebody was quicker, with what the draft says now beside it."""
    context = {
        "commitment": draft,
        "form": form,
        "now_says": _now_says(form, draft),
        "trail": trail(draft),
        **more,
    }
    return render(request, f"programme/desk/{template}.html", context, status=status_of(form))


def _now_says(form: PartForm | TableForm, draft: Commitment) -> PartForm | TableForm | None:
    """Return the form as the draft stands now, if somebody changed it after the page was opened.

    What was typed stays in the other one, which may now be sent again.
    """
    if not form.is_bound or form.seen() == draft.changed_at:
        return None
    form.renew()
    return type(form)(commitment=draft, choices=form.choices)


@desk_page(RIGHT)
def milestones(request: HttpRequest, reference: str) -> HttpResponse:
    return _table(request, reference, MilestonesForm, operations.set_milestones, "milestones")


@desk_page(RIGHT)
def indicators(request: HttpRequest, reference: str) -> HttpResponse:
    return _table(request, reference, IndicatorsForm, operations.set_indicators, "indicators")


def _table(
    request: HttpRequest,
    reference: str,
    kind: type[TableForm],
    act: Callable[..., object],
    name: str,
) -> HttpResponse:
    draft = draft_or_404(request, reference)
    form = _form_or_page(request, draft, kind)
    if isinstance(form, HttpResponse):
        return form
    done = carried_out(
        form,
        lambda: act(
            commitment=draft,
            rows=form.rows(),  # type: ignore[attr-defined]
            seen_at=form.seen(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        _tell_saved(request, draft, name)
        return redirect("programme_desk:commitment", reference)
    return _written_page(request, draft, form, f"commitment_{name}")


def _tell_saved(request: HttpRequest, draft: Commitment, name: str) -> None:
    """Say at once that saved milestones do not sum to 100: the draft is kept as it is."""
    weights = draft.milestones.values_list("weight", flat=True) if name == "milestones" else ()
    total = sum(weights)
    if weights and total != WHOLE:
        words = _(
            "The milestones are saved, but their weights sum to %(n)s, not to 100: mend them."
        )
        messages.warning(request, words % {"n": total})
    else:
        messages.success(request, _("It is saved."))
    spans = draft.milestones.values_list("announced_start", "announced_end")
    if any(first < draft.starts_on or last > draft.ends_on for first, last in spans):
        messages.warning(request, str(MISSING[Lack.MILESTONE_OUTSIDE]))


@desk_page(RIGHT)
def ideas(request: HttpRequest, reference: str) -> HttpResponse:
    return _ideas_page(request, draft_or_404(request, reference))


def _ideas_page(request: HttpRequest, draft: Commitment, refusal: str = "") -> HttpResponse:
    viewer = viewer_of(request)
    links = queries.linked_ideas(draft, viewer)
    words = request.GET.get("q", "")[:200]
    known = [link.idea_id for link in links]
    context = {
        "commitment": draft,
        "links": links,
        "words": words,
        "found": queries.ideas_to_link(viewer=viewer, words=words, now=clock.now(), without=known),
        "is_open": queries.may_be_written(draft),
        "refusal": refusal,
        "trail": trail(draft),
    }
    status = 422 if refusal else 200
    return render(request, "programme/desk/commitment_ideas.html", context, status=status)


@desk_page(RIGHT)
@require_POST
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Link an idea, change its weight or take it away; the page of ideas says why not."""
    draft, form = draft_or_404(request, reference), LinkForm(request.POST)
    found = (
        form.is_valid()
        and ideas_visible_to(viewer_of(request)).filter(reference=form.cleaned_data["idea"]).first()
    )
    if not found:
        return _ideas_page(request, draft, _("No idea that is shown has this number."))
    try:
        _linked(draft, found, form.cleaned_data, viewer_of(request))
    except OperationRefused as refused:
        return _ideas_page(request, draft, refused.message)
    return redirect("programme_desk:ideas", reference)


def _linked(draft: Commitment, idea: Idea, said: dict[str, str], viewer: Viewer) -> None:
    weight, by, now = said["weight"] or "main", viewer.actor(), clock.now()
    if said["act"] == "unlink":
        operations.unlink_idea(commitment=draft, idea=idea, by=by, now=now)
    elif said["act"] == "weigh":
        operations.weigh_idea(commitment=draft, idea=idea, weight=weight, by=by, now=now)
    else:
        operations.link_idea(
            commitment=draft, idea=idea, weight=weight, on=clock.today(), by=by, now=now
        )


@desk_page(RIGHT)
def owner(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep, sealed, where the monthly question goes once the programme runs."""
    draft = draft_or_404(request, reference)
    initial = {
        "address": queries.owner_address(draft),
        "language": draft.owner_language,
    }
    form = forms.OwnerForm(request.POST or None, initial=initial)
    if carried_out(form, partial(_set_owner, draft, form, viewer_of(request))):
        messages.success(request, _("It is saved."))
        return redirect("programme_desk:commitment", reference)
    context = {"commitment": draft, "form": form, "trail": trail(draft)}
    return render(request, "programme/desk/commitment_owner.html", context, status=status_of(form))


def _set_owner(draft: Commitment, form: forms.OwnerForm, viewer: Viewer) -> None:
    operations.set_owner(
        commitment=draft,
        address=form.cleaned_data["address"],
        language=form.cleaned_data["language"],
        by=viewer.actor(),
        now=clock.now(),
    )
