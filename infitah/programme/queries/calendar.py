"""The timetable as days of a calendar that people keep in their telephone."""

from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.core.viewer import Viewer
from infitah.kernel.dates import format_period
from infitah.kernel.icalendar import Day
from infitah.programme.models import Cycle, TimetableEntry

MOST = 500


def calendar_days(
    *, community: Community, viewer: Viewer, language: str, cycle: Cycle | None = None
) -> list[Day]:
    """Return the steps of a cycle, or of every cycle, as days in their order. One query.

    Struck-out steps stay, cancelled, so that they vanish from calendars that had them. At most
    500, the latest.
    """
    found = TimetableEntry.objects.filter(cycle__in=Cycle.objects.visible_to(viewer))
    if cycle is not None:
        found = found.filter(cycle=cycle)
    latest = found.select_related("cycle").order_by("-starts_on", "-pk")[:MOST]
    with override(language):
        return [_day(one, community, language) for one in reversed(latest)]


def _day(one: TimetableEntry, community: Community, language: str) -> Day:
    return Day(
        uid=f"{community.key}-{one.cycle.slug}-{one.slug}@{community.host or community.slug}",
        summary=_summary(one, language),
        first=one.starts_on,
        last=one.ends_on,
        changed_at=one.changed_at or _start_of(one.cycle.opened_on),
        sequence=one.revision,
        status=_status(one),
        description=_description(one, language),
        url=_url(one, community, language),
        category=str(one.get_kind_display()),
    )


def _summary(one: TimetableEntry, language: str) -> str:
    words = one.text.in_language(language)
    return _("%(step)s (estimated date)") % {"step": words} if one.is_estimated else words


def _status(one: TimetableEntry) -> str:
    if one.struck_on is not None:
        return "CANCELLED"
    return "TENTATIVE" if one.is_estimated else "CONFIRMED"


def _description(one: TimetableEntry, language: str) -> str:
    lines = [one.cycle.title.in_language(language), str(one.get_kind_display())]
    if one.announced_start is not None and one.announced_end is not None:
        days = format_period(one.announced_start, one.announced_end, language)
        lines.append(_("Announced first: %(days)s") % {"days": days})
    if one.reason:
        lines.append(one.reason.in_language(language))
    return "\n".join(lines)


def _url(one: TimetableEntry, community: Community, language: str) -> str:
    if one.record:
        return url_of(community, f"/d/{one.record}/")
    return url_of(community, f"/{language}/programme/{one.cycle.slug}/#step-{one.slug}")


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
