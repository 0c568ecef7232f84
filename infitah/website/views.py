"""Public pages of the website: editorial pages in one language, the demonstration's mailbox."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from infitah.core import clock
from infitah.core.http import midnight, public_page, viewer_of
from infitah.core.queries import demonstration_mails
from infitah.participation.queries import next_moment
from infitah.website import queries


def until(request: HttpRequest) -> datetime | None:
    """Return when a page changes by the clock.

    A day late more, a consultation that closes, a page or a strip that begins or ends.
    """
    viewer, now = viewer_of(request), clock.now()
    closing = next_moment(viewer=viewer, now=now)
    scheduled = queries.next_moment(viewer, now)
    return min(filter(None, (midnight(request), closing, scheduled)))


@public_page(kinds=("site", "programme", "participation", "council"), until=until)
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an editorial page of this community in the language of the address.

    Never another language's page under this prefix (decisions C9): a missing translation says
    so, with links to the languages in which the page stands.
    """
    now, slugs = clock.now(), [part for part in path.split("/") if part]
    start = queries.home(viewer_of(request), get_language() or "ar")
    found = queries.page_below(start, slugs, now) if start else None
    if found is None:
        return _elsewhere(request, slugs)
    specific: Page = found.specific
    response: HttpResponseBase = specific.serve(request)
    if isinstance(response, TemplateResponse):
        standing = queries.standing_languages(specific, now)
        response.context_data = {**(response.context_data or {}), "standing": standing}
        response.render()
    return response


def _elsewhere(request: HttpRequest, slugs: list[str]) -> HttpResponse:
    others = []
    for start in queries.homes_elsewhere(viewer_of(request)):
        other = queries.page_below(start, slugs, clock.now())
        if other is not None:
            code = start.locale.language_code
            url = "/".join(["", code, *slugs, ""])
            others.append(queries.OtherLanguage(code, other.title, url))
    if not others:
        raise Http404(gettext("This page does not exist."))
    return render(request, "website/other_language.html", {"others": others}, status=404)


@public_page(kinds=("site",))
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the mails of the demonstration, since nobody else would see its codes."""
    mails = demonstration_mails(community_key=viewer_of(request).community_key)
    if mails is None:
        raise Http404
    response = render(request, "website/mailbox.html", {"mails": mails})
    response.headers["Cache-Control"] = "private, no-store"
    return response
