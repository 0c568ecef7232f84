"""Reads of the base."""

from infitah.core.models import Generation, Installation
from infitah.core.queries.following import (
    Wish,
    followers_of,
    subscriber_by_token,
    subscriber_of,
    wishes_of,
)
from infitah.core.queries.hashed import files_of_hash
from infitah.core.queries.health import (
    Part,
    health,
    inbox_silent_since,
    metrics,
    worker_seen_at,
)
from infitah.core.queries.letters import demonstration_mails
from infitah.core.queries.visible import visible_file

__all__ = [
    "Part",
    "Wish",
    "demonstration_mails",
    "files_of_hash",
    "followers_of",
    "generations",
    "health",
    "inbox_silent_since",
    "is_demonstration",
    "metrics",
    "subscriber_by_token",
    "subscriber_of",
    "visible_file",
    "wishes_of",
    "worker_seen_at",
]


def generations(community_key: str) -> dict[str, int]:
    """Return the number of every kind of a community. One query."""
    rows = Generation.objects.filter(community_key=community_key)
    return dict(rows.values_list("kind", "number"))


def is_demonstration() -> bool:
    """Return whether this database holds a demonstration, marked by `seed`. One query."""
    return Installation.objects.filter(pk=1, is_demonstration=True).exists()
