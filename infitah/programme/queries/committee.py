"""The follow-up committee of a cycle: who sits in it, when it met, what it voted, what is next."""

from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce

from infitah.community.models import Body, Mandate
from infitah.community.queries import RuleGauge, body_gauges
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.proceedings import queries as proceedings
from infitah.proceedings import rules as meeting
from infitah.proceedings.models import Minutes, Session, Sitting
from infitah.programme.models import Cycle
from infitah.programme.queries.late import has_overdue
from infitah.programme.rules.committee import CycleDays, OwnTime, own_times


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting of the committee: its sittings with roll call and votes, its published minutes."""

    session: Session
    sittings: tuple[proceedings.SittingView, ...]
    minutes: tuple[LocalizedText, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """Everything that the page of a cycle's committee shows: only what is of the cycle's time."""

    cycle: Cycle
    body: Body
    seats: tuple[Mandate, ...]
    gauges: tuple[RuleGauge, ...]
    meetings: tuple[MeetingView, ...]
    older: str
    coming: Sitting | None
    last_on: date | None
    rhythm: meeting.Rhythm
    is_over: bool


def committee_page(
    cycle: Cycle, viewer: Viewer, today: date, *, before: str = ""
) -> CommitteePage | None:
    """Return the committee of a cycle with its meetings, newest first, or None without one.

    16 queries at most, whatever it holds. The rhythm is counted from the day on which the cycle
    was opened and its time began, or the committee made if that is later, until the cycle's last
    day, and on while something of it is late: a meeting in the time of the next cycle then counts
    too. The last meeting is the last one of its time, also where it came after that day.
    """
    body = cycle.committee
    if body is None:
        return None
    own = _times_of(body.pk)[cycle.slug]
    sessions = proceedings.sessions_within(
        proceedings.sessions_of(body, viewer), own.first, own.until
    )
    rows, older = proceedings.page_of_sessions(
        proceedings.with_proceedings(sessions), before=before
    )
    since = max(cycle.opened_on, body.created_on, own.first)
    is_over = today > cycle.ends_on and not has_overdue(viewer, cycle, today)
    every = [day for day in proceedings.held_days(body) if day >= own.first]
    held = [day for day in every if day in own]
    return CommitteePage(
        cycle=cycle,
        body=body,
        seats=tuple(proceedings.in_office(body, today)),
        gauges=tuple(body_gauges(body, today)),
        meetings=tuple(_meeting(session) for session in rows),
        older=older,
        coming=_coming(body, own, today),
        last_on=max((day for day in held if since <= day <= today), default=None),
        rhythm=meeting.rhythm(held, since, min(today, cycle.ends_on))
        if is_over
        else meeting.rhythm(every, since, today),
        is_over=is_over,
    )


def _times_of(body_id: int) -> dict[str, OwnTime]:
    """Return the time of each cycle that a committee follows, by short name. One query."""
    days = Cycle.objects.filter(committee=body_id)
    return own_times(
        CycleDays(*row) for row in days.values_list("slug", "opened_on", "starts_on", "ends_on")
    )


def _coming(body: Body, own: OwnTime, today: date) -> Sitting | None:
    """Return the next sitting announced in the time of a cycle. One query."""
    found = Sitting.objects.filter(
        session__body=body,
        session__state__in=Session.RUNNING,
        state=Sitting.State.PLANNED,
        held_on__gte=max(today, own.first),
        held_on__lt=own.until,
    )
    return found.select_related("session").order_by("held_on", "pk").first()


def _meeting(session: Session) -> MeetingView:
    minutes = getattr(session, "minutes", None)
    is_out = minutes is not None and minutes.state == Minutes.State.PUBLISHED
    return MeetingView(
        session=session,
        sittings=proceedings.sitting_views(session),
        minutes=tuple(proceedings.paragraphs(minutes.text)) if minutes and is_out else (),
        sha256=minutes.sha256 if minutes and is_out else "",
    )


def meeting_address_of(reference: Reference, viewer: Viewer) -> str | None:
    """Return the path without language of a meeting of a cycle's committee, or None.

    It is on the page of the cycle in whose time it lies. Two queries.
    """
    found = Session.objects.visible_to(viewer).filter(
        reference=str(reference), body__cycles__isnull=False
    )
    day = Coalesce("first_day", "convened_on")
    row = proceedings.with_first_day(found).values_list("body", day).first()
    if row is None:
        return None
    body_id, on = row
    slug = next(slug for slug, own in _times_of(body_id).items() if on in own)
    return f"programme/{slug}/committee/#{reference}"
