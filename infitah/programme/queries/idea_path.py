"""What became of an idea, for its own page: every step with its day, and where it stands today.

The steps are those of the national method: commitment, validation by the committee, deliberation
of the council with its vote, milestones, evidence, reports (programme.md 2, chain).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from infitah.council.models import Deliberation
from infitah.council.queries import proofs, vote_sentence
from infitah.design.direction import localized
from infitah.design.parts import Knot
from infitah.design.text import day, filled
from infitah.participation.queries import Became, Outcome
from infitah.participation.queries.answers import merged_words
from infitah.proceedings.models import VoteEvent
from infitah.programme.models import (
    Adoption,
    AnnualReport,
    Commitment,
    CommitmentIdea,
    CommitmentVersion,
    Cycle,
    Evidence,
    Milestone,
)
from infitah.programme.queries.carry_over import knots_of_carried
from infitah.programme.queries.commitments import (
    CommitmentCard,
    card_of,
    commitments_of_idea,
    merged_into,
)
from infitah.programme.queries.sentences import milestone_sentence
from infitah.programme.rules import progress, states

Proofs = dict[tuple[str, str], str]
RUNNING = (
    "commitment__cycle",
    "commitment__rejected_by__item__sitting__session__body",
    "commitment__withdrawn_by",
)


@dataclass(frozen=True, slots=True)
class _Path:
    """A commitment with all that its idea's page tells of it.

    `merged_into` is the number of the idea that it was merged into, if that is linked to it too.
    """

    link: CommitmentIdea
    card: CommitmentCard
    milestones: tuple[Milestone, ...]
    validated: CommitmentVersion | None
    adoption: Adoption | None
    reports: tuple[AnnualReport, ...]
    merged_into: str = ""

    @property
    def commitment(self) -> Commitment:
        return self.link.commitment

    @property
    def evidence(self) -> Evidence | None:
        """The newest evidence that was not found wanting: confirmed ones before the others."""
        given = [one for step in self.milestones for one in step.evidence.all()]
        shown = [one for one in given if one.returned_on is None]
        return max(shown, key=_newest, default=None)


def _newest(evidence: Evidence) -> tuple[bool, date, int]:
    confirmed = evidence.verified_on
    return confirmed is not None, confirmed or evidence.captured_on, evidence.pk


def follow_up_of(
    community_key: str, reference: str, *, today: date, is_kept: bool = False
) -> Became:
    """Return the steps after the answer to an idea, and where it stands today.

    Of a kept one from which nothing was made, too. Eight queries at most, however many
    commitments grew from it; three where none did.
    """
    links = (
        commitments_of_idea(reference)
        .filter(community__key=community_key)
        .annotate(merged_into=merged_into())
        .select_related(*RUNNING)
        .prefetch_related(
            Prefetch("commitment__milestones", Milestone.objects.order_by("number")),
            "commitment__milestones__evidence",
        )
    )
    paths = _paths(list(links), today)
    carried = knots_of_carried(community_key, reference)
    if not paths:
        is_waiting = is_kept and not carried
        return Became(carried, _not_taken_up(community_key, reference) if is_waiting else [])
    known = _proofs(community_key, paths)
    knots = [knot for path in paths for knot in _knots(path, known, today)]
    return Became([*knots, *carried], [_standing(path, today) for path in paths])


def _paths(links: Sequence[CommitmentIdea], today: date) -> list[_Path]:
    """Return the paths of these links. Three queries, none without links."""
    if not links:
        return []
    ids = {link.commitment_id for link in links}
    kind = CommitmentVersion.Kind.VALIDATED
    versions = CommitmentVersion.objects.filter(commitment__in=ids, kind=kind).order_by("number")
    validated = {one.commitment_id: one for one in versions.select_related("vote")}
    bound = Adoption.objects.filter(version__commitment__in=ids)
    adopted = {
        one.version.commitment_id: one
        for one in bound.select_related("version", "deliberation__vote").order_by("pk")
    }
    reports = _reports({link.commitment.cycle_id for link in links})
    return [
        _Path(
            link=link,
            card=card_of(link.commitment, today),
            milestones=tuple(link.commitment.milestones.all()),
            validated=validated.get(link.commitment_id),
            adoption=adopted.get(link.commitment_id),
            reports=tuple(one for one in reports if _speaks_of(one, link.commitment)),
            merged_into=getattr(link, "merged_into", None) or "",
        )
        for link in links
    ]


def _reports(cycles: Iterable[int]) -> list[AnnualReport]:
    """Return the published reports of these cycles, the newest version a year, without content."""
    found = AnnualReport.objects.filter(cycle__in=cycles, published_on__isnull=False)
    rows = found.defer("content").select_related("cycle").order_by("year", "number")
    return list({(one.cycle_id, one.year): one for one in rows}.values())


def _speaks_of(report: AnnualReport, commitment: Commitment) -> bool:
    """Tell whether a report counts a commitment: it counts all that its cycle adopted."""
    is_adopted = states.CommitmentState(commitment.state) in states.ADOPTED_STATES
    return is_adopted and report.cycle_id == commitment.cycle_id


def _proofs(community_key: str, paths: Sequence[_Path]) -> Proofs:
    subjects = [path.commitment.reference for path in paths]
    subjects += [path.adoption.deliberation.reference for path in paths if path.adoption]
    return proofs(community_key, subjects)


# The steps ----------------------------------------------------------------------------------------


def _knots(path: _Path, known: Proofs, today: date) -> list[Knot]:
    knots = [_linked(path)]
    if path.validated is not None:
        knots.append(_validated(path, path.validated, known))
    if path.adoption is not None:
        knots.append(_adopted(path.adoption, known))
    knots += _turned_down(path)
    if _is_due(path.commitment):
        knots += [_late(path, one, today) for one in path.milestones if _is_late(one, today)]
        if path.evidence is not None:
            knots.append(_evidence(path, path.evidence))
        knots += [_report(one) for one in path.reports]
        knots.append(_carrying_out(path, today))
    return knots


def _is_due(commitment: Commitment) -> bool:
    return states.CommitmentState(commitment.state) in states.DUE_STATES


def _is_late(milestone: Milestone, today: date) -> bool:
    return progress.is_overdue(milestone.step, today)


def _linked(path: _Path) -> Knot:
    is_whole = path.link.weight == CommitmentIdea.Weight.MAIN
    part = _("Kept in part in the commitment: %(title)s")
    words = _("Kept in the commitment: %(title)s") if is_whole else part
    if not getattr(path.link, "is_answered", True):
        words = _("Linked to the commitment, before its answer: %(title)s")
    if not path.commitment.is_adopted:
        part = _("Entered a draft commitment in part: %(title)s")
        words = _("Entered a draft commitment: %(title)s") if is_whole else part
    return Knot(
        sentence=filled(words, title=localized(path.commitment.title)),
        state="done",
        state_words=_("Linked to the commitment") if path.commitment.is_adopted else _("Linked"),
        on=path.link.linked_on,
        who=merged_words(path.merged_into) if path.merged_into else "",
        url=path.card.url,
        reference=path.commitment.reference,
    )


def _validated(path: _Path, version: CommitmentVersion, known: Proofs) -> Knot:
    commitment = path.commitment
    return Knot(
        sentence=_("The follow-up committee validated the text of the commitment"),
        state="done",
        state_words=_("Validated"),
        on=version.made_on,
        who=vote_sentence(version.vote) if version.vote else "",
        url=reverse("programme:versions", args=[commitment.cycle.slug, commitment.reference]),
        reference=commitment.reference,
        proof_url=known.get((commitment.reference, "programme.commitment_validated"), ""),
    )


def _adopted(adoption: Adoption, known: Proofs) -> Knot:
    decided = adoption.deliberation
    is_annulled = decided.state == Deliberation.State.ANNULLED
    return Knot(
        sentence=_("Deliberation of the council: %(vote)s") % {"vote": vote_sentence(decided.vote)},
        state="refused" if is_annulled else "done",
        state_words=str(decided.get_state_display()) if is_annulled else _("Adopted"),
        on=decided.adopted_on,
        who=decided.title,
        url=reverse("council:decision", args=[decided.reference]),
        reference=decided.reference,
        proof_url=known.get((decided.reference, "council.deliberation_adopted"), ""),
    )


def _turned_down(path: _Path) -> list[Knot]:
    """Return the step by which a commitment was not kept, or the council took it back."""
    one = path.commitment
    if one.state == Commitment.State.REJECTED:
        vote = one.rejected_by
        return [
            Knot(
                sentence=_("The council did not keep this commitment; its reason stands there")
                if _is_of_council(vote)
                else _("The follow-up committee did not keep this draft; its reason stands there"),
                state="refused",
                state_words=one.get_state_display(),
                on=vote.taken_on if vote else None,
                who=vote_sentence(vote) if vote else "",
                url=path.card.url,
                reference=one.reference,
            )
        ]
    taken_back = one.withdrawn_by
    if taken_back is None:
        return []
    return [
        Knot(
            sentence=_("The council withdrew this commitment; its reason stands there"),
            state="refused",
            state_words=one.get_state_display(),
            on=taken_back.adopted_on,
            url=reverse("council:decision", args=[taken_back.reference]),
            reference=taken_back.reference,
        )
    ]


def _is_of_council(vote: VoteEvent | None) -> bool:
    return vote is None or vote.item.sitting.session.is_of_council


def _late(path: _Path, milestone: Milestone, today: date) -> Knot:
    return Knot(
        sentence=filled(
            _("Announced for this day, not done: %(title)s"), title=localized(milestone.title)
        ),
        state="late",
        state_words=milestone_sentence(milestone, today),
        on=milestone.announced_end,
        url=f"{path.card.url}#{milestone.reference}",
        reference=milestone.reference,
    )


def _evidence(path: _Path, evidence: Evidence) -> Knot:
    is_confirmed = evidence.verified_on is not None
    return Knot(
        sentence=filled(_("Newest evidence: %(title)s"), title=localized(evidence.title)),
        state="done" if is_confirmed else "claimed",
        state_words=_("Confirmed by a second person")
        if is_confirmed
        else _("Waiting for a second person"),
        on=evidence.verified_on or evidence.captured_on,
        url=f"{path.card.url}#{evidence.reference}",
        reference=evidence.reference,
    )


def _report(report: AnnualReport) -> Knot:
    return Knot(
        sentence=_("The report of %(year)s speaks of this commitment") % {"year": report.year},
        state="done",
        state_words=pgettext("report", "Published"),
        on=report.published_on,
        url=reverse("programme:report-year", args=[report.cycle.slug, report.year]),
        reference=report.reference,
    )


def _carrying_out(path: _Path, today: date) -> Knot:
    return Knot(
        sentence=_("Carrying out, as it stands today: %(counts)s")
        % {"counts": path.card.counts.verified_words},
        state=path.card.star,
        state_words=path.card.sentence,
        on=today,
        url=path.card.url,
        reference=path.commitment.reference,
    )


# Where it stands ----------------------------------------------------------------------------------


def _standing(path: _Path, today: date) -> Outcome:
    one, evidence = path.commitment, path.evidence
    shown = evidence if evidence is not None and evidence.verified_on is not None else None
    return Outcome(
        sentence=_where(path, today),
        star=path.card.star,
        title=one.title,
        url=path.card.url,
        evidence_title=shown.title if shown else None,
        evidence_url=f"{path.card.url}#{shown.reference}" if shown else "",
        reference=one.reference,
    )


def _where(path: _Path, today: date) -> str:
    """Return "here it is" or "not yet" in one sentence, by the records of today."""
    one = path.commitment
    if one.state == Commitment.State.REJECTED:
        return (
            _("It will not be: the council did not keep the commitment.")
            if _is_of_council(one.rejected_by)
            else _("It will not be: the follow-up committee did not keep the draft.")
        )
    if one.state == Commitment.State.WITHDRAWN:
        return _("It will not be: the council withdrew the commitment.")
    if not _is_due(one):
        return _("Not yet: the commitment is a draft that the council has not adopted.")
    if path.card.progress.verified == progress.WHOLE:
        last = max((step.done_on for step in path.milestones if step.done_on), default=None)
        words = _(
            "Here it is: all milestones are confirmed with evidence, the last done on %(day)s."
        )
        return filled(words, day=day(last))
    following = path.card.next_milestone
    if following is None:
        return _("Not yet: said to be done, and a second person has still to confirm it.")
    return _not_yet(path, following, today)


def _not_yet(path: _Path, following: Milestone, today: date) -> str:
    words = _("Not yet: %(counts)s. Next: “%(title)s”, announced for %(day)s (%(state)s).")
    return filled(
        words,
        counts=localized(path.card.counts.verified_words),
        title=localized(following.title),
        day=day(following.announced_end),
        state=localized(milestone_sentence(following, today)),
    )


def _not_taken_up(community_key: str, reference: str) -> list[Outcome]:
    """Return that a programme was adopted without this idea, if one was. One query."""
    cycles = Cycle.objects.filter(
        community__key=community_key,
        rounds__consultation__ideas__reference=reference,
        deliberation__isnull=False,
    )
    cycle = cycles.select_related("deliberation").order_by("starts_on").first()
    if cycle is None or cycle.deliberation is None:
        return []
    words = _(
        "Not yet: the council adopted the programme on %(day)s, and no commitment in it is linked "
        "to this idea."
    )
    return [
        Outcome(
            sentence=filled(words, day=day(cycle.deliberation.adopted_on)),
            star="to_come",
            title=cycle.title,
            url=reverse("programme:cycle", args=[cycle.slug]),
        )
    ]
