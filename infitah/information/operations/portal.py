"""What the national portal tells of a month, typed in by an officer (chafafiya.ma)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump, post_event
from infitah.core.viewer import Actor
from infitah.information.models import PortalCount
from infitah.information.operations.casework import KIND
from infitah.ledger import operations as ledger


class PortalRefused(OperationRefused):
    """The portal's numbers cannot be recorded so."""


@dataclass(frozen=True, slots=True)
class PortalNumbers:
    """What the portal said of a month (its first day), where, and on which day it was read."""

    month: date
    received: int
    answered: int
    source: str
    counted_on: date


@transaction.atomic
def record_portal_count(
    *, community: Community, said: PortalNumbers, by: Actor, now: datetime
) -> PortalCount:
    """Keep what the national portal tells of a month; told again, the newer numbers stand.

    The register keeps both. Raises PortalRefused for a month that has not begun, a day that has
    not come or lies before the month, or without saying where it was read.
    """
    today, month = local_day(now), said.month.replace(day=1)
    if month > today:
        raise PortalRefused(_("This month has not begun."), field="month")
    if not month <= said.counted_on <= today:
        raise PortalRefused(
            _("Give the day on which the portal was read: in that month or after, not to come."),
            field="counted_on",
        )
    if not said.source.strip():
        raise PortalRefused(_("Say where on the portal this was read."), field="source")
    entry = ledger.record(
        community_key=community.key,
        act="information.portal_counted",
        subject=f"{community.key}-portal-{month:%Y-%m}",
        by=by,
        public={
            "month": f"{month:%Y-%m}",
            "received": said.received,
            "answered": said.answered,
            "source": said.source.strip(),
            "read_on": said.counted_on.isoformat(),
        },
        occurred_on=today,
        now=now,
    )
    made, _is_new = PortalCount.objects.update_or_create(
        community=community,
        month=month,
        defaults={
            "received": said.received,
            "answered": said.answered,
            "source": said.source.strip(),
            "counted_on": said.counted_on,
            "entered_by": by.key,
            "entered_at": now,
            "register_number": entry.number,
        },
    )
    post_event(
        kind="information.portal_counted",
        community_key=community.key,
        subject=f"{community.key}-portal-{month:%Y-%m}",
        payload={"received": said.received, "answered": said.answered},
        dedupe_key=f"information.portal_counted:{community.key}:{entry.number}",
        now=now,
    )
    bump(community.key, KIND)
    return made
