"""Public office holders and their seats in bodies."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import HeldRecords, PublicRecords
from infitah.community.models.titles import ROLES, title_of
from infitah.core.fields import LocalizedTextField


class Category(models.TextChoices):
    """صفة / qualité: the side for which a seat is held; other words may be typed (a commune)."""

    ELECTED = "elected", _("elected members")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    ADMINISTRATION = "administration", _("administration")
    PRIVATE_SECTOR = "private_sector", _("private sector")
    UNIVERSITY = "university", _("university")


def category_words(category: str) -> str:
    """Return the name of a category in the language of the page; typed words come back as such."""
    return str(Category(category).label) if category in Category else category


class Person(models.Model):
    """شخص / personne: somebody who holds a public office or seat; only what is public."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("woman")
        MALE = "male", _("man")
        UNSTATED = "unstated", _("not stated")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="people",
        verbose_name=_("community"),
    )
    name = LocalizedTextField(_("name"))
    sort_name = models.CharField(_("name for sorting"), max_length=200, editable=False)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.UNSTATED)
    public_email = models.EmailField(_("public e-mail"), blank=True)
    public_phone = models.CharField(_("public telephone"), max_length=30, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    is_erased = models.BooleanField(_("erased (law 09-08)"), default=False)
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)

    objects = PublicRecords["Person"].as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(name="community_person_sort", fields=["community", "sort_name", "id"])
        ]

    def __str__(self) -> str:
        return str(self.name)


class Mandate(models.Model):
    """انتداب / mandat: a seat held in a body by a dated act; ended mandates stay public.

    `ends_on` is the first day on which the seat is no longer held.
    """

    class Role(models.TextChoices):
        PRESIDENT = "president", _("president")
        VICE_PRESIDENT = "vice_president", _("vice-president")
        SECRETARY = "secretary", _("secretary")
        DEPUTY_SECRETARY = "deputy_secretary", _("deputy secretary")
        RAPPORTEUR = "rapporteur", _("rapporteur")
        DEPUTY_RAPPORTEUR = "deputy_rapporteur", _("deputy rapporteur")
        CO_COORDINATOR = "co_coordinator", _("co-coordinator")
        MEMBER = "member", _("member")

    class EndReason(models.TextChoices):
        TERM = "term", _("end of the term")
        RESIGNATION = "resignation", _("resignation")
        DISMISSAL = "dismissal", _("dismissal")
        INCOMPATIBILITY = "incompatibility", _("incompatibility")
        DEATH = "death", _("death")
        REPLACEMENT = "replacement", _("replacement")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    body = models.ForeignKey(
        "community.Body",
        on_delete=models.PROTECT,
        related_name="mandates",
        verbose_name=_("body"),
    )
    person = models.ForeignKey(
        "community.Person",
        on_delete=models.PROTECT,
        related_name="mandates",
        verbose_name=_("person"),
    )
    term = models.ForeignKey(
        "community.Term",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("term"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    constituency = models.CharField(_("constituency"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    designation_act = models.CharField(_("act of designation"), max_length=200)
    designation_mode = models.CharField(_("way of designation"), max_length=120, blank=True)
    substitute_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutes",
        verbose_name=_("substitute of"),
    )
    end_reason = models.CharField(
        _("reason of the end"), max_length=20, choices=EndReason.choices, blank=True
    )

    objects = HeldRecords["Mandate"].as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["body_id", "seat", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="community_mandate_one_open_a_seat",
                fields=["body", "seat"],
                condition=Q(ends_on=None, substitute_of=None),
            ),
            models.UniqueConstraint(
                name="community_mandate_one_open_a_person",
                fields=["body", "person"],
                condition=Q(ends_on=None),
            ),
            models.CheckConstraint(
                name="community_mandate_ends_after",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="community_mandate_end_has_reason",
                condition=Q(ends_on=None, end_reason="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role_words}"

    @property
    def role_words(self) -> str:
        """The role as its holder bears it, as far as the record says; else the function."""
        return title_of(ROLES, self.role, self.person.sex, self.get_role_display())

    @property
    def category_words(self) -> str:
        """The category in the language of the page."""
        return category_words(self.category)
