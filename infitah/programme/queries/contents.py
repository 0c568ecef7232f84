"""The whole text of a commitment as it is frozen, hashed, compared and put to the public."""

from datetime import date
from decimal import Decimal

from infitah.ledger.rules.canonical import JSON
from infitah.programme.models import Commitment, Indicator, Milestone

LOCALIZED = (
    "title",
    "problem",
    "description",
    "contribution",
    "expected_result",
    "verifiability",
    "partners",
    "civil_partner",
    "budget_source",
    "value_argument",
    "reason_without_idea",
)
"""Parts in words; each is a text in up to three languages."""


def content_of(commitment: Commitment) -> dict[str, JSON]:
    """Return the whole text of a commitment: plain JSON, the same for the same text.

    Days are ISO 8601, numbers of indicators decimal strings, money centimes. The ideas behind it
    are not part: a link may be added later without touching what was voted. Five queries at most,
    none where principles, milestones, indicators, axis, unit and person are fetched.
    """
    content: dict[str, JSON] = {name: getattr(commitment, name).as_json() for name in LOCALIZED}
    responsible, unit = commitment.responsible, commitment.lead_unit
    content |= {
        "reference": commitment.reference,
        "axis": commitment.axis.slug,
        "principles": sorted(one.slug for one in commitment.principles.all()),
        "values": list(commitment.values),
        "sdg": list(commitment.sdg),
        "from": commitment.starts_on.isoformat(),
        "until": commitment.ends_on.isoformat(),
        "lead_unit": unit.name.as_json() if unit else None,
        "responsible": responsible.name.as_json() if responsible else None,
        "budget": commitment.budget,
        "is_without_cost": commitment.is_without_cost,
        "milestones": _milestones(commitment),
        "indicators": [
            _indicator(one) for one in sorted(commitment.indicators.all(), key=lambda one: one.pk)
        ],
    }
    return content


def _milestones(commitment: Commitment) -> list[JSON]:
    ordered = sorted(commitment.milestones.all(), key=lambda one: one.number)
    names = {one.pk: one.reference for one in ordered}
    return [_milestone(one, names.get(one.depends_on_id or 0)) for one in ordered]


def _milestone(one: Milestone, after: str | None) -> dict[str, JSON]:
    return {
        "reference": one.reference,
        "title": one.title.as_json(),
        "from": one.announced_start.isoformat(),
        "until": one.announced_end.isoformat(),
        "weight": one.weight,
        "after": after,
    }


def _indicator(one: Indicator) -> dict[str, JSON]:
    return {
        "slug": one.slug,
        "name": one.name.as_json(),
        "unit": one.unit.as_json(),
        "baseline": _number(one.baseline),
        "baseline_on": _day(one.baseline_on),
        "target": _number(one.target),
        "target_on": _day(one.target_on),
    }


def _number(value: Decimal | None) -> str | None:
    """Return a decimal without the zeros that only a database adds."""
    return None if value is None else format(value.normalize(), "f")


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
