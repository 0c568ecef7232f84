"""The public figures of access to information: a year, the list behind a figure, the data."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import clock
from infitah.core.http import midnight, public_page, viewer_of
from infitah.core.tables import streamed_table, table_file
from infitah.design.parts import FilterGroup, Option
from infitah.information.queries import figures as queries
from infitah.information.rules import figures as rules
from infitah.publication.rules import DEFAULT_LICENCE

KINDS: Final = ("information", "publication")
JSON: Final = "application/json; charset=utf-8"


def _here(request: HttpRequest) -> Community:
    community: Community = request.community  # type: ignore[attr-defined]
    return community


@public_page(kinds=KINDS, until=midnight)
def newest(request: HttpRequest) -> HttpResponse:
    """The newest year in which a request came in; in January often the one before."""
    community, today = _here(request), clock.today()
    years = queries.years_of(community, today)
    counted = queries.tally_of(community, rules.Span.of_year(years[0]), today)
    is_early = len(years) > 1 and not counted.count("received")
    return _page(request, years, years[1] if is_early else years[0])


@public_page(kinds=KINDS, until=midnight)
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    years = queries.years_of(_here(request), clock.today())
    if year not in years:
        raise Http404
    return _page(request, years, year)


def _page(request: HttpRequest, years: Sequence[int], year: int) -> HttpResponse:
    today, span = clock.today(), rules.Span.of_year(year)
    counted = queries.tally_of(_here(request), span, today)
    address = queries.address_in(year)
    context = {
        "year": year,
        "page": queries.live_page(counted, span, today=today, address=address),
        "years": _years(years, year),
        "months": queries.portal_months(_here(request), span),
        "published": queries.report_of(viewer_of(request), year),
        "baselines": rules.BASELINES,
        "trail": _trail((_("Figures"), "")),
    }
    return render(request, "information/figures.html", context)


def _trail(*more: tuple[object, str]) -> list[tuple[object, str]]:
    return [(_("Access to information"), reverse("information:index")), *more]


def _years(years: Sequence[int], current: int) -> list[FilterGroup]:
    options = [
        Option(str(one), reverse("information:figures-year", args=[one]), current=one == current)
        for one in years
    ]
    return [FilterGroup(_("Year"), options)] if len(options) > 1 else []


@public_page(kinds=KINDS, until=midnight)
def listed(request: HttpRequest, year: int, figure: str) -> HttpResponse:
    """The requests behind one figure, the newest first."""
    known, today, community = rules.FIGURES.get(figure), clock.today(), _here(request)
    if known is None or not 0 < year <= today.year:
        raise Http404
    span = rules.Span.of_year(year)
    counted = queries.tally_of(community, span, today)
    if not counted.count("received") and year != today.year:
        raise Http404
    found = queries.figure_list(
        community,
        known.list_code,
        span,
        viewer=viewer_of(request),
        today=today,
        after=request.GET.get("after", ""),
    )
    page = reverse("information:figures-year", args=[year])
    told = queries.told_of(counted)[figure]
    context = {
        "year": year,
        "figure": queries.figure_view(told, ""),
        "law_code": told.law_code,
        "rows": found.rows,
        "is_continued": bool(request.GET.get("after")),
        "first_url": request.path if request.GET.get("after") else "",
        "next_url": f"{request.path}?after={found.after}" if found.after else "",
        "trail": _trail((_("Figures"), page), (told.name, "")),
    }
    return render(request, "information/figure.html", context)


@public_page(kinds=KINDS, until=midnight)
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Every figure of every year, one a row, with its definition."""
    rows = [row for _year, rows in _all(request) for row in rows]
    return table_file(_name(request, "figures.csv"), [queries.FIGURE_COLUMNS, *_texts(rows)])


@public_page(kinds=KINDS, until=midnight)
def figures_json(request: HttpRequest) -> HttpResponse:
    content = {
        "community": _here(request).key,
        "licence": DEFAULT_LICENCE,
        "years": [
            {
                "year": year,
                "figures": [dict(zip(queries.FIGURE_COLUMNS, row, strict=True)) for row in rows],
            }
            for year, rows in _all(request)
        ],
    }
    return HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type=JSON)


def _all(request: HttpRequest) -> Iterator[tuple[int, list[Sequence[queries.Cell]]]]:
    community, today = _here(request), clock.today()
    for year in queries.years_of(community, today):
        span = rules.Span.of_year(year)
        counted = queries.tally_of(community, span, today)
        yield year, list(queries.figure_rows(community, counted, span, today))


def _whole(request: HttpRequest, today: date) -> Iterator[Sequence[queries.Cell]]:
    first = queries.years_of(_here(request), today)[-1]
    span = rules.Span(date(first, 1, 1), today)
    return queries.request_rows(_here(request), span, viewer=viewer_of(request), today=today)


@public_page(kinds=KINDS, until=midnight)
def requests_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole register of requests, without a word of their text or of who asks."""
    rows = _texts(_whole(request, clock.today()))
    return streamed_table(_name(request, "requests.csv"), _headed(queries.REQUEST_COLUMNS, rows))


@public_page(kinds=KINDS, until=midnight)
def requests_json(request: HttpRequest) -> HttpResponseBase:
    pieces = _requests(_here(request).key, _whole(request, clock.today()))
    return StreamingHttpResponse(pieces, content_type=JSON)


def _requests(key: str, rows: Iterable[Sequence[queries.Cell]]) -> Iterator[str]:
    """Yield one JSON object; what breaks off lacks its count and its end."""
    yield f'{{"community": {json.dumps(key)}, "licence": "{DEFAULT_LICENCE}",\n"requests": ['
    count = 0
    for count, row in enumerate(rows, start=1):
        one = dict(zip(queries.REQUEST_COLUMNS, row, strict=True))
        yield f"{',' if count > 1 else ''}\n{json.dumps(one, ensure_ascii=False)}"
    yield f'\n],\n"count": {count}}}\n'


def _headed(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield columns
    yield from rows


def _texts(rows: Iterable[Sequence[queries.Cell]]) -> Iterator[list[str]]:
    """Yield rows as a CSV says them: nothing for what is not known, yes and no in words."""
    words = {None: "", True: "yes", False: "no"}
    for row in rows:
        yield [words[one] if one is None or isinstance(one, bool) else str(one) for one in row]


def _name(request: HttpRequest, name: str) -> str:
    return f"{_here(request).key}-{name}"
