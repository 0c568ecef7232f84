"""Territories and what they are made of: communities, units, axes, principles."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import PublicRecords
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer

DEFAULT_ACCENT = "#9E1B32"  # cherry, for Sefrou (look.md)


class CommunityQuerySet(models.QuerySet["Community"]):
    """Vocabulary of territories."""

    def with_host(self) -> Self:
        return self.exclude(host=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """Every community that has a site is public, whoever looks."""
        return self.all()


class Community(models.Model):
    """جماعة ترابية / collectivité territoriale: Constitution, art. 135.

    A region, prefecture or province, or commune; `host` is the truth about its address.
    """

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        PROVINCE = "province", _("province")
        PREFECTURE = "prefecture", _("prefecture")
        COMMUNE = "commune", _("commune")

    key = models.CharField(
        _("reference code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as SFR."))],
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    host = models.CharField(_("host name"), max_length=253, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    hcp_code = models.CharField(_("HCP code"), max_length=20, unique=True)
    name = LocalizedTextField(_("name of the territory"))
    institution = LocalizedTextField(_("name of the institution"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent territory"),
    )
    population_2014 = models.PositiveIntegerField(_("population 2014"), null=True, blank=True)
    population_2024 = models.PositiveIntegerField(_("population 2024"), null=True, blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, default=DEFAULT_ACCENT)
    address = LocalizedTextField(_("postal address"), blank=True)
    email = models.EmailField(_("public e-mail"), blank=True)
    phone = models.CharField(_("public telephone"), max_length=30, blank=True)
    cndp_number = models.CharField(_("CNDP number"), max_length=60, blank=True)
    letterhead = LocalizedTextField(_("lines of the letterhead"), blank=True)
    is_default = models.BooleanField(_("default community"), default=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["hcp_code"]
        constraints = [
            models.UniqueConstraint(
                name="community_one_default",
                fields=["is_default"],
                condition=Q(is_default=True),
            ),
            models.CheckConstraint(
                name="community_default_has_host",
                condition=Q(is_default=False) | Q(host__isnull=False),
            ),
            models.CheckConstraint(
                name="community_region_is_root",
                condition=~Q(kind="region") | Q(parent__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.institution}"


class Unit(models.Model):
    """مصلحة / service: a service of the administration (organisation chart of the community)."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="units",
        verbose_name=_("community"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    name = LocalizedTextField(_("name"))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("above it")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    email = models.EmailField(_("public e-mail"), blank=True)
    phone = models.CharField(_("public telephone"), max_length=30, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = PublicRecords["Unit"].as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="community_unit_slug", fields=["community", "slug"])
        ]

    def __str__(self) -> str:
        return str(self.name)


class Axis(models.Model):
    """محور / axe: a priority of openness that the community names (national method, step 2)."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="axes",
        verbose_name=_("community"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    name = LocalizedTextField(_("name"))
    description = LocalizedTextField(_("description"), blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#0B5E4F")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    owner_unit = models.ForeignKey(
        "community.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="axes",
        verbose_name=_("unit in charge"),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = PublicRecords["Axis"].as_manager()

    class Meta:
        verbose_name = _("axis")
        verbose_name_plural = _("axes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="community_axis_slug", fields=["community", "slug"])
        ]

    def __str__(self) -> str:
        return str(self.name)


class Principle(models.Model):
    """مبدأ / principe: a principle of the open community (transparency, accountability...)."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="principles",
        verbose_name=_("community"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    name = LocalizedTextField(_("name"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PublicRecords["Principle"].as_manager()

    class Meta:
        verbose_name = _("principle")
        verbose_name_plural = _("principles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="community_principle_slug", fields=["community", "slug"])
        ]

    def __str__(self) -> str:
        return str(self.name)
