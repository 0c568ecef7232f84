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
    are not part: a link may be added later without touching what was voted. Five queries at most.
    """
    content: dict[str, JSON] = {name: getattr(commitment, name).as_json() for name in LOCALIZED}
    responsible, unit = commitment.responsible, commitment.lead_unit
    principles = commitment.principles.order_by("slug").values_list("slug", flat=True)
    content |= {
        "reference": commitment.reference,
        "axis": commitment.axis.slug,
        "principles": list(principles),
        "values": list(commitment.values),
        "sdg": list(commitment.sdg),
        "from": commitment.starts_on.isoformat(),
        "until": commitment.ends_on.isoformat(),
        "lead_unit": unit.name.as_json() if unit else None,
        "responsible": responsible.name.as_json() if responsible else None,
        "budget": commitment.budget,
        "is_without_cost": commitment.is_without_cost,
        "milestones": [_milestone(one) for one in _milestones(commitment)],
        "indicators": [_indicator(one) for one in commitment.indicators.order_by("pk")],
    }
    return content


def _milestones(commitment: Commitment) -> list[Milestone]:
    return list(commitment.milestones.select_related("depends_on").order_by("number"))


def _milestone(one: Milestone) -> dict[str, JSON]:
    return {
        "reference": one.reference,
        "title": one.title.as_json(),
        "from": one.announced_start.isoformat(),
        "until": one.announced_end.isoformat(),
        "weight": one.weight,
        "after": one.depends_on.reference if one.depends_on else None,
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
