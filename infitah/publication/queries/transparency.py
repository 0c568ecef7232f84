"""The items of article 10 with how each stands on a day (law 31-13; the list is to be verified)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.publication import rules
from infitah.publication.models import FacetRow, ProactiveItem, RecordFacet


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item: who answers for it, when it was last published, how many answers bear its code."""

    obligation: rules.Obligation
    freshness: rules.Freshness
    unit: LocalizedText | None = None
    office: str = ""
    months: int | None = None
    last_on: date | None = None
    renewed_by: date | None = None
    link: str = ""
    records: int = 0


def standing_of_items(*, viewer: Viewer, community: Community, today: date) -> list[ItemStanding]:
    """Return every item that a community owes, in the order of the list. Two queries."""
    rows = ProactiveItem.objects.of(community).select_related("unit")
    items = {one.code: one for one in rows}
    borne = _borne(viewer)
    return [
        _standing(one, items.get(one.code), borne.get(one.code), today) for one in rules.binding()
    ]


def _borne(viewer: Viewer) -> dict[str, tuple[int, datetime]]:
    """Return by item how many published answers bear it, and the moment of the newest.

    One query, an index's first row for each item, however many answers there are.
    """
    rows = FacetRow.objects.filter(facet=OuterRef("pk"), published_at__isnull=False)
    newest = rows.order_by("-published_at").values("published_at")[:1]
    used = RecordFacet.objects.visible_to(viewer).in_use().filter(kind=rules.FacetKind.ITEM)
    found = used.annotate(newest=Subquery(newest)).values_list("value", "records", "newest")
    return {value: (records, moment) for value, records, moment in found}


def _standing(
    obligation: rules.Obligation,
    item: ProactiveItem | None,
    borne: tuple[int, datetime] | None,
    today: date,
) -> ItemStanding:
    months = item.months if item is not None and item.months else obligation.months
    days = [item.last_published_on] if item is not None and item.last_published_on else []
    if borne is not None:
        days.append(local_day(borne[1]))
    last_on = max(days, default=None)
    return ItemStanding(
        obligation=obligation,
        freshness=rules.freshness_of(last_on, months, today),
        unit=item.unit.name if item is not None and item.unit else None,
        office=item.office if item is not None else "",
        months=months,
        last_on=last_on,
        renewed_by=rules.renewed_by(last_on, months) if last_on and months else None,
        link=item.link if item is not None else "",
        records=borne[0] if borne is not None else 0,
    )
