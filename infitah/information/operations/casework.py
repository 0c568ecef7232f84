"""The one way in which anything happens to a request: lock, fold, guard, write, project, register.

Whatever an act changes is computed from all acts (law 31-13, arts. 14 to 21): the state is never
set by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.operations.proofs import purge_day_of
from infitah.community.queries.law import calendar
from infitah.community.queries.law import rules as legal_numbers
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import InformationRequest, RequestAct, Requester
from infitah.kernel.calendar import WorkingCalendar
from infitah.ledger import operations as ledger

KIND = "information"
NUMBERS = (
    *("information.reply", "information.reply_extension"),
    *("information.urgent_reply", "information.urgent_extension"),
    *rules.KEYS.values(),
)


class RequestRefused(OperationRefused):
    """The act cannot happen to this request; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """An act as it is said: its day and facts; `words` go to the requester, `note` stays inside.

    `public` and `private` are what the register holds beside the reference: in clear, and as
    salted commitments.
    """

    kind: rules.ActKind
    on: date
    facts: Mapping[str, str | bool] = field(default_factory=dict)
    words: str = ""
    note: str = ""
    public: Mapping[str, str | bool] = field(default_factory=dict)
    private: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands on a day: the fold of its acts, its clocks, whose turn it is.

    `first` is the clock of the first answer, of which figures tell whether it came in time.
    """

    case: rules.Case
    clocks: tuple[rules.Clock, ...]
    first: rules.Clock
    turn: rules.Turn
    silent_since: date | None
    working_days: int | None = None
    next_change: date | None = None


def law_of(community: Community, received_on: date) -> rules.Law:
    """Return the legal numbers that held on the day of receipt. One query."""
    return {one.key: one for one in legal_numbers(community, NUMBERS, received_on)}


def standing_of(
    acts: list[rules.Act], law: rules.Law, days: WorkingCalendar, today: date
) -> Standing:
    """Return where a request with these acts stands. No query."""
    return standing_in(rules.fold(acts), law, days, today)


def standing_in(
    case: rules.Case,
    law: rules.Law,
    days: WorkingCalendar,
    today: date,
    told: Mapping[rules.ClockName, date] = MappingProxyType({}),
) -> Standing:
    """Return where a request whose acts make this case stands; `told` as `rules.clocks` takes it.

    No query.
    """
    clocks = rules.clocks(case, law, days, today, told)
    silent = rules.silent_since(case, clocks[0], today)
    return Standing(
        case=case,
        clocks=clocks,
        first=rules.first_reply_clock(case, law, days) if case.reopened_on else clocks[0],
        turn=rules.turn(case, clocks, today),
        silent_since=silent,
        working_days=rules.working_days_taken(case, days),
        next_change=rules.next_change(case, clocks, today),
    )


def locked_request(community: Community, reference: str) -> InformationRequest:
    """Return a request held for this act. Raises InformationRequest.DoesNotExist."""
    held = InformationRequest.objects.select_for_update(of=("self",)).select_related("community")
    return held.get(community=community, reference=reference)


def acts_of(request: InformationRequest) -> list[rules.Act]:
    """Return the acts of a request in order. One query."""
    return [act.as_rule() for act in request.acts.order_by("position")]


def record_act(*, request: InformationRequest, said: Said, by: Actor, now: datetime) -> RequestAct:
    """Write one more act of a request held for it, and what follows from it.

    Call inside the transaction that holds the request. Raises RequestRefused where the acts so far
    leave no room for it, or its day lies before the last act or after today.
    """
    acts = acts_of(request)
    _check_order(acts, said, local_day(now))
    made = RequestAct(
        community=request.community,
        request=request,
        position=len(acts) + 1,
        kind=said.kind,
        occurred_on=said.on,
        recorded_at=now,
        by_kind=by.kind,
        by_key=by.key,
        by_office=by.office,
        facts=dict(said.facts),
        words=said.words,
        note=said.note,
    )
    made.register_number = _registered(request, said, by, now)
    made.save(force_insert=True)
    project(request, [*acts, made.as_rule()], now=now)
    _keep_identity_on(request, now)
    post_event(
        kind=f"information.{said.kind}",
        community_key=request.community.key,
        subject=request.reference,
        payload={"position": made.position},
        dedupe_key=f"information:{request.reference}:{made.position}",
        now=now,
    )
    bump(request.community.key, KIND)
    return made


def _keep_identity_on(request: InformationRequest, now: datetime) -> None:
    """Count the days until the identity is erased from this act on. Two queries."""
    known = Requester.objects.filter(request=request, purged_at=None)
    known.update(purge_on=purge_day_of(request.community, now))


def _check_order(acts: list[rules.Act], said: Said, today: date) -> None:
    if said.on > today:
        raise RequestRefused(_("This day has not come yet."), field="on")
    if acts and said.on < acts[-1].on:
        raise RequestRefused(_("This day lies before the last act of this request."), field="on")
    case = rules.fold(acts) if acts else None
    try:
        rules.step(case, rules.Act(said.kind, said.on, said.facts))
    except rules.NotNow as refused:
        raise RequestRefused(
            _("Since this page was opened the request has moved on: this step is not open now."),
            code="not_now",
        ) from refused


def _registered(request: InformationRequest, said: Said, by: Actor, now: datetime) -> int:
    entry = ledger.record(
        community_key=request.community.key,
        act=f"information.{said.kind}",
        subject=request.reference,
        by=by,
        public=dict(said.public),
        private=dict(said.private),
        occurred_on=said.on,
        now=now,
    )
    return entry.number


def project(request: InformationRequest, acts: list[rules.Act], *, now: datetime) -> Standing:
    """Write what follows from the acts into the columns that lists read; return it. Three queries.

    Replaying the acts must give the same columns: `infitah doctor` compares.
    """
    community, today = request.community, local_day(now)
    law = law_of(community, acts[0].on)
    standing = standing_of(acts, law, calendar(community), today)
    for name, value in columns_of(standing).items():
        setattr(request, name, value)
    request.changed_at = now
    request.save()
    return standing


def columns_of(standing: Standing) -> dict[str, object]:
    """Return the projected columns of a request; no query."""
    case, reply = standing.case, standing.clocks[0].due.deadline
    first = standing.first.due.deadline
    owed = case.is_unanswered
    return {
        "phase": case.phase,
        "remedy": case.remedy,
        "outcome": case.outcome or "",
        "due_on": reply.due if owed else None,
        "due_latest": reply.due_latest if owed else None,
        "reply_due_on": first.due_latest,
        "silent_from": first.due_latest + rules.DAY,
        "is_urgent": case.is_urgent,
        "is_extended": case.extended_on is not None,
        "decided_on": case.decided_on,
        "delivered_on": case.delivered_on,
        "published_on": case.published_on,
        "deferred_until": case.deferred_until,
        "turn": standing.turn.party,
        "answered_on": case.answered_on,
        "working_days": standing.working_days,
        "turn_by": standing.turn.by,
        "refresh_on": standing.next_change,
    }
