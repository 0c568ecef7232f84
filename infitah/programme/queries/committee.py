"""The follow-up committee of a cycle: who sits in it, when it met, what it voted, what is next."""

from dataclasses import dataclass
from datetime import date

from infitah.community.models import Body, Mandate
from infitah.community.queries import RuleGauge, body_gauges
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.proceedings import queries as proceedings
from infitah.proceedings import rules as meeting
from infitah.proceedings.models import Minutes, Session, Sitting
from infitah.programme.models import Cycle


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting of the committee: its sittings with roll call and votes, its published minutes."""

    session: Session
    sittings: tuple[proceedings.SittingView, ...]
    minutes: tuple[LocalizedText, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """Everything that the page of a cycle's committee shows."""

    cycle: Cycle
    body: Body
    seats: tuple[Mandate, ...]
    gauges: tuple[RuleGauge, ...]
    meetings: tuple[MeetingView, ...]
    older: str
    coming: Sitting | None
    last_on: date | None
    rhythm: meeting.Rhythm


def committee_page(
    cycle: Cycle, viewer: Viewer, today: date, *, before: str = ""
) -> CommitteePage | None:
    """Return the committee of a cycle with its meetings, newest first, or None without one.

    14 queries at most, whatever it holds. The rhythm is counted from the day on which the cycle
    was opened, or the committee made if that is later, until the cycle's last day at most; the
    last meeting is the last one, also where it came after that day.
    """
    body = cycle.committee
    if body is None:
        return None
    found = proceedings.with_proceedings(proceedings.sessions_of(body, viewer))
    rows, older = proceedings.page_of_sessions(found, before=before)
    coming = Sitting.objects.filter(
        session__body=body,
        session__state__in=Session.RUNNING,
        state=Sitting.State.PLANNED,
        held_on__gte=today,
    )
    since, until = max(cycle.opened_on, body.created_on), min(today, cycle.ends_on)
    held = proceedings.held_days(body)
    return CommitteePage(
        cycle=cycle,
        body=body,
        seats=tuple(proceedings.in_office(body, today)),
        gauges=tuple(body_gauges(body, today)),
        meetings=tuple(_meeting(session) for session in rows),
        older=older,
        coming=coming.select_related("session").order_by("held_on", "pk").first(),
        last_on=max((day for day in held if since <= day <= today), default=None),
        rhythm=meeting.rhythm(held, since, until),
    )


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
    """Return the path without language of a meeting of a cycle's committee, or None. One query."""
    found = Cycle.objects.visible_to(viewer).filter(
        committee__sessions__reference=str(reference), committee__isnull=False
    )
    slug = found.order_by("-starts_on").values_list("slug", flat=True).first()
    return f"programme/{slug}/committee/#{reference}" if slug else None
