"""Decisions (القرار): what is given, what is withheld, by which ground (law 31-13, 7 and 18)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer
from infitah.information import rules
from infitah.information.models.request import InformationRequest


class DecisionQuerySet(OfCommunity["Decision"]):
    """Decisions, seen by who sees their request once they left; by the office before."""

    def visible_to(self, viewer: Viewer) -> Self:
        here = self.filter(request__in=InformationRequest.objects.visible_to(viewer))
        if viewer.may("information.read"):
            return here
        return here.filter(request__delivered_on__isnull=False, is_current=True)


class Decision(models.Model):
    """قرار / décision: one answer of the office; a decision that was sent back stays beside it."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name=_("request"),
    )
    outcome = models.CharField(_("outcome"), max_length=14)
    answer = models.TextField(_("answer"), blank=True)
    signer = models.CharField(_("signed by"), max_length=150)
    office = models.CharField(_("office"), max_length=30)
    decided_on = models.DateField(_("decided on"))
    decided_at = models.DateTimeField(_("decided at"))
    reader = models.CharField(_("second reader"), max_length=150, blank=True)
    is_current = models.BooleanField(_("in force"), default=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a request")
        verbose_name_plural = _("decisions on requests")
        constraints = [
            models.UniqueConstraint(
                name="information_decision_current",
                fields=["request"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="information_decision_outcome_known",
                condition=Q(outcome__in=[one.value for one in rules.Outcome]),
            ),
            models.CheckConstraint(
                name="information_decision_second_person",
                condition=~Q(reader=models.F("signer")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"


class WithheldPart(models.Model):
    """جزء محجوب / partie occultée: one thing withheld, with everything that makes it lawful."""

    decision = models.ForeignKey(
        "information.Decision",
        on_delete=models.PROTECT,
        related_name="withheld",
        verbose_name=_("decision"),
    )
    ground = models.CharField(_("ground"), max_length=2)
    exception = models.CharField(_("exception of article 7"), max_length=3, blank=True)
    limb = models.CharField(_("limb of the article"), max_length=40, blank=True)
    reason = models.TextField(_("reason"))
    harm = models.TextField(_("harm that disclosure would do"), blank=True)
    interest = models.TextField(_("public interest weighed"), blank=True)
    place = models.CharField(_("where it is published or kept"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("withheld part")
        verbose_name_plural = _("withheld parts")
        constraints = [
            models.CheckConstraint(name="information_withheld_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="information_withheld_exception_named",
                condition=~Q(ground=rules.RefusalGround.EXCEPTION.value)
                | (~Q(exception="") & ~Q(limb="") & ~Q(harm="") & ~Q(interest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.exception}".strip()
