"""The last days of a request as days of a calendar that people keep in their telephone.

Only the bearer of the follow link gets them. They name the number of the request, never what is
asked, who asks, or the link itself: calendars are shared, and kept by others.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.queries import calendar, length_of, url_of
from infitah.community.queries.law import rules as legal_numbers
from infitah.information import rules
from infitah.information.models import InformationRequest
from infitah.information.queries.following import NUMBERS
from infitah.information.queries.letters.paper import citation
from infitah.information.queries.moves import windows_told_of
from infitah.information.rules.clocks import CITIZENS
from infitah.information.rules.labels import CLOCK_LABELS
from infitah.kernel.calendar import WorkingCalendar
from infitah.kernel.dates import format_date
from infitah.kernel.icalendar import Day

OVER = rules.ENDED


def calendar_days(request: InformationRequest, today: date, language: str) -> list[Day]:
    """Return the last days of a request: what runs, and the next right if no answer comes.

    An event keeps its name for ever and its sequence rises with each act and each moved day; what
    is over is cancelled, so that it vanishes from calendars that had it. Six queries.
    """
    acts = [act.as_rule() for act in request.acts.order_by("position")]
    case, told = rules.fold(acts), windows_told_of(request)
    law = {one.key: one for one in legal_numbers(request.community, NUMBERS, acts[0].on)}
    days = calendar(request.community)
    running = rules.clocks(case, law, days, today, told)
    names = {clock.name for clock in running}
    ahead = _ahead(case, law, days, running[-1], told)
    sequence = len(acts) + request.moves.count()
    with override(language):
        found = [_day(request, clock, case, sequence, language) for clock in running]
        found += [
            _day(request, clock, case, sequence, language, is_ahead=True)
            for clock in ahead
            if clock.name not in names
        ]
    return found


def _ahead(
    case: rules.Case,
    law: rules.Law,
    days: WorkingCalendar,
    last: rules.Clock,
    told: dict[rules.ClockName, date],
) -> tuple[rules.Clock, ...]:
    """Return the clocks as they will stand if the one that runs now ends without its act."""
    if last.met_on is not None or last.name in CITIZENS or case.phase in OVER:
        return ()
    after = last.last + timedelta(days=1)
    return rules.clocks(case, law, days, after, told)


def _day(
    request: InformationRequest,
    clock: rules.Clock,
    case: rules.Case,
    sequence: int,
    language: str,
    *,
    is_ahead: bool = False,
) -> Day:
    community, label = request.community, CLOCK_LABELS[clock.name].in_language(language)
    sentence = _("%(reference)s · %(step)s: last day")
    if is_ahead:
        sentence = _("%(reference)s · if no answer comes, %(step)s: last day")
    return Day(
        uid=f"{request.reference}-{clock.name}@{community.host or community.slug}",
        summary=sentence % {"reference": request.reference, "step": label},
        first=clock.ends_on,
        last=max(clock.ends_on, clock.last),
        changed_at=request.changed_at,
        sequence=sequence,
        status=_status(clock, case, is_ahead=is_ahead),
        description=_description(clock, language),
        url=url_of(community, f"/{language}/information/follow/?reference={request.reference}"),
    )


def _status(clock: rules.Clock, case: rules.Case, *, is_ahead: bool) -> str:
    if clock.met_on is not None or case.phase in OVER:
        return "CANCELLED"
    return "TENTATIVE" if is_ahead or clock.due.deadline.estimated else "CONFIRMED"


def _description(clock: rules.Clock, language: str) -> str:
    """Return what a person reads with the day: law, day zero, length, and how sure it is."""
    start = format_date(clock.starts_on, language, weekday=True)
    sentences = [
        _("%(law)s: %(length)s, counted from %(day)s.")
        % {"law": citation(clock.due.article), "length": length_of(clock.due), "day": start}
    ]
    if not clock.due.is_verified:
        sentences.append(_("This number of days is still to be verified."))
    if clock.due.deadline.estimated:
        sentences.append(_("A religious holiday on the way is estimated: the day may move."))
    return " ".join(sentences)
