"""The yearly report at the desk: counted live as a draft, looked at, signed and published."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.direction import in_page_language, page_language
from infitah.design.entry import carried_out, status_of
from infitah.design.text import colon
from infitah.information.forms.desk_report import ReportForm
from infitah.information.models import YearlyReport
from infitah.information.operations import reports as operations
from infitah.information.queries import figures as queries
from infitah.information.queries.figures.sheets import draft_pdf
from infitah.information.rules import figures as rules
from infitah.kernel.localized import LocalizedText


def _here(request: HttpRequest) -> Community:
    community: Community = request.community  # type: ignore[attr-defined]
    return community


def _trail(*more: tuple[object, str]) -> list[tuple[object, str]]:
    return [(_("Yearly reports"), reverse("information_desk:reports")), *more]


@desk_page("information.read")
def reports(request: HttpRequest) -> HttpResponse:
    """The years, each with its draft or its published report."""
    newest: dict[int, YearlyReport] = {}
    for one in queries.reports_of(viewer_of(request)):
        newest.setdefault(one.year, one)
    years = queries.years_of(_here(request), clock.today())
    context = {
        "rows": [(year, newest.get(year)) for year in years],
        "this_year": clock.today().year,
    }
    return render(request, "information/desk/reports.html", context)


@desk_page("information.answer")
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The report of a year as it would be frozen now; sign it, and it is published."""
    viewer, today = viewer_of(request), clock.today()
    if year not in queries.years_of(_here(request), today):
        raise Http404
    published = queries.report_of(viewer, year)
    page = queries.report_page(_content(request, year))
    form = _form(request, page, published)
    done = carried_out(
        form,
        lambda: operations.publish_yearly_report(
            community=_here(request),
            year=year,
            said=_said(form),
            by=viewer.actor(),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The report is published; its PDFs follow within a minute."))
        return redirect("information_desk:report", year)
    context = {
        "year": year,
        "report": page,
        "page": page.page,
        "published": published,
        "versions": queries.reports_of(viewer, year),
        "moved": _moved(request, published),
        "is_over": rules.Span.of_year(year).is_over(today),
        "waiting": page.told["waiting"].number,
        "form": form,
        "trail": _trail((queries.report_title(year), "")),
    }
    return render(request, "information/desk/report.html", context, status=status_of(form))


def _content(request: HttpRequest, year: int) -> Mapping[str, Any]:
    by = viewer_of(request).actor()
    return queries.report_content(
        _here(request),
        year,
        remarks=LocalizedText(),
        signed=queries.Signature(by.key, by.office, clock.today()),
    )


def _form(
    request: HttpRequest, page: queries.ReportPage, published: YearlyReport | None
) -> ReportForm:
    looked_at = [(one.code, _looked_at(one)) for one in page.page.twelve]
    given = request.POST if request.method == "POST" else None
    version = published.number + 1 if published else 1
    initial = ReportForm.initial_of(remarks=published.remarks) if published else {}
    return ReportForm(given, figures=looked_at, version=version, initial=initial)


def _looked_at(one: queries.FigureView) -> str:
    """Return a figure on one line, for its tick."""
    told = f"{in_page_language(one.name)}{colon()} \u2066{one.number or '—'}\u2069"
    return f"{told} (\u2068{one.note}\u2069)" if one.note else told


def _said(form: ReportForm) -> operations.Statement:
    data = form.cleaned_data
    return operations.Statement(
        remarks=form.text_of("remarks"),
        checked=data["checked"],
        version=data["version"],
        reason=data.get("reason", ""),
    )


def _moved(request: HttpRequest, published: YearlyReport | None) -> list[queries.Moved]:
    if published is None:
        return []
    frozen = queries.report_page(published.content)
    return queries.moved_since(_here(request), frozen, clock.today())


@desk_page("information.answer")
def draft(request: HttpRequest, year: int) -> HttpResponse:
    """The draft as sheets in the language of the desk, marked as one."""
    if year not in queries.years_of(_here(request), clock.today()):
        raise Http404
    community = _here(request)
    language = page_language()
    content = draft_pdf(community, _content(request, year), language)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{community.key}-information-{year}-draft-{language}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
