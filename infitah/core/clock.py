"""The clock, read at views, commands and tasks only; operations are handed its answer.

`INFITAH_NOW` shifts it by an offset fixed when the process starts, in a demonstration only
(decisions E23); log-in codes, sessions and leases use `real_now`.
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

CASABLANCA = ZoneInfo("Africa/Casablanca")


@cache
def _offset() -> timedelta:
    pretended: datetime | None = settings.ENVIRONMENT.now
    if pretended is None:
        return timedelta(0)
    if pretended.tzinfo is None:
        pretended = pretended.replace(tzinfo=CASABLANCA)
    return pretended - timezone.now()


def real_now() -> datetime:
    """Return the true instant, whatever the demonstration pretends."""
    return timezone.now()


def now() -> datetime:
    """Return the instant that the product goes by, aware, in UTC."""
    return real_now() + _offset()


def today() -> date:
    """Return the day in Morocco, which is the day of every act."""
    return local_day(now())


def local_day(instant: datetime) -> date:
    """Return the day in Morocco on which `instant` falls."""
    return instant.astimezone(CASABLANCA).date()
