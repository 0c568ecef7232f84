"""What the follow-up committee decides of drafts: validated by a vote, or not kept (step 10)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.models import Sitting, VoteEvent
from infitah.proceedings.operations import must_stand
from infitah.programme.models import Commitment, CommitmentVersion, Cycle
from infitah.programme.operations.commitment import (
    CommitmentRefused,
    content_of,
    locked_commitment,
    tell_commitment,
)
from infitah.programme.operations.freezing import NOTHING, freeze, must_be_whole
from infitah.programme.queries.wholeness import needs_of
from infitah.programme.rules import adoption, states, texts


@transaction.atomic
def validate_commitment(
    *,
    commitment: Commitment,
    on: date,
    by: Actor,
    now: datetime,
    vote: VoteEvent | None = None,
    seen_sha256: str = "",
    waiver: LocalizedText = NOTHING,
) -> CommitmentVersion:
    """Freeze the text that the follow-up committee validated, with its hash, as a version.

    `vote` is that of the committee at a held sitting; without one the act is of an earlier day
    whose vote is not kept here. `seen_sha256` is the hash of the text that was voted on, where it
    is known. What the linter finds is kept with it; `waiver` is the published reason for going on
    below its mark. Raises CommitmentRefused unless it is a whole draft (`must_be_whole`), if the
    vote is not the committee's, was struck or lost, or was taken on an earlier text.
    """
    held = locked_commitment(commitment.reference)
    _must_be_ready(held)
    if vote is not None:
        must_stand(vote, CommitmentRefused)
        must_be_of_committee(held, vote)
        if vote.result != VoteEvent.Result.CARRIED:
            raise CommitmentRefused(
                _("The committee did not carry this vote."), code="lost", field="vote"
            )
        _must_be_voted_text(held, vote)
    content = content_of(held)
    digest = texts.content_digest(content)
    if seen_sha256 not in ("", digest):
        raise CommitmentRefused(
            _("The text of %(reference)s was changed since this page was opened: read it again.")
            % {"reference": held.reference},
            code="changed",
        )
    version = freeze(
        held, kind=CommitmentVersion.Kind.VALIDATED, on=on, by=by, vote=vote, waiver=waiver
    )
    held.state, held.changed_at = Commitment.State.VALIDATED, now
    held.save(update_fields=["state", "changed_at"])
    public: dict[str, JSON] = {"sha256": version.sha256}
    if vote is not None:
        public |= told_of(vote)
    tell_commitment(held, "validated", public, on=on, by=by, now=now)
    return version


@transaction.atomic
def validate_together(
    *,
    cycle: Cycle,
    seen: Mapping[str, str],
    vote: VoteEvent,
    waiver: LocalizedText,
    by: Actor,
    now: datetime,
) -> list[CommitmentVersion]:
    """Freeze the drafts of a cycle that one vote of the committee validated: all or none.

    `seen` gives the hash of the text that was on the page, by reference. Raises CommitmentRefused
    as `validate_commitment` does, naming all that the drafts need, and for a reference that is not
    one of the cycle.
    """
    drafts = {one.reference: one for one in cycle.commitments.filter(reference__in=list(seen))}
    if set(drafts) != set(seen):
        raise CommitmentRefused(
            _("One of these drafts is not of this cycle any more."), field="commitments"
        )
    _must_all_be_whole(drafts.values())
    return [
        validate_commitment(
            commitment=drafts[reference],
            on=vote.taken_on,
            vote=vote,
            seen_sha256=sha256,
            waiver=waiver,
            by=by,
            now=now,
        )
        for reference, sha256 in seen.items()
    ]


def _must_all_be_whole(drafts: Iterable[Commitment]) -> None:
    needs = [need for one in drafts for need in needs_of(one)]
    if needs:
        raise CommitmentRefused(
            " ".join(need.sentence for need in needs), code=needs[0].code, field="commitments"
        )


def _must_be_ready(held: Commitment) -> None:
    state = states.CommitmentState(held.state)
    if not states.commitment_may_become(state, states.CommitmentState.VALIDATED):
        raise CommitmentRefused(_("Only a draft can be validated."), code="step")
    must_be_whole(held)


def _must_be_voted_text(held: Commitment, vote: VoteEvent) -> None:
    """Raise CommitmentRefused where the text was worded anew after the vote. One query."""
    newest = held.versions.order_by("-number").values_list("made_on", flat=True).first()
    if newest is None:
        return
    if adoption.is_newer_than_vote(newest, held.changed_at, vote.taken_on, vote.recorded_at):
        raise CommitmentRefused(
            _(
                "The text of %(reference)s was changed after this vote: the committee has to vote "
                "on the text as it stands now."
            )
            % {"reference": held.reference},
            code="newer",
            field="vote",
        )


def must_be_of_committee(held: Commitment, vote: VoteEvent) -> None:
    """Raise CommitmentRefused unless `vote` was taken at a held sitting of the cycle's committee.

    Two queries.
    """
    sitting = Sitting.objects.select_related("session").get(items=vote.item_id)
    if sitting.state != Sitting.State.HELD or sitting.session.body_id != held.cycle.committee_id:
        raise CommitmentRefused(
            _("This vote was not taken at a sitting of the follow-up committee of this cycle."),
            code="body",
            field="vote",
        )


def told_of(vote: VoteEvent) -> dict[str, JSON]:
    """Return what the register says of a vote: its session and its counts. One query."""
    return {
        "session": vote.item.sitting.session.reference,
        "for": vote.in_favour,
        "against": vote.against,
        "abstained": vote.abstained,
    }
