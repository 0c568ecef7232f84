"""Desk pages of the timetable of a cycle: announce, change, strike out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.programme import operations
from infitah.programme.forms import cycle as forms
from infitah.programme.models import Cycle, TimetableEntry
from infitah.programme.queries.timetable import steps_of
from infitah.programme.views.desk_cycle import back, cycle_or_404, trail_of
from infitah.programme.views.moved import moved_on

STRUCK = gettext_lazy("This step is struck out: announce a new one.")


def _trail(cycle: Cycle) -> list[tuple[object, str]]:
    return [*trail_of(cycle), (_("Timetable"), _page_of(cycle))]


def _page_of(cycle: Cycle) -> str:
    return reverse("programme_desk:timetable", args=[cycle.slug])


def _entry(cycle: Cycle, name: str) -> TimetableEntry:
    found = cycle.timetable.filter(slug=name).first()
    if found is None:
        raise Http404
    return found


@desk_page("programme.edit")
def timetable(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_or_404(request, slug)
    form = forms.StepForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.announce_step(
            cycle=cycle, said=form.step(), by=viewer_of(request).actor(), now=clock.now()
        ),
    )
    if done:
        return back(request, _("The step is announced."), "timetable", slug)
    rounds = cycle.rounds.select_related("consultation").prefetch_related(
        "consultation__workshops__tables"
    )
    consultations = [one.consultation for one in rounds]
    context = {
        "cycle": cycle,
        "steps": steps_of(cycle.timetable.all(), consultations, clock.today()),
        "form": form,
        "trail": trail_of(cycle),
    }
    return render(request, "programme/desk/timetable.html", context, status=status_of(form))


@desk_page("programme.edit")
def change(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    cycle = cycle_or_404(request, slug)
    entry = _entry(cycle, name)
    form = forms.ChangeStepForm(request.POST or None, entry=entry)
    if entry.struck_on is not None:
        return moved_on(request, STRUCK, _page_of(cycle), form)
    done = carried_out(
        form,
        lambda: operations.change_step(
            entry=entry,
            said=form.step(),
            reason=form.reason(),
            revision=form.cleaned_data["revision"] or 0,
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The step says this now."), "timetable", slug)
    return _page(request, cycle, entry, form)


@desk_page("programme.edit")
def strike(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    cycle = cycle_or_404(request, slug)
    entry = _entry(cycle, name)
    form = forms.StrikeForm(request.POST or None, initial={"revision": entry.revision})
    if entry.struck_on is not None:
        return moved_on(request, STRUCK, _page_of(cycle), form)
    done = carried_out(
        form,
        lambda: operations.strike_step(
            entry=entry,
            reason=form.reason(),
            revision=form.cleaned_data["revision"] or 0,
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The step is struck out."), "timetable", slug)
    return _page(request, cycle, entry, form)


def _page(
    request: HttpRequest,
    cycle: Cycle,
    entry: TimetableEntry,
    form: forms.ChangeStepForm | forms.StrikeForm,
) -> HttpResponse:
    context = {
        "cycle": cycle,
        "entry": entry,
        "form": form,
        "standing": entry if form.fell_behind(entry.revision) else None,
        "is_strike": isinstance(form, forms.StrikeForm),
        "trail": _trail(cycle),
    }
    status = status_of(form)
    return render(request, "programme/desk/timetable_step.html", context, status=status)
