"""Who asks (طالب المعلومات): apart from the request, sealed, erased on schedule (law 09-08)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer


class RequesterQuerySet(OfCommunity["Requester"]):
    """Requesters: nobody reads one but by a logged act."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("identity.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)

    def due_of(self, community: models.Model, today: date) -> Self:
        """Return those whose identity is to be erased by `today`."""
        return self.of(community).filter(purged_at=None, purge_on__lte=today)


class Requester(models.Model):
    """طالب المعلومات / demandeur: the fields of art. 14 and of the model form, sealed as one.

    `repeat_digest` finds requests of one person in one year (ground R4) without naming anybody.
    """

    class Status(models.TextChoices):
        CITIZEN = "citizen", _("Moroccan citizen")
        RESIDENT = "resident", _("foreigner legally resident in Morocco")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    request = models.OneToOneField(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="requester",
        verbose_name=_("request"),
    )
    status = models.CharField(_("status"), max_length=8, choices=Status)
    participant = models.ForeignKey(
        "community.Participant",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proved address"),
    )
    identity_sealed = models.TextField(_("sealed identity"), blank=True)
    contact_sealed = models.TextField(_("sealed contact"), blank=True)
    has_email = models.BooleanField(_("can be written to"), default=False)
    repeat_digest = models.CharField(_("digest of the year"), max_length=64, blank=True)
    purge_on = models.DateField(_("to be purged on"), null=True, blank=True)
    purged_at = models.DateTimeField(_("purged at"), null=True, blank=True)

    objects = RequesterQuerySet.as_manager()

    class Meta:
        verbose_name = _("requester")
        verbose_name_plural = _("requesters")
        constraints = [
            models.CheckConstraint(
                name="information_requester_purged_is_empty",
                condition=Q(purged_at=None)
                | Q(identity_sealed="", contact_sealed="", repeat_digest="", has_email=False),
            ),
        ]
        indexes = [
            models.Index(name="information_requester_repeat", fields=["repeat_digest"]),
            models.Index(name="information_requester_purge", fields=["purge_on"]),
        ]

    def __str__(self) -> str:
        return f"R{self.pk}"


class RequesterReadingQuerySet(OfCommunity["RequesterReading"]):
    """Who read which requester's identity: shown to those who may read identities themselves."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("identity.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)


class RequesterReading(models.Model):
    """اطلاع على هوية طالب / consultation de l'identité d'un demandeur: who saw it, why and when."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="readings",
        verbose_name=_("request"),
    )
    reader = models.CharField(_("reader"), max_length=150)
    office = models.CharField(_("office"), max_length=30)
    reason = models.CharField(_("reason"), max_length=300)
    read_at = models.DateTimeField(_("read at"))

    objects = RequesterReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a requester's identity")
        verbose_name_plural = _("readings of requesters' identities")
        ordering = ["-read_at"]
        constraints = [
            models.CheckConstraint(name="information_reading_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.read_at:%Y-%m-%d}"
