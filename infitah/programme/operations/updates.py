"""What an owner says of a commitment each month: by the link of a mail, or at the desk.

It is the claim, one of three voices: it changes no date and no computed lateness. "It is done"
claims a milestone with evidence, which a second person then confirms or sends back.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.rules.codes import token_digest
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.ledger.rules.canonical import JSON
from infitah.programme.models import Commitment, Milestone, MonthlyLink, ProgressUpdate
from infitah.programme.operations.links import link_of, link_state, may_correct_word
from infitah.programme.operations.milestone import EvidenceGiven, claim_done, locked_milestone
from infitah.programme.queries.second_person import key_of_owner
from infitah.programme.rules import progress, updates
from infitah.programme.rules.states import CommitmentState
from infitah.programme.rules.updates import LinkState, Standing, WordFault

OFFICE = "commitment_owner"


class UpdateRefused(OperationRefused):
    """The word on a commitment cannot be taken."""


class LinkRefused(OperationRefused):
    """The link cannot be used (any more); `state` says why."""

    def __init__(self, state: LinkState) -> None:
        self.state = state
        super().__init__(_("This link can no longer be used."), code=state)


@dataclass(frozen=True, slots=True)
class Word:
    """What the owner says; `milestone` is a reference, `done_on` and `evidence` go with "done"."""

    standing: str
    note: str = ""
    language: str = "ar"
    milestone: str = ""
    done_on: date | None = None
    evidence: EvidenceGiven | None = None


@transaction.atomic
def tell_progress(
    *, commitment: Commitment, word: Word, by: Actor, now: datetime
) -> ProgressUpdate:
    """Record this month's word on a commitment in execution; "done" also claims its milestone.

    Returns the update with its number in the register, where the note stands as a salted
    commitment. Raises UpdateRefused outside execution, for a milestone of another commitment or
    one that is told done already, and for what the word lacks; MilestoneRefused as a claim does.
    programme.md 5, step 13.
    """
    held, milestone = _locked(commitment.pk, word)
    return _told(held, milestone, word, link=None, by=by, now=now)


@transaction.atomic
def tell_by_link(
    *, community: Community, token: str, device: str, word: Word, now: datetime
) -> ProgressUpdate:
    """Record a word by the link of a mail and use the link up, both or neither.

    `device` is the cookie of the device that took the link up. Raises LinkRefused for a link that
    is used, ended, forged or of another device, and what `tell_progress` raises.
    """
    found = link_of(community, token)
    if found is None:
        raise LinkRefused(LinkState.FORGED)
    # The commitment before the link, as whoever ends links does: no two acts wait on each other.
    held, milestone = _locked(found.commitment_id, word)
    link = MonthlyLink.objects.select_for_update().get(pk=found.pk)
    state = link_state(link, device=device, now=now)
    if state != LinkState.READY:
        raise LinkRefused(state)
    by = Actor("officer", key_of_owner(held), OFFICE)
    update = _told(held, milestone, word, link=link, by=by, now=now)
    link.used_at, link.opened_by = now, token_digest(device)
    link.save(update_fields=["used_at", "opened_by"])
    return update


@transaction.atomic
def correct_by_link(
    *, community: Community, token: str, device: str, word: Word, now: datetime
) -> ProgressUpdate:
    """Put another word in the place of the one that was said by a link, on the day of it.

    The register keeps both entries, the later one naming the earlier. Raises LinkRefused where
    the link does not correct any more (`may_correct_word`), and what `tell_progress` raises.
    """
    found = link_of(community, token)
    if found is None:
        raise LinkRefused(LinkState.FORGED)
    held, milestone = _locked(found.commitment_id, word)
    link = MonthlyLink.objects.select_for_update().get(pk=found.pk)
    if not may_correct_word(link, device=device, now=now):
        raise LinkRefused(LinkState.USED)
    said = ProgressUpdate.objects.select_related("community", "commitment").get(link=link)
    by = Actor("officer", said.given_by, said.office)
    return _told(held, milestone, word, link=link, by=by, now=now, corrected=said)


def _locked(pk: int, word: Word) -> tuple[Commitment, Milestone | None]:
    """Lock a commitment, and first the milestone that the word is about, as its own acts do."""
    milestone = None
    if word.milestone:
        known = Milestone.objects.filter(commitment_id=pk, reference=word.milestone).exists()
        if not known:
            raise UpdateRefused(
                _("Choose a milestone of this commitment."), code="milestone", field="milestone"
            )
        milestone = locked_milestone(word.milestone)
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("community")
    return rows.get(pk=pk), milestone


def _check(commitment: Commitment, milestone: Milestone | None, word: Word) -> Standing:
    if CommitmentState(commitment.state) not in updates.ASKED_STATES:
        raise UpdateRefused(
            _("This commitment is not being carried out: there is nothing to say of it now."),
            code="not_running",
        )
    standing = Standing(word.standing)
    fault = updates.fault_of_word(
        standing,
        note=word.note,
        has_milestone=milestone is not None,
        has_evidence=word.evidence is not None,
    )
    if fault is not None:
        raise _refusal(fault)
    if milestone is not None and milestone.step.state in progress.TOLD_DONE:
        raise UpdateRefused(
            _("This milestone is said to be done already."), code="done", field="milestone"
        )
    return standing


def _refusal(fault: WordFault) -> UpdateRefused:
    words, field = {
        WordFault.NOTE_MISSING: (_("Say what stands in the way, in words for the public."), "note"),
        WordFault.NOTE_LONG: (_("The note is too long: 600 characters at most."), "note"),
        WordFault.MILESTONE_MISSING: (_("Choose the milestone that is done."), "milestone"),
        WordFault.EVIDENCE_MISSING: (
            _("Add a photograph or a document that shows that it is done."),
            "file",
        ),
    }[fault]
    return UpdateRefused(words, code=fault, field=field)


def _told(
    commitment: Commitment,
    milestone: Milestone | None,
    word: Word,
    *,
    link: MonthlyLink | None,
    by: Actor,
    now: datetime,
    corrected: ProgressUpdate | None = None,
) -> ProgressUpdate:
    standing, today = _check(commitment, milestone, word), local_day(now)
    if standing == Standing.DONE and milestone is not None and word.evidence is not None:
        on = word.done_on or today
        claim_done(reference=milestone.reference, evidence=word.evidence, on=on, by=by, now=now)
    update = corrected or ProgressUpdate(
        community=commitment.community,
        commitment=commitment,
        link=link,
        month=link.month if link else updates.month_of(today),
        given_by=by.key,
        office=by.office,
    )
    update.milestone, update.standing = milestone, standing.value
    update.note, update.language, update.given_at = word.note, word.language, now
    update.register_number = _record(update, by=by, now=now)
    update.save()
    bump(commitment.community.key, "programme")
    return update


def _record(update: ProgressUpdate, *, by: Actor, now: datetime) -> int:
    public: dict[str, JSON] = {
        "month": update.month.strftime("%Y-%m"),
        "standing": update.standing,
    }
    if update.milestone is not None:
        public["milestone"] = update.milestone.reference
    if update.register_number is not None:
        public["corrects"] = update.register_number
    entry = ledger.record(
        community_key=update.community.key,
        act="programme.progress_told",
        subject=update.commitment.reference,
        by=by,
        public=public,
        private={"note": update.note} if update.note else None,
        occurred_on=local_day(now),
        now=now,
    )
    return entry.number
