"""Acts of a milestone: start, block, resume, claim with evidence, confirm or send back, put off."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import bind_file, post_event
from infitah.core.viewer import Actor
from infitah.council import rules as council_rules
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.operations import Teller
from infitah.programme.models import Commitment, Evidence, Milestone, StatusChange
from infitah.programme.operations.letters import RETURNED, VERIFIED, tell_owner
from infitah.programme.queries.evidence_search import kind_in_index
from infitah.programme.queries.second_person import Bar, bar_between
from infitah.programme.rules import states
from infitah.programme.rules.updates import is_history
from infitah.searchindex import operations as searchindex

State = states.MilestoneState
tell_milestone = Teller(
    "programme.milestone_", ("programme",), community=attrgetter("commitment.community")
)
NOTHING = LocalizedText("")
OUT_OF_STEP = gettext_lazy("The milestone is not at the step that this act needs.")


class MilestoneRefused(OperationRefused):
    """The milestone does not allow this act now."""


@dataclass(frozen=True, slots=True)
class EvidenceGiven:
    """What shows that a milestone is done: a page, a document, or a record of this site.

    `sha256` is that of the file, or of what was captured; it is empty for an address that the
    worker is still to capture. `is_uploaded` says that a person gave the copy of an address.
    """

    kind: str
    title: LocalizedText
    sha256: str
    captured_on: date
    url: str = ""
    file: StoredFile | None = None
    record: str = ""
    alt: str = ""
    capture: StoredFile | None = None
    is_uploaded: bool = False

    @property
    def awaits_capture(self) -> bool:
        """Whether the worker is to capture an address before anybody can confirm it."""
        return bool(self.url) and not self.sha256


def locked_milestone(reference: str) -> Milestone:
    """Return a milestone, locked with its commitment. Raises Milestone.DoesNotExist."""
    held = Milestone.objects.select_for_update()
    return held.select_related("commitment__community", "commitment__cycle").get(
        reference=reference
    )


@transaction.atomic
def start_milestone(*, reference: str, on: date, by: Actor, now: datetime) -> Milestone:
    """Record that work began. Raises MilestoneRefused before the adoption or out of order."""
    milestone = locked_milestone(reference)
    if states.CommitmentState(milestone.commitment.state) not in states.ADOPTED_STATES:
        raise MilestoneRefused(_("The council has not adopted this commitment."), code="adopted")
    return _stepped(milestone, State.STARTED, NOTHING, on=on, by=by, now=now)


@transaction.atomic
def block_milestone(
    *, reference: str, reason: LocalizedText, on: date, by: Actor, now: datetime
) -> Milestone:
    """Record that work cannot go on, and why. Raises MilestoneRefused without a reason."""
    return _stepped(locked_milestone(reference), State.BLOCKED, reason, on=on, by=by, now=now)


@transaction.atomic
def resume_milestone(
    *, reference: str, reason: LocalizedText, on: date, by: Actor, now: datetime
) -> Milestone:
    """Record that blocked or returned work goes on. Raises MilestoneRefused out of order."""
    return _stepped(locked_milestone(reference), State.STARTED, reason, on=on, by=by, now=now)


@transaction.atomic
def claim_milestone(
    *, reference: str, evidence: EvidenceGiven, on: date, by: Actor, now: datetime
) -> Evidence:
    """Say that a milestone is done since `on`, with evidence; it waits for a second person.

    Raises MilestoneRefused out of order, for a day to come, or for evidence whose hash is not
    that of what is kept.
    """
    milestone = locked_milestone(reference)
    _check_hash(evidence)
    given = _add_evidence(milestone, evidence, by=by, now=now)
    milestone.done_on = on
    _stepped(milestone, State.CLAIMED, NOTHING, on=on, by=by, now=now, evidence=given)
    return given


@transaction.atomic
def claim_done(
    *, reference: str, evidence: EvidenceGiven, on: date, by: Actor, now: datetime
) -> Evidence:
    """Say that a milestone is done, recording first that work began where nobody had said so.

    Raises MilestoneRefused as `claim_milestone` does.
    """
    milestone = locked_milestone(reference)
    state = State(milestone.state)
    if states.milestone_may_become(state, State.STARTED) and state != State.RETURNED:
        _stepped(milestone, State.STARTED, NOTHING, on=on, by=by, now=now)
    return claim_milestone(reference=reference, evidence=evidence, on=on, by=by, now=now)


def _check_hash(evidence: EvidenceGiven) -> None:
    kept = evidence.file or evidence.capture
    if kept is not None and kept.sha256 != evidence.sha256:
        raise MilestoneRefused(_("The hash is not that of the document."), field="file")
    if not evidence.awaits_capture and len(evidence.sha256) != 64:
        raise MilestoneRefused(_("Evidence needs the SHA-256 of what was captured."), field="file")


def _add_evidence(
    milestone: Milestone, given: EvidenceGiven, *, by: Actor, now: datetime
) -> Evidence:
    commitment = milestone.commitment
    number = Evidence.objects.filter(milestone__commitment=commitment).count() + 1
    reference = str(Reference.parse(commitment.reference).child("E", number))
    for kept in filter(None, (given.file, given.capture)):
        bind_file(
            key=str(kept.key),
            community_key=commitment.community.key,
            subject=reference,
            is_public=True,
            now=now,
        )
    return Evidence.objects.create(
        community=milestone.commitment.community,
        milestone=milestone,
        reference=reference,
        kind=given.kind,
        title=given.title,
        url=given.url,
        file=given.file,
        record=given.record,
        alt=given.alt,
        capture=given.capture,
        is_uploaded=given.is_uploaded,
        sha256=given.sha256,
        captured_on=given.captured_on,
        claimed_by=by.key,
    )


def _waiting_evidence(milestone: Milestone, by: Actor) -> list[Evidence]:
    """Return the evidence that `by` may judge: another person added every piece of it."""
    waiting = list(milestone.evidence.filter(verified_by="", returned_on=None))
    bar = bar_between(milestone.commitment, [one.claimed_by for one in waiting], by.key)
    if bar == Bar.SAME:
        raise MilestoneRefused(
            _("Who claimed a milestone cannot confirm it: a second person must."), code="same"
        )
    if bar == Bar.OWNER:
        raise MilestoneRefused(
            _("Who answers for a commitment cannot confirm its evidence: a second person must."),
            code="owner",
        )
    return waiting


@transaction.atomic
def verify_milestone(*, reference: str, on: date, by: Actor, now: datetime) -> Milestone:
    """Confirm a claimed milestone as a second person: it is then done, and counts as progress.

    Its owner and the authors of the linked ideas are told, unless it is entered afterwards.
    Raises MilestoneRefused if it was not claimed, has no evidence, has some that is not captured
    yet, or if `by` claimed it or answers for the commitment, by whatever account or address.
    """
    milestone = locked_milestone(reference)
    waiting = _waiting_evidence(milestone, by)
    if not waiting:
        raise MilestoneRefused(_("There is no evidence to confirm."), code="evidence")
    if not all(one.sha256 for one in waiting):
        raise MilestoneRefused(
            _("The address is not captured yet: confirm once the capture stands here."),
            code="capture",
        )
    for one in waiting:
        one.verified_by, one.verified_on = by.key, on
        one.save(update_fields=["verified_by", "verified_on"])
        _mark_for_index(one)
    _stepped(milestone, State.VERIFIED, NOTHING, on=on, by=by, now=now)
    if not is_history(on, local_day(now)):
        tell_owner(milestone, VERIFIED, reason=NOTHING, now=now)
        post_event(
            kind=VERIFIED,
            community_key=milestone.commitment.community.key,
            subject=milestone.reference,
            payload={"commitment": milestone.commitment.reference},
            dedupe_key=f"{VERIFIED}:{milestone.reference}",
            now=now,
        )
    return milestone


def _mark_for_index(evidence: Evidence) -> None:
    """Have the worker index a document or data that a second person confirmed."""
    kind = kind_in_index(evidence)
    if kind:
        searchindex.mark_dirty(
            community_key=evidence.community.key, kind=kind, subject=evidence.reference
        )


@transaction.atomic
def return_milestone(
    *, reference: str, reason: LocalizedText, on: date, by: Actor, now: datetime
) -> Milestone:
    """Send a claimed milestone back: the evidence does not show that it is done; its owner is told.

    Raises MilestoneRefused without a reason, unless it was claimed, or if `by` claimed it.
    """
    milestone = locked_milestone(reference)
    for one in _waiting_evidence(milestone, by):
        one.returned_on = on
        one.save(update_fields=["returned_on"])
    milestone.done_on = None
    _stepped(milestone, State.RETURNED, reason, on=on, by=by, now=now)
    if not is_history(on, local_day(now)):
        tell_owner(milestone, RETURNED, reason=reason, now=now)
    return milestone


@transaction.atomic
def reschedule_milestone(
    *, reference: str, planned_end: date, reason: LocalizedText, on: date, by: Actor, now: datetime
) -> Milestone:
    """Put a milestone off; the day announced first stays, and lateness is counted from it.

    Raises MilestoneRefused without a reason, once it is said to be done, or for a day before its
    start.
    """
    milestone = locked_milestone(reference)
    if not states.steps_to_report(State(milestone.state)):
        raise MilestoneRefused(str(OUT_OF_STEP), code="step")
    if planned_end < milestone.planned_start:
        raise MilestoneRefused(
            _("This milestone cannot be put off to that day."), field="planned_end"
        )
    if not reason:
        raise MilestoneRefused(_("Say why, in words that a citizen understands."), field="reason")
    milestone.planned_end = planned_end
    milestone.save(update_fields=["planned_end"])
    public: dict[str, JSON] = {"until": planned_end.isoformat(), "reason": reason.as_json()}
    _note(milestone, State(milestone.state), reason, on=on, by=by, now=now)
    tell_milestone(milestone, "rescheduled", public, on=on, by=by, now=now)
    return milestone


def _stepped(
    milestone: Milestone,
    after: State,
    reason: LocalizedText,
    *,
    on: date,
    by: Actor,
    now: datetime,
    evidence: Evidence | None = None,
) -> Milestone:
    _must_be_carried_out(milestone)
    if on > local_day(now):
        raise MilestoneRefused(_("This day is still to come."), code="future", field="on")
    before = State(milestone.state)
    if not states.milestone_may_become(before, after):
        raise MilestoneRefused(str(OUT_OF_STEP), code="step")
    if after in states.REASON_NEEDED and not reason:
        raise MilestoneRefused(_("Say why, in words that a citizen understands."), field="reason")
    milestone.state = after.value
    milestone.save(update_fields=["state", "done_on"])
    _note(milestone, before, reason, on=on, by=by, now=now)
    _carry_up(milestone.commitment, now=now)
    public: dict[str, JSON] = {"from": before.value, "to": after.value}
    if reason:
        public["reason"] = reason.as_json()
    if evidence is not None:
        public["evidence"] = evidence.reference
        public["sha256"] = evidence.sha256
    tell_milestone(milestone, after.value, public, on=on, by=by, now=now)
    return milestone


def _must_be_carried_out(milestone: Milestone) -> None:
    """Raise MilestoneRefused while the deliberation that adopted the programme is stopped."""
    adopted = milestone.commitment.cycle.deliberation
    if adopted is not None and council_rules.State(adopted.state) in council_rules.STOPPED:
        raise MilestoneRefused(
            _(
                "The deliberation %(reference)s that adopted this programme is objected to, before "
                "the court or annulled: its milestones do not move before the council or the court "
                "has settled it."
            )
            % {"reference": adopted.reference},
            code="stopped",
        )


def _note(
    milestone: Milestone,
    before: State,
    reason: LocalizedText,
    *,
    on: date,
    by: Actor,
    now: datetime,
) -> None:
    StatusChange.objects.create(
        community=milestone.commitment.community,
        milestone=milestone,
        before=before.value,
        after=milestone.state,
        reason=reason,
        on=on,
        at=now,
        office=by.office,
    )


def _carry_up(commitment: Commitment, *, now: datetime) -> None:
    """Let the commitment's own state follow its milestones."""
    found = commitment.milestones.values_list("state", flat=True)
    after = states.state_after(
        states.CommitmentState(commitment.state), [State(state) for state in found]
    )
    commitment.state, commitment.changed_at = after.value, now
    commitment.save(update_fields=["state", "changed_at"])
