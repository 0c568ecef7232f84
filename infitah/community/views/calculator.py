"""The public calculator: when is a reply due, and how was it counted (law 31-13, 16 and 17)."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from infitah.community import queries
from infitah.community.forms.calculator import DeadlineForm
from infitah.community.models import Community
from infitah.community.rules.deadlines import ReplyDue
from infitah.core.http import public_page
from infitah.design.direction import localized
from infitah.design.parts import Counted, Text
from infitah.design.text import filled
from infitah.kernel.calendar import DayCount


def _words(day: DayCount) -> SafeString:
    if day.name is not None and day.why in {"holiday", "closure"}:
        return filled(_("%(name)s: a day off, not counted"), name=localized(day.name))
    plain = {
        "received": _("day of receipt, not counted"),
        "weekend": _("weekend, not counted"),
        "working": _("working day %(number)s"),
        "calendar": _("day %(number)s"),
    }
    number = day.number if day.number is not None else day.number_latest
    words = localized(plain[day.why] % {"number": number or ""})
    if day.name is None:
        return words
    return filled(_("%(words)s (%(name)s)"), words=words, name=localized(day.name))


def _line(day: DayCount, due: ReplyDue, sources: Mapping[date, Text]) -> Counted:
    ends = day.day == due.deadline.due
    words = _words(day)
    return Counted(
        day.day,
        filled(_("%(words)s, and this is the last day for the answer"), words=words)
        if ends
        else words,
        estimated=day.uncertain,
        source=sources.get(day.day, "") if day.why in {"holiday", "closure"} else "",
        ends=ends,
    )


def counted(due: ReplyDue, sources: Mapping[date, Text]) -> list[Counted]:
    """Return one line a day of the count, as the clock component takes them.

    Each day off says where it is announced; the last day says that it is the last.
    """
    return [_line(day, due, sources) for day in due.deadline.days]


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


def _counted(community: Community, due: ReplyDue | None) -> list[Counted]:
    if due is None:
        return []
    days = due.deadline.days
    return counted(due, queries.sources_of_days_off(community, days[0].day, days[-1].day))


@public_page(kinds=("calendar", "site"))
def calculator(request: HttpRequest) -> HttpResponse:
    form = DeadlineForm(request.GET if "date" in request.GET else None)
    due = _due(request.community, form)  # type: ignore[attr-defined]
    context = {"form": form, "due": due, "counted": _counted(request.community, due)}  # type: ignore[attr-defined]
    status = 422 if form.is_bound and due is None else 200
    return render(request, "community/deadline.html", context, status=status)
