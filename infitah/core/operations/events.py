"""Telling the apps above: rows of the outbox, written in the transaction of the act."""

from collections.abc import Mapping
from datetime import datetime

from infitah.core.models import Outbox


def post_event(
    *,
    kind: str,
    community_key: str,
    subject: str,
    payload: Mapping[str, str | int],
    dedupe_key: str,
    now: datetime,
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
                posted_at=now,
            )
        ],
        ignore_conflicts=True,
    )
