"""Desk pages of the law's wordings: what holds, its source and mark; a new one; confirming.

Who handles requests reads them; only who may edit rule sets changes or confirms one.
"""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from infitah.community.models import Community
from infitah.community.rules.shipped import source_words
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.information.forms.wordings import ConfirmForm, WordingForm
from infitah.information.operations import wordings as acts
from infitah.information.queries.wordings import EDIT, READS, doubts, versions_of, wordings
from infitah.information.rules.wordings import GROUPS, Wording

LABELS: Final[Mapping[str, str | Promise]] = {
    "grounds": gettext_lazy("Grounds of refusal"),
    "exceptions": gettext_lazy("Exceptions of article 7"),
    "limbs": gettext_lazy("Limbs of article 7"),
    "extensions": gettext_lazy("Grounds of extension"),
    "urgent": gettext_lazy("Cases of urgency"),
    "notices": gettext_lazy("Notices of the model form"),
    "reuse": gettext_lazy("Terms of reuse"),
    "remedies": gettext_lazy("Remedies, as letters quote them"),
    "duties": gettext_lazy("Duties and sanctions"),
}


def _community(request: HttpRequest) -> Community:
    return Community.objects.get(pk=request.community.pk)  # type: ignore[attr-defined]


@desk_page(*READS)
def law(request: HttpRequest) -> HttpResponse:
    held = wordings(_community(request), clock.today())
    is_open_only = request.GET.get("open") == "1"
    groups = [
        (
            name,
            LABELS[name],
            [held[one.key] for one in some if _is_shown(held[one.key], is_open_only)],
        )
        for name, some in GROUPS.items()
    ]
    context = {
        "groups": [group for group in groups if group[2]],
        "doubts": doubts(viewer_of(request), clock.today()),
        "is_open_only": is_open_only,
    }
    return render(request, "information/desk/law.html", context)


def _is_shown(one: Wording, is_open_only: bool) -> bool:
    return not is_open_only or not one.is_certain


def _held(request: HttpRequest, key: str) -> tuple[Community, Wording]:
    community = _community(request)
    found = wordings(community, clock.today()).get(key)
    if found is None:
        raise Http404
    return community, found


def _page(
    request: HttpRequest,
    community: Community,
    held: Wording,
    *,
    change: WordingForm | None = None,
    confirm: ConfirmForm | None = None,
) -> HttpResponse:
    start = {"article": held.article, "is_offered": held.is_offered}
    change = change or WordingForm(
        prefix="change", initial=start | WordingForm.initial_of(text=held.text)
    )
    confirm = confirm or ConfirmForm(prefix="confirm")
    context = {
        "wording": held,
        "source": source_words(held.source) if isinstance(held.source, str) else held.source,
        "may_edit": viewer_of(request).may(EDIT),
        "earlier": [one for one in versions_of(community, held.key) if one != held],
        "change": change,
        "confirm": confirm,
        "trail": [(_("Wordings of the law"), reverse("information_desk:law"))],
    }
    return render(
        request, "information/desk/wording.html", context, status=status_of(change, confirm)
    )


@desk_page(*READS)
def wording(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, *_held(request, key))


@desk_page(EDIT)
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    community, held = _held(request, key)
    form = WordingForm(request.POST, prefix="change")

    def act() -> object:
        asked = form.cleaned_data_of("article", "source", "is_offered")
        new = acts.NewWording(text=form.text_of("text"), **asked)
        by, now = viewer_of(request).actor(), clock.now()
        return acts.change_wording(community=community, key=key, new=new, by=by, now=now)

    if carried_out(form, act):
        messages.success(request, _("The wording holds from today on."))
        return redirect("information_desk:wording", key)
    return _page(request, community, held, change=form)


@desk_page(EDIT)
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    community, held = _held(request, key)
    form = ConfirmForm(request.POST, prefix="confirm")

    def act() -> object:
        by, now = viewer_of(request).actor(), clock.now()
        source = form.cleaned_data["source"]
        return acts.confirm_wording(community=community, key=key, source=source, by=by, now=now)

    if carried_out(form, act):
        messages.success(request, _("The wording is confirmed."))
        return redirect("information_desk:wording", key)
    return _page(request, community, held, confirm=form)
