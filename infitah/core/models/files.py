"""Stored files: staged and hashed first, bound by the act that needs them (decisions E19)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """ملف محفوظ / fichier conservé: bytes with hash, kind, scan state and what they belong to."""

    class State(models.TextChoices):
        STAGED = "staged", _("staged")
        BOUND = "bound", _("bound")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("not scanned")
        CLEAN = "clean", _("clean")
        INFECTED = "infected", _("infected")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    community_key = models.CharField(_("community"), max_length=12, db_index=True)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    media_type = models.CharField(_("type by content"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.STAGED)
    scan = models.CharField(_("virus scan"), max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    scan_note = models.CharField(_("note of the scan"), max_length=200, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    subject = models.CharField(_("belongs to"), max_length=40, blank=True, db_index=True)
    extracted_text = models.TextField(_("extracted text"), blank=True)
    findings = models.JSONField(_("personal data found"), default=list, blank=True)
    replaces = models.ForeignKey(
        "self", verbose_name=_("replaces"), null=True, blank=True, on_delete=models.PROTECT
    )
    staged_at = models.DateTimeField(_("staged at"))
    bound_at = models.DateTimeField(_("bound at"), null=True, blank=True)
    scanned_at = models.DateTimeField(_("scanned at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.CheckConstraint(
                name="core_bound_file_has_subject",
                condition=~models.Q(state="bound") | ~models.Q(subject=""),
            )
        ]
        indexes = [
            models.Index(
                name="core_file_staged",
                fields=["staged_at"],
                condition=models.Q(state="staged"),
            ),
            models.Index(
                name="core_file_unscanned",
                fields=["scanned_at"],
                condition=models.Q(scan="not_scanned"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Return where the bytes lie in the store."""
        return f"{self.community_key}/{str(self.key)[:2]}/{self.key}"
