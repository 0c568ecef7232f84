"""Where boxes are drawn on a document: by two clicks, by hand, by words or by numbers."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock, redaction
from infitah.core import files as stored_files
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.core.redaction import apart
from infitah.design.entry import carried_out, status_of
from infitah.information.forms.desk_redaction import BoxesForm, CornerForm, CoverForm, PlaceForm
from infitah.information.models import CaseFile
from infitah.information.operations import redaction as acts
from infitah.information.queries import redaction as shown
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.redaction import WIDTH, Drawing
from infitah.information.views.desk_case import find

CLICKED = "clicked"
"""Names the place of the last click on the page."""


def _document(found: DeskCase, pk: int) -> CaseFile:
    try:
        return acts.document_of(found.request, pk)
    except OperationRefused as refused:
        raise Http404 from refused


def _page_of(request: HttpRequest) -> int:
    typed = request.GET.get("page", "1")
    return int(typed) if typed.isdecimal() and len(typed) < 5 else 1


@desk_page("information.answer")
def redact(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Show a page with its boxes; do the one thing that was sent."""
    found = find(request, reference)
    document = _document(found, pk)
    try:
        drawn = shown.drawing(document, _page_of(request))
    except redaction.PdfRefused as refused:
        context = {"item": found.request, "document": document, "fault": refused.message}
        return render(request, "information/desk/redaction_fault.html", context, status=422)
    if request.method != "POST":
        return _page(request, found, drawn)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None and "at.x" not in request.POST:
        return _page(request, found, drawn, status=422)
    return (act or _corner)(request, found, drawn)


def _page(
    request: HttpRequest, found: DeskCase, drawn: Drawing, *, status: int = 200, **forms: Any
) -> HttpResponse:
    context = {
        "item": found.request,
        "drawing": drawn,
        "image": reverse(
            "information_desk:page", args=[found.request.reference, drawn.document.pk, drawn.page]
        ),
        "place": PlaceForm(),
        "cover": CoverForm(),
        "choice": BoxesForm(known=[]),
        "refusal": _refusal(drawn),
        "exception": request.GET.get("exception", "E03"),
        "first": _first_corner(request),
        "clicked": _clicked(request),
        **forms,
    }
    return render(request, "information/desk/redaction.html", context, status=status)


def _refusal(drawn: Drawing) -> object:
    """Return why the last copy was not made, "" where it was or waits."""
    if drawn.run is None or drawn.run.state != "failed":
        return ""
    return shown.refusal_of(drawn.run)


def _first_corner(request: HttpRequest) -> dict[str, str] | None:
    """Return the corner that was clicked first, while the second one is waited for."""
    x, y = request.GET.get("x", ""), request.GET.get("y", "")
    return {"x": x, "y": y} if x.isdecimal() and y.isdecimal() else None


def _clicked(request: HttpRequest) -> str:
    """Return how far down the page was clicked last, "" where it was not: there the eye is."""
    at = request.GET.get("y", request.GET.get("at", ""))
    return at if at.isdecimal() and len(at) < 6 else ""


def _at(
    found: DeskCase, drawn: Drawing, more: str = "", *, place: str = "page"
) -> HttpResponseRedirect:
    address = reverse(
        "information_desk:redaction", args=[found.request.reference, drawn.document.pk]
    )
    return HttpResponseRedirect(f"{address}?page={drawn.page}{more}#{place}")


def _named(request: HttpRequest, found: DeskCase, drawn: Drawing) -> dict[str, Any]:
    return {
        "community": found.request.community,
        "reference": found.request.reference,
        "pk": drawn.document.pk,
        "by": viewer_of(request).actor(),
        "now": clock.now(),
    }


def _corner(request: HttpRequest, found: DeskCase, drawn: Drawing) -> HttpResponse:
    """Take a click without script: it waits for the other corner, or makes the box."""
    values = {
        "x": request.POST.get("at.x"),
        "y": request.POST.get("at.y"),
        "first_x": request.POST.get("first_x"),
        "first_y": request.POST.get("first_y"),
        "exception": request.POST.get("exception"),
    }
    form = CornerForm(values)
    if form.is_valid() and not form.has_first:
        x, y = round(form.cleaned_data["x"]), round(form.cleaned_data["y"])
        more = f"&x={x}&y={y}&exception={form.cleaned_data['exception']}"
        return _at(found, drawn, more, place=CLICKED)
    done = carried_out(
        form,
        lambda: acts.draw_boxes(
            places=[(drawn.page, _between(form, drawn))],
            exception=form.cleaned_data["exception"],
            **_named(request, found, drawn),
        ),
    )
    if done:
        more = f"&at={round(form.cleaned_data['y'])}&exception={form.cleaned_data['exception']}"
        return _at(found, drawn, more, place=CLICKED)
    return _page(request, found, drawn, status=422, corner=form)


