"""Telling the apps above: rows of the outbox, posted by an act, handed over after its commit."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from infitah.core import clock, registry
from infitah.core.conf import WORK
from infitah.core.models import Outbox

logger = logging.getLogger("infitah.events")


def post_event(
    *,
    kind: str,
    community_key: str,
    subject: str,
    payload: Mapping[str, str | int],
    dedupe_key: str,
    now: datetime | None = None,
) -> None:
    """Post an event once; a second one with the same key changes nothing. One statement."""
    Outbox.objects.bulk_create(
        [
            Outbox(
                kind=kind,
                community_key=community_key,
                subject=subject,
                payload=dict(payload),
                dedupe_key=dedupe_key,
                posted_at=now or clock.real_now(),
            )
        ],
        ignore_conflicts=True,
    )


def has_events(now: datetime) -> bool:
    """Return whether an event waits to be handed over. One indexed look-up."""
    return _waiting(now).exists()


def _waiting(now: datetime) -> QuerySet[Outbox]:
    return Outbox.objects.filter(
        Q(retry_at=None) | Q(retry_at__lte=now), handled_at=None, tries__lt=WORK.event_tries
    )


def dispatch_events(*, now: datetime, limit: int = 50) -> bool:
    """Hand waiting events to their handlers, oldest first; return whether more may wait.

    Handling and the mark "handled" commit together, so an event takes effect once in the
    database. One that fails is tried again later and does not hold up the others.
    """
    ids = list(_waiting(now).order_by("id").values_list("id", flat=True)[:limit])
    for pk in ids:
        _dispatch(pk, now)
    return len(ids) == limit


def _dispatch(pk: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            event = Outbox.objects.select_for_update().filter(pk=pk, handled_at=None).first()
            if event is None:
                return  # another worker was quicker
            for handle in registry.HANDLERS.get(event.kind, []):
                handle(event=event, now=now)
            event.handled_at = now
            event.save(update_fields=["handled_at"])
    except Exception as error:
        logger.exception("Event %s could not be handled.", pk)
        _try_again(pk, error, now)


def _try_again(pk: int, error: Exception, now: datetime) -> None:
    event = Outbox.objects.get(pk=pk)
    steps = WORK.event_backoff_seconds
    wait = steps[min(event.tries, len(steps) - 1)]
    event.tries += 1
    event.retry_at = now + timedelta(seconds=wait)
    event.last_error = f"{type(error).__name__}: {error}"[:200]
    event.save(update_fields=["tries", "retry_at", "last_error"])


def forget_events(*, now: datetime) -> int:
    """Delete events handled long ago; return how many."""
    before = now - timedelta(days=WORK.keep_events_days)
    gone, _rows = Outbox.objects.filter(handled_at__lt=before).delete()
    return gone
