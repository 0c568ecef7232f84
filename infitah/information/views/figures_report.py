"""The published yearly report: page, data, table, proof; what was counted otherwise since."""

from itertools import chain
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import machine_page, midnight, public_page, viewer_of
from infitah.core.tables import table_file
from infitah.information.models import YearlyReport
from infitah.information.queries import figures as queries
from infitah.information.queries.figures.sheets import proof_json
from infitah.ledger.rules.bound import plain

KINDS: Final = ("information",)


def _report(request: HttpRequest, year: int, number: int | None = None) -> YearlyReport:
    found = queries.report_of(viewer_of(request), year, number)
    if found is None:
        raise Http404
    return found


@public_page(kinds=KINDS, until=midnight)
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The newest version; before there is one, that none is published yet."""
    found = queries.report_of(viewer_of(request), year)
    if found is not None:
        return _page(request, found)
    if year not in queries.years_of(request.community, clock.today()):  # type: ignore[attr-defined]
        raise Http404
    context = {"year": year, "trail": _trail(year)}
    return render(request, "information/no_report.html", context)


@public_page(kinds=KINDS, until=midnight)
def version(request: HttpRequest, year: int, number: int) -> HttpResponse:
    return _page(request, _report(request, year, number))


def _trail(year: int) -> list[tuple[object, str]]:
    return [
        (_("Access to information"), reverse("information:index")),
        (_("Figures"), reverse("information:figures-year", args=[year])),
        (queries.report_title(year), ""),
    ]


def _page(request: HttpRequest, found: YearlyReport) -> HttpResponse:
    page = queries.report_page(found.content)
    context = {
        "year": found.year,
        "published": found,
        "report": page,
        "page": page.page,
        "moved": queries.moved_since(found.community, page, clock.today()),
        "versions": queries.reports_of(viewer_of(request), found.year),
        "trail": _trail(found.year),
    }
    return render(request, "information/report.html", context)


@machine_page(kinds=KINDS)
def report_json(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The frozen content, byte for byte: its SHA-256 is the one that the register states."""
    found = _report(request, year, number)
    return _json(plain(found.content), f"{found.reference}.json")


@machine_page(kinds=KINDS)
def report_proof(request: HttpRequest, year: int, number: int) -> HttpResponse:
    found = _report(request, year, number)
    return _json(proof_json(found), f"{found.reference}-proof.json")


@machine_page(kinds=KINDS)
def report_csv(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The frozen figures, one a row, with their definitions."""
    found = _report(request, year, number)
    page = queries.report_page(found.content)
    rows = queries.rows_of(found.community.key, page.told, page.page.span, page.counted_on)
    texts = (["" if cell is None else cell for cell in row] for row in rows)
    return table_file(f"{found.reference}.csv", chain([queries.FIGURE_COLUMNS], texts))


def _json(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
