"""The letter and the mail by which an act is told: asked for with the act, made by the worker."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer
from infitah.information.models.request import InformationRequest

MOST_TRIES = 5


class ActLetterQuerySet(OfCommunity["ActLetter"]):
    """Letters of acts, seen by the office alone: the requester sees the file that was kept."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("information.read"):
            return self.none()
        return self.filter(act__request__in=InformationRequest.objects.visible_to(viewer))

    def waiting(self) -> Self:
        return self.filter(told_at=None, tries__lt=MOST_TRIES)

    def stuck(self) -> Self:
        return self.filter(told_at=None, tries__gte=MOST_TRIES)


class ActLetter(models.Model):
    """رسالة إخبار / lettre d'information: the letter of an act as it was sent, and when.

    `file` holds the very bytes that were sent; empty where an act is told by mail alone.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    act = models.OneToOneField(
        "information.RequestAct",
        on_delete=models.PROTECT,
        related_name="letter",
        verbose_name=_("act"),
    )
    file = models.OneToOneField(
        "information.CaseFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tells",
        verbose_name=_("file"),
    )
    asked_at = models.DateTimeField(_("asked at"))
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)

    objects = ActLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of an act")
        verbose_name_plural = _("letters of acts")
        indexes = [
            models.Index(
                name="information_letter_waiting",
                fields=["id"],
                condition=models.Q(told_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.act_id}"
