"""Who follows what by mail."""

from collections.abc import Collection
from dataclasses import dataclass

from infitah.core import vault
from infitah.core.models import Follow, Subscriber


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a subscriber follows, or followed."""

    topic: str
    is_followed: bool


def subscriber_of(community_key: str, address: str) -> Subscriber | None:
    """Return the subscriber of a mail address, or None. One query."""
    digest = vault.lookup_digest(f"subscriber/{community_key}", address.strip().lower())
    found = Subscriber.objects.filter(community_key=community_key, address_digest=digest)
    return found.first()


def subscriber_by_token(community_key: str, token: str) -> Subscriber | None:
    """Return the subscriber whose links hold `token`, or None. One query."""
    return Subscriber.objects.filter(community_key=community_key, token=token).first()


def wishes_of(subscriber: Subscriber) -> list[Wish]:
    """Return what a subscriber follows and followed, in the order of beginning. One query."""
    rows = Follow.objects.filter(subscriber=subscriber).order_by("pk")
    return [Wish(topic, ended is None) for topic, ended in rows.values_list("topic", "ended_at")]


def followers_of(community_key: str, topics: Collection[str]) -> int:
    """Return how many people follow one of `topics` by mail today, each once. One query."""
    held = Subscriber.objects.filter(community_key=community_key, stopped_at=None)
    following = Follow.objects.filter(topic__in=topics, ended_at=None)
    return held.filter(pk__in=following.values("subscriber_id")).count()
