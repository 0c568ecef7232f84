"""A sitting: its day, its agenda, its roll call, its next convocation, its votes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.kernel.localized import LANGUAGES, LocalizedText
from infitah.kernel.text import clean_line
from infitah.proceedings import forms, operations, queries, rules
from infitah.proceedings.models import AgendaItem, Sitting
from infitah.proceedings.views.meetings import (
    back_to,
    bound_page,
    form_page,
    found_session,
    keeper_page,
    trail_of,
)

QUESTION_MOST = 300


def found_sitting(request: HttpRequest, reference: str, number: int) -> Sitting:
    found = queries.sitting_kept(viewer_of(request), reference, number)
    if found is None:
        raise Http404
    return found


def step_of(request: HttpRequest) -> dict[str, Any]:
    return {"by": viewer_of(request).actor(), "now": clock.now()}


@keeper_page
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    session = found_session(request, reference)
    form = forms.SittingForm(request.POST or None)
    names = ("held_on", "starts_at", "call", "is_public")
    done = carried_out(
        form,
        lambda: operations.plan_sitting(
            session=session,
            place=form.text_of("place"),
            **form.cleaned_data_of(*names),
            **step_of(request),
        ),
    )
    if done:
        return back_to(
            request, session, _("The sitting is planned. Put the items of its agenda on it now.")
        )
    words = {"title": _("Plan a sitting"), "button": _("Plan this sitting")}
    return form_page(request, form, kind=session.title, trail=trail_of(session), **words)


@keeper_page
def change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    sitting = found_sitting(request, reference, number)
    title, why = _("Change the day, hour or place"), queries.why_sitting_bound(sitting)
    if why and request.method != "POST":  # what was typed meanwhile is not thrown away
        return bound_page(request, sitting.session, title, why)
    initial = forms.ChangeSittingForm.initial_of(place=sitting.place)
    stands = {"held_on": sitting.held_on, "starts_at": sitting.starts_at}
    form = forms.ChangeSittingForm(request.POST or None, initial={**initial, **stands})
    done = carried_out(
        form,
        lambda: operations.change_sitting(
            sitting=sitting,
            place=form.text_of("place"),
            reason=form.text_of("reason"),
            **form.cleaned_data_of("held_on", "starts_at"),
            **step_of(request),
        ),
    )
    session = sitting.session
    if done:
        return back_to(request, session, _("The sitting is changed; its page says why."))
    words = {"title": title, "button": _("Change this sitting")}
    return form_page(request, form, kind=session.title, trail=trail_of(session), **words)


@keeper_page
def cancel(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    sitting = found_sitting(request, reference, number)
    title, why = _("Cancel the sitting"), queries.why_sitting_bound(sitting)
    if why and request.method != "POST":  # what was typed meanwhile is not thrown away
        return bound_page(request, sitting.session, title, why)
    form = forms.CancelSittingForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.cancel_sitting(
            sitting=sitting, reason=form.text_of("reason"), **step_of(request)
        ),
    )
    session = sitting.session
    if done:
        return back_to(request, session, _("It is cancelled; its page says why."))
    words = {"title": title, "button": _("Cancel this sitting")}
    return form_page(request, form, kind=session.title, trail=trail_of(session), **words)


@keeper_page
def item(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    sitting = found_sitting(request, reference, number)
    why = queries.why_agenda_bound(sitting)
    if why and request.method != "POST":  # what was typed meanwhile is not thrown away
        return bound_page(request, sitting.session, _("Put an item on the agenda"), why)
    form = forms.ItemForm(request.POST or None, origins=queries.origins_of(sitting.session.body))
    done = carried_out(
        form,
        lambda: operations.add_agenda_item(
            sitting=sitting,
            title=form.text_of("title"),
            **form.cleaned_data_of("origin", "is_public"),
            **step_of(request),
        ),
    )
    if done:
        return back_to(request, sitting.session, _("The item stands on the agenda."))
    words = {"title": _("Put an item on the agenda"), "button": _("Put it on the agenda")}
    session = sitting.session
    return form_page(request, form, kind=session.title, trail=trail_of(session), **words)


@keeper_page
def again(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    sitting = found_sitting(request, reference, number)
    form = forms.AgainForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.call_again(
            sitting=sitting, held_on=form.cleaned_data["held_on"], **step_of(request)
        ),
    )
    if done:
        return back_to(request, sitting.session, _("The sitting is called again."))
    words = {"title": _("Call the sitting again"), "button": _("Call it again")}
    session = sitting.session
    return form_page(request, form, kind=session.title, trail=trail_of(session), **words)


@keeper_page
def roll(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    sitting = found_sitting(request, reference, number)
    seats = list(queries.in_office(sitting.session.body, sitting.held_on))
    if "fill" in request.POST:
        form = forms.RollForm.filled(request.POST, seats, rules.Presence.PRESENT)
    else:
        form = forms.RollForm(request.POST or None, seats=seats)
    done = carried_out(
        form,
        lambda: operations.hold_sitting(
            sitting=sitting, presences=form.presences(), **step_of(request)
        ),
    )
    if done:
        return back_to(request, sitting.session, _("The roll is called; the quorum is computed."))
    rule = queries.quorum_rule(sitting.session.community, sitting.held_on)
    context = {
        "sitting": sitting,
        "form": form,
        "seats": len(seats),
        "needed": rules.quorum_needed(len(seats), sitting.call, rule),
        "is_agenda_missing": sitting.session.is_of_council and not sitting.items.exists(),
        "trail": trail_of(sitting.session),
    }
    return render(request, "proceedings/desk/roll.html", context, status=status_of(form))


def _item(request: HttpRequest, reference: str, pk: int) -> AgendaItem:
    found = queries.item_kept(viewer_of(request), reference, pk)
    if found is None:
        raise Http404
    return found


def _question(request: HttpRequest, item: AgendaItem) -> LocalizedText:
    """Return the question that the page which led here proposes, else that of the item."""
    said = {code: clean_line(request.GET.get(f"question_{code}", "")) for code in LANGUAGES}
    asked = LocalizedText(**{code: words[:QUESTION_MOST] for code, words in said.items()})
    return asked if asked.ar else item.title


@keeper_page
def vote(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    item = _item(request, reference, pk)
    seats = [one.mandate for one in queries.present_at(item.sitting)]
    is_council = item.sitting.session.is_of_council
    initial = forms.NamedVoteForm.initial_of(question=_question(request, item))
    if "fill" in request.POST:
        form = forms.NamedVoteForm.filled(
            request.POST, seats, rules.Choice.FOR, is_council=is_council
        )
    else:
        form = forms.NamedVoteForm(
            request.POST or None, seats=seats, initial=initial, is_council=is_council
        )
    done = carried_out(
        form,
        lambda: operations.record_named_vote(
            item=item, choices=form.choices(), **question_of(form), **step_of(request)
        ),
    )
    if done:
        return back_to(request, item.sitting.session, _("The vote is recorded, with every name."))
    return vote_page(request, item, form, "named")


@keeper_page
def count(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    item = _item(request, reference, pk)
    initial = forms.CountedVoteForm.initial_of(question=_question(request, item))
    form = forms.CountedVoteForm(
        request.POST or None, initial=initial, is_council=item.sitting.session.is_of_council
    )
    done = carried_out(
        form,
        lambda: operations.record_counted_vote(
            item=item,
            method=rules.Method(form.cleaned_data["method"]),
            counts=form.counts(),
            **question_of(form),
            **step_of(request),
        ),
    )
    if done:
        return back_to(request, item.sitting.session, _("The vote is recorded, without any name."))
    return vote_page(request, item, form, "counted")


def question_of(form: Any) -> dict[str, Any]:
    return {
        "question": form.text_of("question"),
        "majority": rules.Majority(form.cleaned_data["majority"]),
        "casting_vote": form.casting(),
    }


def vote_page(
    request: HttpRequest, item: AgendaItem, form: Any, way: str, **more: object
) -> HttpResponse:
    context = {
        "item": item,
        "form": form,
        "way": way,
        "present": queries.present_at(item.sitting).count(),
        "needs": queries.before_meeting(item.sitting.session.body, viewer_of(request)),
        "trail": trail_of(item.sitting.session),
        **more,
    }
    return render(request, "proceedings/desk/vote.html", context, status=status_of(form))
