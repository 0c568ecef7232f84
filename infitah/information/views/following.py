"""Following a request by number and code, or by its link; the requester's acts and remedies."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock, files
from infitah.core.client import client_address
from infitah.core.http import same_origin_required, viewer_of
from infitah.core.media_types import SHOWN
from infitah.core.operations import within_limit
from infitah.core.viewer import Actor, Viewer
from infitah.design.entry import carried_out
from infitah.information import operations, queries, rules
from infitah.information.conf import OPTIONS
from infitah.information.forms.asking import FollowForm
from infitah.information.forms.following import ClarifyForm, ComplainForm, WithdrawForm
from infitah.information.models import CaseFile, InformationRequest
from infitah.information.queries import Followed
from infitah.information.queries.remedies import head_answer


def bearer(request: HttpRequest, token: str) -> Viewer:
    """Return the viewer with the token of the link in hand: what it opens is open, nothing else."""
    known = viewer_of(request)
    return Viewer(
        community_key=known.community_key,
        community_id=known.community_id,
        language=known.language,
        tokens=frozenset({token}),
    )


def asked_by(request: HttpRequest, token: str) -> InformationRequest:
    """Return the request of a follow link, or answer 404."""
    found = queries.request_by_token(request.community, token)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _trail() -> list[tuple[object, str]]:
    return [
        (_("Access to information"), reverse("information:index")),
        (_("Follow my request"), reverse("information:follow")),
    ]


def link_page(view: Any) -> Any:
    """Declare a page of the follow link: never kept, its address told to no other site."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return same_origin_required(guarded)


@same_origin_required
def follow(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        form = FollowForm(initial={"reference": request.GET.get("reference", "")[:30]})
        return _follow_page(request, form, 200)
    form = FollowForm(request.POST)
    if form.is_valid():
        found = _found(request, form)
        if found is not None:
            return redirect("information:followed", found.token)
    return _follow_page(request, form, 422)


def _found(request: HttpRequest, form: FollowForm) -> InformationRequest | None:
    """Return the request of this number and code; what is wrong is said of both together."""
    limit, seconds = OPTIONS.follow_tries
    network = client_address(request)
    now = clock.real_now()
    if not within_limit(
        name="information.follow", key=network, limit=limit, seconds=seconds, now=now
    ):
        form.add_error(None, _("Too many tries from here. Wait an hour, or call the counter."))
        return None
    reference, code = form.cleaned_data["reference"], form.cleaned_data["code"]
    digest = operations.code_digest(reference, code)
    found = queries.request_by_code(request.community, reference, digest)  # type: ignore[attr-defined]
    if found is None:
        form.add_error(
            None,
            _(
                "No request has this number with this code. Compare both with the receipt: after "
                "%(n)s tries within an hour one must wait."
            )
            % {"n": limit},
        )
    return found


def _follow_page(request: HttpRequest, form: FollowForm, status: int) -> HttpResponse:
    context = {"form": form, "trail": _trail()[:1]}
    return render(request, "information/follow.html", context, status=status)


@link_page
def followed(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, asked_by(request, token))


def _page(
    request: HttpRequest, asked: InformationRequest, status: int = 200, **more: object
) -> HttpResponse:
    shown = queries.followed(asked, bearer(request, asked.token), clock.today())
    context = {
        "asked": asked,
        "shown": shown,
        "whose_turn": queries.sentence_of_turn(shown),
        "trail": _trail(),
        "today": clock.today(),
        "clarify": ClarifyForm(),
        "withdraw": WithdrawForm(),
        **more,
    }
    return render(request, "information/followed.html", context, status=status)


def _act(request: HttpRequest, asked: InformationRequest) -> dict[str, Any]:
    return {
        "community": asked.community,
        "reference": asked.reference,
        "on": clock.today(),
        "by": Actor.visitor(),
        "now": clock.now(),
    }


@link_page
def clarify(request: HttpRequest, token: str) -> HttpResponse:
    asked = asked_by(request, token)
    if request.method != "POST":
        return redirect("information:followed", token)
    form = ClarifyForm(request.POST)
    if carried_out(
        form,
        lambda: operations.clarify(words=form.cleaned_data["words"], **_act(request, asked)),
    ):
        return redirect("information:followed", token)
    return _page(request, asked, 422, clarify=form)


@link_page
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    asked = asked_by(request, token)
    if request.method != "POST":
        return redirect("information:followed", token)
    form = WithdrawForm(request.POST)
    if carried_out(form, lambda: operations.withdraw(**_act(request, asked))):
        return redirect("information:followed", token)
    return _page(request, asked, 422, withdraw=form)


@link_page
def complain(request: HttpRequest, token: str) -> HttpResponse:
    """Show the remedy that is open now, written beforehand, and file it."""
    asked = asked_by(request, token)
    shown = queries.followed(asked, bearer(request, token), clock.today())
    step = shown.step
    if step is None:
        return redirect("information:followed", token)
    start = queries.complaint_text(shown, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    form = ComplainForm(
        request.POST if request.method == "POST" else None, initial={"words": start}
    )
    if "print" in request.POST and form.is_valid():
        return _on_paper(request, asked, step.level, form)
    if carried_out(
        form,
        lambda: operations.complain(
            level=step.level, words=form.cleaned_data["words"], **_act(request, asked)
        ),
    ):
        return redirect("information:followed", token)
    return _complain_page(request, asked, shown, form)


def _on_paper(
    request: HttpRequest, asked: InformationRequest, level: rules.ActKind, form: ComplainForm
) -> HttpResponse:
    """Return the complaint as a letter to be signed and posted; nothing is filed."""
    content = queries.complaint_pdf(
        asked,
        form.cleaned_data["words"],
        request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        level=level,
        on=clock.today(),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{asked.reference}-P1.pdf"'
    return response


def _complain_page(
    request: HttpRequest, asked: InformationRequest, shown: Followed, form: ComplainForm
) -> HttpResponse:
    context = {
        "asked": asked,
        "shown": shown,
        "step": shown.step,
        "form": form,
        "is_head": shown.step is not None and shown.step.level is rules.ActKind.COMPLAINED_HEAD,
        "answer": head_answer(asked.community, clock.today()),
        "is_cdai": shown.step is not None and shown.step.level is rules.ActKind.COMPLAINED_CDAI,
        "trail": [
            *_trail(),
            (asked.reference, reverse("information:followed", args=[asked.token])),
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "information/complain.html", context, status=status)


@link_page
def case_file(request: HttpRequest, token: str, key: UUID, name: str) -> HttpResponseBase:
    """Hand over a file of the case to who holds its link; its name tells nothing more."""
    asked = asked_by(request, token)
    files_of = CaseFile.objects.visible_to(bearer(request, token)).select_related("file")
    found = files_of.filter(request=asked, file__key=key).first()
    if found is None:
        raise Http404
    stored = found.file
    response = FileResponse(
        files.path_of(stored).open("rb"),
        content_type=stored.media_type,
        as_attachment=stored.media_type not in SHOWN,
        filename=stored.name,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
