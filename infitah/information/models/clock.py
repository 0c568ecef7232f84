"""Days that moved a period, and the texts of the law as a community confirmed them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity, PublicRecords
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.information.models.request import InformationRequest


class ClockMoveQuerySet(OfCommunity["ClockMove"]):
    """Moves, seen by who sees their request."""

    def untold(self) -> Self:
        return self.filter(told_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(request__in=InformationRequest.objects.visible_to(viewer))


class ClockMove(models.Model):
    """تغيير أجل / déplacement d'un délai: the last day of a clock before and after a day off.

    `before` and `after` bind, the others are the latest that estimates allow. `told_at` is when
    the mail to the requester was queued; without an address the page of the request tells it.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="moves",
        verbose_name=_("request"),
    )
    clock = models.CharField(_("clock"), max_length=20)
    before = models.DateField(_("last day before"))
    after = models.DateField(_("last day after"))
    latest_before = models.DateField(_("latest day before"))
    latest_after = models.DateField(_("latest day after"))
    calendar_version = models.CharField(_("version of the calendar"), max_length=20)
    moved_at = models.DateTimeField(_("moved at"))
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects = ClockMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of a period")
        verbose_name_plural = _("moves of periods")
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="information_move_once", fields=["request", "clock", "calendar_version"]
            ),
            models.CheckConstraint(
                name="information_move_moves",
                condition=~Q(before=F("after")) | ~Q(latest_before=F("latest_after")),
            ),
        ]
        indexes = [
            models.Index(name="information_move_untold", fields=["id"], condition=Q(told_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.clock} {self.after}"


class LegalTextQuerySet(PublicRecords["LegalText"]):
    """Texts by the day on which they hold."""

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class LegalText(models.Model):
    """نص قانوني مؤكد / texte de loi confirmé: the wording of a ground or limb in a community.

    The shipped wording holds until a row here replaces or confirms it; a case keeps the wording of
    its day of receipt. `key` is a ground ("R1"), an exception ("E03"), a limb ("E03.1"), a ground
    of extension ("X.large_volume") or any sentence of the law that pages quote.
    """

    class Mark(models.TextChoices):
        CHECKED = "checked", _("read in an official text")
        TO_VERIFY = "to_verify", _("to be verified")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    key = models.CharField(_("code"), max_length=40)
    wording = LocalizedTextField(_("wording"))
    article = models.CharField(_("article"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=300)
    mark = models.CharField(_("state of the wording"), max_length=10, choices=Mark)
    is_offered = models.BooleanField(_("offered in forms"), default=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=150, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    objects = LegalTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal wording")
        verbose_name_plural = _("legal wordings")
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                name="information_legal_text_start", fields=["community", "key", "valid_from"]
            ),
            models.UniqueConstraint(
                name="information_legal_text_one_open",
                fields=["community", "key"],
                condition=Q(valid_to=None),
            ),
            models.CheckConstraint(
                name="information_legal_text_ends_after",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="information_legal_text_confirmed_by_somebody",
                condition=Q(confirmed_on=None, confirmed_by="")
                | (Q(confirmed_on__isnull=False) & ~Q(confirmed_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.key
