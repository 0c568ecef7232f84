"""Mails that came in: those to sort, one mail, and what is done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.core.viewer import Viewer
from infitah.design.entry import Label, carried_out
from infitah.design.parts import FilterGroup, Option
from infitah.information.forms import desk_mail as typed
from infitah.information.forms.desk_acts import UnveilForm
from infitah.information.models import IncomingMail
from infitah.information.operations import mail_sorting as sorting
from infitah.information.operations.identities import read_requester
from infitah.information.queries import desk_mail as queries
from infitah.information.queries.desk_mail import OpenedMail
from infitah.information.queries.mail_words import NOTES, SHELF_NAMES

State = IncomingMail.State


@dataclass(frozen=True, slots=True)
class MailAct:
    """One act on a mail: who may do it, when it is open, its form, its operation."""

    name: str
    right: str
    title: Label
    button: Label
    done: Label
    is_open: Callable[[OpenedMail], bool]
    carry: Callable[..., object]
    form: type[forms.Form] = typed.NothingForm
    initial: Callable[[OpenedMail], dict[str, Any]] = lambda _found: {}
    is_grave: bool = False

    def is_for(self, found: OpenedMail, viewer: Viewer) -> bool:
        """Return whether the viewer may do this to the mail now."""
        return viewer.may(self.right) and found.mail.erased_at is None and self.is_open(found)


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """An act as the page offers it."""

    act: MailAct
    form: forms.Form
    url: str
    is_opened: bool = False


def _is_free(found: OpenedMail) -> bool:
    return found.mail.state != State.ENTERED and not found.mail.is_clarification


ACTS: tuple[MailAct, ...] = (
    MailAct(
        "said",
        "information.answer",
        gettext_lazy("Keep it as what the requester said"),
        gettext_lazy("Keep what was said"),
        gettext_lazy("What the requester said is kept."),
        lambda found: found.may_clarify,
        sorting.keep_as_clarification,
        typed.SaidByMailForm,
        lambda found: {"words": found.own_words},
    ),
    MailAct(
        "attach",
        "information.read",
        gettext_lazy("Put it with a request"),
        gettext_lazy("Put it with this request"),
        gettext_lazy("The mail stands with its request."),
        lambda found: _is_free(found) and found.mail.state != State.MATCHED,
        sorting.attach_mail,
        typed.AttachForm,
        lambda found: {"reference": found.reference},
    ),
    MailAct(
        "write-again",
        "information.answer",
        gettext_lazy("Write to this address again"),
        gettext_lazy("Write to this address again"),
        gettext_lazy("The requester is written to by e-mail again."),
        lambda found: found.came_back,
        sorting.write_again,
    ),
    MailAct(
        "back",
        "information.enter",
        gettext_lazy("Put it back among those to sort"),
        gettext_lazy("Put it back"),
        gettext_lazy("The mail waits to be sorted again."),
        lambda found: _is_free(found) and found.mail.state != State.TO_SORT,
        sorting.put_mail_back,
    ),
    MailAct(
        "aside",
        "information.enter",
        gettext_lazy("Set it aside"),
        gettext_lazy("Set aside"),
        gettext_lazy("The mail is set aside."),
        lambda found: _is_free(found) and found.mail.state != State.SET_ASIDE,
        sorting.set_mail_aside,
        typed.SetAsideForm,
        is_grave=True,
    ),
)
BY_NAME = {act.name: act for act in ACTS}


def _shelves(viewer: Viewer, current: str) -> list[FilterGroup]:
    names = SHELF_NAMES if viewer.may("information.read") else {"": SHELF_NAMES[""]}
    options = [
        Option(str(words), f"?shelf={name}" if name else "?", current=name == current)
        for name, words in names.items()
    ]
    return [FilterGroup(_("State"), options)]


@desk_page("information.enter", "information.read")
def mails(request: HttpRequest) -> HttpResponse:
    """A shelf of mails: those to sort first."""
    viewer, after = viewer_of(request), request.GET.get("after", "")
    page = queries.shelf_page(viewer=viewer, shelf=request.GET.get("shelf", ""), after=after)
    start = f"?shelf={page.shelf}" if page.shelf else "?"
    context = {
        "page": page,
        "filters": _shelves(viewer, page.shelf),
        "first_url": start if after else "",
        "next_url": f"{start}&after={page.after}" if page.after else "",
        "is_read_here": queries.is_read_here(),
        "silent_since": queries.silent_since(),
        "may_read": viewer.may("information.read"),
    }
    return render(request, "information/desk/mails.html", context)


def _find(request: HttpRequest, pk: int) -> OpenedMail:
    found = queries.opened_mail(viewer=viewer_of(request), pk=pk)
    if found is None:
        raise Http404
    return found


def _offered(
    found: OpenedMail, viewer: Viewer, filled: Mapping[str, forms.Form], opened: str
) -> list[OfferedAct]:
    acts = [one for one in ACTS if one.is_for(found, viewer) or one.name in filled]
    return [
        OfferedAct(
            one,
            filled.get(one.name) or one.form(prefix=one.name, initial=one.initial(found)),
            reverse("information_desk:mail-act", args=[found.mail.pk, one.name]),
            one.name == opened,
        )
        for one in acts
    ]


def _page(
    request: HttpRequest,
    found: OpenedMail,
    *,
    filled: Mapping[str, forms.Form] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    viewer, filled = viewer_of(request), filled or {}
    acts = _offered(found, viewer, filled, next(iter(filled), ""))
    context = {
        "found": found,
        "mail": found.mail,
        "notes": [NOTES[note] for note in found.mail.notes if note in NOTES],
        "acts": acts,
        "is_of_case": found.mail.state in {State.MATCHED, State.ENTERED},
        "may_enter": viewer.may("information.enter")
        and _is_free(found)
        and found.mail.erased_at is None
        and found.mail.state != State.MATCHED,
        "may_read": viewer.may("information.read"),
        "may_unveil": viewer.may("identity.read"),
        "unveil": UnveilForm(prefix="unveil"),
        "trail": [
            (_("Access to information"), reverse("information_desk:queue")),
            (_("Mails"), reverse("information_desk:mails")),
        ],
        **more,
    }
    return render(request, "information/desk/mail.html", context, status=status)


@desk_page("information.enter", "information.read")
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as plain text, with its files and what can be done with it."""
    return _page(request, _find(request, pk))


