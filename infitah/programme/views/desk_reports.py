"""The annual report at the desk: its draft, freezing, publishing, who took note of it."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.programme import operations, queries
from infitah.programme.forms.report import PresentForm, ReportForm
from infitah.programme.models import AnnualReport, Cycle
from infitah.programme.views.desk_cycle import back, cycle_or_404, trail_of

MADE = _("The report is frozen: look at it, then publish it.")
PUBLISHED = _("The report is published; its PDFs follow within a minute.")
PRESENTED = _("Recorded: the council took note of this report.")


@desk_page("report.publish")
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    cycle, today = cycle_or_404(request, slug), clock.today()
    by = viewer_of(request).actor()
    if "preview" in request.POST:
        return _to_preview(request, cycle)
    form = _form(request, cycle, request.POST or None)
    done = carried_out(
        form,
        lambda: operations.make_report(
            cycle=cycle, **form.cleaned_data, by=by, now=clock.now(), today=today
        ),
    )
    if done:
        return back(request, MADE, "report_made", done.record.reference)
    return _page(request, cycle, form)


def _form(request: HttpRequest, cycle: Cycle, given: QueryDict | None) -> ReportForm:
    years, today = queries.report_years(cycle, clock.today()), clock.today()
    initial = {"year": years[-1], "counted_on": today}
    return ReportForm(given, years=years, initial=initial)


def _check(cycle: Cycle, form: ReportForm) -> None:
    data = form.cleaned_data
    operations.check_report(
        cycle=cycle, year=data["year"], counted_on=data["counted_on"], today=clock.today()
    )


def _to_preview(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Lead to the address of a draft: it can be read again and again, nothing is sent twice."""
    form = _form(request, cycle, request.POST)
    if not carried_out(form, lambda: _check(cycle, form)):
        return _page(request, cycle, form)
    data = form.cleaned_data
    asked = {"year": data["year"], "counted_on": data["counted_on"].isoformat()}
    page = reverse("programme_desk:report_preview", args=[cycle.slug])
    return redirect(f"{page}?{urlencode(asked)}")


@desk_page("report.publish")
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the report as it would be frozen now, and what is missing in it; write nothing."""
    cycle = cycle_or_404(request, slug)
    form = _form(request, cycle, request.GET)
    if not carried_out(form, lambda: _check(cycle, form)):
        return _page(request, cycle, form)
    data = form.cleaned_data
    page = queries.report_draft(cycle, year=data["year"], counted_on=data["counted_on"])
    context = {
        "cycle": cycle,
        "report": page.report,
        "page": page,
        "missing": queries.missing_in(page, viewer_of(request)),
        "trail": trail_of(cycle),
    }
    return render(request, "programme/desk/report_preview.html", context)


def _page(
    request: HttpRequest, cycle: Cycle, form: ReportForm, present: PresentForm | None = None
) -> HttpResponse:
    found = queries.reports(viewer_of(request)).filter(cycle=cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "present": present,
        "reports": found.order_by("-year", "-number"),
        "trail": trail_of(cycle),
    }
    shown = [form] if present is None else [form, present]
    return render(request, "programme/desk/reports.html", context, status=status_of(*shown))


def _report(request: HttpRequest, reference: str) -> AnnualReport:
    found = queries.reports(viewer_of(request)).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


@desk_page("report.publish")
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a frozen report as the public will read it, or tell of a deliberation about it."""
    found = _report(request, reference)
    posted = request.POST if request.method == "POST" else None
    since = found.published_on
    form = PresentForm(posted, since=since, community_id=found.community_id)

    def present() -> None:
        operations.present_report(
            reference=reference,
            deliberation=form.cleaned_data["deliberation"],
            by=viewer_of(request).actor(),
            now=clock.now(),
            on=clock.today(),
        )

    if carried_out(form, present):
        return back(request, PRESENTED, "report_made", reference)
    context = {
        "report": found,
        "page": queries.report_page(found),
        "form": form if since else None,
        "trail": trail_of(found.cycle),
    }
    return render(request, "programme/desk/report.html", context, status=status_of(form))


@desk_page("report.publish")
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    found = _report(request, reference)
    operations.publish_report(
        reference=found.reference,
        by=viewer_of(request).actor(),
        now=clock.now(),
        on=clock.today(),
    )
    return back(request, PUBLISHED, "report_made", reference)
