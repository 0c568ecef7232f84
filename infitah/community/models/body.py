"""Terms, bodies and their composition."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import HeldRecords, PublicRecords
from infitah.core.fields import LocalizedTextField


class Term(models.Model):
    """الولاية الانتدابية / mandature: six years of a council (LO 111-14, 112-14, 113-14)."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="terms",
        verbose_name=_("community"),
    )
    name = LocalizedTextField(_("name"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = HeldRecords["Term"].as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(name="community_term_start", fields=["community", "starts_on"]),
            models.UniqueConstraint(
                name="community_term_one_open", fields=["community"], condition=Q(ends_on=None)
            ),
            models.CheckConstraint(
                name="community_term_ends_after",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Body(models.Model):
    """هيئة / instance: council, bureau, committee, advisory body, network, follow-up committee.

    Its public page stays when it closes.
    """

    class Kind(models.TextChoices):
        COUNCIL = "council", _("council")
        BUREAU = "bureau", _("bureau")
        COMMITTEE = "committee", _("permanent committee")
        ADVISORY = "advisory", _("advisory body")
        NETWORK = "network", _("network of bodies")
        FOLLOW_UP_COMMITTEE = "follow_up_committee", _("follow-up committee")
        FORUM = "forum", _("forum")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="bodies",
        verbose_name=_("community"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = LocalizedTextField(_("name"))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("above it")
    )
    seats = models.PositiveSmallIntegerField(_("number of seats"), null=True, blank=True)
    creation_act = models.CharField(_("act of creation"), max_length=200, blank=True)
    created_on = models.DateField(_("created on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing_reason = models.TextField(_("reason of the closing"), blank=True)

    objects = PublicRecords["Body"].as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["created_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="community_body_slug", fields=["community", "slug"]),
            models.UniqueConstraint(
                name="community_body_one_council",
                fields=["community"],
                condition=Q(kind="council", closed_on=None),
            ),
            models.CheckConstraint(
                name="community_body_closing_has_reason",
                condition=Q(closed_on=None) | ~Q(closing_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class CompositionRule(models.Model):
    """قاعدة التركيبة / règle de composition: what the seats of a body must satisfy, as data.

    Where it is not met, the body publishes the reason; the gauge says so.
    """

    class Kind(models.TextChoices):
        SIZE = "size", _("number of members")
        PARITY = "parity", _("parity of women and men")
        CATEGORY_SHARE = "category_share", _("share of a category, in per cent")
        CATEGORY_SEATS = "category_seats", _("seats of a category")
        CO_CHAIRS = "co_chairs", _("co-coordinators from different categories")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    body = models.ForeignKey(
        "community.Body",
        on_delete=models.PROTECT,
        related_name="composition_rules",
        verbose_name=_("body"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    category = models.CharField(_("category"), max_length=60, blank=True)
    amount = models.PositiveSmallIntegerField(_("amount"), default=0)
    article = models.CharField(_("article"), max_length=120, blank=True)
    reason = LocalizedTextField(_("published reason"), blank=True)

    objects = PublicRecords["CompositionRule"].as_manager()

    class Meta:
        verbose_name = _("composition rule")
        verbose_name_plural = _("composition rules")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="community_composition_once", fields=["body", "kind", "category"]
            ),
            models.CheckConstraint(
                name="community_composition_share",
                condition=~Q(kind="category_share") | Q(amount__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.body})"
