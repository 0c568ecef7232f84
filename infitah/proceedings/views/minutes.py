"""The minutes at the desk: written, sent, approved at a later sitting, published."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.http import viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.proceedings import forms, operations, queries
from infitah.proceedings.models import Minutes, Session
from infitah.proceedings.views.meetings import back_to, found_session, keeper_page, trail_of


def _writing(
    session: Session, minutes: Minutes | None, data: Any = None
) -> django_forms.Form | None:
    if minutes is not None and minutes.state != Minutes.State.DRAFT:
        return None
    initial: dict[str, Any] = {"written_on": clock.today()}
    if minutes is not None:
        initial |= forms.MinutesForm.initial_of(text=minutes.text)
    return forms.MinutesForm(data, initial=initial)


def _next(session: Session, minutes: Minutes | None, data: Any = None) -> django_forms.Form | None:
    """Return the form of the step that written minutes wait for, None where none is left."""
    state = minutes.state if minutes is not None else ""
    if state == Minutes.State.DRAFT:
        return forms.SendForm(data, initial={"sent_on": clock.today()})
    if state == Minutes.State.SENT:
        return forms.ApproveForm(data, sittings=queries.approving_sittings(session))
    if state == Minutes.State.APPROVED:
        return forms.PublishForm(data, initial={"published_on": clock.today()})
    return None


def _page(request: HttpRequest, session: Session, minutes: Minutes | None, **sent: Any) -> Any:
    writing = sent.get("writing") or _writing(session, minutes)
    step = sent.get("step") or _next(session, minutes)
    context = {
        "session": session,
        "minutes": minutes,
        "paragraphs": queries.paragraphs(minutes.text) if minutes else [],
        "writing": writing,
        "step": step,
        "trail": trail_of(session),
    }
    status = status_of(*sent.values())
    return render(request, "proceedings/desk/minutes.html", context, status=status)


@keeper_page
def minutes(request: HttpRequest, reference: str) -> HttpResponse:
    session = found_session(request, reference)
    kept = Minutes.objects.filter(session=session).first()
    form = _writing(session, kept, request.POST or None)
    if not isinstance(form, forms.MinutesForm):
        return _page(request, session, kept)
    done = carried_out(
        form,
        lambda: operations.write_minutes(
            session=session,
            text=form.text_of("text"),
            written_on=form.cleaned_data["written_on"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back_to(request, session, _("The minutes are kept as a draft."))
    return _page(request, session, kept, writing=form)


Act = Callable[..., object]


def _stepped(request: HttpRequest, reference: str, kind: type, act: Act, words: str) -> Any:
    """Take the step whose form is `kind`, or show the page again with what was typed."""
    session = found_session(request, reference)
    kept = Minutes.objects.filter(session=session).first()
    form = _next(session, kept, request.POST)
    if form is None or not isinstance(form, kind):
        return _page(request, session, kept)  # somebody else took this step meanwhile
    step = {"session": session, "by": viewer_of(request).actor(), "now": clock.now()}
    if carried_out(form, lambda: act(form.cleaned_data, step)):
        return back_to(request, session, words)
    return _page(request, session, kept, step=form)


@keeper_page
@require_POST
def send(request: HttpRequest, reference: str) -> HttpResponse:
    def act(said: dict[str, Any], step: dict[str, Any]) -> None:
        operations.send_minutes(sent_on=said["sent_on"], **step)

    words = _("The minutes were sent to the members.")
    return _stepped(request, reference, forms.SendForm, act, words)


@keeper_page
@require_POST
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    def act(said: dict[str, Any], step: dict[str, Any]) -> None:
        at = said["at"]
        operations.approve_minutes(at=at, approved_on=at.held_on, **step)

    words = _("The minutes are approved: their text is bound by its hash.")
    return _stepped(request, reference, forms.ApproveForm, act, words)


@keeper_page
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    def act(said: dict[str, Any], step: dict[str, Any]) -> None:
        operations.publish_minutes(published_on=said["published_on"], **step)

    words = _("The minutes are published.")
    return _stepped(request, reference, forms.PublishForm, act, words)
