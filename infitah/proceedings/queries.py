"""Reads of meetings: what a session's page needs, and the legal numbers in force on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from infitah.community.models import Body, Community, Mandate, RuleValue
from infitah.core.viewer import Viewer
from infitah.proceedings import rules
from infitah.proceedings.models import AgendaItem, Attendance, Session, Sitting, Vote, VoteEvent

# Keys of the rule set of a council's own organic law, with the value where no set is loaded yet.
NOTICE_DAYS = ("council.convocation", 10)
POSTING_DAYS = ("council.posting", 8)
VISA_DAYS = ("council.visa", 20)
QUORUM = ("council.quorum", rules.QUORUM_PER_CENT)
LAST_CALL = ("council.last_call", rules.LAST_CALL)


@dataclass(frozen=True, slots=True)
class LegalNumber:
    """A number of the law on a day, where it stands, and whether it may be shown as certain."""

    value: int
    article: str
    is_verified: bool


def legal_number(community: Community, rule: tuple[str, int], on: date) -> LegalNumber:
    """Return the number in force on `on`, or the default of `rule`, never as certain. One query."""
    key, default = rule
    found = RuleValue.objects.of(community).on(on).filter(key=key).first()
    if found is None:
        return LegalNumber(default, "", is_verified=False)
    return LegalNumber(found.value, found.article, found.is_verified)


def quorum_rule(community: Community, on: date) -> rules.QuorumRule:
    """Return what makes a sitting valid on `on`. Two queries."""
    share = legal_number(community, QUORUM, on)
    last = legal_number(community, LAST_CALL, on)
    return rules.QuorumRule(share.value, last.value)


def in_office(body: Body, on: date) -> QuerySet[Mandate]:
    """Return the seats of a body held on `on`, in the order of seats, without substitutes."""
    held = Mandate.objects.filter(body=body, substitute_of=None).in_force(on)
    return held.select_related("person").order_by("seat", "pk")


def sessions_of(body: Body, viewer: Viewer) -> QuerySet[Session]:
    """Return the sessions of a body that the viewer may see, newest first."""
    return Session.objects.visible_to(viewer).filter(body=body).newest_first()


def with_proceedings(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Return the sessions with everything that their page shows: 6 more queries, whatever n."""
    named = Vote.objects.select_related("mandate__person")
    events = VoteEvent.objects.prefetch_related(Prefetch("named", named))
    items = AgendaItem.objects.prefetch_related(Prefetch("votes", events))
    roll = Attendance.objects.select_related("mandate__person")
    sittings = Sitting.objects.prefetch_related(
        Prefetch("items", items), Prefetch("attendances", roll)
    )
    return sessions.select_related("body", "minutes").prefetch_related(
        Prefetch("sittings", sittings)
    )


def roll_call(sitting: Sitting) -> rules.RollCall:
    """Return the counts of a sitting's roll call; no query if it was fetched before."""
    return rules.RollCall.of(rules.Presence(row.presence) for row in sitting.attendances.all())


def seats_by_mandate(sitting: Sitting) -> Mapping[int, Mandate]:
    """Return the seats in office on the day of the sitting, by their number. One query."""
    return {seat.pk: seat for seat in in_office(sitting.session.body, sitting.held_on)}
