"""The annual report for the public: page, data, and the file that proves it."""

from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core.http import machine_page, public_page, viewer_of
from infitah.core.tables import table_file
from infitah.programme import queries
from infitah.programme.models import AnnualReport
from infitah.programme.rules import texts

KINDS = ("programme", "council")


def _report(
    request: HttpRequest, slug: str, year: int | None = None, number: int | None = None
) -> AnnualReport:
    found = queries.report_of(viewer_of(request), slug, year=year, number=number)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, slug: str, report: AnnualReport | None) -> HttpResponse:
    viewer = viewer_of(request)
    cycle = queries.cycles(viewer).filter(slug=slug).first()
    if cycle is None:
        raise Http404
    context = {
        "cycle": cycle,
        "report": report,
        "page": queries.report_page(report) if report else None,
        "versions": queries.published_reports(viewer, slug),
        "trail": [
            (_("Openness programme"), reverse("programme:index")),
            (cycle.title, reverse("programme:cycle", args=[slug])),
            (queries.report_title(report) if report else _("Accountability report"), ""),
        ],
    }
    return render(request, "programme/report.html", context)


@public_page(kinds=KINDS)
def newest(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, slug, queries.report_of(viewer_of(request), slug))


@public_page(kinds=KINDS)
def of_year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    return _page(request, slug, _report(request, slug, year))


@public_page(kinds=KINDS)
def version(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    return _page(request, slug, _report(request, slug, year, number))


@machine_page(kinds=KINDS)
def report_json(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """The frozen content, byte for byte: its SHA-256 is the one that the register states."""
    report = _report(request, slug, year, number)
    return _json(texts.canonical(report.content), f"{report.reference}.json")


@machine_page(kinds=KINDS)
def proof(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    report = _report(request, slug, year, number)
    return _json(queries.proof_json(report), f"{report.reference}-proof.json")


@machine_page(kinds=KINDS)
def report_csv(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    report = _report(request, slug, year, number)
    return table_file(
        f"{report.reference}.csv", chain([queries.REPORT_COLUMNS], queries.report_rows(report))
    )


def _json(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
