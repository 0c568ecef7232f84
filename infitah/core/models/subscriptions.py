"""Who follows what by mail, and the news that a daily digest is made of."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscriber(models.Model):
    """متتبع بالبريد الإلكتروني / abonné: an address that follows something; sealed (law 09-08).

    `stopped_at` ends every mail that is not an answer to the person's own act; only the person's
    own preferences change it (programme.md 9).
    """

    community_key = models.CharField(_("community"), max_length=12)
    token = models.UUIDField(_("key of the links"), default=uuid.uuid4, unique=True)
    address_digest = models.CharField(_("digest of the address"), max_length=64)
    address_sealed = models.TextField(_("sealed address"))
    language = models.CharField(_("language"), max_length=3, default="ar")
    created_at = models.DateTimeField(_("created at"))
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)
    last_digest_on = models.DateField(_("last digest on"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = [
            models.UniqueConstraint(
                name="core_subscriber_address", fields=["community_key", "address_digest"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_key} {self.pk}"


class FollowQuerySet(models.QuerySet["Follow"]):
    """Vocabulary of follows."""

    def in_force(self) -> Self:
        return self.filter(ended_at=None, subscriber__stopped_at=None)


class Follow(models.Model):
    """تتبع موضوع / abonnement: one thing that a subscriber follows, named by a string."""

    subscriber = models.ForeignKey(
        "core.Subscriber",
        on_delete=models.CASCADE,
        related_name="follows",
        verbose_name=_("subscriber"),
    )
    topic = models.CharField(_("topic"), max_length=80)
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(name="core_follow_once", fields=["subscriber", "topic"])
        ]
        indexes = [
            models.Index(
                name="core_follow_topic", fields=["topic"], condition=models.Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id}: {self.topic}"


class NewsQuerySet(models.QuerySet["News"]):
    """Vocabulary of news."""

    def waiting(self, now: datetime) -> Self:
        return self.filter(digest_on=None, happened_at__lte=now)

    def being_told(self) -> Self:
        """Given to the digest of a day, and not yet told to all who follow it."""
        return self.filter(digest_on__isnull=False, told_at=None)


class News(models.Model):
    """مستجد / nouvelle: one thing that happened to a topic, told once in the next digest.

    `title` is JSON of a localized text; `path` is the address after the language.
    """

    community_key = models.CharField(_("community"), max_length=12)
    topic = models.CharField(_("topic"), max_length=80)
    kind = models.CharField(_("kind"), max_length=60)
    title = models.JSONField(_("what happened"), default=dict)
    path = models.CharField(_("address after the language"), max_length=300)
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    dedupe_key = models.CharField(_("key against doubles"), max_length=120, unique=True)
    happened_at = models.DateTimeField(_("happened at"))
    digest_on = models.DateField(_("told in the digest of"), null=True, blank=True)
    told_at = models.DateTimeField(_("told to all at"), null=True, blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        indexes = [
            models.Index(
                name="core_news_waiting",
                fields=["happened_at"],
                condition=models.Q(digest_on=None),
            ),
            models.Index(
                name="core_news_being_told",
                fields=["digest_on"],
                condition=models.Q(told_at=None),
            ),
            models.Index(name="core_news_topic", fields=["community_key", "topic", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.kind}"


class DigestCursor(models.Model):
    """مؤشر المستجدات / curseur des nouvelles: up to which act of a register news was made."""

    community_key = models.CharField(_("community"), max_length=12, unique=True)
    entry_number = models.PositiveBigIntegerField(_("number in the register"), default=0)

    class Meta:
        verbose_name = _("cursor of the news")
        verbose_name_plural = _("cursors of the news")

    def __str__(self) -> str:
        return f"{self.community_key}: {self.entry_number}"
