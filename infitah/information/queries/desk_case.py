"""One request as the desk shows it: what is asked, where it stands, what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Prefetch

from infitah.core.models import Mail
from infitah.core.viewer import Viewer
from infitah.information import rules
from infitah.information.models import (
    CaseFile,
    Decision,
    InformationRequest,
    RequestAct,
    Requester,
    ServiceTask,
)
from infitah.information.queries.letters.case import Told, told
from infitah.information.queries.moves import MoveRow, moves_of, windows_told_in

MAILS_SHOWN: Final = 20
REPEATS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What may be known of the requester without an unveil: never who it is."""

    status: str
    has_email: bool
    is_purged: bool


@dataclass(frozen=True, slots=True)
class MailSent:
    """A message about this request: which, how it fared; never to whom."""

    template: str
    state: str
    queued_at: datetime
    sent_at: datetime | None

    @property
    def has_failed(self) -> bool:
        return self.state in {Mail.State.FAILED, Mail.State.UNCERTAIN}


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A request with everything that its page shows; built by `desk_case`."""

    told: Told
    case: rules.Case
    clocks: tuple[rules.Clock, ...]
    turn: rules.Turn
    silent_since: date | None
    person: PersonFacts
    decisions: tuple[Decision, ...]
    tasks: tuple[ServiceTask, ...]
    files: tuple[CaseFile, ...]
    removed: tuple[CaseFile, ...]
    mails: tuple[MailSent, ...]
    moves: tuple[MoveRow, ...]
    viewer: Viewer
    today: date

    @property
    def request(self) -> InformationRequest:
        return self.told.request

    @property
    def acts(self) -> Sequence[RequestAct]:
        return self.told.acts

    @property
    def reply(self) -> rules.Clock:
        return self.clocks[0]

    @property
    def decision(self) -> Decision | None:
        """The decision in force."""
        return next((one for one in self.decisions if one.is_current), None)

    @property
    def days_left(self) -> int:
        """Days until the office is bound to answer; negative when it is late."""
        return (self.reply.ends_on - self.today).days

    @property
    def open_tasks(self) -> list[ServiceTask]:
        """Tasks that a service has not answered."""
        return [one for one in self.tasks if one.answered_at is None and one.cancelled_at is None]

    def may(self, kind: rules.ActKind) -> bool:
        """Return whether the acts so far leave room for one of `kind`."""
        return rules.may(self.case, kind)


def desk_case(*, viewer: Viewer, reference: str, today: date) -> DeskCase | None:
    """Return a request for its desk page, None where the viewer may not read it. 12 queries."""
    if not viewer.may("information.read"):
        return None
    known = InformationRequest.objects.visible_to(viewer).select_related("community", "unit")
    request = known.filter(reference=reference).first()
    if request is None:
        return None
    told_ = told(request)
    case, moves = told_.case, tuple(moves_of(request))
    files = list(request.files.select_related("file", "original", "task"))
    clocks = rules.clocks(case, told_.law, told_.days, today, windows_told_in(moves))
    return DeskCase(
        told=told_,
        case=case,
        clocks=clocks,
        turn=rules.turn(case, clocks, today),
        silent_since=rules.silent_since(case, clocks[0], today),
        person=_person(request),
        decisions=_decisions(request),
        tasks=_tasks(request),
        files=tuple(one for one in files if one.removed_at is None),
        removed=tuple(one for one in files if one.removed_at is not None),
        mails=_mails(request),
        moves=moves,
        viewer=viewer,
        today=today,
    )


def _person(request: InformationRequest) -> PersonFacts:
    values = Requester.objects.filter(request=request).values_list(
        "status", "has_email", "purged_at"
    )
    status, has_email, purged_at = values.first() or (Requester.Status.CITIZEN, False, None)
    return PersonFacts(status, has_email, purged_at is not None)


def _decisions(request: InformationRequest) -> tuple[Decision, ...]:
    return tuple(request.decisions.order_by("pk").prefetch_related("withheld"))


def _tasks(request: InformationRequest) -> tuple[ServiceTask, ...]:
    given = Prefetch("files", CaseFile.objects.in_place().select_related("file"))
    found = request.tasks.select_related("unit").order_by("position")
    return tuple(found.prefetch_related(given))


def _mails(request: InformationRequest) -> tuple[MailSent, ...]:
    sent = Mail.objects.filter(community_key=request.community.key, reference=request.reference)
    values = sent.order_by("-pk").values_list("template", "state", "queued_at", "sent_at")
    return tuple(MailSent(*one) for one in values[:MAILS_SHOWN])


def repeats_of(request: InformationRequest) -> list[str]:
    """Return the other requests of the same person in the same year, the newest first.

    For ground R4 only: they are named to the officer, who compares them. Nobody is named. One
    query.
    """
    mine = Requester.objects.filter(request=request).exclude(repeat_digest="")
    same = Requester.objects.filter(
        community_id=request.community_id, repeat_digest__in=mine.values("repeat_digest")
    )
    found = same.exclude(request=request).order_by("-pk")
    return list(found.values_list("request__reference", flat=True)[:REPEATS_SHOWN])
