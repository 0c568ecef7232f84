"""What article 10 asks to publish, item by item, and how each stands today."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from infitah.core import clock
from infitah.core.http import midnight, public_page, viewer_of
from infitah.publication import queries, rules

KINDS = ("publication", "community")


@public_page(kinds=KINDS, until=midnight)
def transparency(request: HttpRequest) -> HttpResponse:
    items = queries.standing_of_items(
        viewer=viewer_of(request),
        community=request.community,  # type: ignore[attr-defined]
        today=clock.today(),
    )
    counts = Counter(one.freshness for one in items)
    context = {
        "article": [one for one in items if one.obligation.code.startswith("P")],
        "others": [one for one in items if one.obligation.code.startswith("S")],
        "total": len(items),
        "fresh": counts[rules.Freshness.FRESH] + counts[rules.Freshness.UNTIMED],
        "late": counts[rules.Freshness.LATE],
        "never": counts[rules.Freshness.NEVER],
    }
    return render(request, "publication/transparency.html", context)
