"""Ideas that wait for their code."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.participation import rules


class IdeaDraftQuerySet(OfCommunity["IdeaDraft"]):
    """Vocabulary of drafts; only the bearer of its key ever sees one."""

    def waiting(self, now: datetime) -> Self:
        return self.filter(expires_at__gt=now)

    def expired(self, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class IdeaDraft(models.Model):
    """مسودة فكرة / brouillon d'idée: what was typed, without number, until the code is confirmed.

    Erased when the idea counts, or a day later; name sealed (law 09-08).
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("community"),
    )
    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.CASCADE,
        related_name="drafts",
        verbose_name=_("consultation"),
    )
    axis = models.ForeignKey(
        "community.Axis", on_delete=models.CASCADE, related_name="+", verbose_name=_("axis")
    )
    commune = models.ForeignKey(
        "community.Community",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune"),
    )
    key = models.UUIDField(_("key of the sending"), default=uuid.uuid4, unique=True)
    statement = models.CharField(_("idea in one sentence"), max_length=rules.STATEMENT_MAX)
    detail = models.TextField(_("detail"), max_length=rules.DETAIL_MAX, blank=True)
    language = models.CharField(_("language"), max_length=16)
    interface = models.CharField(_("language of the pages"), max_length=3, default="ar")
    name_sealed = models.TextField(_("sealed name"), blank=True)
    attachment = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("attachment"),
    )
    attachment_alt = models.CharField(
        _("what the image shows"), max_length=rules.ALT_MAX, blank=True
    )
    proved_as = models.ForeignKey(
        "community.Participant",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("participant of the device"),
    )
    code_token = models.CharField(_("name of the code"), max_length=32, blank=True)
    consented_at = models.DateTimeField(_("consent given at"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"))
    expires_at = models.DateTimeField(_("erased at"))

    objects = IdeaDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of an idea")
        verbose_name_plural = _("drafts of ideas")
        indexes = [models.Index(name="participation_draft_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return str(self.key)
