"""Workshops where ideas are written on paper at tables, and typed in at the door."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import PublicRecords
from infitah.core.fields import LocalizedTextField


class Workshop(models.Model):
    """ورشة الإنتاج المشترك / atelier de co-construction: a meeting whose notes become ideas."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="workshops",
        verbose_name=_("community"),
    )
    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.PROTECT,
        related_name="workshops",
        verbose_name=_("consultation"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    name = LocalizedTextField(_("name"))
    held_on = models.DateField(_("held on"))
    hour = models.TimeField(_("hour"), null=True, blank=True)
    place = LocalizedTextField(_("place"), blank=True)
    present = models.PositiveIntegerField(_("people present"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason of the cancelling"), max_length=500, blank=True)

    objects = PublicRecords["Workshop"].as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="participation_workshop_slug", fields=["consultation", "slug"]
            ),
            models.CheckConstraint(
                name="participation_cancelling_has_reason",
                condition=Q(cancelled_at=None) | ~Q(cancel_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class WorkshopTable(models.Model):
    """طاولة / table: one table of a workshop, on one axis, with its printed sheet."""

    workshop = models.ForeignKey(
        "participation.Workshop",
        on_delete=models.PROTECT,
        related_name="tables",
        verbose_name=_("workshop"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    axis = models.ForeignKey(
        "community.Axis", on_delete=models.PROTECT, related_name="+", verbose_name=_("axis")
    )
    token = models.CharField(_("name in the QR code"), max_length=22, unique=True)
    typed_at = models.DateTimeField(_("last typed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("table of a workshop")
        verbose_name_plural = _("tables of workshops")
        ordering = ["workshop_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="participation_table_number", fields=["workshop", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}/{self.number}"
