"""Counters, generations, limits, locks and the mark of a demonstration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceCounter(models.Model):
    """عداد المراجع / compteur de références: the last number by community, year, letter."""

    community_key = models.CharField(_("community"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    letter = models.CharField(_("letter"), max_length=1)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("reference counter")
        verbose_name_plural = _("reference counters")
        constraints = [
            models.UniqueConstraint(
                name="core_counter_once", fields=["community_key", "year", "letter"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_key}-{self.year}-{self.letter}: {self.last}"


class Generation(models.Model):
    """رقم جيل المحتوى / génération de contenu: bumped with each change of a kind (D14)."""

    community_key = models.CharField(_("community"), max_length=12)
    kind = models.CharField(_("kind"), max_length=24)
    number = models.PositiveBigIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generations")
        constraints = [
            models.UniqueConstraint(name="core_generation_once", fields=["community_key", "kind"])
        ]

    def __str__(self) -> str:
        return f"{self.community_key}/{self.kind}: {self.number}"


class Installation(models.Model):
    """التثبيت / installation: one row that says whether this database is a demonstration."""

    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    seeded_at = models.DateTimeField(_("seeded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")
        constraints = [
            models.CheckConstraint(name="core_installation_once", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return "demonstration" if self.is_demonstration else "installation"


class Attempt(models.Model):
    """محاولة / tentative: one use of something that is limited; old rows are swept."""

    name = models.CharField(_("name"), max_length=40)
    digest = models.CharField(_("who, as a keyed digest"), max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [models.Index(name="core_attempt_window", fields=["name", "digest", "at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class JobLock(models.Model):
    """قفل عمل دوري / verrou de tâche: who runs a periodic job, until when, and when it last ran."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    holder = models.CharField(_("holder"), max_length=64, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    last_run_at = models.DateTimeField(_("last run at"), null=True, blank=True)

    class Meta:
        verbose_name = _("job lock")
        verbose_name_plural = _("job locks")

    def __str__(self) -> str:
        return self.name
