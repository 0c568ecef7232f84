"""Tasks to services: who was asked for what within the house, by when, and what came back."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer
from infitah.information import rules

WORDS_MAX = 2000


class ServiceTaskQuerySet(OfCommunity["ServiceTask"]):
    """Tasks, seen by the office; a service sees its own by the one-time link."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("information.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)

    def unanswered(self) -> Self:
        return self.filter(answered_at=None, cancelled_at=None)

    def wanted(self) -> Self:
        """Those whose request still waits: neither withdrawn by its author nor passed on."""
        ended = [rules.Phase.WITHDRAWN, rules.Phase.TRANSFERRED]
        return self.unanswered().exclude(request__phase__in=ended)

    def late(self, today: date) -> Self:
        return self.wanted().filter(due_on__lt=today)


class ServiceTask(models.Model):
    """تكليف مصلحة / saisine d'un service: a part of a request that a service must answer by a day.

    The service answers on a page of its own by a link that opens this task alone, once, until
    `link_expires_at`; the code that it also needs is never in the same message.
    """

    class Result(models.TextChoices):
        GIVEN = "given", _("the documents are joined")
        PARTLY = "partly", _("a part of it is joined")
        NOT_HELD = "not_held", _("the service does not hold it")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="tasks",
        verbose_name=_("request"),
    )
    position = models.PositiveSmallIntegerField(_("number in the request"))
    unit = models.ForeignKey(
        "community.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("service")
    )
    words = models.TextField(_("what is asked of the service"), max_length=WORDS_MAX)
    due_on = models.DateField(_("due on"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.CharField(_("asked by"), max_length=150)
    link_digest = models.CharField(_("digest of the link"), max_length=64, unique=True)
    code_digest = models.CharField(_("digest of the code"), max_length=64)
    wrong_codes = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    link_expires_at = models.DateTimeField(_("link works until"))
    result = models.CharField(_("result"), max_length=8, choices=Result, blank=True)
    answer = models.TextField(_("answer of the service"), max_length=WORDS_MAX, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    nudged_on = models.DateField(_("last reminded on"), null=True, blank=True)

    objects = ServiceTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of a service")
        verbose_name_plural = _("tasks of services")
        ordering = ["request", "position"]
        constraints = [
            models.UniqueConstraint(
                name="information_task_position", fields=["request", "position"]
            ),
            models.CheckConstraint(
                name="information_task_answer_has_result",
                condition=Q(answered_at=None) | ~Q(result=""),
            ),
        ]
        indexes = [
            models.Index(
                name="information_task_open",
                fields=["community", "due_on"],
                condition=Q(answered_at=None, cancelled_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id}-T{self.position}"
