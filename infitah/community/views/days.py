"""Desk pages of the days off: a year, one day with what its change would move, a closure."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community import operations
from infitah.community.forms.desk import ClosureForm, DayOffForm
from infitah.community.models import CalendarDay, CalendarVersion, Community
from infitah.community.operations import calendar as acts
from infitah.community.views.acts import back_to, community_of
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out

YEARS_BEFORE, YEARS_AFTER = 3, 2


def _trail() -> list[tuple[str, str]]:
    return [(_("Days off"), reverse("community_desk:calendar"))]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    this_year = clock.today().year
    known = range(this_year - YEARS_BEFORE, this_year + YEARS_AFTER + 1)
    return int(asked) if asked.isdecimal() and int(asked) in known else this_year


def _of_year(day: date) -> str:
    return f"{reverse('community_desk:calendar')}?year={day.year}"


@desk_page("calendar.edit")
def calendar(request: HttpRequest) -> HttpResponse:
    viewer, year, this_year = viewer_of(request), _year(request), clock.today().year
    context = {
        "year": year,
        "years": range(this_year - YEARS_BEFORE, this_year + YEARS_AFTER + 1),
        "days": CalendarDay.objects.visible_to(viewer).of_year(year),
        "versions": CalendarVersion.objects.visible_to(viewer)[:10],
        "today": clock.today(),
    }
    return render(request, "community/desk/calendar.html", context)


def _preview(
    form: forms.Form, community: Community, change: Callable[[], acts.DayChange]
) -> acts.CalendarPreview | None:
    """Return what the change would move, or None with the reason beside the field."""
    done = carried_out(form, lambda: acts.preview_change(community, change(), today=clock.today()))
    return done.record if done else None


def _day(request: HttpRequest, occasion: str) -> CalendarDay:
    days = CalendarDay.objects.visible_to(viewer_of(request)).select_related("community")
    return get_object_or_404(days, occasion=occasion)


def _change_of(request: HttpRequest, occasion: str, form: forms.Form) -> acts.DayChange:
    day, asked = _day(request, occasion), form.cleaned_data
    if request.POST.get("change") == "cancel":
        return acts.cancellation(day, source=asked["source"])
    return acts.confirmation(day, asked["date"], source=asked["source"])


def _make(request: HttpRequest, day: CalendarDay, form: forms.Form) -> object:
    by, now, asked = viewer_of(request).actor(), clock.now(), form.cleaned_data
    if request.POST.get("change") == "cancel":
        return operations.cancel_day(day=day, source=asked["source"], by=by, now=now)
    return operations.confirm_day(day=day, on=asked["date"], source=asked["source"], by=by, now=now)


@desk_page("calendar.edit")
def day(request: HttpRequest, occasion: str) -> HttpResponse:
    """Show a day, then what its change would move, then make the change."""
    item = _day(request, occasion)
    form = DayOffForm(request.POST or None, initial={"date": item.date})
    if "apply" in request.POST and carried_out(form, lambda: _make(request, item, form)):
        return back_to(request, _("The change is kept."), _of_year(form.cleaned_data["date"]))
    preview = None
    if "apply" not in request.POST:
        preview = _preview(form, item.community, lambda: _change_of(request, occasion, form))
    context = {
        "day": item,
        "form": form,
        "preview": preview,
        "is_cancel": request.POST.get("change") == "cancel",
        "is_past": item.date < clock.today(),
        "trail": _trail(),
    }
    status = 422 if form.is_bound and preview is None else 200
    return render(request, "community/desk/day.html", context, status=status)


@desk_page("calendar.edit")
def close(request: HttpRequest) -> HttpResponse:
    """Add an exceptional closure, after showing what it would move."""
    community = community_of(request)
    form = ClosureForm(request.POST or None)

    def asked() -> dict[str, object]:
        cleaned = form.cleaned_data
        return {"on": cleaned["date"], "name": form.text_of("name"), "source": cleaned["source"]}

    def apply() -> object:
        by, now = viewer_of(request).actor(), clock.now()
        return operations.add_closure(community=community, by=by, now=now, **asked())  # type: ignore[arg-type]

    if "apply" in request.POST and carried_out(form, apply):
        return back_to(request, _("The closure is added."), _of_year(form.cleaned_data["date"]))
    preview = None
    if "apply" not in request.POST:
        preview = _preview(form, community, lambda: acts.closure(community, **asked()))  # type: ignore[arg-type]
    context = {"form": form, "preview": preview, "trail": _trail()}
    status = 422 if form.is_bound and preview is None else 200
    return render(request, "community/desk/closure.html", context, status=status)
