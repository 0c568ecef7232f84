"""The log of published answers, and what was put off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infitah.core.http import public_page, viewer_of
from infitah.kernel.text import clean_line
from infitah.publication import queries, rules
from infitah.publication.queries import LogFilter
from infitah.publication.views.log_filters import Address, groups, narrowed

KINDS = ("publication",)
WORDS_MAX = 200
MORE = (
    rules.FacetKind.AXIS,
    rules.FacetKind.TAG,
    rules.FacetKind.LANGUAGE,
    rules.FacetKind.GROUND,
    rules.FacetKind.ITEM,
)


def wanted_of(request: HttpRequest) -> LogFilter:
    """Return what the address asks the log for; what no facet is called is passed over."""
    asked = ((kind, request.GET.get(kind.value, "")) for kind in rules.LISTED)
    return LogFilter(
        facets=tuple((kind, value[: rules.KEY_MAX]) for kind, value in asked if value),
        words=clean_line(request.GET.get("q", "")[: WORDS_MAX * 2])[:WORDS_MAX],
    )


@public_page(kinds=KINDS)
def log(request: HttpRequest) -> HttpResponse:
    viewer, wanted = viewer_of(request), wanted_of(request)
    counts = queries.log_counts(viewer)
    address = Address(reverse("publication:log"), wanted)
    context = {
        "wanted": wanted,
        "counts": counts,
        "narrowed": narrowed(viewer, address, counts),
        "first_filters": groups(address, counts, (rules.FacetKind.OUTCOME, rules.FacetKind.YEAR)),
        "more_filters": groups(address, counts, MORE),
        "without_words": address.to(q=""),
        "asking_url": queries.asking_url(wanted.words),
        **(_found(request, wanted, address) if wanted.words else _listed(request, wanted, address)),
    }
    return render(request, "publication/log.html", context)


def _listed(request: HttpRequest, wanted: LogFilter, address: Address) -> dict[str, object]:
    """Return a page of the list, the newest first."""
    listed = queries.record_list(
        viewer=viewer_of(request),
        wanted=wanted,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return {
        "records": listed.rows,
        "newer_url": address.page("after", listed.newer),
        "older_url": address.page("before", listed.older),
    }


def _found(request: HttpRequest, wanted: LogFilter, address: Address) -> dict[str, object]:
    """Return what words found: the closest on the first page, then all that hold every word."""
    found = queries.found_records(
        viewer=viewer_of(request),
        wanted=wanted,
        language=(get_language() or "ar").split("-")[0],
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return {
        "numbered": queries.by_number(viewer_of(request), wanted.words),
        "closest": found.closest,
        "is_cut": found.is_cut,
        "records": found.others.rows,
        "newer_url": address.page("after", found.others.newer),
        "older_url": address.page("before", found.others.older),
    }


@public_page(kinds=KINDS)
def put_off(request: HttpRequest) -> HttpResponse:
    context = {
        "records": queries.put_off(viewer_of(request)),
        "trail": [
            (_("Published answers"), reverse("publication:log")),
            (_("Answers whose publication is put off"), ""),
        ],
    }
    return render(request, "publication/put_off.html", context)
