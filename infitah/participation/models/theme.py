"""Themes: ideas that speak of one thing, proposed by a computation, arranged by people."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer


class ThemeQuerySet(OfCommunity["Theme"]):
    """Vocabulary of themes."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Published ones to all; proposals to those who edit consultations or commitments."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.may("consultation.edit") or viewer.may("commitment.edit"):
            return here
        return here.filter(published_at__isnull=False, merged_into=None)

    def standing(self) -> Self:
        """Those not merged into another one."""
        return self.filter(merged_into=None)


class Theme(models.Model):
    """موضوع / thème: a group of ideas with a name given by people; its number is of letter T."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.PROTECT,
        related_name="themes",
        verbose_name=_("consultation"),
    )
    reference = models.CharField(_("reference"), max_length=30, unique=True)
    name = LocalizedTextField(_("name"))
    summary = LocalizedTextField(_("what these ideas say"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    run = models.ForeignKey(
        "participation.ClusterRun",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="themes",
        verbose_name=_("proposed by"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    is_edited = models.BooleanField(_("arranged by a person"), default=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["consultation_id", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class ThemeIdea(models.Model):
    """فكرة ضمن موضوع / idée d'un thème: an idea stands in one theme at most."""

    theme = models.ForeignKey(
        "participation.Theme",
        on_delete=models.CASCADE,
        related_name="placings",
        verbose_name=_("theme"),
    )
    idea = models.OneToOneField(
        "participation.Idea",
        on_delete=models.CASCADE,
        related_name="placing",
        verbose_name=_("idea"),
    )
    is_by_hand = models.BooleanField(_("placed by a person"), default=False)
    placed_at = models.DateTimeField(_("placed at"))

    class Meta:
        verbose_name = _("idea of a theme")
        verbose_name_plural = _("ideas of themes")
        ordering = ["theme_id", "idea_id"]

    def __str__(self) -> str:
        return f"{self.theme_id} < {self.idea_id}"


class ClusterRun(models.Model):
    """حساب تجميع / calcul de regroupement: one computation with all that is needed to repeat it.

    Same input, parameters and seed give the same bytes. Opinion groups are published only behind
    the permutation gate (programme.md 7.3).
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("themes of texts")
        OPINION = "opinion", _("groups of opinion")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being computed")
        DONE = "done", _("computed")
        FAILED = "failed", _("failed")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.PROTECT,
        related_name="runs",
        verbose_name=_("consultation"),
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    parameters = models.JSONField(_("parameters"), default=dict)
    seed = models.PositiveIntegerField(_("seed"))
    input_sha256 = models.CharField(_("SHA-256 of the input"), max_length=64, blank=True)
    people = models.PositiveIntegerField(_("people"), default=0)
    statements = models.PositiveIntegerField(_("statements"), default=0)
    votes = models.PositiveIntegerField(_("votes"), default=0)
    group_count = models.PositiveSmallIntegerField(_("groups"), default=0)
    p_value = models.FloatField(_("p of the permutation test"), null=True, blank=True)
    stability = models.FloatField(_("stability"), null=True, blank=True)
    is_publishable = models.BooleanField(_("passes the gate"), default=False)
    why_not = models.CharField(_("why it does not pass"), max_length=20, blank=True)
    result = models.JSONField(_("result"), default=dict)
    result_sha256 = models.CharField(_("SHA-256 of the result"), max_length=64, blank=True)
    requested_by = models.CharField(_("asked by"), max_length=150)
    requested_at = models.DateTimeField(_("asked at"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    fault = models.CharField(_("fault"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("clustering run")
        verbose_name_plural = _("clustering runs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="participation_run_number", fields=["consultation", "kind", "number"]
            )
        ]
        indexes = [
            models.Index(
                name="participation_run_waiting",
                fields=["id"],
                condition=Q(state__in=["waiting", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.kind} {self.number}"


class OpinionGroup(models.Model):
    """مجموعة رأي / groupe d'opinion: people who vote alike; who is in it is never stored."""

    run = models.ForeignKey(
        "participation.ClusterRun",
        on_delete=models.CASCADE,
        related_name="groups",
        verbose_name=_("run"),
    )
    letter = models.CharField(_("letter"), max_length=1)
    size = models.PositiveIntegerField(_("people"))

    class Meta:
        verbose_name = _("group of opinion")
        verbose_name_plural = _("groups of opinion")
        ordering = ["run_id", "letter"]
        constraints = [
            models.UniqueConstraint(name="participation_group_letter", fields=["run", "letter"])
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.letter}"


class GroupStat(models.Model):
    """رأي مجموعة في فكرة / vote d'un groupe: how a group voted on one statement."""

    group = models.ForeignKey(
        "participation.OpinionGroup",
        on_delete=models.CASCADE,
        related_name="stats",
        verbose_name=_("group"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("idea"),
    )
    paragraph = models.ForeignKey(
        "participation.Paragraph",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("paragraph"),
    )
    agree = models.PositiveIntegerField(_("agree"))
    disagree = models.PositiveIntegerField(_("disagree"))
    passed = models.PositiveIntegerField(_("pass"))

    class Meta:
        verbose_name = _("vote of a group")
        verbose_name_plural = _("votes of groups")
        constraints = [
            models.UniqueConstraint(name="participation_stat_of_idea", fields=["group", "idea"]),
            models.UniqueConstraint(
                name="participation_stat_of_paragraph", fields=["group", "paragraph"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.agree}/{self.disagree}/{self.passed}"
