"""Cycles as readers see them: at a glance, with principles, axes, timetable and rounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import ngettext

from infitah.community.models import Community
from infitah.community.queries import RuleGauge, body_gauges
from infitah.community.rules.composition import GaugeState
from infitah.core.viewer import Viewer
from infitah.council.models import Deliberation
from infitah.kernel.dates import local_day
from infitah.participation.models import Consultation
from infitah.participation.rules import last_day
from infitah.programme.models import (
    Adoption,
    Commitment,
    Cycle,
    CycleAxis,
    CyclePrinciple,
    Round,
)
from infitah.programme.queries.carry_over import TakenOver, taken_over
from infitah.programme.queries.commitments import CommitmentCard, cards, commitments
from infitah.programme.queries.late import LateElsewhere, Overdue, late_elsewhere, overdue
from infitah.programme.queries.method import CycleRecords, MethodView, method_views
from infitah.programme.queries.sentences import Counts, counts_of
from infitah.programme.queries.timetable import Step, steps_of
from infitah.programme.rules import carry_over, progress, states


@dataclass(frozen=True, slots=True)
class Glance:
    """What was promised, what is done with proof, what waits for proof, what is late: counts."""

    commitments: int
    counts: Counts
    overdue: int
    late_commitments: int

    @property
    def promised_words(self) -> str:
        """How many commitments the council adopted."""
        words = ngettext(
            "The council promised %(n)s project",
            "The council promised %(n)s projects",
            self.commitments,
        )
        return words % {"n": self.commitments}

    @property
    def drafted_words(self) -> str:
        """How many drafts a programme in preparation holds."""
        words = ngettext(
            "%(n)s draft project, not adopted yet",
            "%(n)s draft projects, not adopted yet",
            self.commitments,
        )
        return words % {"n": self.commitments}

    @property
    def overdue_words(self) -> str:
        """How many milestones are late."""
        words = ngettext("%(n)s milestone late", "%(n)s milestones late", self.overdue)
        return words % {"n": self.overdue}


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round of a cycle with how many ideas may be read in it."""

    number: int
    consultation: Consultation
    ideas: int


@dataclass(frozen=True, slots=True)
class CyclePage:
    """Everything that the page of a cycle shows."""

    cycle: Cycle
    phase: states.Phase
    glance: Glance
    cards: tuple[CommitmentCard, ...]
    principles: tuple[CyclePrinciple, ...]
    axes: tuple[CycleAxis, ...]
    timetable: tuple[Step, ...]
    overdue: tuple[Overdue, ...]
    rounds: tuple[RoundView, ...]
    deliberation: Deliberation | None
    gauges: tuple[RuleGauge, ...]
    method: tuple[MethodView, ...]
    taken_over: TakenOver
    rejected: tuple[CommitmentCard, ...] = ()
    annulled: tuple[Deliberation, ...] = ()

    @property
    def open_at_adoption(self) -> tuple[tuple[Consultation, date], ...]:
        """The consultations that still ran when the council adopted it, with their last days."""
        adopted = self.deliberation.adopted_on if self.deliberation else None
        ends = [(one.consultation, last_day(one.consultation.closes_at)) for one in self.rounds]
        return tuple(
            (one, end)
            for one, end in ends
            if adopted is not None and local_day(one.opens_at) <= adopted <= end
        )

    @property
    def unmet(self) -> tuple[RuleGauge, ...]:
        """The rules of the committee that are not met and for which no reason is published."""
        return tuple(one for one in self.gauges if one.gauge.state == GaugeState.NOT_MET)


@dataclass(frozen=True, slots=True)
class HomeSummary:
    """The programme on the home page: the cycle at a glance, its cards, the next cycle."""

    cycle: Cycle
    phase: states.Phase
    glance: Glance
    cards: tuple[CommitmentCard, ...]
    upcoming: Cycle | None
    coming: Cycle | None
    late_elsewhere: tuple[LateElsewhere, ...]


def cycles(viewer: Viewer) -> QuerySet[Cycle]:
    """Return the cycles of the viewer's community, newest first."""
    found = Cycle.objects.visible_to(viewer)
    return found.select_related("deliberation__objection__vote", "committee")


def current_cycle(viewer: Viewer, today: date) -> Cycle | None:
    """Return the cycle that citizens ask about: the newest adopted one that has begun. 1 query.

    A cycle that has ended stays current until the first day of the next adopted one. Without one
    that has begun, it is the first adopted one, else the nearest in preparation.
    """
    found = list(cycles(viewer))
    adopted = [one for one in found if one.state != Cycle.State.PREPARING]
    begun = [one for one in adopted if one.starts_on <= today]
    if begun:
        return max(begun, key=lambda one: (one.starts_on, one.pk))
    if adopted:
        return min(adopted, key=lambda one: (one.starts_on, one.pk))
    return min(found, key=lambda one: (one.starts_on, one.pk), default=None)


def next_cycle(viewer: Viewer) -> Cycle | None:
    """Return the cycle in preparation that begins first, or None. One query."""
    preparing = cycles(viewer).filter(state=Cycle.State.PREPARING)
    return preparing.order_by("starts_on", "pk").first()


def coming_cycle(viewer: Viewer, shown: Cycle, today: date) -> Cycle | None:
    """Return the adopted cycle whose first day is still to come, or None. One query."""
    adopted = cycles(viewer).exclude(state=Cycle.State.PREPARING).exclude(pk=shown.pk)
    return adopted.filter(starts_on__gt=today).order_by("starts_on", "pk").first()


