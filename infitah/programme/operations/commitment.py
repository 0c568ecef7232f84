"""Acts of a commitment: draft it, add milestones and indicators, record measures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis, Person, Principle, Unit
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import next_reference
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.operations import Teller
from infitah.programme.models import Commitment, Cycle, Indicator, IndicatorValue, Milestone
from infitah.programme.queries.contents import content_of
from infitah.programme.rules import states

NOTHING = LocalizedText("")
tell_commitment = Teller("programme.commitment_", ("programme",))

__all__ = [
    "CommitmentDraft",
    "CommitmentRefused",
    "MilestonePlan",
    "add_indicator",
    "add_milestone",
    "content_of",
    "draft_commitment",
    "locked_commitment",
    "must_be_draft",
    "record_measure",
    "tell_commitment",
]


class CommitmentRefused(OperationRefused):
    """The commitment does not allow this act now."""


@dataclass(frozen=True, slots=True)
class CommitmentDraft:
    """A commitment in the fields of the OGP template."""

    title: LocalizedText
    problem: LocalizedText
    description: LocalizedText
    contribution: LocalizedText
    expected_result: LocalizedText
    verifiability: LocalizedText
    axis: Axis
    span: tuple[date, date]
    principles: Sequence[Principle] = ()
    values: Sequence[str] = ()
    sdg: Sequence[int] = ()
    lead_unit: Unit | None = None
    responsible: Person | None = None
    partners: LocalizedText = NOTHING
    civil_partner: LocalizedText = NOTHING
    budget: int | None = None
    budget_source: LocalizedText = NOTHING
    is_without_cost: bool = False
    value_argument: LocalizedText = NOTHING
    reason_without_idea: LocalizedText = NOTHING


@dataclass(frozen=True, slots=True)
class MilestonePlan:
    """A milestone as it is announced: its span (last day included) and weight of 100."""

    title: LocalizedText
    span: tuple[date, date]
    weight: int
    unit: Unit | None = None
    after: Milestone | None = field(default=None)


def locked_commitment(reference: str) -> Commitment:
    """Lock and return a commitment with its cycle; one query."""
    held = Commitment.objects.select_for_update().select_related("community", "cycle")
    return held.get(reference=reference)


def must_be_draft(commitment: Commitment) -> None:
    """Raise CommitmentRefused once the text of a commitment is validated or adopted."""
    words = frozen_words(commitment)
    if words:
        raise CommitmentRefused(words, code="frozen")


def frozen_words(commitment: Commitment) -> str:
    """Return why the text of a commitment does not change any more, empty for a draft."""
    state = states.CommitmentState(commitment.state)
    if state in states.DRAFT_STATES:
        return ""
    if state == states.CommitmentState.VALIDATED:
        return _(
            "The committee has validated this text meanwhile: it changes only by an amendment in "
            "session."
        )
    if state == states.CommitmentState.REJECTED:
        return _("This commitment was not kept: its text does not change any more.")
    return _("The council has adopted this text: it does not change in place.")


@transaction.atomic
def draft_commitment(
    *, cycle: Cycle, draft: CommitmentDraft, drafted_on: date, by: Actor, now: datetime
) -> Commitment:
    """Draft a commitment of a cycle in preparation; it gets its permanent number (letter C).

    Raises CommitmentRefused once the programme is adopted, or for an axis foreign to the cycle.
    """
    if cycle.state != Cycle.State.PREPARING:
        raise CommitmentRefused(_("This programme is adopted: no commitment can be added."))
    if not cycle.axes.filter(axis=draft.axis).exists():
        raise CommitmentRefused(_("This axis is not one of the cycle."), field="axis")
    key = cycle.community.key
    reference = next_reference(community_key=key, year=drafted_on.year, letter="C")
    commitment = Commitment.objects.create(
        community=cycle.community,
        cycle=cycle,
        axis=draft.axis,
        reference=str(reference),
        position=cycle.commitments.count() + 1,
        title=draft.title,
        problem=draft.problem,
        description=draft.description,
        contribution=draft.contribution,
        expected_result=draft.expected_result,
        verifiability=draft.verifiability,
        values=list(draft.values),
        sdg=list(draft.sdg),
        lead_unit=draft.lead_unit,
        responsible=draft.responsible,
        partners=draft.partners,
        civil_partner=draft.civil_partner,
        budget=draft.budget,
        budget_source=draft.budget_source,
        is_without_cost=draft.is_without_cost,
        value_argument=draft.value_argument,
        reason_without_idea=draft.reason_without_idea,
        starts_on=draft.span[0],
        ends_on=draft.span[1],
        changed_at=now,
    )
    commitment.principles.set(draft.principles)
    # The register is public and a draft is not: its title is told when its check is published.
    tell_commitment(commitment, "drafted", {"cycle": cycle.slug}, on=drafted_on, by=by, now=now)
    return commitment


@transaction.atomic
def add_milestone(
    *, commitment: Commitment, plan: MilestonePlan, on: date, by: Actor, now: datetime
) -> Milestone:
    """Add a milestone to a draft; its reference is the commitment's with -M1, -M2...

    Raises CommitmentRefused once the text is adopted, or for days outside the right order.
    """
    held = locked_commitment(commitment.reference)
    must_be_draft(held)
    if plan.span[1] < plan.span[0]:
        raise CommitmentRefused(_("The last day is before the first."), field="ends_on")
    number = held.milestones.count() + 1
    milestone = Milestone.objects.create(
        community=held.community,
        commitment=held,
        number=number,
        reference=str(Reference.parse(held.reference).child("M", number)),
        title=plan.title,
        unit=plan.unit,
        weight=plan.weight,
        announced_start=plan.span[0],
        announced_end=plan.span[1],
        planned_start=plan.span[0],
        planned_end=plan.span[1],
        depends_on=plan.after,
    )
    public: dict[str, JSON] = {
        "milestone": milestone.reference,
        "weight": plan.weight,
        "until": plan.span[1].isoformat(),
    }
    tell_commitment(held, "milestone_added", public, on=on, by=by, now=now)
    return milestone


def must_be_measured(day: date, *, now: datetime, field: str) -> None:
    """Raise CommitmentRefused for a measure of a day that is still to come."""
    if day > local_day(now):
        raise CommitmentRefused(
            _("This day is still to come: nothing is measured yet."), code="future", field=field
        )


@transaction.atomic
def add_indicator(
    *,
    commitment: Commitment,
    slug: str,
    names: tuple[LocalizedText, LocalizedText],
    baseline: tuple[date, Decimal] | None,
    target: tuple[date, Decimal],
    on: date,
    by: Actor,
    now: datetime,
) -> Indicator:
    """Add an indicator to a draft: `names` are those of the figure and of its unit.

    `baseline` is None while nothing was measured. Raises CommitmentRefused once the text is
    adopted, and for a baseline of a day to come.
    """
    held = locked_commitment(commitment.reference)
    must_be_draft(held)
    if baseline is not None:
        must_be_measured(baseline[0], now=now, field="baseline_on")
    indicator = Indicator.objects.create(
        community=held.community,
        commitment=held,
        slug=slug,
        name=names[0],
        unit=names[1],
        baseline_on=baseline[0] if baseline else None,
        baseline=baseline[1] if baseline else None,
        target_on=target[0],
        target=target[1],
    )
    tell_commitment(held, "indicator_added", {"indicator": slug}, on=on, by=by, now=now)
    return indicator


@transaction.atomic
def record_measure(
    *,
    indicator: Indicator,
    on: date,
    value: Decimal,
    source: LocalizedText,
    by: Actor,
    now: datetime,
) -> IndicatorValue:
    """Record a measure of an indicator with its source.

    Raises CommitmentRefused for a second measure of the same day, or one of a day to come.
    """
    must_be_measured(on, now=now, field="on")
    if indicator.measures.filter(on=on).exists():
        raise CommitmentRefused(_("This day has its measure already."), field="on")
    measure = IndicatorValue.objects.create(
        community=indicator.community, indicator=indicator, on=on, value=value, source=source
    )
    public = {"indicator": indicator.slug, "value": str(value)}
    tell_commitment(indicator.commitment, "measured", public, on=on, by=by, now=now)
    return measure
