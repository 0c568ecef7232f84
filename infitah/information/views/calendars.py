"""The calendar file of a request: by the secret of its follow link, kept by nobody on the way."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.core import clock
from infitah.core.http import mail_link_page
from infitah.information import queries
from infitah.information.queries.calendar_file import calendar_days
from infitah.kernel.icalendar import calendar

LANGUAGES = ("ar", "fr", "zgh")


@mail_link_page
def request_ics(request: HttpRequest, token: str) -> HttpResponse:
    """Serve the last days of the request whose link carries `token`."""
    found = queries.request_by_token(request.community, token)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    asked = request.GET.get("lang", found.language)
    language = asked if asked in LANGUAGES else "ar"
    days = calendar_days(found, clock.today(), language)
    with override(language):
        name = _("Request %(reference)s") % {"reference": found.reference}
    text = calendar(days, name=name, language=language)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{found.reference}.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
