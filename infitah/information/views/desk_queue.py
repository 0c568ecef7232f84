"""The queue of requests at the desk."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.direction import in_page_language
from infitah.design.parts import FilterGroup, Option
from infitah.information.forms.desk_queue import QueueForm
from infitah.information.operations.morning import charge_words
from infitah.information.queries import desk_queue as queries
from infitah.information.queries.desk_charge import in_charge
from infitah.information.queries.desk_mail import silent_since
from infitah.information.queries.desk_words import SHELF_NAMES
from infitah.information.queries.wordings import doubts


def _at(asked: dict[str, str]) -> str:
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _shelves(current: str, asked: dict[str, str]) -> FilterGroup:
    options = [
        Option(str(SHELF_NAMES[name]), _at({**asked, "shelf": name}), current=name == current)
        for name in queries.SHELVES
    ]
    return FilterGroup(_("State"), options)


def _form(request: HttpRequest) -> QueueForm:
    units = queries.units_of(viewer_of(request))
    return QueueForm(request.GET, units=[(one.slug, in_page_language(one.name)) for one in units])


@desk_page("information.read")
def queue(request: HttpRequest) -> HttpResponse:
    viewer, today, form = viewer_of(request), clock.today(), _form(request)
    asked = form.asked()
    wanted = queries.QueueFilter(
        shelf=request.GET.get("shelf", ""),
        turn=asked["turn"],
        unit=asked["unit"],
        channel=asked["channel"],
        words=asked["q"],
    )
    after = request.GET.get("after", "")
    page = queries.queue(viewer=viewer, wanted=wanted, after=after, today=today)
    kept = {**asked, "shelf": page.shelf}
    charge = in_charge(request.community, today)  # type: ignore[attr-defined]
    capacity = queries.capacity(viewer=viewer, today=today)
    context = {
        "page": page,
        "form": form,
        "filters": [_shelves(page.shelf, asked)],
        "is_narrowed": any(asked.values()),
        "first_url": _at(kept) if after else "",
        "next_url": _at({**kept, "after": page.after}) if page.after else "",
        "capacity": capacity,
        "silent_since": silent_since(),
        "capacity_words": queries.capacity_words(capacity),
        "doubts": doubts(viewer, today),
        "may_answer": viewer.may("information.answer"),
        "charge": charge,
        "charge_words": charge_words(charge, viewer.language),
        "may_enter": viewer.may("information.enter"),
    }
    return render(request, "information/desk/queue.html", context)
