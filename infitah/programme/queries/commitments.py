"""Commitments as readers see them: cards, the page with its thread, what is overdue, links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core.viewer import Viewer
from infitah.council.models import Deliberation
from infitah.council.queries import Consequence
from infitah.design.parts import Knot
from infitah.kernel.references import Reference
from infitah.participation.models import IdeaAnswer
from infitah.participation.queries import ideas_visible_to
from infitah.proceedings.models import Vote
from infitah.programme.models import (
    Adoption,
    Commitment,
    CommitmentIdea,
    CommitmentVersion,
    Cycle,
    Evidence,
    Indicator,
    IndicatorValue,
    Milestone,
)
from infitah.programme.queries import threads
from infitah.programme.queries.carry_over import Carried, carried_of
from infitah.programme.queries.sentences import (
    Counts,
    commitment_sentence,
    counts_of,
    milestone_sentence,
)
from infitah.programme.rules import progress, states

VALUES = {
    "transparency": gettext_lazy("transparency"),
    "accountability": gettext_lazy("accountability"),
    "participation": gettext_lazy("citizen participation"),
    "digitisation": gettext_lazy("digitisation"),
}


@dataclass(frozen=True, slots=True)
class CommitmentCard:
    """A commitment in a list: its sentence, its star, five knots, what comes next."""

    commitment: Commitment
    progress: progress.Progress
    late: int
    star: str
    sentence: str
    next_milestone: Milestone | None
    is_next_late: bool
    late_count: int
    knots: tuple[Knot, ...]
    url: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone with its sentence, its star, its evidence and its history."""

    milestone: Milestone
    star: str
    sentence: str
    evidence: tuple[Evidence, ...]

    @property
    def since(self) -> date | None:
        """Since when it is under way or blocked; None in every other state."""
        state = self.milestone.state
        if state not in {Milestone.State.STARTED, Milestone.State.BLOCKED}:
            return None
        steps = [one for one in self.milestone.changes.all() if one.before != one.after]
        return steps[-1].on if steps and steps[-1].after == state else None

    @property
    def is_put_off(self) -> bool:
        """Whether the plan moved away from the day announced first."""
        return self.milestone.planned_end != self.milestone.announced_end


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with its last measure, if there is one."""

    indicator: Indicator
    last: IndicatorValue | None


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """Everything that the page of a commitment shows."""

    card: CommitmentCard
    milestones: tuple[MilestoneView, ...]
    ideas: tuple[CommitmentIdea, ...]
    hidden_ideas: int
    has_many_consultations: bool
    adoption: Adoption | None
    version_sha256: str
    indicators: tuple[IndicatorView, ...]
    thread: tuple[Knot, ...]
    carried: Carried

    @property
    def updated_on(self) -> date | None:
        """The day of the last thing that happened to a milestone, or None. No query."""
        changes = (
            change.on for shown in self.milestones for change in shown.milestone.changes.all()
        )
        return max(changes, default=None)


def commitments(viewer: Viewer) -> QuerySet[Commitment]:
    """Return the commitments in their order, with what a card needs: one query for milestones."""
    found = Commitment.objects.visible_to(viewer).select_related("cycle", "axis", "lead_unit")
    counted = found.annotate(
        idea_count=Count("source_ideas"),  # a count drops Meta.ordering
        public_score=_public_score(),
    )
    return counted.order_by("cycle_id", "position", "pk").prefetch_related(
        Prefetch("milestones", Milestone.objects.order_by("number"))
    )


def url_of(commitment: Commitment) -> str:
    """Return the address of a commitment in the language of the page. No query."""
    return reverse("programme:commitment", args=[commitment.cycle.slug, commitment.reference])


def card_of(commitment: Commitment, today: date) -> CommitmentCard:
    """Return the card of a commitment that `commitments` fetched. No query."""
    milestones = list(commitment.milestones.all())
    steps = [one.step for one in milestones]
    is_due = states.CommitmentState(commitment.state) in states.DUE_STATES
    done, late = progress.progress(steps), progress.lateness(steps, today) if is_due else 0
    is_adopted = states.CommitmentState(commitment.state) in states.ADOPTED_STATES
    five = progress.summary(
        steps if is_due else [],
        today,
        ideas=getattr(commitment, "idea_count", 0),
        is_adopted=is_adopted,
    )
    opened = [one for one in milestones if one.step.state not in progress.TOLD_DONE]
    following = min(opened, key=lambda one: one.announced_end, default=None)
    return CommitmentCard(
        commitment=commitment,
        progress=done,
        late=late,
        star=_star(commitment, done, late),
        sentence=commitment_sentence(commitment, late, done),
        next_milestone=following,
        is_next_late=is_due
        and following is not None
        and progress.is_overdue(following.step, today),
        late_count=sum(progress.is_overdue(one, today) for one in steps) if is_due else 0,
        knots=tuple(threads.five_knots(five, is_adopted=is_adopted)),
        url=url_of(commitment),
        counts=counts_of(steps),
    )


def _star(commitment: Commitment, done: progress.Progress, late: int) -> str:
    if commitment.state in {Commitment.State.REJECTED, Commitment.State.WITHDRAWN}:
        return "refused"
    if late:
        return "late"
    if done.verified == progress.WHOLE:
        return "done"
    if done.claimed and done.verified + done.claimed == progress.WHOLE:
        return "claimed"
    return "under_way" if done.verified or done.claimed else "to_come"


def _public_score() -> Subquery:
    """Return the score of the newest text of a commitment that anybody may read."""
    versions = CommitmentVersion.objects.filter(commitment=OuterRef("pk"), is_public=True)
    scored = versions.exclude(lint_score=None).order_by("-number")
    return Subquery(scored.values("lint_score")[:1])


def _validated_on() -> Subquery:
    """Return the day on which the committee validated the newest text of a commitment."""
    kind = CommitmentVersion.Kind.VALIDATED
    versions = CommitmentVersion.objects.filter(commitment=OuterRef("pk"), kind=kind)
    return Subquery(versions.order_by("-number").values("made_on")[:1])


def cards(rows: Iterable[Commitment], today: date) -> list[CommitmentCard]:
    """Return the cards of commitments that `commitments` fetched. No query of its own."""
    return [card_of(row, today) for row in rows]


def commitment_page(
    *, cycle_slug: str, reference: str, viewer: Viewer, today: date
) -> CommitmentPage | None:
    """Return a commitment with its thread from idea to evidence, or None. 12 queries at most.

    One more for the names of the vote by which it was not kept.
    """
    found = commitments(viewer).select_related(
        "community", "responsible", "rejected_by__item__sitting__session__body"
    )
    found = found.annotate(validated_on=_validated_on())
    rows = found.filter(reference=reference, cycle__slug=cycle_slug)
    commitment = rows.prefetch_related(
        "principles",
        "indicators__measures",
        "milestones__evidence__file",
        "milestones__evidence__capture",
        "milestones__unit",
        "milestones__changes",
    ).first()
    if commitment is None:
        return None
    if commitment.rejected_by is not None:
        named = Prefetch("named", Vote.objects.select_related("mandate__person"))
        prefetch_related_objects([commitment.rejected_by], named)
    adoptions = list(
        Adoption.objects.filter(version__commitment=commitment)
        .select_related("version", "deliberation__vote", "deliberation__objection__vote")
        .order_by("pk")
    )
    adoption = adoptions[-1] if adoptions else None
    version = adoption.version if adoption else commitment.versions.first()
    links = list(
        commitment.source_ideas.select_related("idea__consultation")
        .annotate(is_answered=is_answered())
        .order_by("-weight", "idea__position")
    )
    readable = set(
        ideas_visible_to(viewer)
        .filter(pk__in=[link.idea_id for link in links])
        .values_list("pk", flat=True)
    )
    shown = tuple(link for link in links if link.idea_id in readable)
    milestones = tuple(_milestone_view(one, today) for one in commitment.milestones.all())
    return CommitmentPage(
        card=card_of(commitment, today),
        milestones=milestones,
        ideas=shown,
        hidden_ideas=len(links) - len(shown),
        has_many_consultations=len({link.idea.consultation_id for link in links}) > 1,
        adoption=adoption,
        version_sha256=version.sha256 if version else "",
        indicators=tuple(
            IndicatorView(one, max(one.measures.all(), key=lambda m: m.on, default=None))
            for one in commitment.indicators.all()
        ),
        thread=tuple(threads.of_commitment(commitment, links, adoptions, milestones)),
        carried=carried_of(commitment, viewer),
    )


def _milestone_view(milestone: Milestone, today: date) -> MilestoneView:
    return MilestoneView(
        milestone=milestone,
        star=progress.knot_of(milestone.step, today).value,
        sentence=milestone_sentence(milestone, today),
        evidence=tuple(milestone.evidence.all()),
    )


def commitments_of_idea(reference: str) -> QuerySet[CommitmentIdea]:
    """Return the links from an idea to the commitments that it became, kept ones first.

    Those to a draft that is not published are told nowhere: pages and mails of ideas ask here.
    """
    published = Commitment.objects.published()
    links = CommitmentIdea.objects.filter(idea__reference=reference, commitment__in=published)
    links = links.annotate(is_answered=is_answered())
    return links.select_related("commitment__cycle").order_by("-weight", "commitment_id")


def is_answered() -> Exists:
    """Return, of a link, whether its idea has an answer in force. No query."""
    return Exists(IdeaAnswer.objects.filter(idea=OuterRef("idea"), is_current=True))


def merged_into() -> Subquery:
    """Return, of a link, the number of a linked idea that its idea was merged into. No query."""
    answer = IdeaAnswer.objects.filter(
        idea=OuterRef("idea"),
        is_current=True,
        merged_into__commitments__commitment=OuterRef("commitment"),
    )
    return Subquery(answer.order_by().values("merged_into__reference")[:1])


def ideas_with_follow_up(community_key: str, references: Sequence[str]) -> set[str]:
    """Return which of these ideas became a commitment, whole or in part. One query."""
    links = CommitmentIdea.objects.filter(
        commitment__in=Commitment.objects.published(),
        community__key=community_key,
        idea__reference__in=references,
    )
    return set(links.values_list("idea__reference", flat=True))


def consequences_of(deliberation: Deliberation, viewer: Viewer) -> Sequence[Consequence]:
    """Return what a deliberation adopted and what it withdrew, as programmes. Three queries."""
    is_adopted = Q(deliberation=deliberation)
    was_adopted = Q(commitments__versions__adoption__deliberation=deliberation)
    cycles = Cycle.objects.visible_to(viewer).filter(is_adopted | was_adopted).distinct()
    found = [_programme(one, deliberation) for one in cycles]
    found += [
        Consequence(one.title, url_of(one), one.reference, _("withdrawn"))
        for one in Commitment.objects.visible_to(viewer)
        .filter(withdrawn_by=deliberation)
        .select_related("cycle")
    ]
    bound = Adoption.objects.filter(deliberation=deliberation).select_related(
        "version__commitment__cycle"
    )
    return [*found, *(_consequence(one) for one in bound.order_by("version__commitment__position"))]


def _programme(cycle: Cycle, deliberation: Deliberation) -> Consequence:
    """Return a programme that a deliberation adopted; its proof is that of the last adoption."""
    is_last = cycle.deliberation_id == deliberation.pk
    return Consequence(
        title=cycle.title,
        address=reverse("programme:cycle", args=[cycle.slug]),
        proof_url=reverse("programme:bound", args=[cycle.slug]) if is_last else "",
        sha256=cycle.sha256 if is_last else "",
    )


def _consequence(adoption: Adoption) -> Consequence:
    commitment = adoption.version.commitment
    note = "" if adoption.is_same_text else _("adopted with amendments")
    if commitment.source_key:
        note = _("entered afterwards from a file")
    return Consequence(commitment.title, url_of(commitment), commitment.reference, note)


def address_of(reference: Reference, viewer: Viewer) -> str | None:
    """Return the path without language of a commitment, milestone or evidence, or None. 1 query."""
    found = Commitment.objects.visible_to(viewer).filter(reference=str(reference.parent))
    slug = found.values_list("cycle__slug", flat=True).first()
    if slug is None or not _has_child(reference):
        return None
    path = f"programme/{slug}/commitments/{reference.parent}/"
    return f"{path}#{reference}" if reference.suffix else path


def _has_child(reference: Reference) -> bool:
    if not reference.suffix:
        return True
    text = str(reference)
    is_known: Q = Q(reference=text) | Q(evidence__reference=text)
    return Milestone.objects.filter(is_known).exists()
