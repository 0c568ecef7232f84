"""The annual report at the desk: freeze it, look at it, publish it, tell who took note of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

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
    first = {"year": min(today.year, cycle.ends_on.year), "counted_on": today}
    posted = request.POST if request.method == "POST" else None
    form = ReportForm(posted, cycle=cycle, today=today, initial=first)

    def make() -> None:
        operations.make_report(
            cycle=cycle, **form.cleaned_data, by=viewer.actor(), now=clock.now(), today=today
        )

    viewer = viewer_of(request)
    if carried_out(form, make):
        return back(request, MADE, "reports", slug)
    return _page(request, cycle, form)


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
