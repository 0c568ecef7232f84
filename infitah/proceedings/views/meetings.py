"""Which meetings an officer keeps; a session from its convocation to its closing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.community.models import Body
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.proceedings import forms, operations, queries
from infitah.proceedings.models import Session
from infitah.proceedings.rules import KEEPS_ALL, KEEPS_COMMITTEE

NO_INVITATION = gettext_lazy(
    "The platform invites nobody: call the members as the law and the rules of the body say, then "
    "record the convocation here. The place, the day, the hour and the agenda come next."
)
OVER = gettext_lazy("This session is over: nothing can be added to it.")
keeper_page = desk_page(KEEPS_ALL, KEEPS_COMMITTEE)


def trail_of(session: Session | None = None) -> list[tuple[object, str]]:
    trail: list[tuple[object, str]] = [(_("Meetings"), reverse("proceedings_desk:index"))]
    if session is not None:
        address = reverse("proceedings_desk:session", args=[session.reference])
        trail.append((session.title, address))
    return trail


def found_session(request: HttpRequest, reference: str) -> Session:
    session = queries.session_kept(viewer_of(request), reference)
    if session is None:
        raise Http404
    return session


def back_to(request: HttpRequest, session: Session, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("proceedings_desk:session", session.reference)


def form_page(request: HttpRequest, form: object, **words: object) -> HttpResponse:
    context = {"form": form, **words}
    status = status_of(form)  # type: ignore[arg-type]
    return render(request, "proceedings/desk/form.html", context, status=status)


def bound_page(
    request: HttpRequest, session: Session, title: str, why: str | Promise
) -> HttpResponse:
    """Say why an act on a session cannot be done any more, where its form would stand."""
    context = {"title": title, "why": why, "session": session, "trail": trail_of(session)}
    return render(request, "proceedings/desk/sitting_bound.html", context)


@keeper_page
def index(request: HttpRequest) -> HttpResponse:
    viewer, before = viewer_of(request), request.GET.get("before", "")
    sessions, older = queries.page_of_sessions_kept(viewer, before=before)
    here = reverse("proceedings_desk:index")
    context = {
        "bodies": queries.bodies_kept(viewer),
        "sessions": sessions,
        "older": f"{here}?before={older}" if older else "",
        "newest": here if before else "",
    }
    return render(request, "proceedings/desk/meetings.html", context)


@keeper_page
def convene(request: HttpRequest, slug: str) -> HttpResponse:
    body = _body(request, slug)
    form = forms.ConveneForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.convene_session(
            body=body,
            title=form.text_of("title"),
            by=viewer_of(request).actor(),
            now=clock.now(),
            **form.cleaned_data_of("convened_on", "convened_by"),
        ),
    )
    if done:
        messages.success(request, _("The convocation is recorded. Plan the sitting now."))
        return redirect("proceedings_desk:plan", done.record.reference)
    words = {"title": _("Record a convocation"), "button": _("Record the convocation")}
    needs = queries.before_meeting(body, viewer_of(request))
    shown = {"kind": body.name, "trail": trail_of(), "hint": NO_INVITATION, "needs": needs}
    return form_page(request, form, **shown, **words)


def _body(request: HttpRequest, slug: str) -> Body:
    kept = (one.body for one in queries.bodies_kept(viewer_of(request)))
    own = reverse("proceedings_desk:convene", args=[slug])
    for body in kept:
        if body.slug == slug and queries.convening_url(body) == own:
            return body
    raise Http404


@keeper_page
def session(request: HttpRequest, reference: str) -> HttpResponse:
    page = queries.desk_session(viewer_of(request), reference, clock.today())
    if page is None:
        raise Http404
    context = {"page": page, "trail": trail_of()}
    return render(request, "proceedings/desk/session.html", context)


@keeper_page
def close(request: HttpRequest, reference: str) -> HttpResponse:
    held = found_session(request, reference)
    if held.is_of_council:
        words = {"title": _("Close the session"), "button": _("Close this session")}
    else:
        words = {"title": _("Close the meeting"), "button": _("Close this meeting")}
    if not held.is_running and request.method != "POST":
        return bound_page(request, held, words["title"], OVER)
    form = forms.CloseForm(request.POST or None, initial={"closed_on": clock.today()})
    done = carried_out(
        form,
        lambda: operations.close_session(
            session=held,
            closed_on=form.cleaned_data["closed_on"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back_to(request, held, _("It is closed."))
    return form_page(request, form, kind=held.title, trail=trail_of(held), **words)


@keeper_page
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    held = found_session(request, reference)
    if held.is_of_council:
        words = {"title": _("Cancel the session"), "button": _("Cancel this session")}
    else:
        words = {"title": _("Cancel the meeting"), "button": _("Cancel this meeting")}
    if not held.is_running and request.method != "POST":
        return bound_page(request, held, words["title"], OVER)
    form = forms.CancelForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.cancel_session(
            session=held,
            reason=form.text_of("reason"),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back_to(request, held, _("It is cancelled; its page says why."))
    hint = _("Only before its first sitting was held. Its page stays, with the reason.")
    return form_page(request, form, kind=held.title, trail=trail_of(held), hint=hint, **words)
