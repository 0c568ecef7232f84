"""From one cycle into the next: what is unfinished, and the ideas left for it (programme.md 5, 18).

Each thing is carried once; both pages tell it, and so does the register.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.models import Outbox
from infitah.core.operations import bump, next_reference, post_event
from infitah.core.viewer import Actor
from infitah.kernel.references import Reference
from infitah.ledger.rules.canonical import JSON
from infitah.participation.models import Idea, IdeaAnswer
from infitah.participation.operations import tell_result
from infitah.participation.rules import ResultKind
from infitah.programme.models import (
    CarriedIdea,
    Commitment,
    CommitmentIdea,
    Cycle,
    Indicator,
    Milestone,
)
from infitah.programme.operations.commitment import (
    CommitmentRefused,
    locked_commitment,
    tell_commitment,
)
from infitah.programme.operations.cycle import CycleRefused, tell_cycle
from infitah.programme.rules import carry_over, states

IDEA_CARRIED = "programme.idea_carried"
COPIED = (
    *("title", "problem", "description", "contribution", "expected_result", "verifiability"),
    *("values", "sdg", "lead_unit_id", "responsible_id", "partners", "civil_partner"),
    *("budget_source", "is_without_cost", "value_argument", "reason_without_idea"),
)


@transaction.atomic
def carry_over_commitment(
    *, commitment: Commitment, cycle: Cycle, by: Actor, now: datetime
) -> Commitment:
    """Draft in the next cycle what remains of a commitment; return the new draft.

    Milestones that are not confirmed come with their weights made 100 again and their days moved;
    indicators start from their last measure; the ideas behind it stay behind the draft. The old
    commitment becomes "carried over" where it was assessed, and keeps its state otherwise. Raises
    CommitmentRefused if it was carried already, nothing remains, or its cycle is not ending.
    """
    held = locked_commitment(commitment.reference)
    cycle = (
        Cycle.objects.select_for_update(of=("self",)).select_related("community").get(pk=cycle.pk)
    )
    left = list(held.milestones.exclude(state=Milestone.State.VERIFIED).order_by("number"))
    _check_commitment(held, cycle, left, local_day(now))
    made = _drafted(held, cycle, now)
    _copy_milestones(held, made, left)
    _copy_indicators(held, made)
    _copy_links(held, made, local_day(now))
    if states.commitment_may_become(
        states.CommitmentState(held.state), states.CommitmentState.CARRIED_OVER
    ):
        held.state, held.changed_at = Commitment.State.CARRIED_OVER, now
        held.save(update_fields=["state", "changed_at"])
    public: dict[str, JSON] = {
        "from": held.reference,
        "to": made.reference,
        "milestones": [one.reference for one in left],
    }
    tell_cycle(cycle, "commitment_carried_over", public, on=local_day(now), by=by, now=now)
    drafted: dict[str, JSON] = {"cycle": cycle.slug, "from": held.reference}
    tell_commitment(made, "drafted", drafted, on=local_day(now), by=by, now=now)
    bump(cycle.community.key, "participation")
    return made


def _check_commitment(
    held: Commitment, cycle: Cycle, left: Sequence[Milestone], today: date
) -> None:
    check_target(held.cycle, cycle, today)
    if states.CommitmentState(held.state) not in carry_over.CARRIED_STATES:
        raise CommitmentRefused(
            _("Only an adopted commitment that is not finished can be carried over."), code="state"
        )
    if Commitment.objects.filter(carried_from=held).exists():
        raise CommitmentRefused(_("This commitment was carried over already."), code="carried")
    if not left:
        raise CommitmentRefused(
            _("Every milestone of this commitment is confirmed: nothing remains."), code="nothing"
        )
    if not cycle.axes.filter(axis=held.axis_id).exists():
        raise CommitmentRefused(
            _("The axis %(axis)s is not one of the new cycle: add it first.")
            % {"axis": held.axis.name},
            code="axis",
        )


def check_target(source: Cycle, target: Cycle, today: date) -> None:
    """Raise CycleRefused unless `target` is in preparation and follows an ending `source`."""
    if target.state != Cycle.State.PREPARING or target.community_id != source.community_id:
        raise CycleRefused(_("Only a cycle in preparation takes over from another."))
    if target.starts_on <= source.starts_on:
        raise CycleRefused(_("A cycle takes over from an earlier one."))
    phase = states.phase(states.CycleState(source.state), source.starts_on, source.ends_on, today)
    if not carry_over.hands_over(phase, source.ends_on, today):
        raise CycleRefused(
            _("A cycle hands over in the last half-year of its period, or after it.")
        )


def _drafted(held: Commitment, cycle: Cycle, now: datetime) -> Commitment:
    day = local_day(now)
    reference = next_reference(community_key=cycle.community.key, year=day.year, letter="C")
    last = cycle.commitments.order_by("-position").values_list("position", flat=True).first()
    made = Commitment.objects.create(
        community=held.community,
        cycle=cycle,
        axis=held.axis,
        reference=str(reference),
        position=(last or 0) + 1,
        starts_on=cycle.starts_on,
        ends_on=cycle.ends_on,
        carried_from=held,
        changed_at=now,
        **{name: getattr(held, name) for name in COPIED},
    )
    made.principles.set(held.principles.all())
    return made


def _copy_milestones(held: Commitment, made: Commitment, left: Sequence[Milestone]) -> None:
    into = (made.starts_on, made.ends_on)
    weights = carry_over.rescaled([one.weight for one in left])
    copies: dict[int, Milestone] = {}
    for number, (one, weight) in enumerate(zip(left, weights, strict=True), start=1):
        first, last = carry_over.moved_span(
            (one.planned_start, one.planned_end), held.cycle.starts_on, into
        )
        copies[one.pk] = Milestone.objects.create(
            community=made.community,
            commitment=made,
            number=number,
            reference=str(Reference.parse(made.reference).child("M", number)),
            title=one.title,
            unit_id=one.unit_id,
            weight=weight,
            announced_start=first,
            announced_end=last,
            planned_start=first,
            planned_end=last,
            depends_on=copies.get(one.depends_on_id or 0),
        )


def _copy_indicators(held: Commitment, made: Commitment) -> None:
    for one in held.indicators.prefetch_related("measures"):
        last = max(one.measures.all(), key=lambda measure: measure.on, default=None)
        Indicator.objects.create(
            community=made.community,
            commitment=made,
            slug=one.slug,
            name=one.name,
            unit=one.unit,
            baseline=last.value if last else one.baseline,
            baseline_on=last.on if last else one.baseline_on,
            target=one.target,
            target_on=made.ends_on,
        )


def _copy_links(held: Commitment, made: Commitment, on: date) -> None:
    CommitmentIdea.objects.bulk_create(
        CommitmentIdea(
            community=made.community,
            commitment=made,
            idea_id=link.idea_id,
            weight=link.weight,
            linked_on=on,
        )
        for link in held.source_ideas.all()
    )


@transaction.atomic
def carry_over_ideas(
    *, ideas: Sequence[Idea], cycle: Cycle, by: Actor, now: datetime
) -> list[CarriedIdea]:
    """Take up in a cycle the ideas that were answered "left for the next cycle"; return new ones.

    Those that it has taken up already are passed over, so that a second time changes nothing;
    each author is told. Raises CycleRefused unless the cycle is in preparation, or for an idea of
    another community or without that answer.
    """
    held = (
        Cycle.objects.select_for_update(of=("self",)).select_related("community").get(pk=cycle.pk)
    )
    if held.state != Cycle.State.PREPARING:
        raise CycleRefused(_("Only a cycle in preparation takes over from another."))
    _check_ideas(ideas, held)
    standing = set(held.carried_ideas.values_list("idea_id", flat=True))
    fresh = [idea for idea in ideas if idea.pk not in standing]
    if not fresh:
        return []
    day = local_day(now)
    made = CarriedIdea.objects.bulk_create(
        CarriedIdea(cycle=held, idea=idea, carried_on=day) for idea in fresh
    )
    for idea in fresh:
        post_event(
            kind=IDEA_CARRIED,
            community_key=held.community.key,
            subject=idea.reference,
            payload={"cycle": held.slug},
            dedupe_key=f"{IDEA_CARRIED}:{held.pk}:{idea.reference}",
            now=now,
        )
    public: dict[str, JSON] = {"ideas": sorted(idea.reference for idea in fresh)}
    tell_cycle(held, "ideas_carried_over", public, on=day, by=by, now=now)
    bump(held.community.key, "participation")
    return made


def _check_ideas(ideas: Sequence[Idea], cycle: Cycle) -> None:
    if any(idea.community_id != cycle.community_id for idea in ideas):
        raise CycleRefused(_("This idea belongs to another community."), field="ideas")
    left = IdeaAnswer.objects.filter(
        idea__in=[idea.pk for idea in ideas], is_current=True, code=IdeaAnswer.Code.NEXT_CYCLE
    )
    if left.count() != len({idea.pk for idea in ideas}):
        raise CycleRefused(
            _("Only an idea that was answered “left for the next cycle” is taken up here."),
            field="ideas",
        )


def tell_carried_author(*, event: Outbox, now: datetime) -> bool:
    """Tell an author that the next cycle has taken up their idea; return whether they were told.

    Handles the event of an idea carried over, after its commit. One query, and those of the mail.
    """
    rows = CarriedIdea.objects.select_related(
        "cycle", "idea__author", "idea__consultation", "idea__axis", "idea__community"
    )
    found = rows.filter(
        cycle__slug=event.payload.get("cycle"),
        cycle__community__key=event.community_key,
        idea__reference=event.subject,
    ).first()
    if found is None:
        return False
    path = f"programme/{found.cycle.slug}/"
    return tell_result(
        idea=found.idea, title=found.cycle.title, path=path, kind=ResultKind.TAKEN_UP, now=now
    )
