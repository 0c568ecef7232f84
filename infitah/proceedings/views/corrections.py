"""Records put right at the desk: a vote, a roll call, the day of a convocation."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core.http import viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.proceedings import forms, operations, queries, rules
from infitah.proceedings.models import VoteEvent
from infitah.proceedings.views.meetings import (
    back_to,
    bound_page,
    form_page,
    found_session,
    keeper_page,
    trail_of,
)
from infitah.proceedings.views.sittings import (
    found_sitting,
    question_of,
    step_of,
    vote_page,
)

NAMED, COUNTED = "named", "counted"


def _vote(request: HttpRequest, reference: str, pk: int) -> VoteEvent:
    found = queries.vote_kept(viewer_of(request), reference, pk)
    if found is None:
        raise Http404
    return found


def _kept_page(request: HttpRequest, vote: VoteEvent, why: str) -> HttpResponse:
    session = vote.item.sitting.session
    context = {"vote": vote, "why": why, "session": session, "trail": trail_of(session)}
    return render(request, "proceedings/desk/vote_bound.html", context)


@keeper_page
def vote(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    record = _vote(request, reference, pk)
    why = queries.why_bound(record)
    if why:
        return _kept_page(request, record, why)
    own = NAMED if record.method == VoteEvent.Method.NAMED else COUNTED
    way = request.GET.get("way", own)
    form = _named(request, record) if way == NAMED else _counted(request, record)
    done = carried_out(
        form,
        lambda: operations.correct_vote(
            vote=record,
            reason=form.text_of("reason"),
            anew=lambda: _anew(record, form, step_of(request)),
            **step_of(request),
        ),
    )
    session = record.item.sitting.session
    if done:
        return back_to(request, session, _("The record is corrected; the first one stays, struck."))
    more = {
        "record": record,
        "other": f"?way={COUNTED if way == NAMED else NAMED}",
        "strike": reverse("proceedings_desk:strike", args=[reference, pk]),
    }
    return vote_page(request, record.item, form, way, **more)


def _said(record: VoteEvent) -> dict[str, Any]:
    return {"majority": record.majority, "casting_vote": record.casting_vote}


def _named(request: HttpRequest, record: VoteEvent) -> Any:
    kind = forms.NamedCorrectionForm
    seats = [one.mandate for one in queries.present_at(record.item.sitting)]
    is_council = record.item.sitting.session.is_of_council
    if "fill" in request.POST:
        return kind.filled(request.POST, seats, rules.Choice.FOR, is_council=is_council)
    named = dict(record.named.values_list("mandate_id", "choice"))
    told = {seat.pk: named.get(seat.pk, forms.NO_PART) for seat in seats} if named else {}
    initial = kind.initial_of(question=record.question) | kind.initial_of_seats(told)
    return kind(
        request.POST or None,
        seats=seats,
        initial=initial | _said(record),
        is_council=is_council,
    )


def _counted(request: HttpRequest, record: VoteEvent) -> Any:
    kind = forms.CountedCorrectionForm
    names = ("method", "in_favour", "against", "abstained")
    initial = kind.initial_of(question=record.question) | _said(record)
    initial |= {name: getattr(record, name) for name in names}
    is_council = record.item.sitting.session.is_of_council
    return kind(request.POST or None, initial=initial, is_council=is_council)


def _anew(record: VoteEvent, form: Any, step: dict[str, Any]) -> VoteEvent:
    said = {"item": record.item, **question_of(form), **step}
    if form.method_said() == rules.Method.NAMED:
        return operations.record_named_vote(choices=form.choices(), **said)
    return operations.record_counted_vote(method=form.method_said(), counts=form.counts(), **said)


@keeper_page
def strike(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    record = _vote(request, reference, pk)
    why = queries.why_bound(record)
    if why:
        return _kept_page(request, record, why)
    form = forms.StrikeForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.strike_vote(
            vote=record, reason=form.text_of("reason"), **step_of(request)
        ),
    )
    session = record.item.sitting.session
    if done:
        return back_to(request, session, _("The record is struck; its page says why."))
    words = {"title": _("Strike the record of a vote"), "button": _("Strike this record")}
    hint = _(
        "Only if no such vote was taken. It then counts nowhere and stays on its page, struck."
    )
    return form_page(
        request, form, kind=record.question, trail=trail_of(session), hint=hint, **words
    )


@keeper_page
def roll(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    sitting = found_sitting(request, reference, number)
    rows = list(sitting.attendances.select_related("mandate__person"))
    initial = forms.RollCorrectionForm.initial_of_seats(
        {row.mandate_id: row.presence for row in rows}
    )
    seats = [row.mandate for row in rows]
    form = forms.RollCorrectionForm(request.POST or None, seats=seats, initial=initial)
    done = carried_out(
        form,
        lambda: operations.correct_roll(
            sitting=sitting,
            presences=form.presences(),
            reason=form.text_of("reason"),
            **step_of(request),
        ),
    )
    if done:
        return back_to(request, sitting.session, _("The roll call is put right."))
    context = {
        "sitting": sitting,
        "form": form,
        "why": queries.why_roll_bound(sitting),
        "trail": trail_of(sitting.session),
    }
    return render(request, "proceedings/desk/roll_correct.html", context, status=status_of(form))


@keeper_page
def convocation(request: HttpRequest, reference: str) -> HttpResponse:
    session = found_session(request, reference)
    form = forms.ConvocationForm(request.POST or None, initial={"convened_on": session.convened_on})
    done = carried_out(
        form,
        lambda: operations.correct_convocation(
            session=session,
            convened_on=form.cleaned_data["convened_on"],
            reason=form.text_of("reason"),
            **step_of(request),
        ),
    )
    if done:
        return back_to(request, session, _("The day of the convocation is put right."))
    words = {"title": _("Correct the day of the convocation"), "button": _("Record this day")}
    hint = _("Only before the first roll call. The day that stood stays in the register.")
    return form_page(request, form, kind=session.title, trail=trail_of(session), hint=hint, **words)


@keeper_page
def item(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    found = queries.item_kept(viewer_of(request), reference, pk)
    if found is None:
        raise Http404
    session, why = found.sitting.session, queries.why_item_bound(found)
    title = _("Correct this item of the agenda")
    if why and request.method != "POST":  # what was typed meanwhile is not thrown away
        return bound_page(request, session, title, why)
    form = forms.CorrectItemForm(
        request.POST or None,
        origins=queries.origins_of(session.body),
        initial={
            **forms.CorrectItemForm.initial_of(title=found.title),
            "origin": found.origin,
            "is_public": found.is_public,
        },
    )
    done = carried_out(
        form,
        lambda: operations.correct_agenda_item(
            item=found,
            title=form.text_of("title"),
            reason=form.text_of("reason"),
            **form.cleaned_data_of("origin", "is_public"),
            **step_of(request),
        ),
    )
    if done:
        return back_to(request, session, _("The item is put right."))
    words = {"title": title, "button": _("Put it right")}
    return form_page(request, form, kind=session.title, trail=trail_of(session), **words)
