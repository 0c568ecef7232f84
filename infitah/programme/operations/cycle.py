"""Acts of a cycle: open it, give it rounds, bind it to its deliberation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis, Body, Community, Principle
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.design.direction import in_page_language, page_language
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.participation.models import Consultation
from infitah.proceedings.operations import Teller
from infitah.programme.models import (
    Cycle,
    CycleAxis,
    CyclePrinciple,
    Round,
)


class CycleRefused(OperationRefused):
    """The cycle does not allow this act."""


def subject_of(cycle: Cycle) -> str:
    """Return the name under which a cycle stands in the register."""
    return f"{cycle.community.key}-programme-{cycle.slug}"


tell_cycle = Teller("programme.", ("programme",), subject=subject_of)


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
    of that name, for less than one axis or principle, for days that do not follow each other, or
    for days of another cycle.
    """
    if Cycle.objects.of(community).filter(slug=slug).exists():
        raise CycleRefused(_("This community has a cycle of that name."), field="slug")
    check_cycle(span, principles, challenges)
    check_free_days(community, span)
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


def check_free_days(
    community: Community, span: tuple[date, date], *, but: Cycle | None = None
) -> None:
    """Raise CycleRefused where another cycle of the community has some of these days. One query."""
    others = Cycle.objects.of(community)
    others = others.exclude(pk=but.pk) if but else others
    taken = others.filter(starts_on__lte=span[1], ends_on__gte=span[0]).order_by("starts_on")
    found = taken.first()
    if found is not None:
        raise CycleRefused(
            _(
                "The cycle “%(title)s” runs from %(first)s to %(last)s: two cycles do not share "
                "a day."
            )
            % {
                "title": in_page_language(found.title),
                "first": format_date(found.starts_on, page_language()),
                "last": format_date(found.ends_on, page_language()),
            },
            code="overlap",
            field="ends_on" if found.starts_on > span[0] else "starts_on",
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

    One that was cancelled before it opened makes room: it keeps its public page, and the register
    both. Raises CycleRefused for a consultation of another community, or one that has a cycle,
    and where the cycle has that round.
    """
    if consultation.community_id != cycle.community_id:
        raise CycleRefused(_("This consultation belongs to another community."))
    if Round.objects.filter(consultation=consultation).exists():
        raise CycleRefused(_("This consultation belongs to a cycle already."), field="consultation")
    refuse_taken_round(cycle, number)
    cycle.rounds.filter(number=number).delete()
    made = Round.objects.create(
        community=cycle.community, cycle=cycle, number=number, consultation=consultation
    )
    public: dict[str, JSON] = {"round": number, "consultation": consultation.slug}
    tell_cycle(cycle, "round_added", public, on=on, by=by, now=now)
    return made


def refuse_taken_round(cycle: Cycle, number: int) -> None:
    """Raise CycleRefused where the cycle has a round of that number that was not cancelled."""
    if cycle.rounds.held().filter(number=number).exists():
        raise CycleRefused(_("This cycle has its consultation of that round."), field="number")


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
