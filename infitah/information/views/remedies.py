"""What may be done when no answer comes, or a refusal, for anybody who asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from infitah.core import clock
from infitah.core.http import midnight, public_page
from infitah.information.queries import remedies as queries


@public_page(kinds=("community", "site", "information"), until=midnight)
def remedies(request: HttpRequest) -> HttpResponse:
    found = queries.remedies(request.community, clock.today())  # type: ignore[attr-defined]
    return render(request, "information/remedies.html", {"remedies": found})
