"""The governor's objection to a deliberation, the new examination, the administrative court.

Source: 113-14:117 and its like (to verify). Every step is recorded after it happened elsewhere.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core import files
from infitah.core.models import StoredFile
from infitah.core.viewer import Actor
from infitah.council import rules
from infitah.council.models import Deliberation, Objection
from infitah.council.operations.deliberation import (
    DeliberationRefused,
    locked,
    must_have_come,
    return_to_waiting,
    step,
    tell,
)
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import operations as proceedings
from infitah.proceedings.models import VoteEvent


@dataclass(frozen=True, slots=True)
class ObjectionLetter:
    """The letter of the governor: its number, the day on which it came, its reason, the scan."""

    number: str
    received_on: date
    reason: LocalizedText
    document: StoredFile | None = None


@transaction.atomic
def record_objection(
    *, reference: str, letter: ObjectionLetter, by: Actor, now: datetime
) -> Objection:
    """Record that the governor objected to a text that was sent to him; it then waits.

    An objection after its period is recorded all the same: a court judges that, not the register.
    Raises DeliberationRefused unless the text was sent and waits, for a second objection, for a
    letter without number or reason, or for a day before the sending or still to come.
    """
    item = locked(reference)
    _must_be_at_hand(item, rules.Contest.OBJECT)
    if not letter.number:
        raise DeliberationRefused(_("Give the number of the letter."), field="letter_number")
    if not letter.reason.ar:
        raise DeliberationRefused(
            _("Give the reason of the objection, in Arabic at least."), field="reason"
        )
    if item.sent_on is None or letter.received_on < item.sent_on:
        raise DeliberationRefused(
            _("The objection cannot come before the sending to the governor."), field="received_on"
        )
    must_have_come(letter.received_on, now, field="received_on")
    step(item, rules.State.OBJECTED)
    item.save(update_fields=["state"])
    made = Objection.objects.create(
        community=item.community,
        deliberation=item,
        letter_number=letter.number,
        received_on=letter.received_on,
        reason=letter.reason,
        document=_bound(item, letter.document, now),
    )
    public: dict[str, str | int] = {"letter": made.letter_number}
    if made.document is not None:
        public["document_sha256"] = made.document.sha256
    tell(item, "objected", public, on=made.received_on, by=by, now=now)
    return made


def _bound(item: Deliberation, document: StoredFile | None, now: datetime) -> StoredFile | None:
    if document is None:
        return None
    return files.bind(
        key=str(document.key),
        community_key=item.community.key,
        subject=item.reference,
        is_public=True,
        now=now,
    )


@transaction.atomic
def record_examination(
    *, reference: str, vote: VoteEvent, outcome: rules.Examination, by: Actor, now: datetime
) -> Objection:
    """Record the council's new examination of a text: kept, or given up, by which vote.

    A kept text waits again as after its sending; one that is given up is without effect. Raises
    DeliberationRefused unless an objection waits for it, or for a vote of another body or day.
    """
    item = locked(reference)
    _must_be_at_hand(item, rules.Contest.EXAMINE)
    held = item.objection
    proceedings.must_stand(vote, DeliberationRefused)
    _must_examine(held, vote)
    if outcome == rules.Examination.KEPT:
        return_to_waiting(item)
    else:
        step(item, rules.State.ANNULLED)
    item.save(update_fields=["state"])
    held.vote, held.outcome = vote, outcome.value
    held.save(update_fields=["vote", "outcome"])
    public: dict[str, str | int] = {
        "outcome": held.outcome,
        "session": vote.item.sitting.session.reference,
    }
    tell(item, "examined", public, on=vote.taken_on, by=by, now=now)
    return held


def _must_examine(held: Objection, vote: VoteEvent) -> None:
    if not vote.item.sitting.session.is_of_council or vote.community_id != held.community_id:
        raise DeliberationRefused(_("Only the council examines its text anew."), field="vote")
    if vote.taken_on < held.received_on:
        raise DeliberationRefused(_("This vote was taken before the objection."), field="vote")


@transaction.atomic
def record_referral(
    *, reference: str, referred_on: date, case_number: str, by: Actor, now: datetime
) -> Objection:
    """Record that the governor went to the administrative court on a text that the council kept.

    The text waits for the ruling. Raises DeliberationRefused unless the council kept it after an
    objection, if the court ruled already, or for a day before the new examination or to come.
    """
    item = locked(reference)
    _must_be_at_hand(item, rules.Contest.REFER)
    held = item.objection
    if held.vote is None or referred_on < held.vote.taken_on:
        raise DeliberationRefused(
            _("This day is before the council examined the text anew."), field="on"
        )
    must_have_come(referred_on, now, field="on")
    step(item, rules.State.REFERRED)
    item.save(update_fields=["state"])
    held.referred_on, held.case_number = referred_on, case_number
    held.save(update_fields=["referred_on", "case_number"])
    public: dict[str, str | int] = {"case": case_number} if case_number else {}
    tell(item, "referred", public, on=referred_on, by=by, now=now)
    return held


@transaction.atomic
def record_ruling(
    *, reference: str, ruled_on: date, ruling: rules.Ruling, by: Actor, now: datetime
) -> Objection:
    """Record what the court ruled: the text is annulled, or waits again as after its sending.

    Raises DeliberationRefused unless it is before the court, or for a day before the referral or
    still to come.
    """
    item = locked(reference)
    _must_be_at_hand(item, rules.Contest.RULE)
    held = item.objection
    if held.referred_on is None or ruled_on < held.referred_on:
        raise DeliberationRefused(_("This day is before the referral to the court."), field="on")
    must_have_come(ruled_on, now, field="on")
    if ruling == rules.Ruling.DISMISSED:
        return_to_waiting(item)
    else:
        step(item, rules.State.ANNULLED)
    item.save(update_fields=["state"])
    held.ruled_on, held.ruling = ruled_on, ruling.value
    held.save(update_fields=["ruled_on", "ruling"])
    tell(item, "ruled", {"ruling": held.ruling}, on=ruled_on, by=by, now=now)
    return held


def _must_be_at_hand(item: Deliberation, act: rules.Contest) -> None:
    if item.contest != act:
        raise DeliberationRefused(
            _("The deliberation is not at the step that this act needs."), code="step"
        )
