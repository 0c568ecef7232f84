"""Indicators of a commitment: baseline, target, and the values measured since."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.core.fields import LocalizedTextField


class Indicator(models.Model):
    """مؤشر / indicateur: a number by which anybody can tell whether a commitment bears fruit.

    Without a baseline it was not measured yet: a nought is never typed in its place.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name=_("commitment"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=40)
    name = LocalizedTextField(_("name"))
    unit = LocalizedTextField(_("counted in"))
    baseline = models.DecimalField(
        _("baseline"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_on = models.DateField(_("baseline of"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    target_on = models.DateField(_("target for"))

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["commitment_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="programme_indicator_slug", fields=["commitment", "slug"]),
            models.CheckConstraint(
                name="programme_baseline_has_its_day",
                condition=Q(baseline=None, baseline_on=None)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class IndicatorValue(models.Model):
    """قيمة المؤشر / valeur: one measure of an indicator, with its source."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    indicator = models.ForeignKey(
        "programme.Indicator",
        on_delete=models.PROTECT,
        related_name="measures",
        verbose_name=_("indicator"),
    )
    on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    source = LocalizedTextField(_("source"))

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        ordering = ["indicator_id", "on"]
        constraints = [
            models.UniqueConstraint(name="programme_measure_once", fields=["indicator", "on"])
        ]

    def __str__(self) -> str:
        return f"{self.on.isoformat()}: {self.value}"
