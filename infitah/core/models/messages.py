"""Events between apps (`Outbox`) and messages to people (`Mail`)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """صندوق الأحداث الصادرة / boîte d'événements: what an act tells the apps above it."""

    community_key = models.CharField(_("community"), max_length=12)
    kind = models.CharField(_("kind"), max_length=60)
    subject = models.CharField(_("subject"), max_length=40)
    payload = models.JSONField(_("payload"), default=dict)
    dedupe_key = models.CharField(_("key against doubles"), max_length=120, unique=True)
    posted_at = models.DateTimeField(_("posted at"))
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    retry_at = models.DateTimeField(_("tried again at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(
                name="core_outbox_waiting", fields=["id"], condition=models.Q(handled_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Mail(models.Model):
    """رسالة إلكترونية / courriel: one message to one person, sent by the worker, at most once.

    Address and content are sealed (law 09-08); they are erased some days after sending.
    """

    class Priority(models.IntegerChoices):
        CODE = 0, _("code")
        RECEIPT = 1, _("receipt")
        ANSWER = 2, _("answer")
        DIGEST = 3, _("digest")
        NEWSLETTER = 4, _("newsletter")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        UNCERTAIN = "uncertain", _("interrupted while being sent")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    community_key = models.CharField(_("community"), max_length=12, db_index=True)
    dedupe_key = models.CharField(_("key against doubles"), max_length=120, unique=True)
    template = models.CharField(_("template"), max_length=100)
    language = models.CharField(_("language"), max_length=16)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority)
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    sealed_to = models.TextField(_("sealed address"), blank=True)
    sealed_context = models.TextField(_("sealed content"), blank=True)
    attachments = models.ManyToManyField(
        "core.StoredFile", verbose_name=_("attachments"), blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    not_before = models.DateTimeField(_("not before"))
    queued_at = models.DateTimeField(_("queued at"))
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(
                name="core_mail_waiting",
                fields=["priority", "not_before"],
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                name="core_mail_being_sent",
                fields=["claimed_at"],
                condition=models.Q(state="sending"),
            ),
            models.Index(name="core_mail_sent", fields=["sent_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.reference}"
