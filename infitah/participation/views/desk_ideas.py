"""The officers' queue of ideas: read, hide under a rule, restore, decide late ones, type one in."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from infitah.community import operations as community
from infitah.community import queries as communities
from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.direction import in_page_language
from infitah.design.entry import carried_out
from infitah.design.parts import FilterGroup, Option
from infitah.participation import operations, queries
from infitah.participation.forms.desk import (
    HideForm,
    IdeaFilterForm,
    IdentityForm,
    NoteForm,
    ReasonForm,
)
from infitah.participation.models import Idea
from infitah.participation.rules import Act, acts_allowed


def _shelves(current: str, asked: dict[str, str]) -> FilterGroup:
    names = {
        "": _("All"),
        "waiting": _("To read first"),
        "late": _("Late, to decide"),
        "visible": _("Published"),
        "hidden": _("Hidden"),
        "refused": _("Late, not taken in"),
    }
    here = reverse("participation_desk:queue")
    options = [
        Option(label=name, url=_at(here, {**asked, "shelf": shelf}), current=shelf == current)
        for shelf, name in names.items()
    ]
    return FilterGroup(_("State"), options)


def _at(path: str, asked: dict[str, str]) -> str:
    """Return an address with what was asked for, empty values left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def _filter_form(request: HttpRequest) -> IdeaFilterForm:
    viewer = viewer_of(request)
    here = queries.all_consultations(viewer=viewer, now=clock.now())
    axes = communities.axes(request.community)  # type: ignore[attr-defined]
    return IdeaFilterForm(
        request.GET,
        consultations=[(card.slug, in_page_language(card.name)) for card in here],
        axes=[(axis.slug, in_page_language(axis.name)) for axis in axes],
    )


@desk_page("idea.read")
def ideas(request: HttpRequest) -> HttpResponse:
    form = _filter_form(request)
    asked = form.asked()
    page = queries.desk_ideas(
        viewer=viewer_of(request),
        wanted=queries.DeskFilter(
            shelf=request.GET.get("shelf", ""),
            consultation=asked.get("consultation", ""),
            axis=asked.get("axis", ""),
            words=asked.get("q", ""),
        ),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    kept = {**asked, "shelf": page.shelf}
    newer, older = page.ideas.newer, page.ideas.older
    context = {
        "page": page,
        "form": form,
        "is_filtered": any(kept.values()),
        "filters": [_shelves(page.shelf, asked)],
        "newer_url": _at("", {**kept, "after": newer}) if newer else "",
        "older_url": _at("", {**kept, "before": older}) if older else "",
        "states": dict(Idea.State.choices),
    }
    return render(request, "participation/desk/ideas.html", context)


def _idea(request: HttpRequest, reference: str) -> Idea:
    found = (
        queries.ideas_visible_to(viewer_of(request))
        .filter(reference=reference)
        .select_related("consultation", "axis", "commune", "attachment", "author", "community")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _forms(request: HttpRequest) -> dict[str, object]:
    community_ = request.community  # type: ignore[attr-defined]
    return {
        "hide": HideForm(community=community_, today=clock.today(), prefix="hide"),
        "refuse_late": ReasonForm(prefix="refuse_late"),
        "accept_late": NoteForm(prefix="accept_late"),
        "restore": NoteForm(prefix="restore"),
        "identity": IdentityForm(prefix="identity"),
    }


def _page(request: HttpRequest, idea: Idea, *, status: int = 200, **more: object) -> HttpResponse:
    viewer = viewer_of(request)
    rights = {Act.RESTORE: "idea.restore"}
    acts = [
        act.value for act in acts_allowed(idea.state) if viewer.may(rights.get(act, "idea.hide"))
    ]
    context = {
        "idea": idea,
        "acts": acts,
        "decisions": [
            (one, queries.office_name(one.office)) for one in idea.decisions.select_related("rule")
        ],
        "is_told": queries.author_is_told(idea),
        "may_answer": viewer.may("answer.give") and clock.now() >= idea.consultation.closes_at,
        "may_read_identity": viewer.may("identity.read") and idea.author_id is not None,
        "may_take_back": viewer.may("idea.enter") and idea.source == Idea.Source.DESK,
        "forms": {**_forms(request), **more.pop("forms", {})},  # type: ignore[dict-item]
        "trail": [(_("Ideas"), reverse("participation_desk:queue"))],
        **more,
    }
    return render(request, "participation/desk/idea.html", context, status=status)


@desk_page("idea.read")
def idea(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _idea(request, reference))


Decide = Callable[..., Idea]
DONE = {
    "hide": gettext_lazy("The idea is hidden: its text left every page and the search."),
    "restore": gettext_lazy("The idea is shown again."),
    "publish": gettext_lazy("The idea is published."),
    "accept_late": gettext_lazy("The idea is taken in."),
    "refuse_late": gettext_lazy("The idea is left out; it can still be read."),
}


def _decided(
    request: HttpRequest, reference: str, name: str, form: Form | None, decide: Decide
) -> HttpResponse:
    """Take one decision, or give the page back with what was typed and why not."""
    found, by, now = _idea(request, reference), viewer_of(request).actor(), clock.now()
    act = partial(decide, community_id=found.community_id, reference=reference, by=by, now=now)
    if form is None:
        try:
            act()
        except OperationRefused as refused:
            return _page(request, found, status=422, refusal=refused.message)
    elif not carried_out(form, lambda: act(**form.cleaned_data)):
        return _page(request, found, status=422, forms={name: form}, opened=name)
    messages.success(request, DONE[name])
    return redirect("participation_desk:idea", reference)


@desk_page("idea.hide")
@require_POST
def hide(request: HttpRequest, reference: str) -> HttpResponse:
    form = HideForm(
        request.POST,
        community=request.community,  # type: ignore[attr-defined]
        today=clock.today(),
        prefix="hide",
    )
    return _decided(request, reference, "hide", form, operations.hide_idea)


@desk_page("idea.restore")
@require_POST
def restore(request: HttpRequest, reference: str) -> HttpResponse:
    form = NoteForm(request.POST, prefix="restore")
    return _decided(request, reference, "restore", form, operations.restore_idea)


@desk_page("idea.hide")
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    return _decided(request, reference, "publish", None, operations.publish_idea)


@desk_page("idea.hide")
@require_POST
def accept_late(request: HttpRequest, reference: str) -> HttpResponse:
    form = NoteForm(request.POST, prefix="accept_late")
    return _decided(request, reference, "accept_late", form, operations.accept_late_idea)


@desk_page("idea.hide")
@require_POST
def refuse_late(request: HttpRequest, reference: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="refuse_late")
    return _decided(request, reference, "refuse_late", form, operations.refuse_late_idea)


@desk_page("identity.read")
@require_POST
def identity(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who gave an idea, by an act that is kept; nothing of it stays on any other page."""
    found = _idea(request, reference)
    form = IdentityForm(request.POST, prefix="identity")
    if found.author is None:
        raise Http404
    author = found.author
    done = carried_out(
        form,
        lambda: community.read_identity(
            participant=author,
            reason=form.cleaned_data["reason"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        name = done.record.name or operations.name_of_author(found)
        return _page(request, found, identity={"name": name, "address": done.record.address})
    return _page(request, found, status=422, forms={"identity": form}, opened="identity")
