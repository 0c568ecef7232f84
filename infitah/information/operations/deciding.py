"""Deciding, reading a decision as a second person, delivering and publishing (arts. 7 to 18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import (
    CaseFile,
    Decision,
    InformationRequest,
    RequestAct,
    WithheldPart,
)
from infitah.information.operations.casework import (
    RequestRefused,
    Said,
    locked_request,
    record_act,
)
from infitah.information.operations.files import choose_given
from infitah.kernel.text import has_letters

K = rules.ActKind


@dataclass(frozen=True, slots=True)
class Answer:
    """What is decided: the answer in words, the files that go with it, and each thing withheld.

    `gives` says whether the words alone give anything of what was asked; `files` are keys of files
    of the case that may leave.
    """

    words: str
    gives: bool
    withheld: Sequence[rules.Withholding] = ()
    files: Sequence[int] = ()

    @property
    def gives_something(self) -> bool:
        """Whether anything of what was asked is given."""
        return self.gives or bool(self.files)


class WithholdingRefused(RequestRefused):
    """A withholding lacks what makes it lawful; `lacks` holds for each its missing fields."""

    def __init__(self, lacks: list[tuple[rules.Lack, ...]]) -> None:
        super().__init__(_("Nothing is refused without all that the law and this service ask for."))
        self.lacks = lacks


@transaction.atomic
def decide(
    *,
    community: Community,
    reference: str,
    answer: Answer,
    on: date,
    by: Actor,
    now: datetime,
) -> Decision:
    """Decide a request; what it comes to is computed from what is given and withheld.

    Raises WithholdingRefused where a withholding lacks ground, limb, reason, harm or interest;
    RequestRefused without an answer in words, for a file that may not leave, or where the request
    has moved on.
    """
    lacks = [rules.lacks(one) for one in answer.withheld]
    if any(lacks):
        raise WithholdingRefused(lacks)
    if not has_letters(answer.words):
        raise RequestRefused(_("Write the answer."), field="words")
    if not answer.gives_something and not answer.withheld:
        raise RequestRefused(
            _("Say what is given, or by which ground it is not."), field="withheld"
        )
    request = locked_request(community, reference)
    given = choose_given(request, answer.files)
    outcome = rules.outcome_of(answer.gives_something, answer.withheld)
    said = Said(
        K.DECIDED,
        on,
        facts={"outcome": outcome.value, "withheld": bool(answer.withheld)},
        words=answer.words,
        public={"outcome": outcome.value, "grounds": _grounds(answer)},
        private={"answer": answer.words, **_hashes(given)},
    )
    record_act(request=request, said=said, by=by, now=now)
    request.decisions.filter(is_current=True).update(is_current=False)
    decision = Decision.objects.create(
        community=community,
        request=request,
        outcome=outcome,
        answer=answer.words,
        signer=by.key,
        office=by.office,
        decided_on=on,
        decided_at=now,
    )
    WithheldPart.objects.bulk_create(part_of(decision, one) for one in answer.withheld)
    return decision


def _grounds(answer: Answer) -> str:
    codes = {one.exception or one.ground.value for one in answer.withheld}
    return " ".join(sorted(codes))


def _hashes(given: Sequence[CaseFile]) -> dict[str, str]:
    """Return what the register commits to of the files given: their bytes, without their names."""
    found = " ".join(sorted(one.file.sha256 for one in given))
    return {"files": found} if found else {}


def part_of(decision: Decision, one: rules.Withholding) -> WithheldPart:
    """Return a withheld part of a decision, not written yet."""
    return WithheldPart(
        decision=decision,
        ground=one.ground,
        exception=one.exception,
        limb=one.limb,
        reason=one.reason,
        harm=one.harm,
        interest=one.interest,
        place=one.place,
    )


def decision_in_force(request: InformationRequest) -> Decision | None:
    """Return the decision that holds, or None. One query."""
    return request.decisions.filter(is_current=True).first()


@transaction.atomic
def read_second(
    *, community: Community, reference: str, on: date, by: Actor, now: datetime
) -> RequestAct:
    """Confirm a decision that withholds something, as a second person.

    Raises RequestRefused for the person who signed it.
    """
    request = locked_request(community, reference)
    decision = decision_in_force(request)
    if decision is not None and decision.signer == by.key:
        raise RequestRefused(
            _("You signed this decision: somebody else must read it."), code="same_person"
        )
    act = record_act(request=request, said=Said(K.SECOND_READ, on), by=by, now=now)
    if decision is not None:
        decision.reader = by.key
        decision.save(update_fields=["reader"])
    return act


@transaction.atomic
def send_back(
    *, community: Community, reference: str, note: str, on: date, by: Actor, now: datetime
) -> RequestAct:
    """Send a decision back before it leaves, with the reason for who wrote it."""
    if not has_letters(note):
        raise RequestRefused(_("Write what is to be mended."), field="note")
    request = locked_request(community, reference)
    act = record_act(request=request, said=Said(K.SENT_BACK, on, note=note), by=by, now=now)
    request.decisions.filter(is_current=True).update(is_current=False)
    return act


@transaction.atomic
def deliver(
    *,
    community: Community,
    reference: str,
    channel: str,
    proof: str,
    on: date,
    by: Actor,
    now: datetime,
) -> RequestAct:
    """Record that the answer reached the requester: by which way, and what proves it.

    Raises RequestRefused while something is withheld that no second person has read.
    """
    if channel not in set(rules.Delivery):
        raise RequestRefused(_("Choose how it was delivered."), field="channel")
    if channel in rules.PROVED_BY_NUMBER and not proof.strip():
        raise RequestRefused(
            _("Write the number of the registered letter, or who signed for it."),
            field="proof",
        )
    said = Said(
        K.DELIVERED,
        on,
        facts={"channel": channel},
        note=proof,
        public={"channel": channel},
    )
    request = locked_request(community, reference)
    return record_act(request=request, said=said, by=by, now=now)


@transaction.atomic
def defer_publication(
    *,
    community: Community,
    reference: str,
    until: date,
    reason: str,
    on: date,
    by: Actor,
    now: datetime,
) -> RequestAct:
    """Put the publication of an answer off until a day, with a reason that the public reads."""
    if until <= on:
        raise RequestRefused(_("Choose a later day."), field="until")
    if not has_letters(reason):
        raise RequestRefused(_("Write the reason: everybody can read it."), field="reason")
    said = Said(
        K.DEFERRED,
        on,
        facts={"until": until.isoformat()},
        words=reason,
        public={"until": until.isoformat(), "reason": reason},
    )
    request = locked_request(community, reference)
    return record_act(request=request, said=said, by=by, now=now)
