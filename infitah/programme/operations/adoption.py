"""The council's decision on a programme: adopted by hash, a commitment rejected, one withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.council import operations as council
from infitah.council import rules as council_rules
from infitah.council.models import Deliberation
from infitah.council.operations import AdoptedText
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.models import VoteEvent
from infitah.proceedings.operations import must_stand
from infitah.programme.models import (
    Adoption,
    Amendment,
    Commitment,
    CommitmentVersion,
    Cycle,
    Milestone,
)
from infitah.programme.operations.amending import must_be_of_council
from infitah.programme.operations.commitment import (
    CommitmentRefused,
    locked_commitment,
    tell_commitment,
)
from infitah.programme.operations.committee import must_be_of_committee, told_of
from infitah.programme.operations.cycle import CycleRefused, subject_of, tell_cycle
from infitah.programme.operations.freezing import freeze
from infitah.programme.operations.links import revoke_links
from infitah.programme.queries.adoption import BeforeCouncil, before_council
from infitah.programme.queries.amendments import difference_of
from infitah.programme.queries.contents import content_of
from infitah.programme.queries.deliberation_text import fingerprint
from infitah.programme.queries.own_texts import recorded_for
from infitah.programme.rules import adoption as rules
from infitah.programme.rules import amending, states, texts
from infitah.programme.rules.adoption import AdoptionFault

ADOPTED_EVENT = "programme.adopted"
REJECTED_EVENT = "programme.commitment_rejected"
WITHDRAWN_EVENT = "programme.commitment_withdrawn"
ADOPTION_FAULTS: Mapping[AdoptionFault, Promise] = {
    AdoptionFault.EMPTY: gettext_lazy("A programme without commitments cannot be adopted."),
    AdoptionFault.VALIDATED: gettext_lazy(
        "%(reference)s was neither validated by the follow-up committee nor rejected."
    ),
    AdoptionFault.WEIGHTS: gettext_lazy(
        "The weights of the milestones of %(reference)s must sum to 100."
    ),
    AdoptionFault.AMENDMENT: gettext_lazy(
        "An amendment of %(reference)s is moved and not decided yet."
    ),
    AdoptionFault.TEXT: gettext_lazy(
        "The text of %(reference)s is no longer the one that the committee validated."
    ),
}
ADDED_HASH = "إضافة البصمة الرقمية للنصوص المصادق عليها / Ajout de l’empreinte des textes approuvés"
STOPPED = frozenset(state.value for state in council_rules.STOPPED)


@transaction.atomic
def adopt_programme(*, cycle: Cycle, deliberation: Deliberation, by: Actor, now: datetime) -> Cycle:
    """Bind the texts of a cycle to the deliberation that adopted them, by hash.

    Adopted is the text of the committee, or the one that carried amendments led to; a rejected
    commitment is no part of the programme and stays public. The deliberation quotes the
    programme's hash in each language in which it is written. Raises CycleRefused if the programme
    was adopted before, for a deliberation of elsewhere or of another programme, if a commitment
    is neither validated nor rejected, if an amendment is not decided, if a text is no longer the
    validated one, if weights do not sum to 100, or if the hash is not quoted.
    """
    cycle = Cycle.objects.select_for_update().select_related("community").get(pk=cycle.pk)
    _must_be_open(cycle, deliberation)
    found = before_council(cycle, is_locked=True)
    candidates = [one.facts for one in found]
    fault = rules.adoption_fault(candidates)
    if fault is not None:
        sentence = str(ADOPTION_FAULTS[fault[0]]) % {"reference": fault[1]}
        raise CycleRefused(sentence, code=fault[0].value)
    digest = rules.digest_of(candidates)
    text = deliberation.versions.latest("number").text
    if rules.unquoted_in(text, digest):
        raise CycleRefused(
            _("The deliberation does not quote the hash of this programme."),
            code="hash",
            field="text",
        )
    kept = [one for one in found if not one.facts.is_rejected]
    for one in kept:
        _adopt(one, deliberation, now=now)
    cycle.state, cycle.deliberation, cycle.sha256 = Cycle.State.ADOPTED, deliberation, digest
    cycle.save(update_fields=["state", "deliberation", "sha256"])
    _tell(cycle, deliberation, found, by=by, now=now)
    return cycle


def _must_be_open(cycle: Cycle, deliberation: Deliberation) -> None:
    if cycle.state != Cycle.State.PREPARING:
        raise CycleRefused(_("This programme was adopted already."))
    if deliberation.community_id != cycle.community_id:
        raise CycleRefused(
            _("This deliberation belongs to another community."), field="deliberation"
        )
    if deliberation.state in STOPPED:
        raise CycleRefused(
            _("This deliberation was objected to or annulled: it adopts nothing."),
            field="deliberation",
        )
    if deliberation.adoptions.exists() or deliberation.cycles.exists():
        raise CycleRefused(
            _("This deliberation adopted another programme already."), field="deliberation"
        )


def _adopt(one: BeforeCouncil, deliberation: Deliberation, *, now: datetime) -> None:
    commitment, version = one.commitment, one.version
    if version is None:  # the rules refuse a text without a version before
        raise CycleRefused(
            str(ADOPTION_FAULTS[AdoptionFault.VALIDATED]) % {"reference": commitment.pk}
        )
    difference = difference_of(commitment, version)
    Adoption.objects.create(
        community=version.community,
        version=version,
        deliberation=deliberation,
        is_same_text=not difference,
        difference=difference,
    )
    adopted = states.CommitmentState.AMENDED if difference else states.CommitmentState.ADOPTED
    found = commitment.milestones.values_list("state", flat=True)
    after = states.state_after(adopted, [states.MilestoneState(state) for state in found])
    commitment.state, commitment.changed_at = after.value, now
    if version.kind == CommitmentVersion.Kind.AMENDED:
        _bring_in_line(commitment, version)
    commitment.save()


def _bring_in_line(commitment: Commitment, version: CommitmentVersion) -> None:
    """Make the record say what the council adopted: what citizens read is the adopted text."""
    content = version.content
    for name in (name for name in amending.WORDS if name in content):
        setattr(commitment, name, LocalizedText.from_json(content[name]))
    commitment.starts_on = date.fromisoformat(content["from"])
    commitment.ends_on = date.fromisoformat(content["until"])
    commitment.budget = content["budget"]
    adopted = {one["reference"]: one for one in content["milestones"]}
    for milestone in commitment.milestones.all():
        said = adopted[milestone.reference]
        milestone.title = LocalizedText.from_json(said["title"])
        _announce(milestone, date.fromisoformat(said["from"]), date.fromisoformat(said["until"]))
        milestone.weight = said["weight"]
        milestone.save()
    if texts.content_digest(content_of(commitment)) != version.sha256:
        raise CycleRefused(
            str(ADOPTION_FAULTS[AdoptionFault.TEXT]) % {"reference": commitment.reference},
            code="text",
        )


def _announce(milestone: Milestone, starts_on: date, ends_on: date) -> None:
    """Set the adopted days; where they are those that stood, what was put off since stays so."""
    if (milestone.announced_start, milestone.announced_end) == (starts_on, ends_on):
        return
    milestone.announced_start = milestone.planned_start = starts_on
    milestone.announced_end = milestone.planned_end = ends_on


def _tell(
    cycle: Cycle,
    deliberation: Deliberation,
    found: Sequence[BeforeCouncil],
    *,
    by: Actor,
    now: datetime,
) -> None:
    public: dict[str, JSON] = {
        "deliberation": deliberation.reference,
        "sha256": cycle.sha256,
        "text_sha256": deliberation.versions.latest("number").sha256,
        "commitments": [one.facts.reference for one in found if not one.facts.is_rejected],
        "rejected": [one.facts.reference for one in found if one.facts.is_rejected],
    }
    post_event(
        kind=ADOPTED_EVENT,
        community_key=cycle.community.key,
        subject=subject_of(cycle),
        payload={"cycle": cycle.pk},
        dedupe_key=f"{ADOPTED_EVENT}:{deliberation.reference}",
        now=now,
    )
    tell_cycle(cycle, "adopted", public, on=deliberation.adopted_on, by=by, now=now)


@transaction.atomic
def adopt_by_vote(
    *, cycle: Cycle, vote: VoteEvent, adopted: AdoptedText, by: Actor, now: datetime
) -> Deliberation:
    """Record the deliberation by which `vote` adopted a programme, and bind the programme to it.

    Both happen or neither does. Raises DeliberationRefused and CycleRefused as the two acts do,
    and CycleRefused where a deliberation on this programme is recorded already: there is one.
    """
    for earlier in recorded_for(cycle):
        raise CycleRefused(
            _("The deliberation %(reference)s was recorded for this programme: bind it, below.")
            % {"reference": earlier.reference},
            code="recorded",
        )
    deliberation = council.record_deliberation(
        items=[vote.item], vote=vote, adopted=adopted, by=by, now=now
    )
    adopt_programme(cycle=cycle, deliberation=deliberation, by=by, now=now)
    return deliberation


@transaction.atomic
def adopt_by_deliberation(
    *, cycle: Cycle, deliberation: Deliberation, adds_hash: bool, by: Actor, now: datetime
) -> Cycle:
    """Bind a programme to the deliberation that was recorded on it before.

    `adds_hash` completes a text that does not quote the hash, as a new version with its public
    reason. Raises DeliberationRefused and CycleRefused as the two acts do.
    """
    digest = rules.digest_of(one.facts for one in before_council(cycle))
    text = deliberation.versions.latest("number").text
    if adds_hash and rules.unquoted_in(text, digest):
        council.complete_text(
            reference=deliberation.reference,
            addition=fingerprint(digest),
            reason=ADDED_HASH,
            by=by,
            now=now,
        )
    return adopt_programme(cycle=cycle, deliberation=deliberation, by=by, now=now)


@transaction.atomic
def reject_commitment(
    *, commitment: Commitment, vote: VoteEvent, reason: LocalizedText, by: Actor, now: datetime
) -> Commitment:
    """Record that a commitment was not kept, by whose vote and why; its page stays public.

    A draft falls by a vote of the committee, a validated text by one of the council. The text of a
    draft that was never published is frozen with its score, for all to read. Raises
    CommitmentRefused for a vote that was carried or is another body's, without a reason, while an
    amendment is not decided, or once it was adopted.
    """
    held = locked_commitment(commitment.reference)
    body = rules.body_of_rejection(states.CommitmentState(held.state))
    if not body or held.cycle.state != Cycle.State.PREPARING:
        raise CommitmentRefused(
            _("Only a draft or a validated text that was not adopted yet can be rejected."),
            code="step",
        )
    must_stand(vote, CommitmentRefused)
    if body == "committee":
        must_be_of_committee(held, vote)
    else:
        must_be_of_council(held, vote.item)
    _must_be_lost(held, vote, reason)
    held.state, held.changed_at = Commitment.State.REJECTED, now
    held.rejected_by, held.rejection_reason = vote, reason
    held.save(update_fields=["state", "changed_at", "rejected_by", "rejection_reason"])
    if not held.versions.filter(is_public=True).exists():  # what was voted on stays readable
        freeze(held, kind=CommitmentVersion.Kind.DRAFT, on=vote.taken_on, by=by)
    _post(held, REJECTED_EVENT, now)
    public: dict[str, JSON] = {"by": body, "reason": reason.as_json(), **told_of(vote)}
    tell_commitment(held, "rejected", public, on=vote.taken_on, by=by, now=now)
    return held


def _post(held: Commitment, kind: str, now: datetime) -> None:
    post_event(
        kind=kind,
        community_key=held.community.key,
        subject=held.reference,
        payload={"commitment": held.pk},
        dedupe_key=f"{kind}:{held.reference}",
        now=now,
    )


def _must_be_lost(held: Commitment, vote: VoteEvent, reason: LocalizedText) -> None:
    if vote.result != VoteEvent.Result.LOST:
        raise CommitmentRefused(
            _("This vote was carried: it rejects nothing."), code="carried", field="vote"
        )
    if not reason.ar:
        raise CommitmentRefused(_("Say why, in Arabic at least."), field="reason")
    if held.amendments.filter(outcome=Amendment.Outcome.MOVED).exists():
        raise CommitmentRefused(
            _("Decide its amendments first, or record that they are withdrawn."), code="amendment"
        )


@transaction.atomic
def withdraw_commitment(
    *,
    commitment: Commitment,
    deliberation: Deliberation,
    reason: LocalizedText,
    by: Actor,
    now: datetime,
) -> Commitment:
    """Record that the council took an adopted commitment back, by a later deliberation.

    Its page stays, with the deliberation and the reason; its owner's links end. Raises
    CommitmentRefused for one that was not adopted or is done, without a reason, or for a
    deliberation of elsewhere, the adopting one, an earlier one, or one that was stopped.
    programme.md 6.
    """
    held = locked_commitment(commitment.reference)
    state = states.CommitmentState(held.state)
    if not states.commitment_may_become(state, states.CommitmentState.WITHDRAWN):
        raise CommitmentRefused(
            _("Only a commitment that was adopted and is not done can be withdrawn."), code="step"
        )
    if not reason.ar:
        raise CommitmentRefused(_("Say why, in Arabic at least."), field="reason")
    _must_come_after(held, deliberation)
    held.state, held.changed_at = Commitment.State.WITHDRAWN, now
    held.withdrawn_by, held.withdrawal_reason = deliberation, reason
    held.save(update_fields=["state", "changed_at", "withdrawn_by", "withdrawal_reason"])
    revoke_links(commitment=held, now=now)
    _post(held, WITHDRAWN_EVENT, now)
    public: dict[str, JSON] = {
        "deliberation": deliberation.reference,
        "reason": reason.as_json(),
    }
    on = deliberation.adopted_on
    tell_commitment(held, "withdrawn", public, on=on, by=by, now=now)
    bump(held.community.key, "council")
    return held


def _must_come_after(held: Commitment, deliberation: Deliberation) -> None:
    adopted = Adoption.objects.filter(version__commitment=held).select_related("deliberation")
    last = adopted.order_by("pk").last()
    is_later = last is None or (
        deliberation.pk != last.deliberation_id
        and deliberation.adopted_on >= last.deliberation.adopted_on
    )
    if (
        deliberation.community_id != held.community_id
        or deliberation.state in STOPPED
        or not is_later
    ):
        raise CommitmentRefused(
            _("A withdrawal needs a deliberation of this council, later than the adoption."),
            code="deliberation",
            field="deliberation",
        )
