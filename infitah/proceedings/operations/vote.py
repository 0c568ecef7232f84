"""Votes: named ones with every name, counted ones with their counts only."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.dates import local_day
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import rules
from infitah.proceedings.models import AgendaItem, Attendance, Sitting, Vote, VoteEvent
from infitah.proceedings.operations.telling import tell_session


class VoteRefused(OperationRefused):
    """The vote cannot be recorded so."""


def must_stand(vote: VoteEvent, refused: type[OperationRefused]) -> None:
    """Lock a vote for what is made by it; raises `refused` if its record was struck."""
    if VoteEvent.objects.select_for_update().filter(pk=vote.pk).first() is None:
        raise refused(
            _("The record of this vote was struck: choose the one that stands."),
            code="struck",
            field="vote",
        )


def _sitting_of(item: AgendaItem) -> Sitting:
    """Lock and return the sitting of an item; raises VoteRefused unless it was held."""
    locked = Sitting.objects.select_for_update()
    sitting = locked.select_related("session__community", "session__body").get(pk=item.sitting_id)
    if sitting.state != Sitting.State.HELD:
        raise VoteRefused(_("A vote needs a sitting that was held with its quorum."))
    return sitting


def _present(sitting: Sitting) -> set[int]:
    present = sitting.attendances.filter(presence=Attendance.Presence.PRESENT)
    return set(present.values_list("mandate_id", flat=True))


def _must_be_present(sitting: Sitting, voters: set[int]) -> None:
    """Raise VoteRefused for nobody, for who holds no seat that day, or was not at the roll call."""
    if voters - set(sitting.attendances.values_list("mandate_id", flat=True)):
        raise VoteRefused(
            _("Somebody voted who holds no seat in this body on the day of the sitting."),
            code="no_mandate",
        )
    if not voters or voters - _present(sitting):
        raise VoteRefused(_("Only members present at the roll call can vote."), code="not_present")


def _check_casting(sitting: Sitting, event: VoteEvent) -> None:
    """Raise VoteRefused for a casting vote without equal votes, or for its lack where it decides.

    In the council the president's vote decides a public vote at equal votes cast; 113-14:43.
    """
    is_tied = rules.is_tied(event.counts)
    if event.casting_vote and not is_tied:
        raise VoteRefused(
            _("The chair's vote decides only where votes for and against are equal."),
            code="not_tied",
            field="casting_vote",
        )
    needs = rules.needs_casting_vote(
        event.counts, rules.Method(event.method), rules.Majority(event.majority)
    )
    if needs and not event.casting_vote and sitting.session.is_of_council:
        raise VoteRefused(
            _("Votes for and against are equal: say what the president voted, it decides."),
            code="tied",
            field="casting_vote",
        )


def _store(
    item: AgendaItem,
    sitting: Sitting,
    *,
    question: LocalizedText,
    method: rules.Method,
    counts: rules.Counts,
    majority: rules.Majority,
    casting_vote: rules.Choice | None,
    now: datetime,
) -> VoteEvent:
    result = rules.outcome(
        counts, majority=majority, members=sitting.seats or 0, casting_vote=casting_vote
    )
    event = VoteEvent(
        community=sitting.session.community,
        item=item,
        question=question,
        method=method.value,
        majority=majority.value,
        in_favour=counts.in_favour,
        against=counts.against,
        abstained=counts.abstained,
        casting_vote=casting_vote.value if casting_vote else "",
        result=result.value,
        taken_on=sitting.held_on,
        recorded_on=local_day(now),
        recorded_at=now,
    )
    _check_casting(sitting, event)
    event.save()
    return event


def _tell(
    event: VoteEvent, sitting: Sitting, names: list[dict[str, str]], *, by: Actor, now: datetime
) -> None:
    session = sitting.session
    tell_session(
        session,
        "voted",
        {
            "item": event.item.position,
            "method": event.method,
            "for": event.in_favour,
            "against": event.against,
            "abstained": event.abstained,
            "result": event.result,
            "votes": names,
        },
        on=sitting.held_on,
        by=by,
        now=now,
    )


@transaction.atomic
def record_named_vote(
    *,
    item: AgendaItem,
    question: LocalizedText,
    choices: Mapping[int, rules.Choice],
    majority: rules.Majority,
    by: Actor,
    now: datetime,
    casting_vote: rules.Choice | None = None,
) -> VoteEvent:
    """Record a vote by roll call: `choices` by mandate; the counts are their sum. 113-14:43.

    A member present who takes no part is not named. Raises VoteRefused if somebody voted who was
    not present or holds no seat, if nobody did, for a casting vote without equal votes, or for
    equal votes in the council without the president's vote.
    """
    sitting = _sitting_of(item)
    _must_be_present(sitting, set(choices))
    event = _store(
        item,
        sitting,
        question=question,
        method=rules.Method.NAMED,
        counts=rules.Counts.of(choices.values()),
        majority=majority,
        casting_vote=casting_vote,
        now=now,
    )
    Vote.objects.bulk_create(
        Vote(community=event.community, event=event, mandate_id=seat, choice=choice.value)
        for seat, choice in choices.items()
    )
    names = event.named.select_related("mandate__person").order_by("mandate__seat", "mandate_id")
    said = [{"name": vote.mandate.person.name.ar, "choice": vote.choice} for vote in names]
    _tell(event, sitting, said, by=by, now=now)
    return event


@transaction.atomic
def record_counted_vote(
    *,
    item: AgendaItem,
    question: LocalizedText,
    method: rules.Method,
    counts: rules.Counts,
    majority: rules.Majority,
    by: Actor,
    now: datetime,
    casting_vote: rules.Choice | None = None,
) -> VoteEvent:
    """Record a show of hands or a secret vote: counts only, no name is ever stored.

    Raises VoteRefused for a named vote, for more or fewer voters than members present, for a
    casting vote without equal votes, or for equal public votes in the council without the
    president's vote.
    """
    sitting = _sitting_of(item)
    if method == rules.Method.NAMED:
        raise VoteRefused(_("A vote by roll call needs the choice of each member."), code="named")
    present = len(_present(sitting))
    if counts.voters != present:
        raise VoteRefused(
            _(
                "For, against and abstentions make %(voters)s; %(present)s members were present: "
                "both must be equal."
            )
            % {"voters": counts.voters, "present": present},
            code="counts",
        )
    event = _store(
        item,
        sitting,
        question=question,
        method=method,
        counts=counts,
        majority=majority,
        casting_vote=casting_vote,
        now=now,
    )
    _tell(event, sitting, [], by=by, now=now)
    return event
