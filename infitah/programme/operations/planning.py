"""The milestones and indicators of a draft, each set as one table in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Unit
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.programme.models import Commitment, CommitmentVersion, Indicator, Milestone
from infitah.programme.operations.commitment import CommitmentRefused, must_be_measured
from infitah.programme.operations.drafting import keep_change, open_draft
from infitah.programme.queries.contents import content_of
from infitah.programme.rules import texts


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone as typed: its span (last day included), weight, and the row it comes after."""

    title: LocalizedText
    span: tuple[date, date]
    weight: int
    unit: Unit | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator as typed; `baseline` is None while nothing was measured."""

    name: LocalizedText
    unit: LocalizedText
    baseline: tuple[date, Decimal] | None
    target: tuple[date, Decimal]


@transaction.atomic
def set_milestones(
    *,
    commitment: Commitment,
    rows: Sequence[MilestoneRow],
    seen_at: datetime,
    by: Actor,
    now: datetime,
) -> CommitmentVersion | None:
    """Make the milestones of a draft these, numbered in order; return the new version if any.

    A number belongs to a place in the draft until the text is validated; then it stays for good.
    Weights may still sum to less than 100 while it is written: nothing is published before they
    do. Raises DraftChanged if somebody was quicker; CommitmentRefused with the row in `code` for
    days in the wrong order, a weight outside 1 to 100, or one that comes after itself or a later.
    """
    held = open_draft(commitment, seen_at)
    before = texts.content_digest(content_of(held))
    _check_rows(rows)
    known = {one.number: one for one in held.milestones.all()}
    kept: dict[int, Milestone] = {}
    for number, row in enumerate(rows, start=1):
        kept[number] = _placed(held, known.get(number), number, row, kept)
    for one in held.milestones.filter(number__gt=len(rows)).order_by("-number"):
        one.delete()
    if texts.content_digest(content_of(held)) == before:
        return None
    return keep_change(held, "milestones_set", {"milestones": len(rows)}, by=by, now=now)


def _check_rows(rows: Sequence[MilestoneRow]) -> None:
    for number, row in enumerate(rows, start=1):
        if row.span[1] < row.span[0]:
            raise CommitmentRefused(
                _("Milestone %(number)s: the last day is before the first.") % {"number": number},
                field=f"until_{number}",
            )
        if not 1 <= row.weight <= 100:
            raise CommitmentRefused(
                _("Milestone %(number)s: a weight is a number from 1 to 100.") % {"number": number},
                field=f"weight_{number}",
            )
        if row.after is not None and not 0 < row.after < number:
            raise CommitmentRefused(
                _("Milestone %(number)s can only come after an earlier one.") % {"number": number},
                field=f"after_{number}",
            )


def _placed(
    held: Commitment,
    known: Milestone | None,
    number: int,
    row: MilestoneRow,
    earlier: dict[int, Milestone],
) -> Milestone:
    one = known or Milestone(
        community=held.community,
        commitment=held,
        number=number,
        reference=str(Reference.parse(held.reference).child("M", number)),
    )
    one.title, one.unit, one.weight = row.title, row.unit, row.weight
    one.announced_start, one.announced_end = row.span
    one.planned_start, one.planned_end = row.span
    one.depends_on = earlier[row.after] if row.after else None
    one.save()
    return one


@transaction.atomic
def set_indicators(
    *,
    commitment: Commitment,
    rows: Sequence[IndicatorRow],
    seen_at: datetime,
    by: Actor,
    now: datetime,
) -> CommitmentVersion | None:
    """Make the indicators of a draft these, in order; return the new version if any.

    Raises DraftChanged if somebody was quicker; CommitmentRefused for a baseline of a day
    to come, for a target before it, or for taking away an indicator that was measured.
    """
    held = open_draft(commitment, seen_at)
    before = texts.content_digest(content_of(held))
    for number, row in enumerate(rows, start=1):
        if row.baseline is not None:
            must_be_measured(row.baseline[0], now=now, field=f"baseline_on_{number}")
        if row.baseline is not None and row.target[0] <= row.baseline[0]:
            raise CommitmentRefused(
                _("Indicator %(number)s: the target comes after the baseline.")
                % {"number": number},
                field=f"target_on_{number}",
            )
    known = list(held.indicators.order_by("pk"))
    for row, one in zip(rows, known, strict=False):
        _measured(one, row)
    taken = {one.slug for one in known}
    for number, row in enumerate(rows[len(known) :], start=len(known) + 1):
        slug = _free_slug(number, taken)
        _measured(Indicator(community=held.community, commitment=held, slug=slug), row)
    for one in known[len(rows) :]:
        _taken_away(one)
    if texts.content_digest(content_of(held)) == before:
        return None
    return keep_change(held, "indicators_set", {"indicators": len(rows)}, by=by, now=now)


def _free_slug(number: int, taken: set[str]) -> str:
    while f"i{number}" in taken:
        number += 1
    taken.add(f"i{number}")
    return f"i{number}"


def _measured(one: Indicator, row: IndicatorRow) -> None:
    one.name, one.unit = row.name, row.unit
    one.baseline_on, one.baseline = row.baseline or (None, None)
    one.target_on, one.target = row.target
    one.save()


def _taken_away(one: Indicator) -> None:
    if one.measures.exists():
        raise CommitmentRefused(
            _("The indicator “%(name)s” was measured already: it stays.") % {"name": one.name}
        )
    one.delete()
