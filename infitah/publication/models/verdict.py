"""What readers say of published answers: counts by day, never a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordCount(models.Model):
    """رأي القراء في يوم / avis des lecteurs d'un jour: how many said what of an answer.

    Who said it is not kept (law 09-08).
    """

    record = models.ForeignKey(
        "publication.PublishedRecord",
        on_delete=models.PROTECT,
        related_name="counts",
        verbose_name=_("published answer"),
    )
    day = models.DateField(_("day"))
    answered_me = models.PositiveIntegerField(_("this answered me"), default=0)
    not_what_i_asked = models.PositiveIntegerField(_("not what I asked"), default=0)

    class Meta:
        verbose_name = _("count of a day")
        verbose_name_plural = _("counts by day")
        constraints = [
            models.UniqueConstraint(name="publication_count_day", fields=["record", "day"])
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.day}"


class VerdictMark(models.Model):
    """علامة منع التكرار / marque contre les doubles: that a keyed digest was counted on a day.

    The digest is of one answer and one day only, so that nothing links two of them; swept after.
    """

    record = models.ForeignKey(
        "publication.PublishedRecord",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("published answer"),
    )
    day = models.DateField(_("day"))
    digest = models.CharField(_("keyed digest"), max_length=64)
    verdict = models.CharField(_("verdict"), max_length=16)

    class Meta:
        verbose_name = _("mark against doubles")
        verbose_name_plural = _("marks against doubles")
        constraints = [
            models.UniqueConstraint(name="publication_mark_once", fields=["record", "digest"])
        ]
        indexes = [models.Index(name="publication_mark_day", fields=["day"])]

    def __str__(self) -> str:
        return f"{self.record_id} {self.day}"
