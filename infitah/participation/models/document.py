"""Draft texts put to the public by paragraph; a change is a new version with its own hash."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer


class DocumentTextQuerySet(OfCommunity["DocumentText"]):
    """Vocabulary of texts."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of announced consultations to all; the others to who edits consultations."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.may("consultation.edit") or viewer.may("commitment.edit"):
            return here
        return here.filter(consultation__announced_at__isnull=False)

    def current(self) -> Self:
        """The newest version of each text."""
        return self.filter(is_current=True)


class DocumentText(models.Model):
    """نص معروض للاستشارة / texte soumis à consultation: one version, by paragraphs."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.PROTECT,
        related_name="texts",
        verbose_name=_("consultation"),
    )
    subject = models.CharField(_("reference of what it drafts"), max_length=40)
    number = models.PositiveSmallIntegerField(_("version"))
    is_current = models.BooleanField(_("newest version"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = LocalizedTextField(_("title"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    reason = models.CharField(_("why it was changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))

    objects = DocumentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text put to the public")
        verbose_name_plural = _("texts put to the public")
        ordering = ["consultation_id", "position", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="participation_text_number", fields=["consultation", "subject", "number"]
            ),
            models.UniqueConstraint(
                name="participation_text_one_newest",
                fields=["consultation", "subject"],
                condition=Q(is_current=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} v{self.number}"


class Paragraph(models.Model):
    """فقرة / paragraphe: a part of a text with a name that stays through its versions."""

    text = models.ForeignKey(
        "participation.DocumentText",
        on_delete=models.PROTECT,
        related_name="paragraphs",
        verbose_name=_("text"),
    )
    key = models.SlugField(_("name in every version"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    heading = LocalizedTextField(_("heading"), blank=True)
    body = LocalizedTextField(_("body"))

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["text_id", "position"]
        constraints = [
            models.UniqueConstraint(name="participation_paragraph_key", fields=["text", "key"])
        ]

    def __str__(self) -> str:
        return f"{self.text_id}#{self.key}"
