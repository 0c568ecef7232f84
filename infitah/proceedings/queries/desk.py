"""Meetings at the desk: which bodies an officer keeps, what a session still asks for.

An officer without the right over a body finds neither it nor its sessions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from infitah.community.models import Body
from infitah.core.viewer import Viewer
from infitah.proceedings import rules
from infitah.proceedings.models import AgendaItem, Minutes, Session, Sitting, VoteEvent
from infitah.proceedings.queries import meetings, sittings


@dataclass(frozen=True, slots=True)
class DeskAct:
    """An act that an app above offers on a session: its words and its address."""

    label: str | Promise
    url: str


BeforeMeeting = Callable[[Body, Viewer], Sequence[DeskAct]]
SessionActs = Callable[[Session, Viewer], Sequence[DeskAct]]
_CONVENINGS: Final[dict[str, str]] = {}
_SESSION_ACTS: Final[list[SessionActs]] = []
_BEFORE_MEETING: Final[list[BeforeMeeting]] = []


def register_convening(kind: str, name: str) -> None:
    """Have the bodies of a kind convened by the page called `name`, which an upper app owns."""
    _CONVENINGS[kind] = name


def register_session_acts(acts: SessionActs) -> None:
    """Have the desk page of a session offer what an upper app does with it."""
    if acts not in _SESSION_ACTS:
        _SESSION_ACTS.append(acts)


def register_before_meeting(ask: BeforeMeeting) -> None:
    """Have the desk pages of a body's meetings say what an upper app needs before it votes."""
    if ask not in _BEFORE_MEETING:
        _BEFORE_MEETING.append(ask)


def before_meeting(body: Body, viewer: Viewer) -> tuple[DeskAct, ...]:
    """Return what has to be settled before a body votes, each with where. Queries: the registry."""
    return tuple(need for ask in _BEFORE_MEETING for need in ask(body, viewer))


@dataclass(frozen=True, slots=True)
class Convening:
    """A body that the officer keeps, and where it is convened."""

    body: Body
    url: str


@dataclass(frozen=True, slots=True)
class DeskSitting:
    """A sitting with its roll call, and what may be done with it today."""

    view: meetings.SittingView
    may_add: bool
    may_change: bool
    may_call: bool
    may_call_again: bool

    @property
    def sitting(self) -> Sitting:
        return self.view.sitting


@dataclass(frozen=True, slots=True)
class DeskSession:
    """A session with all that its desk page shows."""

    session: Session
    sittings: tuple[DeskSitting, ...]
    notice: rules.Notice | None
    notice_law: meetings.LegalNumber | None
    acts: tuple[DeskAct, ...]
    needs: tuple[DeskAct, ...]
    origins: Mapping[str, str | Promise]

    @property
    def are_records_open(self) -> bool:
        """Whether roll calls and votes may still be put right: its minutes are not approved."""
        minutes = getattr(self.session, "minutes", None)
        return minutes is None or minutes.state in {Minutes.State.DRAFT, Minutes.State.SENT}

    @property
    def is_convocation_open(self) -> bool:
        """Whether the day of the convocation may still be put right."""
        states = {one.sitting.state for one in self.sittings}
        called = {Sitting.State.HELD, Sitting.State.NO_QUORUM}
        return self.session.state == Session.State.CONVENED and not states & called


def _kinds_kept(viewer: Viewer) -> list[str]:
    return [kind.value for kind in Body.Kind if rules.rights_to_keep(kind.value) & viewer.rights]


def bodies_kept(viewer: Viewer) -> list[Convening]:
    """Return the open bodies whose meetings the officer keeps, the council first. One query."""
    found = Body.objects.visible_to(viewer).filter(closed_on=None, kind__in=_kinds_kept(viewer))
    ordered = sorted(found, key=lambda body: (body.kind != Body.Kind.COUNCIL, body.pk))
    return [Convening(body, convening_url(body)) for body in ordered]


def convening_url(body: Body) -> str:
    """Return the address of the page that convenes a body. No query."""
    name = _CONVENINGS.get(body.kind, "proceedings_desk:convene")
    return reverse(name, args=[body.slug])


def _sessions_kept(viewer: Viewer) -> QuerySet[Session]:
    kept = Session.objects.visible_to(viewer).filter(body__kind__in=_kinds_kept(viewer))
    return kept.select_related("community", "body")