@desk_page("information.enter", "information.read")
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Carry out one act on a mail."""
    found, viewer, wanted = _find(request, pk), viewer_of(request), BY_NAME.get(name)
    if wanted is None or not viewer.may(wanted.right):
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    form = wanted.form(request.POST, prefix=name)
    done = carried_out(
        form,
        lambda: wanted.carry(
            community=request.community,  # type: ignore[attr-defined]
            pk=pk,
            by=viewer.actor(),
            now=clock.now(),
            **form.cleaned_data,
        ),
    )
    if not done:
        return _page(request, found, filled={name: form}, status=422)
    messages.success(request, str(wanted.done))
    if name in {"aside", "back"} or not viewer.may("information.read"):
        return redirect("information_desk:mails")
    return redirect("information_desk:mail", pk)


@desk_page("identity.read")
@require_POST
def sender(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who wrote a mail of a case, once; that it was read is kept with its reason."""
    found, viewer = _find(request, pk), viewer_of(request)
    if not found.reference or found.mail.state not in {State.MATCHED, State.ENTERED}:
        raise Http404
    form = UnveilForm(request.POST, prefix="unveil")
    done = carried_out(
        form,
        lambda: read_requester(
            community=request.community,  # type: ignore[attr-defined]
            reference=found.reference,
            by=viewer.actor(),
            now=clock.now(),
            **form.cleaned_data,
        ),
    )
    return (
        _page(request, found, is_unveiled=True)
        if done
        else _page(request, found, unveil=form, status=422)
    )
