"""The public calculator: when is a reply due, and how was it counted (law 31-13, 16 and 17)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from infitah.community import queries
from infitah.community.forms.calculator import DeadlineForm
from infitah.community.models import Community
from infitah.community.rules.deadlines import ReplyDue
from infitah.core.http import public_page
from infitah.design.parts import Counted, Text
from infitah.kernel.calendar import DayCount


def _words(day: DayCount) -> Text:
    if day.name is not None:
        return day.name
    plain = {
        "received": _("day of receipt, not counted"),
        "weekend": _("weekend, not counted"),
        "working": _("working day %(number)s"),
        "calendar": _("day %(number)s"),
    }
    number = day.number if day.number is not None else day.number_latest
    return plain[day.why] % {"number": number or ""}


def counted(due: ReplyDue) -> list[Counted]:
    """Return one line a day of the count, as the clock component takes them."""
    return [Counted(day.day, _words(day), estimated=day.uncertain) for day in due.deadline.days]


def _due(community: Community, form: DeadlineForm) -> ReplyDue | None:
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    try:
        return queries.deadline(
            community, received=asked["date"], urgent=asked["urgent"], extended=asked["extended"]
        )
    except queries.RuleMissing:
        form.add_error("date", _("The law was not in force on that day."))
        return None


@public_page(kinds=("calendar", "site"))
def calculator(request: HttpRequest) -> HttpResponse:
    form = DeadlineForm(request.GET if "date" in request.GET else None)
    due = _due(request.community, form)  # type: ignore[attr-defined]
    context = {"form": form, "due": due, "counted": counted(due) if due else ()}
    status = 422 if form.is_bound and due is None else 200
    return render(request, "community/deadline.html", context, status=status)