def _between(form: CornerForm, drawn: Drawing) -> redaction.Rect:
    values = form.cleaned_data
    xs = sorted((values["first_x"] / WIDTH, values["x"] / WIDTH))
    ys = sorted((values["first_y"] / drawn.height, values["y"] / drawn.height))
    return redaction.Rect(xs[0], ys[0], xs[1], ys[1]).within_page()


def _place(request: HttpRequest, found: DeskCase, drawn: Drawing) -> HttpResponse:
    form = PlaceForm(request.POST)
    done = carried_out(
        form,
        lambda: acts.draw_boxes(
            places=[(drawn.page, form.rect())],
            exception=form.cleaned_data["exception"],
            **_named(request, found, drawn),
        ),
    )
    return _at(found, drawn) if done else _page(request, found, drawn, status=422, place=form)


def _cover(request: HttpRequest, found: DeskCase, drawn: Drawing) -> HttpResponse:
    form = CoverForm(request.POST)
    done = carried_out(
        form,
        lambda: acts.draw_boxes(
            places=acts.places_of(drawn.document, form.cleaned_data["text"]),
            exception=form.cleaned_data["exception"],
            found=acts.SEARCH,
            **_named(request, found, drawn),
        ),
    )
    return _at(found, drawn) if done else _page(request, found, drawn, status=422, cover=form)


def _choose(request: HttpRequest, found: DeskCase, drawn: Drawing) -> HttpResponse:
    """Accept or set aside the boxes that were ticked, or all proposals of the document."""
    known = list(drawn.document.boxes.values_list("pk", flat=True))
    form = BoxesForm(request.POST, known=known)
    is_accepted = request.POST.get("act") in {"accept", "accept_all"}
    every = drawn.document.boxes.filter(state="proposed").values_list("pk", flat=True)
    done = carried_out(
        form,
        lambda: acts.decide_boxes(
            boxes=list(every)
            if request.POST["act"].endswith("_all")
            else form.cleaned_data["boxes"],
            exception=(form.cleaned_data["exception"] or "E03") if is_accepted else "",
            **_named(request, found, drawn),
        ),
    )
    return _at(found, drawn) if done else _page(request, found, drawn, status=422, choice=form)


def _again(request: HttpRequest, found: DeskCase, drawn: Drawing) -> HttpResponse:
    """Take up again what was set aside."""
    form = BoxesForm(request.POST, known=[one.box.pk for one in drawn.aside])
    done = carried_out(
        form,
        lambda: acts.propose_again(
            boxes=form.cleaned_data["boxes"], **_named(request, found, drawn)
        ),
    )
    return _at(found, drawn) if done else _page(request, found, drawn, status=422, again=form)


def _burn(request: HttpRequest, found: DeskCase, drawn: Drawing) -> HttpResponse:
    form = Form(request.POST)
    done = carried_out(form, lambda: acts.ask_for_copy(**_named(request, found, drawn)))
    if done:
        return _at(found, drawn)
    return _page(request, found, drawn, status=status_of(form), burning=form)


def _echoes(request: HttpRequest, found: DeskCase, drawn: Drawing) -> HttpResponse:
    """Propose the places where covered words stand uncovered."""
    form = Form(request.POST)
    done = carried_out(form, lambda: acts.propose_echoes(**_named(request, found, drawn)))
    if done:
        return _at(found, drawn)
    return _page(request, found, drawn, status=status_of(form), burning=form)


Doing = Callable[[HttpRequest, DeskCase, Drawing], HttpResponse]
ACTS: dict[str, Doing] = {
    "place": _place,
    "cover": _cover,
    "accept": _choose,
    "aside": _choose,
    "again": _again,
    "accept_all": _choose,
    "aside_all": _choose,
    "burn": _burn,
    "echoes": _echoes,
}


@desk_page("information.answer")
def page_image(request: HttpRequest, reference: str, pk: int, page: int) -> HttpResponse:
    """The picture of one page, as it will be drawn over."""
    document = _document(find(request, reference), pk)
    try:
        image = apart.render_page(stored_files.content(document.file), page)
    except redaction.PdfRefused as refused:
        raise Http404(_("There is no such page.")) from refused
    return HttpResponse(image, content_type="image/png")
