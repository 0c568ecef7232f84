"""Citizens without account: proved addresses, devices, codes; identities under seal."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer


class ParticipantQuerySet(OfCommunity["Participant"]):
    """Participants: nobody but they themselves and a reader of identities."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Themselves on their own device; to officers only with `identity.read`."""
        if viewer.may("identity.read"):
            return self.filter(community_id=viewer.community_id)
        if viewer.participant_id is None:
            return self.none()
        return self.filter(community_id=viewer.community_id, pk=viewer.participant_id)

    def due_of(self, community: models.Model, today: date) -> models.QuerySet["Participant", int]:
        """Return the numbers of those whose identity is to be erased by `today`."""
        due = self.of(community).filter(purged_at=None, purge_on__lte=today)
        return due.order_by("pk").values_list("pk", flat=True)


class Participant(models.Model):
    """مشارك / participant: a citizen known by a proved address; law 09-08 governs what is kept.

    The address and the optional name are sealed; the keyed digest finds the address again.
    """

    class Level(models.TextChoices):
        ADDRESS = "L0", _("address proved by a code")
        DESK = "L1", _("identity seen at the desk")

    class AddressKind(models.TextChoices):
        MAIL = "mail", _("e-mail")
        PHONE = "phone", _("telephone")
        NONE = "none", _("none")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="participants",
        verbose_name=_("community"),
    )
    token = models.CharField(_("name of the row"), max_length=32, unique=True)
    level = models.CharField(_("level"), max_length=2, choices=Level.choices)
    language = models.CharField(_("language"), max_length=3, default="ar")
    address_kind = models.CharField(_("kind of address"), max_length=5, choices=AddressKind.choices)
    # Null rather than empty, so that many participants may have no address.
    address_digest = models.CharField(_("digest of the address"), max_length=64, null=True)  # noqa: DJ001
    address_sealed = models.TextField(_("sealed address"), blank=True)
    name_sealed = models.TextField(_("sealed name"), blank=True)
    created_at = models.DateTimeField(_("created at"))
    proved_by = models.CharField(_("proved by"), max_length=150, blank=True)
    purge_on = models.DateField(_("to be purged on"))
    purged_at = models.DateTimeField(_("purged at"), null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                name="community_participant_address", fields=["community", "address_digest"]
            ),
            models.CheckConstraint(
                name="community_participant_purged_is_empty",
                condition=Q(purged_at=None)
                | Q(address_digest=None, address_sealed="", name_sealed=""),
            ),
        ]
        indexes = [models.Index(name="community_participant_purge", fields=["purge_on"])]

    def __str__(self) -> str:
        return f"P{self.pk}"


class DeviceQuerySet(models.QuerySet["Device"]):
    """Devices that still prove their participant."""

    def valid(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now)


class Device(models.Model):
    """جهاز / appareil: a browser on which a participant's address was proved once."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    participant = models.ForeignKey(
        "community.Participant",
        on_delete=models.CASCADE,
        related_name="devices",
        verbose_name=_("participant"),
    )
    token_digest = models.CharField(_("digest of the token"), max_length=64, unique=True)
    proved_at = models.DateTimeField(_("proved at"))
    used_at = models.DateTimeField(_("last used at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return f"D{self.pk}"


class MailCode(models.Model):
    """رمز التأكيد / code de confirmation: six digits sent to an address, once, for 15 minutes."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    token = models.CharField(_("name of the challenge"), max_length=32, unique=True)
    purpose = models.CharField(_("purpose"), max_length=40)
    subject = models.CharField(_("subject"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=3, default="ar")
    address_kind = models.CharField(
        _("kind of address"), max_length=5, choices=Participant.AddressKind.choices
    )
    address_digest = models.CharField(_("digest of the address"), max_length=64)
    address_sealed = models.TextField(_("sealed address"))
    code_digest = models.CharField(_("digest of the code"), max_length=64)
    tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = OfCommunity["MailCode"].as_manager()

    class Meta:
        verbose_name = _("confirmation code")
        verbose_name_plural = _("confirmation codes")
        constraints = [
            models.CheckConstraint(
                name="community_code_expires_after", condition=Q(expires_at__gt=F("sent_at"))
            )
        ]
        indexes = [models.Index(name="community_code_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.token[:4]}…"


class IdentityReadingQuerySet(OfCommunity["IdentityReading"]):
    """Who read which identity: shown to those who may read identities themselves."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("identity.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)


class IdentityReading(models.Model):
    """اطلاع على هوية / consultation d'identité: who saw which identity, why and when."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    participant = models.ForeignKey(
        "community.Participant",
        on_delete=models.PROTECT,
        related_name="readings",
        verbose_name=_("participant"),
    )
    reader = models.CharField(_("reader"), max_length=150)
    office = models.CharField(_("office"), max_length=30)
    reason = models.CharField(_("reason"), max_length=300)
    read_at = models.DateTimeField(_("read at"))

    objects = IdentityReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of an identity")
        verbose_name_plural = _("readings of identities")
        ordering = ["-read_at"]
        constraints = [
            models.CheckConstraint(name="community_reading_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.read_at:%Y-%m-%d}"
