"""The items of article 10 with how each stands on a day (law 31-13; the list is to be verified)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db.models import OuterRef, Subquery

from infitah.community.models import Appointment, Community
from infitah.community.queries import holders
from infitah.core.clock import local_day
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.publication import rules
from infitah.publication.models import FacetRow, ProactiveItem, RecordFacet

OFFICERS: Final = "S1"
"""The item of the persons in charge of access to information (law 31-13, art. 12)."""


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
    people: Sequence[Appointment] = ()


def standing_of_items(*, viewer: Viewer, community: Community, today: date) -> list[ItemStanding]:
    """Return every item that a community owes, in the order of the list. Three queries."""
    rows = ProactiveItem.objects.of(community).select_related("unit")
    items = {one.code: one for one in rows}
    borne = _borne(viewer)
    found = [
        _standing(one, items.get(one.code), borne.get(one.code), today) for one in rules.binding()
    ]
    named = holders(community, Appointment.Office.INFORMATION_OFFICER, today)
    return [_named(one, named) if one.obligation.code == OFFICERS else one for one in found]


def _named(item: ItemStanding, held: Sequence[Appointment]) -> ItemStanding:
    """Return how the item of the officers stands: published by their names since they hold office.

    The foot of every page names them and says how they are reached. No query.
    """
    if not held:
        return item
    return replace(
        item,
        freshness=rules.Freshness.UNTIMED,
        last_on=max(one.starts_on for one in held),
        renewed_by=None,
        people=tuple(held),
    )


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