def phase_of(cycle: Cycle, today: date) -> states.Phase:
    """Return where a cycle stands today. No query."""
    return states.phase(states.CycleState(cycle.state), cycle.starts_on, cycle.ends_on, today)


def glance_of(found: Sequence[CommitmentCard], today: date) -> Glance:
    """Return the counts over cards; a milestone counts once. No query."""
    steps = [one.step for card in found for one in card.commitment.milestones.all()]
    return Glance(
        commitments=len(found),
        counts=counts_of(steps),
        overdue=sum(
            progress.is_overdue(one.step, today)
            for card in found
            for one in card.commitment.milestones.all()
            if states.CommitmentState(card.commitment.state) in states.DUE_STATES
        ),
        late_commitments=sum(card.late > 0 for card in found),
    )


def cycle_page(cycle: Cycle, viewer: Viewer, today: date) -> CyclePage:
    """Return a cycle with all that its page shows. 21 queries, whatever it holds."""
    every = cards(commitments(viewer).filter(cycle=cycle), today)
    found = [card for card in every if not _is_rejected(card)]
    rounds = rounds_shown(cycle, viewer)
    taken = taken_over(cycle, viewer)
    unfinished = [card.commitment for card in every if _is_unfinished(card)]
    left = taken.left_of(unfinished)
    records = replace(
        records_of(cycle, rounds, [card.commitment.state for card in every], today),
        open_milestones=sum(map(_open_milestones, every)),
        unfinished=len(unfinished),
        handed_on=len(unfinished) - len(left),
    )
    is_handing_on = records.has_next and records.phase in states.OVER
    return CyclePage(
        cycle=cycle,
        phase=records.phase,
        glance=glance_of(found, today),
        cards=tuple(found),
        principles=tuple(cycle.principles.select_related("principle")),
        axes=tuple(records.axes),
        timetable=tuple(records.timetable),
        overdue=tuple(overdue(viewer, cycle, today)),
        rounds=rounds,
        deliberation=cycle.deliberation,
        gauges=tuple(body_gauges(cycle.committee, today)) if cycle.committee else (),
        method=method_views(records, today),
        taken_over=replace(taken, left_behind=left) if is_handing_on else taken,
        rejected=tuple(filter(_is_rejected, every)),
        annulled=tuple(_annulled(cycle)),
    )


def _annulled(cycle: Cycle) -> QuerySet[Deliberation]:
    """Return the deliberations that adopted a cycle before the one that binds it. One query."""
    adopted = Adoption.objects.filter(version__commitment__cycle=cycle).values("deliberation")
    found = Deliberation.objects.filter(pk__in=adopted).order_by("adopted_on", "pk")
    return found.exclude(pk=cycle.deliberation_id) if cycle.deliberation_id else found


def _open_milestones(card: CommitmentCard) -> int:
    """Return how many milestones of an adopted commitment no second person has confirmed."""
    is_due = states.CommitmentState(card.commitment.state) in states.DUE_STATES
    return card.counts.milestones - card.counts.verified if is_due else 0


def _is_unfinished(card: CommitmentCard) -> bool:
    """Return whether something of a commitment remains that the next cycle may take over."""
    may_go_on = states.CommitmentState(card.commitment.state) in carry_over.CARRIED_STATES
    return may_go_on and card.counts.milestones > card.counts.verified


def _is_rejected(card: CommitmentCard) -> bool:
    return card.commitment.state == Commitment.State.REJECTED


def records_of(
    cycle: Cycle, rounds: Sequence[RoundView], commitment_states: Sequence[str], today: date
) -> CycleRecords:
    """Return what tells where a cycle stands in the method. Three queries."""
    return CycleRecords(
        phase=phase_of(cycle, today),
        axes=tuple(cycle.axes.select_related("axis")),
        timetable=steps_of(cycle.timetable.all(), [one.consultation for one in rounds], today),
        rounds={one.number: one.consultation for one in rounds},
        workshops=tuple(held for one in rounds for held in one.consultation.workshops.all()),
        commitment_states=commitment_states,
        has_next=Cycle.objects.filter(carried_from=cycle).exists(),
        is_imported=cycle.is_imported,
    )


def rounds_shown(cycle: Cycle, viewer: Viewer) -> tuple[RoundView, ...]:
    """Return the rounds whose consultations the viewer may see, with their workshops.

    Four queries at most.
    """
    found = Round.objects.filter(
        cycle=cycle, consultation__in=Consultation.objects.visible_to(viewer)
    )
    return tuple(
        RoundView(
            number=one.number,
            consultation=one.consultation,
            ideas=sum(tally.shown for tally in one.consultation.tallies.all()),
        )
        for one in found.select_related("consultation").prefetch_related(
            "consultation__tallies", "consultation__workshops__tables"
        )
    )


def home_summary(*, community: Community, viewer: Viewer, today: date) -> HomeSummary | None:
    """Return the programme as home shows it, or None without a cycle. 7 queries at most."""
    cycle = current_cycle(viewer, today)
    if cycle is None:
        return None
    every = cards(commitments(viewer).filter(cycle=cycle), today)
    found = [card for card in every if not _is_rejected(card)]
    upcoming = next_cycle(viewer)
    return HomeSummary(
        cycle=cycle,
        phase=phase_of(cycle, today),
        glance=glance_of(found, today),
        cards=tuple(found),
        upcoming=upcoming if upcoming != cycle else None,
        coming=coming_cycle(viewer, cycle, today),
        late_elsewhere=tuple(late_elsewhere(viewer, cycle, today)),
    )
