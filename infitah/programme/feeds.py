"""Other doors to the programme: its timetable for people's own calendars."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community
from infitah.core.http import machine_page, viewer_of
from infitah.kernel.icalendar import calendar
from infitah.programme import queries
from infitah.programme.models import Cycle

LANGUAGES = ("ar", "fr", "zgh")


@machine_page(kinds=("programme",))
def timetable_ics(request: HttpRequest) -> HttpResponse:
    return _calendar(request, None)


@machine_page(kinds=("programme",))
def cycle_ics(request: HttpRequest, slug: str) -> HttpResponse:
    return _calendar(request, get_object_or_404(queries.cycles(viewer_of(request)), slug=slug))


def _calendar(request: HttpRequest, cycle: Cycle | None) -> HttpResponse:
    community = Community.objects.get(pk=request.community.pk)  # type: ignore[attr-defined]
    asked = request.GET.get("lang", "ar")
    language = asked if asked in LANGUAGES else "ar"
    days = queries.calendar_days(
        community=community, viewer=viewer_of(request), language=language, cycle=cycle
    )
    with override(language):
        name = cycle.title.in_language(language) if cycle else _("Openness programme")
    name = f"{name} · {community.institution.in_language(language)}"
    text = calendar(days, name=name, language=language)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    stem = f"programme-{cycle.slug}" if cycle else "programme"
    answer.headers["Content-Disposition"] = f'inline; filename="{stem}.ics"'
    return answer
