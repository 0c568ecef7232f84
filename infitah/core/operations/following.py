"""Following something by mail, and stopping; what a person stopped no other act starts again.

An ended follow, and mail stopped as a whole, come back only through the person's own preferences
(programme.md 9: an unsubscription is never undone by another form).
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core import vault
from infitah.core.errors import OperationRefused
from infitah.core.models import Follow, Subscriber

MODEL = "core.Subscriber"
TOPIC_MAX = 80


class FollowRefused(OperationRefused):
    """The topic cannot be followed so."""


class Following(StrEnum):
    """What a wish to follow led to."""

    BEGUN = "begun"
    ALREADY = "already"
    ENDED = "ended"  # the person ended it: only their preferences bring it back
    STOPPED = "stopped"  # the person stopped all mail: noted, silent until they resume


def _digest(community_key: str, address: str) -> str:
    return vault.lookup_digest(f"subscriber/{community_key}", address.strip().lower())


@transaction.atomic
def follow(
    *, community_key: str, address: str, topic: str, language: str, now: datetime
) -> tuple[Subscriber, Following]:
    """Have a proved `address` follow `topic`; return its subscriber and what came of it.

    Twice is once. What was stopped stays stopped: the wish of one who stopped all mail is noted,
    so that their preferences can offer it. Raises FollowRefused for a topic without name. At most
    four statements.
    """
    if not topic or len(topic) > TOPIC_MAX:
        raise FollowRefused(_("Nothing can be followed under this name."), field="topic")
    subscriber = _subscriber(community_key, address, language, now)
    link, is_new = Follow.objects.get_or_create(
        subscriber=subscriber, topic=topic, defaults={"since": now}
    )
    if link.ended_at is not None:
        return subscriber, Following.ENDED
    if subscriber.stopped_at is not None:
        return subscriber, Following.STOPPED
    return subscriber, Following.BEGUN if is_new else Following.ALREADY


def _subscriber(community_key: str, address: str, language: str, now: datetime) -> Subscriber:
    found = Subscriber.objects.filter(
        community_key=community_key, address_digest=_digest(community_key, address)
    ).first()
    if found is not None:
        return found
    made = Subscriber(
        community_key=community_key,
        address_digest=_digest(community_key, address),
        language=language,
        created_at=now,
    )
    made.address_sealed = vault.seal(
        address.strip(), model=MODEL, field="address_sealed", row=str(made.token)
    )
    made.save(force_insert=True)
    return made


def address_of(subscriber: Subscriber) -> str:
    """Return the mail address of a subscriber, for a letter to them."""
    return vault.unseal(
        subscriber.address_sealed, model=MODEL, field="address_sealed", row=str(subscriber.token)
    )


@transaction.atomic
def stop_mail(*, token: str, now: datetime) -> Subscriber | None:
    """Stop every digest to the bearer of `token`; twice is once. None for an unknown token.

    Answers to the person's own acts (codes, receipts, answers) are no subscription and go on.
    """
    held = Subscriber.objects.select_for_update().filter(token=token).first()
    if held is not None and held.stopped_at is None:
        held.stopped_at = now
        held.save(update_fields=["stopped_at"])
    return held


@transaction.atomic
def end_follow(*, token: str, topic: str, now: datetime) -> Subscriber | None:
    """End one follow of the bearer of `token`; twice is once. None for an unknown token."""
    held = Subscriber.objects.select_for_update().filter(token=token).first()
    if held is not None:
        held.follows.filter(topic=topic, ended_at=None).update(ended_at=now)
    return held


@transaction.atomic
def resume_follow(*, token: str, topic: str, now: datetime) -> Subscriber | None:
    """Start one follow again that its bearer stopped, asked for in their own preferences.

    Of one who had stopped all mail this topic alone begins again: the others end. One that goes
    on keeps the news that waits. None for an unknown token, or a topic that was never asked for.
    """
    held = Subscriber.objects.select_for_update().filter(token=token).first()
    if held is None or not held.follows.filter(topic=topic).exists():
        return None
    wanted = held.follows.filter(topic=topic)
    if held.stopped_at is None:
        wanted = wanted.exclude(ended_at=None)
    else:
        held.follows.exclude(topic=topic).filter(ended_at=None).update(ended_at=now)
        held.stopped_at = None
        held.save(update_fields=["stopped_at"])
    wanted.update(ended_at=None, since=now)
    return held


@transaction.atomic
def set_preferences(
    *, token: str, topics: Collection[str], is_stopped: bool, language: str, now: datetime
) -> Subscriber | None:
    """Make the wishes of the bearer of `token` these: the one form that may also resume.

    `topics` chooses among those followed before or now; others are not added. None for an
    unknown token.
    """
    held = Subscriber.objects.select_for_update().filter(token=token).first()
    if held is None:
        return None
    held.follows.exclude(topic__in=topics).filter(ended_at=None).update(ended_at=now)
    held.follows.filter(topic__in=topics, ended_at__isnull=False).update(ended_at=None, since=now)
    if is_stopped and held.stopped_at is None:
        held.stopped_at = now
    if not is_stopped:
        held.stopped_at = None
    held.language = language
    held.save(update_fields=["stopped_at", "language"])
    return held
