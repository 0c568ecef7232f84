"""The acts of a request: append-only; whatever a page says of it is read off them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer
from infitah.information import rules
from infitah.information.models.request import InformationRequest


class RequestActQuerySet(OfCommunity["RequestAct"]):
    """Acts, seen by who sees their request."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(request__in=InformationRequest.objects.visible_to(viewer))


class RequestAct(models.Model):
    """عمل / acte: one dated step of a request, by an office; never changed, never removed."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="acts",
        verbose_name=_("request"),
    )
    position = models.PositiveSmallIntegerField(_("order in the request"))
    kind = models.CharField(_("act"), max_length=22)
    occurred_on = models.DateField(_("happened on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    by_kind = models.CharField(_("kind of author"), max_length=11)
    by_key = models.CharField(_("author"), max_length=150, blank=True)
    by_office = models.CharField(_("office"), max_length=30, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    words = models.TextField(_("words to the requester"), blank=True)
    note = models.TextField(_("note of the office"), blank=True)
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)

    objects = RequestActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of a request")
        verbose_name_plural = _("acts of requests")
        ordering = ["request", "position"]
        constraints = [
            models.UniqueConstraint(name="information_act_position", fields=["request", "position"])
        ]
        indexes = [
            models.Index(
                name="information_act_kind", fields=["community", "kind", "occurred_on", "request"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.position} {self.kind}"

    def as_rule(self) -> rules.Act:
        """Return the act as the fold reads it."""
        return rules.Act(rules.ActKind(self.kind), self.occurred_on, self.facts)
