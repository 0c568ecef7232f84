"""What changed between two reports: computed when one is frozen, told in words from its content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.programme.models import AnnualReport, Cycle, Milestone
from infitah.programme.rules import reporting

Row = Mapping[str, Any]


def report_before(cycle: Cycle, year: int) -> AnnualReport | None:
    """Return the published report that a new one of `year` follows, or None. Two queries at most.

    The version before of the same year, else the newest version of the year before.
    """
    shown = AnnualReport.objects.filter(cycle=cycle, published_on__isnull=False)
    same = shown.filter(year=year).order_by("-number").first()
    return same or shown.filter(year__lt=year).order_by("-year", "-number").first()


def since(before: AnnualReport | None) -> JSON:
    """Return how a report names the one that it follows."""
    if before is None:
        return None
    return {"reference": before.reference, "year": before.year, "version": before.number}


def changes_since(before: AnnualReport | None, rows: Iterable[Row]) -> list[JSON]:
    """Return the milestones whose state is another than in the report before. No query."""
    if before is None:
        return []
    return [
        {"reference": reference, "before": old, "now": new}
        for reference, old, new in reporting.changed_since(
            _states(before.content["commitments"]), _states(rows)
        )
    ]


def _states(commitments: Iterable[Row]) -> dict[str, str]:
    return {
        str(one["reference"]): str(one["state"]) for row in commitments for one in row["milestones"]
    }


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A milestone whose state changed since the report before; `before` is empty for a new one."""

    reference: str
    title: LocalizedText
    before: str
    now: str
    url: str


def changes_told(content: Row) -> list[ChangeTold]:
    """Return what changed since the report before, each with its milestone. No query."""
    names, slug = dict(Milestone.State.choices), content["cycle"]["slug"]
    places = {
        step["reference"]: (LocalizedText.from_json(step["title"]), row["reference"])
        for row in content["commitments"]
        for step in row["milestones"]
    }
    found = []
    for one in content["changes"]:
        title, commitment = places[one["reference"]]
        page = reverse("programme:commitment", args=[slug, commitment])
        found.append(
            ChangeTold(
                reference=one["reference"],
                title=title,
                before=str(names[one["before"]]) if one["before"] else "",
                now=str(names[one["now"]]),
                url=f"{page}#{one['reference']}",
            )
        )
    return found


def since_words(content: Row) -> str:
    """Return which report this one is compared with, in words. No query."""
    found = content.get("since")
    if not found:
        return _("What changed since the report before")
    if found["year"] == content["year"]:
        return _("What changed since version %(number)s") % {"number": found["version"]}
    return _("What changed since the report of %(year)s") % {"year": found["year"]}
