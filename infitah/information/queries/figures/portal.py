"""The national portal's numbers beside ours, month by month, and what accounts for a difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth, ExtractYear

from infitah.community.models import Community
from infitah.core.viewer import Viewer
from infitah.information.models import InformationRequest, PortalCount
from infitah.information.queries.figures.counting import received_in
from infitah.information.rules import figures

PAGE: Final = 50
CHANNEL: Final = InformationRequest.Channel.CHAFAFIYA


@dataclass(frozen=True, slots=True)
class PortalMonth:
    """A month: what the portal told of it, and what came from the portal into our register.

    `received` and `answered` are None where nobody has read the portal for that month.
    """

    month: date
    ours: int
    ours_answered: int
    received: int | None = None
    answered: int | None = None
    source: str = ""
    counted_on: date | None = None

    @property
    def difference(self) -> int | None:
        """How many more the portal tells than stand in our register."""
        return None if self.received is None else self.received - self.ours


def portal_months(community: Community, span: figures.Span) -> list[PortalMonth]:
    """Return the months of a span of which the portal or our register tells, in order.

    Nothing where the portal was read for none of them. Two queries.
    """
    read = PortalCount.objects.of(community).filter(month__gte=span.first, month__lte=span.last)
    told = {one.month: one for one in read}
    if not told:
        return []
    came = received_in(community, span).filter(channel=CHANNEL)
    rows = came.values(of_year=ExtractYear("received_on"), of_month=ExtractMonth("received_on"))
    counted = rows.annotate(
        n=Count("pk"), answers=Count("pk", filter=Q(answered_on__isnull=False))
    ).order_by()
    ours = {
        date(year, month, 1): (n, answers)
        for year, month, n, answers in counted.values_list("of_year", "of_month", "n", "answers")
    }
    return [_month(one, ours.get(one, (0, 0)), told.get(one)) for one in sorted({*told, *ours})]


def _month(month: date, ours: tuple[int, int], read: PortalCount | None) -> PortalMonth:
    if read is None:
        return PortalMonth(month, *ours)
    return PortalMonth(month, *ours, read.received, read.answered, read.source, read.counted_on)


@dataclass(frozen=True, slots=True)
class PortalPair:
    """Our number of a request that came by the portal, and the portal's; "" where it is missing."""

    reference: str
    external_number: str
    received_on: date


@dataclass(frozen=True, slots=True)
class PortalPairs:
    """One page of pairs; `after` is the reference to go on from, or ""."""

    rows: Sequence[PortalPair]
    after: str = ""


def portal_pairs(viewer: Viewer, *, after: str = "", lacking: bool = False) -> PortalPairs:
    """Return our numbers beside the portal's, the newest first, a page by keyset.

    With `lacking` those whose number on the portal was not typed. One query, one more for a place.
    """
    came = InformationRequest.objects.visible_to(viewer).filter(channel=CHANNEL)
    if not viewer.may("information.read"):
        came = came.none()
    if lacking:
        came = came.filter(external_number="")
    if after:
        place = came.model.objects.filter(community_id=viewer.community_id, reference=after)
        came = came.filter(pk__lt=place.values_list("pk", flat=True).first() or 0)
    columns = ("reference", "external_number", "received_on")
    found = list(came.order_by("-pk").values_list(*columns)[: PAGE + 1])
    rows = [PortalPair(*values) for values in found[:PAGE]]
    return PortalPairs(rows, rows[-1].reference if len(found) > PAGE else "")
