"""The thread of a commitment: idea, commitment, deliberation, milestones, evidence, proofs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from infitah.council.models import Deliberation
from infitah.council.queries import proofs, vote_sentence
from infitah.design.direction import localized
from infitah.design.parts import Knot
from infitah.design.text import filled
from infitah.kernel.dates import local_day
from infitah.participation.models import Consultation
from infitah.programme.models import Adoption, Commitment, CommitmentIdea, Evidence, Milestone
from infitah.programme.rules.progress import Summary

Proofs = dict[tuple[str, str], str]


class Shown(Protocol):
    """A milestone as a page shows it."""

    @property
    def milestone(self) -> Milestone: ...
    @property
    def star(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...


def five_knots(summary: Summary, *, is_adopted: bool) -> list[Knot]:
    """Return the five stars of a card with their words; before the council it is a draft."""
    names = (
        _("Ideas of citizens"),
        _("Commitment") if is_adopted else _("Draft commitment"),
        _("Adopted by the council"),
        _("Carried out"),
        _("Confirmed with evidence"),
    )
    words = (pgettext("ideas", "Received"), _("Written"), _("Adopted"))
    return [
        Knot(sentence=name, state=knot.value, state_words=word if knot == "done" else "")
        for name, knot, word in zip(names, summary.knots(), (*words, "", ""), strict=True)
    ]


def of_commitment(
    commitment: Commitment,
    links: Sequence[CommitmentIdea],
    adoptions: Sequence[Adoption],
    milestones: Sequence[Shown],
) -> list[Knot]:
    """Return the whole thread of a commitment by day. One query for the proofs.

    Of one day, and before any day is known, the steps stand in the order of the chain.
    """
    subjects = [commitment.reference, *(one.milestone.reference for one in milestones)]
    subjects += [one.deliberation.reference for one in adoptions]
    known = proofs(commitment.community.key, subjects)
    knots = _ideas(links) + _drafting(commitment, links, known)
    knots += [_adopted(one, known) for one in adoptions]
    knots += _not_kept(commitment, known)
    for one in milestones:
        knots += _milestone(one, known)
    return by_day(knots)


def by_day(knots: Iterable[Knot]) -> list[Knot]:
    """Return knots in order of days; those without a day first, those of one day as they came."""
    return sorted(knots, key=lambda knot: knot.on or date.min)


def _ideas(links: Sequence[CommitmentIdea]) -> list[Knot]:
    """Return a knot for each consultation in which ideas behind a commitment came."""
    counts = Counter(link.idea.consultation for link in links)
    return [_ideas_of(consultation, number) for consultation, number in counts.items()]


def _ideas_of(consultation: Consultation, number: int) -> Knot:
    sentence = ngettext(
        "%(count)s idea of citizens in the consultation",
        "%(count)s ideas of citizens in the consultation",
        number,
    )
    return Knot(
        sentence=sentence % {"count": number},
        state="done",
        state_words=pgettext("ideas", "Received"),
        on=local_day(consultation.opens_at),
        who=consultation.name,
        url="#ideas",
    )


def _drafting(commitment: Commitment, links: Sequence[CommitmentIdea], known: Proofs) -> list[Knot]:
    """Return who wrote it and, once the committee validated the text, that it did."""
    written = Knot(
        sentence=_("Entered afterwards from the file of a running programme")
        if commitment.source_key
        else _("Written as a draft by the administration of the council"),
        state="done",
        state_words=_("Recorded"),
        on=min((link.linked_on for link in links), default=None),
        reference=commitment.reference,
    )
    validated_on = getattr(commitment, "validated_on", None)
    if validated_on is None:
        return [written]
    proof = known.get((commitment.reference, "programme.commitment_validated"), "")
    validated = Knot(
        sentence=_("Validated as a commitment by the follow-up committee"),
        state="done",
        state_words=_("Validated"),
        on=validated_on,
        reference=commitment.reference,
        proof_url=proof,
    )
    return [written, validated]


def _adopted(adoption: Adoption, known: Proofs) -> Knot:
    deliberation = adoption.deliberation
    is_annulled = deliberation.state == Deliberation.State.ANNULLED
    return Knot(
        sentence=vote_sentence(deliberation.vote),
        state="refused" if is_annulled else "done",
        state_words=str(deliberation.get_state_display()) if is_annulled else _("Adopted"),
        on=deliberation.adopted_on,
        who=deliberation.title,
        url=reverse("council:decision", args=[deliberation.reference]),
        reference=deliberation.reference,
        proof_url=known.get((deliberation.reference, "council.deliberation_adopted"), ""),
    )


def _not_kept(commitment: Commitment, known: Proofs) -> list[Knot]:
    """Return the vote by which it was not kept, if there was one."""
    vote = commitment.rejected_by
    if vote is None:
        return []
    session = vote.item.sitting.session
    return [
        Knot(
            sentence=_("Not kept by the council")
            if session.is_of_council
            else _("Not kept by the follow-up committee"),
            state="refused",
            state_words=vote_sentence(vote),
            on=vote.taken_on,
            who=session.title,
            url="#vote",
            reference=commitment.reference,
            proof_url=known.get((commitment.reference, "programme.commitment_rejected"), ""),
        )
    ]


def _milestone(shown: Shown, known: Proofs) -> list[Knot]:
    milestone = shown.milestone
    act = f"programme.milestone_{milestone.state}"
    knots = [
        Knot(
            sentence=milestone.title,
            state=shown.star,
            state_words=shown.sentence,
            on=milestone.done_on or milestone.announced_end,
            who=milestone.unit.name if milestone.unit else "",
            url=f"#{milestone.reference}",
            reference=milestone.reference,
            proof_url=known.get((milestone.reference, act), ""),
        )
    ]
    knots += [
        Knot(
            sentence=filled(_("Evidence: %(title)s"), title=localized(one.title)),
            state="done" if one.verified_on else "late" if one.returned_on else "claimed",
            state_words=_evidence_words(one),
            on=_day_of(one),
            url=f"#{one.reference}",
            reference=one.reference,
        )
        for one in sorted(shown.evidence, key=_day_of)
    ]
    return knots


def _day_of(evidence: Evidence) -> date:
    """Return the day of what was last known of evidence: that of its finding, if there is one."""
    return evidence.verified_on or evidence.returned_on or evidence.captured_on


def _evidence_words(evidence: Evidence) -> str:
    if evidence.verified_on:
        return _("Confirmed by a second person")
    if evidence.returned_on:
        return _("Found not enough")
    return _("Waiting for a second person")
