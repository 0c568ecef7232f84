"""The second round: draft commitments put to the public by paragraph (national method, step 6).

Before the round opens a changed draft is put to the public again, under the next number. While it
is open only an announced correction changes a text, and says why. A round that opened with nothing
to read can still be given its texts, once.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.participation.models import Consultation, DocumentText
from infitah.participation.operations import TextGiven, publish_text
from infitah.participation.rules import ConsultationState
from infitah.programme.models import Commitment, CommitmentVersion, Cycle
from infitah.programme.operations.commitment import (
    CommitmentRefused,
    content_of,
    locked_commitment,
    tell_commitment,
)
from infitah.programme.operations.freezing import NOTHING, freeze, must_be_whole
from infitah.programme.queries.paragraphs import paragraphs_of, title_of
from infitah.programme.rules import states

CONSULTED = states.CommitmentState.CONSULTED
FIRST = 1


@transaction.atomic
def put_to_public(
    *,
    cycle: Cycle,
    consultation: Consultation,
    commitments: Sequence[Commitment],
    by: Actor,
    now: datetime,
    waivers: Mapping[str, LocalizedText] | None = None,
    occurred_on: date | None = None,
) -> list[CommitmentVersion]:
    """Put the drafts of a cycle to the public, by paragraph, in a consultation of its second round.

    Each becomes a version of kind "round" with its score; `waivers` (by reference) are the reasons
    published where it is below the mark. A draft that was put there before and did not change is
    left as it is; a changed one gets the next number. Returns the versions made. `occurred_on` is
    the day of history that is entered afterwards. Raises CommitmentRefused for a consultation that
    is no later round of the cycle or is open with its texts, for a text that is not whole, or for a
    commitment that is past its drafting.
    """
    consultation = Consultation.objects.get(pk=consultation.pk)
    _check_round(cycle, consultation, is_history=occurred_on is not None, now=now)
    if not commitments:
        raise CommitmentRefused(_("Choose the drafts to put to the public."), field="commitments")
    day, reasons, made = occurred_on or local_day(now), waivers or {}, []
    for one in sorted(commitments, key=lambda each: each.reference):
        held = locked_commitment(one.reference)
        _check_draft(held, cycle)
        text = _published(held, consultation, by=by, now=now, occurred_on=occurred_on)
        if text is None:
            continue
        waiver = reasons.get(held.reference, NOTHING)
        version = freeze(held, kind=CommitmentVersion.Kind.ROUND, on=day, by=by, waiver=waiver)
        held.state, held.changed_at = CONSULTED.value, now
        held.save(update_fields=["state", "changed_at"])
        _tell(held, "put_to_public", text, version, on=day, by=by, now=now)
        made.append(version)
    return made


@transaction.atomic
def correct_text(
    *,
    commitment: Commitment,
    consultation: Consultation,
    reason: str,
    by: Actor,
    now: datetime,
) -> CommitmentVersion | None:
    """Correct the text of an open round from its draft, with the reason that readers see.

    Paragraphs whose words stay keep their votes. None where the draft says the same. Raises
    CommitmentRefused outside an open round or for a text that is not whole, and TextRefused
    without a reason.
    """
    held = locked_commitment(commitment.reference)
    consultation = Consultation.objects.get(pk=consultation.pk)
    if consultation.state(now) != ConsultationState.OPEN:
        raise CommitmentRefused(
            _(
                "A text is corrected while its round is open: before, put the draft to the public "
                "again; after, its version is the one that was voted on."
            )
        )
    if not DocumentText.objects.filter(consultation=consultation, subject=held.reference).exists():
        raise CommitmentRefused(_("This commitment is not in this consultation."))
    _check_draft(held, held.cycle)
    text = _published(held, consultation, by=by, now=now, reason=reason)
    if text is None:
        return None
    day = local_day(now)
    version = freeze(held, kind=CommitmentVersion.Kind.ROUND, on=day, by=by, reason=reason)
    held.changed_at = now
    held.save(update_fields=["changed_at"])
    _tell(held, "corrected", text, version, on=day, by=by, now=now)
    return version


def _check_round(
    cycle: Cycle, consultation: Consultation, *, is_history: bool, now: datetime
) -> None:
    later = cycle.rounds.held().filter(consultation=consultation, number__gt=FIRST)
    if not later.exists():
        raise CommitmentRefused(
            _(
                "Drafts are put to the public in the second round of their cycle: give the cycle "
                "its second consultation first."
            ),
            code="round",
            field="consultation",
        )
    if not is_history and _has_opened_with_texts(consultation, now):
        raise CommitmentRefused(
            _("This round is open: its texts were announced. Correct one with its reason instead."),
            code="open",
            field="consultation",
        )


def _has_opened_with_texts(consultation: Consultation, now: datetime) -> bool:
    """Return whether readers of an open round have its texts already. One query at most."""
    if consultation.state(now) != ConsultationState.OPEN:
        return False
    return DocumentText.objects.filter(consultation=consultation).exists()


def _check_draft(held: Commitment, cycle: Cycle) -> None:
    state = states.CommitmentState(held.state)
    is_ready = state is CONSULTED or states.commitment_may_become(state, CONSULTED)
    if held.cycle_id != cycle.pk or not is_ready:
        raise CommitmentRefused(
            _("%(reference)s is not a draft of this cycle any more.")
            % {"reference": held.reference},
            code="step",
        )
    must_be_whole(held)


def _published(
    held: Commitment,
    consultation: Consultation,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
    occurred_on: date | None = None,
) -> DocumentText | None:
    """Publish the draft as a text; None where the public reads these very words already."""
    content = content_of(held)
    known = DocumentText.objects.filter(
        consultation=consultation, subject=held.reference, is_current=True
    ).first()
    text = publish_text(
        consultation=consultation,
        given=TextGiven(
            subject=held.reference,
            title=title_of(content),
            paragraphs=paragraphs_of(content),
            position=held.position,
        ),
        reason=reason,
        occurred_on=occurred_on,
        by=by,
        now=now,
    )
    return None if known == text else text


def _tell(
    held: Commitment,
    step: str,
    text: DocumentText,
    version: CommitmentVersion,
    *,
    on: date,
    by: Actor,
    now: datetime,
) -> None:
    public: dict[str, JSON] = {
        "consultation": text.consultation.slug,
        "text": text.number,
        "version": version.number,
        "sha256": version.sha256,
        "score": version.lint_score,
    }
    if version.reason:
        public["reason"] = version.reason
    if version.waiver:
        public["waiver"] = version.waiver.as_json()
    tell_commitment(held, step, public, on=on, by=by, now=now)
