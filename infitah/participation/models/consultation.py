"""Consultations and their axes; the counts of their ideas."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.participation import rules


class ConsultationQuerySet(OfCommunity["Consultation"]):
    """Vocabulary of consultations."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Announced ones to all; drafts to those who edit consultations."""
        mine = self.filter(community_id=viewer.community_id)
        if viewer.may("consultation.edit"):
            return mine
        return mine.exclude(announced_at=None)

    def announced(self) -> Self:
        return self.exclude(announced_at=None)

    def held(self) -> Self:
        """Announced ones that the clock opens and closes: none that was cancelled."""
        return self.announced().filter(cancelled_at=None)

    def to_record(self, now: datetime) -> Self:
        """Those whose opening or closing by the clock is not in the register yet."""
        opened = Q(opening_recorded_at=None, opens_at__lte=now)
        closed = Q(closing_recorded_at=None, closes_at__lte=now)
        return self.held().filter(opened | closed)

    def open_at(self, now: datetime) -> Self:
        return self.held().filter(opens_at__lte=now, closes_at__gt=now)


class Consultation(models.Model):
    """استشارة عمومية / consultation publique: a round in which everybody may give ideas by axis.

    Organic law 112-14, art. 110 (participatory mechanisms); its instants are those of
    Africa/Casablanca, `closes_at` is exclusive. Once its last day is put later, `first_closes_at`
    is the closing that was announced first.
    """

    class Results(models.TextChoices):
        ALWAYS = "always", _("shown from the first day")
        AFTER_CLOSING = "after_closing", _("shown after closing")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="consultations",
        verbose_name=_("community"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    name = LocalizedTextField(_("name"))
    introduction = LocalizedTextField(_("introduction"), blank=True, null=True)
    round_number = models.PositiveSmallIntegerField(_("round"), default=1)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at (exclusive)"))
    announced_at = models.DateTimeField(_("announced at"), null=True, blank=True)
    extended_at = models.DateTimeField(_("put later at"), null=True, blank=True)
    first_closes_at = models.DateTimeField(_("closing that was announced"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason of the cancelling"), max_length=500, blank=True)
    results_visibility = models.CharField(
        _("counts of ideas"), max_length=14, choices=Results, default=Results.ALWAYS
    )
    is_premoderated = models.BooleanField(_("ideas are read before they are shown"), default=False)
    takes_ideas = models.BooleanField(_("takes ideas"), default=True)
    takes_votes = models.BooleanField(_("takes votes on statements"), default=True)
    takes_comments = models.BooleanField(_("takes comments"), default=True)
    is_demonstration = models.BooleanField(_("demonstration, invented"), default=False)
    opening_recorded_at = models.DateTimeField(_("opening recorded at"), null=True, blank=True)
    closing_recorded_at = models.DateTimeField(_("closing recorded at"), null=True, blank=True)
    set_hash = models.CharField(_("hash of the ideas at closing"), max_length=64, blank=True)
    voice_committed_on = models.DateField(
        _("votes committed to the register up to"), null=True, blank=True
    )
    voice_hash = models.CharField(_("hash of the votes at closing"), max_length=64, blank=True)
    themes_published_at = models.DateTimeField(_("themes published at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("all ideas answered at"), null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="participation_consultation_slug", fields=["community", "slug"]
            ),
            models.CheckConstraint(
                name="participation_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="participation_cancelled_after_announcing",
                condition=Q(cancelled_at=None)
                | Q(announced_at__isnull=False) & ~Q(cancel_reason=""),
            ),
            models.CheckConstraint(
                name="participation_extended_means_later",
                condition=Q(extended_at=None, first_closes_at=None)
                | Q(
                    extended_at__isnull=False,
                    first_closes_at__isnull=False,
                    closes_at__gt=F("first_closes_at"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("participation:consultation", args=[self.slug])

    def state(self, now: datetime) -> rules.ConsultationState:
        """Return where it stands at `now`."""
        return rules.state_of_consultation(
            announced_at=self.announced_at,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            cancelled_at=self.cancelled_at,
            now=now,
        )

    def shows_counts(self, now: datetime) -> bool:
        """Return whether counts may be shown at `now`, on any surface."""
        return self.results_visibility == self.Results.ALWAYS or now >= self.closes_at


class ConsultationAxis(models.Model):
    """محور الاستشارة / axe de consultation: what a consultation says and asks about one axis."""

    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.CASCADE,
        related_name="topics",
        verbose_name=_("consultation"),
    )
    axis = models.ForeignKey(
        "community.Axis",
        on_delete=models.PROTECT,
        related_name="topics",
        verbose_name=_("axis"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    context = LocalizedTextField(_("context, 200 words at most"), blank=True, null=True)
    facts = LocalizedTextField(_("three facts, one a line"), blank=True, null=True)
    question = LocalizedTextField(_("the question"))
    documents = LocalizedTextField(
        _("documents, one a line: title | address"), blank=True, null=True
    )

    class Meta:
        verbose_name = _("axis of a consultation")
        verbose_name_plural = _("axes of a consultation")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="participation_axis_once", fields=["consultation", "axis"])
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.axis_id}"


class IdeaTally(models.Model):
    """عداد الأفكار / compteur d'idées: how many ideas can be read, kept by the acts themselves.

    One row by axis, commune and language, so that a page never counts the ideas again.
    """

    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.CASCADE,
        related_name="tallies",
        verbose_name=_("consultation"),
    )
    axis = models.ForeignKey(
        "community.Axis", on_delete=models.PROTECT, related_name="+", verbose_name=_("axis")
    )
    commune_key = models.CharField(_("commune"), max_length=3, blank=True)
    language = models.CharField(_("language"), max_length=16)
    shown = models.IntegerField(_("shown"), default=0)
    late = models.IntegerField(_("in the tray of late ideas"), default=0)

    class Meta:
        verbose_name = _("count of ideas")
        verbose_name_plural = _("counts of ideas")
        constraints = [
            models.UniqueConstraint(
                name="participation_tally_once",
                fields=["consultation", "axis", "commune_key", "language"],
            ),
            models.CheckConstraint(
                name="participation_tally_not_negative", condition=Q(shown__gte=0, late__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.axis_id}/{self.commune_key}: {self.shown}"
