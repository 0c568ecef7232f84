"""What article 10 of law 31-13 asks of a community, item by item, with who answers for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import PublicRecords


class ProactiveItem(models.Model):
    """بند النشر الاستباقي / rubrique de publication proactive: law 31-13, art. 10.

    `months` overrules the custom of the list; `last_published_on` is what somebody recorded here:
    published answers that bear the code count beside it.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="proactive_items",
        verbose_name=_("community"),
    )
    code = models.CharField(_("code"), max_length=3)
    unit = models.ForeignKey(
        "community.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit in charge"),
    )
    office = models.CharField(_("office in charge"), max_length=30, blank=True)
    months = models.PositiveSmallIntegerField(_("renewed every (months)"), null=True, blank=True)
    last_published_on = models.DateField(_("last published on"), null=True, blank=True)
    link = models.CharField(_("where it is published"), max_length=300, blank=True)

    objects = PublicRecords["ProactiveItem"].as_manager()

    class Meta:
        verbose_name = _("item of proactive publication")
        verbose_name_plural = _("items of proactive publication")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="publication_item_once", fields=["community", "code"])
        ]

    def __str__(self) -> str:
        return self.code
