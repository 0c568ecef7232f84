"""How often a suggestion was shown and spared a request: counts by day, never persons or words."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer


class SuggestionCountQuerySet(OfCommunity["SuggestionCount"]):
    """Counts are public: they name nobody."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(community_id=viewer.community_id)


class SuggestionCount(models.Model):
    """عداد الاقتراحات / compteur de suggestions: one day of one suggested record."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20)
    subject = models.CharField(_("record"), max_length=60)
    shown = models.PositiveIntegerField(_("shown"), default=0)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    answered = models.PositiveIntegerField(_("answered the question"), default=0)
    asked_anyway = models.PositiveIntegerField(_("asked anyway"), default=0)

    objects = SuggestionCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of a suggestion")
        verbose_name_plural = _("counts of suggestions")
        constraints = [
            models.UniqueConstraint(
                name="information_suggestion_day", fields=["community", "day", "kind", "subject"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.subject}"
