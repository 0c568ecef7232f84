"""Amendments moved at a session of the council: moved, voted, withdrawn by their mover."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.community.models import Body, Mandate
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.dates import local_day
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.models import AgendaItem, Attendance, Sitting, VoteEvent
from infitah.proceedings.operations import must_stand
from infitah.programme.models import Amendment, Commitment, CommitmentVersion, Cycle
from infitah.programme.operations.commitment import locked_commitment, tell_commitment
from infitah.programme.operations.committee import told_of
from infitah.programme.queries.adoption import text_in_force
from infitah.programme.rules import amending, texts
from infitah.programme.rules.amending import AmendingFault, CannotAmend

FAULTS: Mapping[AmendingFault, Promise] = {
    AmendingFault.UNKNOWN_PART: gettext_lazy("This text has no such part."),
    AmendingFault.NO_ARABIC: gettext_lazy("Write the new text in Arabic."),
    AmendingFault.NOTHING_CHANGES: gettext_lazy("This is what the text says already."),
    AmendingFault.NOT_A_DAY: gettext_lazy("Write the day as year-month-day: 2026-03-02."),
    AmendingFault.NOT_AN_AMOUNT: gettext_lazy("Write the amount as a number."),
    AmendingFault.ENDS_BEFORE: gettext_lazy("The last day is before the first."),
    AmendingFault.NOT_WEIGHTS: gettext_lazy("Give each milestone its weight, a whole number."),
    AmendingFault.NOT_WHOLE: gettext_lazy(
        "The weights make %(found)s together: they must make 100, and none may be 0."
    ),
}


class AmendmentRefused(OperationRefused):
    """The amendment cannot be moved or decided so."""


def must_be_of_council(held: Commitment, item: AgendaItem) -> Sitting:
    """Return the sitting of an item, which must be a held one of the community's council.

    Raises AmendmentRefused otherwise. One query.
    """
    found = Sitting.objects.select_related("session__body").get(items=item)
    body = found.session.body
    is_council = body.kind == Body.Kind.COUNCIL and body.community_id == held.community_id
    if not is_council or found.state != Sitting.State.HELD:
        raise AmendmentRefused(
            _("This needs a sitting of the council that was held with its quorum."),
            code="body",
            field="item",
        )
    return found


def _must_be_before_council(held: Commitment) -> CommitmentVersion:
    version = text_in_force(held)
    is_open = held.cycle.state == Cycle.State.PREPARING
    if version is None or not is_open or held.state != Commitment.State.VALIDATED:
        raise AmendmentRefused(
            _("Only a text that the committee validated and the council did not adopt yet."),
            code="step",
        )
    return version


@transaction.atomic
def move_amendment(
    *,
    commitment: Commitment,
    item: AgendaItem,
    mover: Mandate,
    part: str,
    after: LocalizedText,
    reason: LocalizedText,
    by: Actor,
    now: datetime,
) -> Amendment:
    """Enter an amendment that a member present moved on a validated text; it gets its number.

    `part` is one of `rules.amending.parts`, `after` what it shall say. Raises AmendmentRefused
    unless the text is before the council, if the mover was not present, or if it changes nothing.
    """
    held = locked_commitment(commitment.reference)
    version = _must_be_before_council(held)
    sitting = must_be_of_council(held, item)
    present = sitting.attendances.filter(presence=Attendance.Presence.PRESENT, mandate=mover)
    if not present.exists():
        raise AmendmentRefused(
            _("An amendment is moved by a member present at this sitting."), field="mover"
        )
    before = _checked(version, part, after)
    amendment = Amendment.objects.create(
        community=held.community,
        commitment=held,
        version=version,
        item=item,
        number=held.amendments.count() + 1,
        mover=mover.person.name.ar,
        field=part,
        before=before,
        after=after,
        reason=reason,
        entered_at=now,
    )
    public: dict[str, JSON] = {
        "amendment": amendment.number,
        "part": part,
        "mover": amendment.mover,
        "before": before.as_json(),
        "after": after.as_json(),
        "session": sitting.session.reference,
    }
    tell_commitment(held, "amendment_moved", public, on=sitting.held_on, by=by, now=now)
    return amendment


def _checked(version: CommitmentVersion, part: str, after: LocalizedText) -> LocalizedText:
    """Return what the part says now. Raises AmendmentRefused if it cannot say `after`."""
    try:
        amending.amended(version.content, part, after)
        return amending.standing(version.content, part)
    except CannotAmend as refused:
        is_unknown = refused.fault == AmendingFault.UNKNOWN_PART
        raise AmendmentRefused(
            str(FAULTS[refused.fault]) % {"found": refused.found},
            code=refused.fault.value,
            field="part" if is_unknown else "after",
        ) from refused


def _locked(amendment: Amendment) -> Amendment:
    locked = Amendment.objects.select_for_update(of=("self",)).select_related("item")
    found = locked.get(pk=amendment.pk)
    if found.outcome != Amendment.Outcome.MOVED:
        raise AmendmentRefused(_("This amendment was decided already."), code="decided")
    return found


@transaction.atomic
def decide_amendment(
    *, amendment: Amendment, vote: VoteEvent, by: Actor, now: datetime
) -> Amendment:
    """Decide an amendment by the vote of the council: carried, it makes a new version of the text.

    The new version differs from the text in force by it alone. Raises AmendmentRefused if it was
    decided, for a vote on another agenda item or one that decided something else, or if another
    amendment changed the same part meanwhile.
    """
    held = locked_commitment(amendment.commitment.reference)
    moved = _locked(amendment)
    version = _must_be_before_council(held)
    sitting = must_be_of_council(held, moved.item)
    must_stand(vote, AmendmentRefused)
    if vote.item_id != moved.item_id:
        raise AmendmentRefused(
            _("This vote was taken on another agenda item."), code="item", field="vote"
        )
    if Amendment.objects.filter(vote=vote).exists():
        raise AmendmentRefused(
            _("This vote decided another amendment already."), code="used", field="vote"
        )
    is_carried = vote.result == VoteEvent.Result.CARRIED
    moved.made = _made(held, version, moved, by=by, vote=vote) if is_carried else None
    moved.outcome = Amendment.Outcome.CARRIED if is_carried else Amendment.Outcome.LOST
    moved.vote = vote
    moved.save(update_fields=["made", "outcome", "vote"])
    public: dict[str, JSON] = {"amendment": moved.number, "outcome": moved.outcome}
    public |= told_of(vote)
    if moved.made is not None:
        public["sha256"] = moved.made.sha256
    tell_commitment(held, "amendment_decided", public, on=sitting.held_on, by=by, now=now)
    return moved


def _made(
    held: Commitment, version: CommitmentVersion, moved: Amendment, *, by: Actor, vote: VoteEvent
) -> CommitmentVersion:
    if amending.standing(version.content, moved.field) != moved.before:
        raise AmendmentRefused(
            _("Another amendment changed this part meanwhile: withdraw it and move it anew."),
            code="stale",
        )
    content = amending.amended(version.content, moved.field, moved.after)
    latest = held.versions.order_by("-number").first() or version
    return CommitmentVersion.objects.create(
        community=held.community,
        commitment=held,
        number=latest.number + 1,
        content=content,
        sha256=texts.content_digest(content),
        made_on=vote.taken_on,
        kind=CommitmentVersion.Kind.AMENDED,
        made_by=by.office or by.key,
        lint_score=version.lint_score,
        lint=version.lint,
        waiver=version.waiver,
        vote=vote,
    )


@transaction.atomic
def withdraw_amendment(*, amendment: Amendment, by: Actor, now: datetime) -> Amendment:
    """Record that its mover withdrew an amendment before the vote; it stays on the page.

    Raises AmendmentRefused once it was decided.
    """
    held = locked_commitment(amendment.commitment.reference)
    moved = _locked(amendment)
    moved.outcome = Amendment.Outcome.WITHDRAWN
    moved.save(update_fields=["outcome"])
    public: dict[str, JSON] = {"amendment": moved.number}
    tell_commitment(held, "amendment_withdrawn", public, on=local_day(now), by=by, now=now)
    return moved
