"""Users, offices held by an act, and the access that an office opens (decisions B3)."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import HeldRecords, OfCommunity
from infitah.community.models.titles import OFFICES, title_of
from infitah.community.rules.offices import SINGLE_OFFICES, Office
from infitah.core.viewer import Viewer

_SINGLE = sorted(office.value for office in SINGLE_OFFICES)


class User(AbstractUser):
    """مستعمل / utilisateur: an account to log in with; it gives no right by itself."""

    class Language(models.TextChoices):
        ARABIC = "ar", _("Arabic")
        FRENCH = "fr", _("French")

    language = models.CharField(
        _("language of the desk"), max_length=2, choices=Language.choices, default=Language.ARABIC
    )
    is_demonstration = models.BooleanField(_("demonstration account"), default=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]


class Appointment(models.Model):
    """تعيين / nomination: an office held by a person from a dated act.

    `ends_on` is the first day on which the office is no longer held. The names of office holders
    are public (law 31-13, art. 12).
    """

    class Office(models.TextChoices):
        PRESIDENT = Office.PRESIDENT, _("president of the council")
        VICE_PRESIDENT = Office.VICE_PRESIDENT, _("vice-president")
        SECRETARY = Office.SECRETARY, _("secretary of the council")
        DEPUTY_SECRETARY = Office.DEPUTY_SECRETARY, _("deputy secretary of the council")
        DIRECTOR_OF_SERVICES = Office.DIRECTOR_OF_SERVICES, _("director of services")
        FOCAL_POINT = Office.FOCAL_POINT, _("focal point")
        DEPUTY_FOCAL_POINT = Office.DEPUTY_FOCAL_POINT, _("deputy focal point")
        MODERATOR = Office.MODERATOR, _("moderator")
        VERIFIER = Office.VERIFIER, _("verifier")
        ADMINISTRATOR = Office.ADMINISTRATOR, _("administrator of the platform")
        EDITOR = Office.EDITOR, _("editor of pages")
        INFORMATION_OFFICER = Office.INFORMATION_OFFICER, _("information officer")
        DEPUTY_INFORMATION_OFFICER = (
            Office.DEPUTY_INFORMATION_OFFICER,
            _("deputy information officer"),
        )
        COMMITMENT_OWNER = Office.COMMITMENT_OWNER, _("commitment owner")
        DESK_CLERK = Office.DESK_CLERK, _("desk clerk")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("community"),
    )
    person = models.ForeignKey(
        "community.Person",
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("person"),
    )
    office = models.CharField(_("office"), max_length=30, choices=Office.choices)
    unit = models.ForeignKey(
        "community.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("unit"),
    )
    act = models.CharField(_("act of appointment"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=200, blank=True)

    objects = HeldRecords["Appointment"].as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["office", "-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="community_office_held_by_one",
                fields=["community", "office"],
                condition=Q(ends_on=None, office__in=_SINGLE),
            ),
            models.UniqueConstraint(
                name="community_office_once_a_person",
                fields=["community", "office", "person"],
                condition=Q(ends_on=None),
            ),
            models.CheckConstraint(
                name="community_appointment_ends_after",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="community_appointment_has_act", condition=~Q(act="")),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office_words}"

    @property
    def office_words(self) -> str:
        """The office as its holder bears it, as far as the record says; else the function."""
        return title_of(OFFICES, self.office, self.person.sex, self.get_office_display())


class AccessGrantQuerySet(OfCommunity["AccessGrant"]):
    """Grants: open ones, and those that give rights on a day."""

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def in_force(self, today: date) -> Self:
        """Grants that give rights on `today`: open, and their appointment in force."""
        return self.open().filter(
            Q(appointment__ends_on=None) | Q(appointment__ends_on__gt=today),
            appointment__starts_on__lte=today,
        )

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("appointment.edit"):
            return self.none()
        return self.filter(community_id=viewer.community_id)


class AccessGrant(models.Model):
    """تفويض الولوج / habilitation: a user's access to the desk through an appointment."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    user = models.ForeignKey(
        "community.User",
        on_delete=models.PROTECT,
        related_name="grants",
        verbose_name=_("user"),
    )
    appointment = models.ForeignKey(
        "community.Appointment",
        on_delete=models.PROTECT,
        related_name="grants",
        verbose_name=_("appointment"),
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.CharField(_("opened by"), max_length=150)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("access grant")
        verbose_name_plural = _("access grants")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                name="community_grant_one_open",
                fields=["user", "appointment"],
                condition=Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="community_grant_closed_after",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.appointment})"
