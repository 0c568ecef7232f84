"""Legal numbers and days off, as dated data (law.md 0 and 4)."""

from collections.abc import Callable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from infitah.community.models.scope import PublicRecords
from infitah.community.rules.shipped import source_words
from infitah.core.fields import LocalizedTextField
from infitah.kernel.localized import LocalizedText

# Written out, so that each language has its own plural forms.
_AMOUNTS: dict[str, Callable[[int], str]] = {
    "working_days": lambda n: ngettext("%(n)s working day", "%(n)s working days", n),
    "calendar_days": lambda n: ngettext("%(n)s calendar day", "%(n)s calendar days", n),
    "months": lambda n: ngettext("%(n)s month", "%(n)s months", n),
    "years": lambda n: ngettext("%(n)s year", "%(n)s years", n),
    "signatures": lambda n: ngettext("%(n)s signature", "%(n)s signatures", n),
    "members": lambda n: ngettext("%(n)s member", "%(n)s members", n),
    "per_cent": lambda n: ngettext("%(n)s per cent", "%(n)s per cent", n),
    "count": str,
}


def amount_in_words(value: int, unit: str) -> str:
    """Return a number with its unit, in the page's language: "20 working days"."""
    return _AMOUNTS[unit](value) % {"n": value}


class RuleSet(models.Model):
    """نص قانوني / texte de loi: a law whose numbers the community applies."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="rule_sets",
        verbose_name=_("community"),
    )
    law = models.CharField(_("law"), max_length=30)
    name = LocalizedTextField(_("name"))
    source = models.CharField(_("source"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PublicRecords["RuleSet"].as_manager()

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        ordering = ["position", "law"]
        constraints = [
            models.UniqueConstraint(name="community_rule_set_law", fields=["community", "law"])
        ]

    def __str__(self) -> str:
        return self.law

    @property
    def source_words(self) -> str | LocalizedText:
        """The source for the reader: in both languages where it ships, else as it was typed."""
        return source_words(self.source)


class RuleValueQuerySet(PublicRecords["RuleValue"]):
    """Values by the day on which they hold."""

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class RuleValue(models.Model):
    """قيمة قانونية / valeur légale: one number of a law, with article, source and dates.

    A case keeps the value of its day of receipt; a new value never touches open cases.
    """

    class Unit(models.TextChoices):
        WORKING_DAYS = "working_days", _("working days")
        CALENDAR_DAYS = "calendar_days", _("calendar days")
        MONTHS = "months", _("months")
        YEARS = "years", _("years")
        SIGNATURES = "signatures", _("signatures")
        MEMBERS = "members", _("members")
        PER_CENT = "per_cent", _("per cent")
        COUNT = "count", _("number")

    class Mark(models.TextChoices):
        CHECKED = "checked", _("read in an official text")
        PARTLY = "partly", _("value read, unit or article to be verified")
        TO_VERIFY = "to_verify", _("to be verified")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    rule_set = models.ForeignKey(
        "community.RuleSet",
        on_delete=models.PROTECT,
        related_name="values",
        verbose_name=_("rule set"),
    )
    key = models.CharField(_("rule"), max_length=60)
    code = models.CharField(_("code"), max_length=10, blank=True)
    label = LocalizedTextField(_("label"))
    value = models.PositiveIntegerField(_("value"))
    unit = models.CharField(_("counted in"), max_length=20, choices=Unit.choices)
    article = models.CharField(_("article"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=300)
    mark = models.CharField(_("state of the value"), max_length=10, choices=Mark.choices)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=150, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)

    objects = RuleValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal value")
        verbose_name_plural = _("legal values")
        ordering = ["rule_set", "code", "key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                name="community_rule_value_start", fields=["community", "key", "valid_from"]
            ),
            models.UniqueConstraint(
                name="community_rule_value_one_open",
                fields=["community", "key"],
                condition=Q(valid_to=None),
            ),
            models.CheckConstraint(
                name="community_rule_value_ends_after",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="community_rule_value_verified_by_somebody",
                condition=Q(verified_on=None, verified_by="")
                | (Q(verified_on__isnull=False) & ~Q(verified_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.article}: {self.value}"

    @property
    def source_words(self) -> str | LocalizedText:
        """The source for the reader: in both languages where it ships, else as it was typed."""
        return source_words(self.source)

    @property
    def in_words(self) -> str:
        """The value with its unit, in the page's language: "20 working days"."""
        return amount_in_words(self.value, self.unit)

    def holds_on(self, day: date) -> bool:
        """Return whether this number is the law on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def is_verified(self) -> bool:
        """Whether the number may be shown as certain: read in the text, or confirmed since."""
        return self.mark == self.Mark.CHECKED or self.verified_on is not None


class CalendarDayQuerySet(PublicRecords["CalendarDay"]):
    """Days off by what is known of them."""

    def of_year(self, year: int) -> Self:
        return self.filter(date__gte=date(year, 1, 1), date__lt=date(year + 1, 1, 1))

    def not_cancelled(self) -> Self:
        return self.exclude(status=CalendarDay.Status.CANCELLED)


class CalendarDay(models.Model):
    """يوم عطلة / jour férié ou de fermeture: decree 2-77-169, and exceptional closures.

    `estimated_on` is the computed date, kept when the announced `date` differs; a closure has none.
    `feast` ties the days of one feast of one year ("fitr-2027"): the moon moves them together.
    """

    class Kind(models.TextChoices):
        FIXED = "fixed", _("fixed holiday")
        HIJRI = "hijri", _("religious holiday")
        EXCEPTIONAL = "exceptional", _("exceptional closure")

    class Status(models.TextChoices):
        ESTIMATED = "estimated", _("estimated")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="calendar_days",
        verbose_name=_("community"),
    )
    occasion = models.SlugField(_("occasion"), max_length=60)
    feast = models.SlugField(_("feast"), max_length=60, blank=True)
    date = models.DateField(_("date"))
    estimated_on = models.DateField(_("computed date"), null=True, blank=True)
    name = LocalizedTextField(_("name"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    source = models.CharField(_("source"), max_length=300)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(name="community_day_once", fields=["community", "occasion"]),
            models.CheckConstraint(
                name="community_closure_is_not_computed",
                condition=~Q(kind="exceptional") | Q(estimated_on=None),
            ),
        ]
        indexes = [models.Index(name="community_day_date", fields=["community", "date"])]

    def __str__(self) -> str:
        return f"{self.date.isoformat()} {self.name}"

    @property
    def source_words(self) -> str | LocalizedText:
        """The source for the reader: in both languages where it ships, else as it was typed."""
        return source_words(self.source)


class CalendarVersion(models.Model):
    """نسخة التقويم / version du calendrier: one change of the days off, with its number."""

    class Change(models.TextChoices):
        SEEDED = "seeded", _("seeded")
        CONFIRMED = "confirmed", _("confirmed")
        MOVED = "moved", _("moved")
        CANCELLED = "cancelled", _("cancelled")
        ADDED = "added", _("added")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="calendar_versions",
        verbose_name=_("community"),
    )
    number = models.PositiveIntegerField(_("number"))
    change = models.CharField(_("change"), max_length=10, choices=Change.choices)
    occasion = models.SlugField(_("occasion"), max_length=60, blank=True)
    date_before = models.DateField(_("date before"), null=True, blank=True)
    date_after = models.DateField(_("date after"), null=True, blank=True)
    moved_deadlines = models.PositiveIntegerField(_("deadlines moved"), default=0)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.CharField(_("changed by"), max_length=150)

    objects = PublicRecords["CalendarVersion"].as_manager()

    class Meta:
        verbose_name = _("version of the calendar")
        verbose_name_plural = _("versions of the calendar")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                name="community_calendar_version", fields=["community", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"v{self.number}"
