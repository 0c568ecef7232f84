"""Flagging a text, and the author's one appeal by the link of a mail."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.errors import OperationRefused
from infitah.core.http import same_origin_required, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.participation import operations, queries
from infitah.participation.forms.comments import AppealForm, FlagForm
from infitah.participation.models import Consultation, Flag
from infitah.participation.operations import Flagger
from infitah.participation.queries import Asked
from infitah.participation.queries.flags import FlagRaised, flag_raised
from infitah.participation.views.comments import SEE_OTHER, Spot


@same_origin_required
def flag(request: HttpRequest, slug: str, reference: str = "", pk: int = 0) -> HttpResponse:
    """Ask under which rule an idea or a comment is flagged; paragraphs are the council's own."""
    spot = Spot.of(request, slug, reference, pk, "comment")
    asked, raised = spot.asked(request), _raised(request, spot)
    if request.method != "POST" and raised is not None:
        return _told(request, spot, asked, raised)
    if asked is None or (pk and not spot.number):
        raise Http404
    community = request.community  # type: ignore[attr-defined]
    posted = request.POST if request.method == "POST" else None
    form = FlagForm(posted, community=community, today=clock.today())
    if form.is_valid():
        try:
            return _flagged(request, spot, form)
        except OperationRefused as refused:
            if refused.code == operations.UNKNOWN:
                raise Http404 from refused
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    context = {
        "asked": asked,
        "form": form,
        "is_comment": bool(spot.number),
        "trail": _trail(asked.consultation, asked.page_url),
    }
    status = 422 if form.is_bound else 200
    return render(request, "participation/flag.html", context, status=status)


def _raised(request: HttpRequest, spot: Spot) -> FlagRaised | None:
    """Return the flag that the address names, if it came from here and is about this text."""
    return flag_raised(
        viewer=viewer_of(request),
        number=request.GET.get("done", ""),
        network=_who(request).network_digest,
        slug=spot.on.slug,
        idea=spot.on.idea,
        paragraph=spot.on.paragraph,
        comment=spot.number,
    )


def _told(
    request: HttpRequest, spot: Spot, asked: Asked | None, raised: FlagRaised
) -> HttpResponse:
    """Tell the sender how a flag stands, also once its text can no longer be read."""
    page_url = asked.page_url if asked is not None else raised.page_url
    context = {
        "flag": raised,
        "is_gone": asked is None,
        "is_again": request.GET.get("again") == "1",
        "is_comment": bool(spot.number),
        "reference": str(spot.number or spot.on.idea),
        "page_url": page_url,
        "trail": _trail(raised.consultation, page_url),
    }
    return render(request, "participation/flag_told.html", context)


def _who(request: HttpRequest) -> Flagger:
    return Flagger(client_address(request), viewer_of(request).participant_id)


def _flagged(request: HttpRequest, spot: Spot, form: FlagForm) -> HttpResponse:
    flagged = operations.flag_text(
        community=request.community,  # type: ignore[attr-defined]
        on=spot.on,
        number=spot.number,
        rule=form.cleaned_data["rule"],
        note=form.cleaned_data["note"],
        who=_who(request),
        now=clock.now(),
    )
    done = f"done={flagged.flag.pk}"
    if not flagged.is_new and not _is_same(flagged.flag, form):
        done = f"{done}&again=1"
    again = f"?comment={spot.number}&{done}" if spot.number else f"?{done}"
    return HttpResponseRedirect(f"{request.path}{again}", status=SEE_OTHER)


def _is_same(flag: Flag, form: FlagForm) -> bool:
    """Tell whether the same thing was sent twice: then there is nothing to say of a second one."""
    given = form.cleaned_data
    return flag.rule_id == given["rule"].pk and flag.note == given["note"]


def _trail(consultation: Consultation, page_url: str) -> list[tuple[object, str]]:
    return [
        (_("Consultations and ideas"), reverse("participation:index")),
        (consultation.name, consultation.get_absolute_url()),
        (_("Back to the text"), page_url),
    ]


@same_origin_required
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Open the page of a mail's link: the text, the rule, the reason, and one button."""
    community = request.community  # type: ignore[attr-defined]
    case_id, state = operations.case_of_token(token)
    found = None
    if state == "valid":
        found = queries.held_text(community_id=community.pk, case_id=case_id, now=clock.now())
    if found is None:
        return render(request, "participation/appeal_gone.html", status=404)
    form = AppealForm(request.POST if request.method == "POST" else None)
    done = carried_out(
        form,
        lambda: operations.appeal(
            community_id=community.pk,
            case_id=case_id,
            words=form.cleaned_data["words"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return redirect("participation:appeal", token)
    refusal = operations.fault_of_case(found.case, clock.now())
    context = {"found": found, "case": found.case, "form": form, "refusal": refusal}
    return render(request, "participation/appeal.html", context, status=status_of(form))