def page_of_sessions_kept(viewer: Viewer, *, before: str = "") -> tuple[list[Session], str]:
    """Return one page of the sessions that the officer keeps, newest first. Two queries."""
    found = meetings.with_first_day(_sessions_kept(viewer))
    return meetings.page_of_sessions(found, before=before)


def session_kept(viewer: Viewer, reference: str) -> Session | None:
    """Return a session that the officer keeps, or None. One query."""
    return _sessions_kept(viewer).filter(reference=reference).first()


def sitting_kept(viewer: Viewer, reference: str, position: int) -> Sitting | None:
    """Return a sitting that the officer keeps, or None. One query."""
    found = Sitting.objects.filter(
        session__in=_sessions_kept(viewer), session__reference=reference, position=position
    )
    return found.select_related("session__community", "session__body").first()


def sittings_to_call(viewer: Viewer, today: date) -> QuerySet[Sitting]:
    """Return the sittings that the officer keeps whose day has come and whose roll is not called.

    Earliest first.
    """
    found = Sitting.objects.filter(
        session__in=_sessions_kept(viewer),
        session__state__in=Session.RUNNING,
        state=Sitting.State.PLANNED,
        held_on__lte=today,
    )
    return found.select_related("session").order_by("held_on", "pk")


def item_kept(viewer: Viewer, reference: str, pk: int) -> AgendaItem | None:
    """Return an agenda item of a sitting that the officer keeps, or None. One query."""
    found = AgendaItem.objects.filter(
        sitting__session__in=_sessions_kept(viewer), sitting__session__reference=reference, pk=pk
    )
    return found.select_related("sitting__session__community", "sitting__session__body").first()


def vote_kept(viewer: Viewer, reference: str, pk: int) -> VoteEvent | None:
    """Return a record of a vote at a sitting that the officer keeps, struck or not, or None.

    One query.
    """
    found = VoteEvent.records.filter(
        item__sitting__session__in=_sessions_kept(viewer),
        item__sitting__session__reference=reference,
        pk=pk,
    )
    related = ("item__sitting__session__community", "item__sitting__session__body")
    return found.select_related(*related).first()


def desk_session(viewer: Viewer, reference: str, today: date) -> DeskSession | None:
    """Return a session with all that its desk page shows, or None. 10 queries, and the registry's.

    The number of queries does not depend on what the session holds.
    """
    found = meetings.with_proceedings(_sessions_kept(viewer).select_related("community"))
    session = found.filter(reference=reference).first()
    if session is None:
        return None
    notice, law = None, None
    if session.is_of_council:
        notice, law = meetings.notice_of(session)
    return DeskSession(
        session=session,
        sittings=tuple(_desk_sittings(session, today)),
        notice=notice,
        notice_law=law,
        acts=_acts_on(session, viewer),
        needs=before_meeting(session.body, viewer) if session.is_running else (),
        origins=sittings.origins_of(session.body),
    )


def _acts_on(session: Session, viewer: Viewer) -> tuple[DeskAct, ...]:
    """What other apps let the viewer do with a session; nothing is left of a cancelled one."""
    if session.state == Session.State.CANCELLED:
        return ()
    return tuple(act for ask in _SESSION_ACTS for act in ask(session, viewer))


def _desk_sittings(session: Session, today: date) -> list[DeskSitting]:
    is_running = session.is_running
    views = meetings.sitting_views(session)
    kept = [one.sitting for one in views if one.sitting.state != Sitting.State.CANCELLED]
    made = []
    for view in views:
        sitting = view.sitting
        sitting.session = session
        is_planned = is_running and sitting.state == Sitting.State.PLANNED
        again = any(one.position > sitting.position and one.call > sitting.call for one in kept)
        made.append(
            DeskSitting(
                view=view,
                may_add=not sittings.why_agenda_bound(sitting),
                may_change=is_planned,
                may_call=is_planned and sitting.held_on <= today,
                may_call_again=is_running
                and sitting.state == Sitting.State.NO_QUORUM
                and sitting.call < rules.LAST_CALL
                and not again,
            )
        )
    return made


def approving_sittings(session: Session) -> QuerySet[Sitting]:
    """Return the held sittings of the same body at which minutes may be approved, earliest first.

    One query, with one below it.
    """
    last = session.sittings.filter(state=Sitting.State.HELD).order_by("-held_on").first()
    found = Sitting.objects.filter(session__body=session.body_id, state=Sitting.State.HELD)
    if last is not None:
        found = found.filter(held_on__gte=last.held_on)
    return found.exclude(session=session).select_related("session").order_by("held_on", "pk")
