"""Absences of office holders: from a day until the first day back; never why."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer


class AbsenceQuerySet(OfCommunity["Absence"]):
    """Absences, seen by who keeps the offices and by who shares the work."""

    def on(self, day: date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gt=day)

    def not_over(self, day: date) -> Self:
        return self.filter(ends_on__gt=day)

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("appointment.edit") and not viewer.may("information.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)


class Absence(models.Model):
    """غياب / absence: days on which the holder of an office is away, so that a deputy acts."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    appointment = models.ForeignKey(
        "community.Appointment",
        on_delete=models.PROTECT,
        related_name="absences",
        verbose_name=_("appointment"),
    )
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("first day back"))
    entered_by = models.CharField(_("noted by"), max_length=150)
    entered_at = models.DateTimeField(_("noted at"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="community_absence_ends_after", condition=Q(ends_on__gt=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.starts_on:%Y-%m-%d}"
