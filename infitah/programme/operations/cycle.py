"""Acts of a cycle: open it, give it rounds, bind it to its deliberation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis, Body, Community, Principle
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.council.models import Deliberation
from infitah.kernel.localized import LocalizedText
from infitah.ledger import operations as ledger
from infitah.ledger.rules.canonical import JSON
from infitah.participation.models import Consultation
from infitah.programme.models import (
    Adoption,
    Commitment,
    CommitmentVersion,
    Cycle,
    CycleAxis,
    CyclePrinciple,
    Round,
)
from infitah.programme.rules import progress, texts

UNCHANGED = LocalizedText("")


class CycleRefused(OperationRefused):
    """The cycle does not allow this act."""


def subject_of(cycle: Cycle) -> str:
    """Return the name under which a cycle stands in the register."""
    return f"{cycle.community.key}-programme-{cycle.slug}"


@transaction.atomic
def open_cycle(
    *,
    community: Community,
    slug: str,
    title: LocalizedText,
    intention: LocalizedText,
    span: tuple[date, date],
    principles: Sequence[Principle],
    challenges: Mapping[Axis, LocalizedText],
    committee: Body | None,
    opened_on: date,
    by: Actor,
    now: datetime,
    carried_from: Cycle | None = None,
) -> Cycle:
    """Open a cycle: its span (last day included), principles, axes with their challenges.

    `carried_from` is the cycle that it follows. Raises CycleRefused if the community has a cycle
    of that name, for less than one axis or principle, or for days that do not follow each other.
    """
    if Cycle.objects.of(community).filter(slug=slug).exists():
        raise CycleRefused(_("This community has a cycle of that name."), field="slug")
    check_cycle(span, principles, challenges)
    _check_followed(community, carried_from, span)
    cycle = Cycle.objects.create(
        community=community,
        slug=slug,
        title=title,
        intention=intention,
        starts_on=span[0],
        ends_on=span[1],
        committee=committee,
        opened_on=opened_on,
        carried_from=carried_from,
    )
    CyclePrinciple.objects.bulk_create(
        CyclePrinciple(community=community, cycle=cycle, principle=one) for one in principles
    )
    CycleAxis.objects.bulk_create(
        CycleAxis(community=community, cycle=cycle, axis=axis, challenge=challenge)
        for axis, challenge in challenges.items()
    )
    tell_cycle(
        cycle,
        "cycle_opened",
        {
            "title": title.as_json(),
            "from": span[0].isoformat(),
            "until": span[1].isoformat(),
            "axes": [axis.slug for axis in challenges],
        },
        on=opened_on,
        by=by,
        now=now,
    )
    return cycle


def check_cycle(
    span: tuple[date, date],
    principles: Sequence[Principle],
    challenges: Mapping[Axis, LocalizedText],
) -> None:
    """Raise CycleRefused for what no cycle can be: without axes, or ending before it starts."""
    if span[1] <= span[0]:
        raise CycleRefused(_("The last day is before the first."), field="ends_on")
    if not principles:
        raise CycleRefused(_("Choose at least one principle."), field="principles")
    if not challenges:
        raise CycleRefused(_("Choose at least one axis and write its challenge."), field="axes")
    for axis, challenge in challenges.items():
        if not challenge.ar:
            raise CycleRefused(
                _("Write the challenge of the axis %(axis)s in Arabic.") % {"axis": axis.name},
                field="axes",
            )


def _check_followed(
    community: Community, carried_from: Cycle | None, span: tuple[date, date]
) -> None:
    if carried_from is None:
        return
    if carried_from.community_id != community.pk:
        raise CycleRefused(
            _("The cycle that it follows belongs to another community."), field="carried_from"
        )
    if span[0] <= carried_from.starts_on:
        raise CycleRefused(_("A cycle begins after the one that it follows."), field="carried_from")


@transaction.atomic
def add_round(
    *, cycle: Cycle, number: int, consultation: Consultation, on: date, by: Actor, now: datetime
) -> Round:
    """Make a consultation round `number` of a cycle.

    Raises CycleRefused for a consultation of another community, or one that has a cycle, and
    where the cycle has that round.
    """
    if consultation.community_id != cycle.community_id:
        raise CycleRefused(_("This consultation belongs to another community."))
    if Round.objects.filter(consultation=consultation).exists():
        raise CycleRefused(_("This consultation belongs to a cycle already."), field="consultation")
    if cycle.rounds.filter(number=number).exists():
        raise CycleRefused(_("This cycle has its consultation of that round."), field="number")
    made = Round.objects.create(
        community=cycle.community, cycle=cycle, number=number, consultation=consultation
    )
    public: dict[str, JSON] = {"round": number, "consultation": consultation.slug}
    tell_cycle(cycle, "round_added", public, on=on, by=by, now=now)
    return made


@transaction.atomic
def adopt_programme(
    *,
    cycle: Cycle,
    deliberation: Deliberation,
    by: Actor,
    now: datetime,
    differences: Mapping[str, LocalizedText] | None = None,
) -> Cycle:
    """Bind the validated commitments of a cycle to the deliberation that adopted them, by hash.

    The deliberation's text must quote the programme's hash, else each commitment whose text was
    changed in the sitting needs its difference told (`differences`, by reference). Raises
    CycleRefused if it was adopted before, if a commitment is not validated, or if weights of
    milestones do not sum to 100.
    """
    cycle = Cycle.objects.select_for_update().select_related("community").get(pk=cycle.pk)
    if cycle.state != Cycle.State.PREPARING:
        raise CycleRefused(_("This programme was adopted already."))
    if deliberation.community_id != cycle.community_id:
        raise CycleRefused(_("This deliberation belongs to another community."))
    versions = _validated(cycle)
    digest = texts.programme_digest(
        (version.commitment.reference, version.sha256) for version in versions
    )
    told = differences or {}
    if not told and digest not in deliberation.versions.latest("number").text.ar:
        raise CycleRefused(
            _("The deliberation does not quote the hash of this programme."), code="hash"
        )
    for version in versions:
        _adopt(version, deliberation, told.get(version.commitment.reference, UNCHANGED), now=now)
    cycle.state, cycle.deliberation, cycle.sha256 = Cycle.State.ADOPTED, deliberation, digest
    cycle.save(update_fields=["state", "deliberation", "sha256"])
    public: dict[str, JSON] = {
        "deliberation": deliberation.reference,
        "sha256": digest,
        "commitments": [version.commitment.reference for version in versions],
    }
    tell_cycle(cycle, "adopted", public, on=deliberation.adopted_on, by=by, now=now)
    return cycle


def _validated(cycle: Cycle) -> list[CommitmentVersion]:
    """Return the newest version of each commitment, all validated, all weights whole."""
    found = []
    held = cycle.commitments.select_for_update().prefetch_related("milestones")
    for commitment in held:
        if commitment.state != Commitment.State.VALIDATED:
            raise CycleRefused(
                _("A commitment was not validated by the follow-up committee."), code="validated"
            )
        if not progress.are_weights_whole(one.weight for one in commitment.milestones.all()):
            raise CycleRefused(_("The weights of the milestones must sum to 100."), code="weights")
        version = commitment.versions.latest("number")
        version.commitment = commitment
        found.append(version)
    if not found:
        raise CycleRefused(_("A programme without commitments cannot be adopted."), code="empty")
    return found


def _adopt(
    version: CommitmentVersion,
    deliberation: Deliberation,
    difference: LocalizedText,
    *,
    now: datetime,
) -> None:
    Adoption.objects.create(
        community=version.community,
        version=version,
        deliberation=deliberation,
        is_same_text=not difference,
        difference=difference,
    )
    commitment = version.commitment
    commitment.state = Commitment.State.AMENDED if difference else Commitment.State.ADOPTED
    commitment.changed_at = now
    commitment.save(update_fields=["state", "changed_at"])


@transaction.atomic
def assess_cycle(*, cycle: Cycle, on: date, by: Actor, now: datetime) -> Cycle:
    """Record that an ended cycle was assessed.

    Raises CycleRefused for a cycle that was not adopted, or before its last day.
    """
    cycle = Cycle.objects.select_for_update().select_related("community").get(pk=cycle.pk)
    if cycle.state != Cycle.State.ADOPTED or on <= cycle.ends_on:
        raise CycleRefused(_("Only an adopted cycle that has ended can be assessed."))
    cycle.state = Cycle.State.ASSESSED
    cycle.save(update_fields=["state"])
    tell_cycle(cycle, "cycle_assessed", {}, on=on, by=by, now=now)
    return cycle


def tell_cycle(
    cycle: Cycle,
    step: str,
    public: Mapping[str, JSON],
    *,
    on: date,
    by: Actor,
    now: datetime,
) -> None:
    """Write a step of a cycle in the register and make its pages stale: the last of its act."""
    ledger.record(
        community_key=cycle.community.key,
        act=f"programme.{step}",
        subject=subject_of(cycle),
        by=by,
        public=public,
        occurred_on=on,
        now=now,
    )
    bump(cycle.community.key, "programme")
