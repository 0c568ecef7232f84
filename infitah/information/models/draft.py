"""Requests that are being written: sealed, without number, erased after a day (law 09-08)."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity


class RequestDraftQuerySet(OfCommunity["RequestDraft"]):
    """Vocabulary of drafts; only the bearer of its key ever sees one."""

    def waiting(self, now: datetime) -> Self:
        return self.filter(expires_at__gt=now)

    def expired(self, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class RequestDraft(models.Model):
    """مسودة طلب / brouillon de demande: what was typed on the screens of asking, until it is sent.

    Everything typed is sealed as one. `code_token` names the code that proves the e-mail address.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("community"),
    )
    key = models.UUIDField(_("key of the sending"), default=uuid.uuid4, unique=True)
    typed_sealed = models.TextField(_("sealed words"))
    interface = models.CharField(_("language of the pages"), max_length=3, default="ar")
    code_token = models.CharField(_("name of the code"), max_length=32, blank=True)
    started_at = models.DateTimeField(_("started at"))
    expires_at = models.DateTimeField(_("erased at"))

    objects = RequestDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a request")
        verbose_name_plural = _("drafts of requests")
        indexes = [models.Index(name="information_draft_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return str(self.key)
