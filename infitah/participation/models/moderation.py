"""Moderation: numbered rules, and the decisions taken under them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.community.models.scope import HeldRecords, OfCommunity
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer

ONE_TEXT = Q(idea__isnull=False, comment=None) | Q(idea=None, comment__isnull=False)
"""A row is about an idea or about a comment, never both."""


class ModerationRuleQuerySet(HeldRecords["ModerationRule"]):
    """Rules are public: who writes knows what may be hidden."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(community_id=viewer.community_id)

    def in_force_on(self, day: date) -> Self:
        return self.in_force(day).order_by("number")


class ModerationRule(models.Model):
    """قاعدة الإشراف / règle de modération: a numbered reason for which a text may be hidden."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="moderation_rules",
        verbose_name=_("community"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = LocalizedTextField(_("text"))
    starts_on = models.DateField(_("in force from"))
    ends_on = models.DateField(_("in force until (exclusive)"), null=True, blank=True)

    objects = ModerationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation rule")
        verbose_name_plural = _("moderation rules")
        ordering = ["number", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                name="participation_rule_number", fields=["community", "number", "starts_on"]
            ),
            models.CheckConstraint(
                name="participation_rule_ends_after",
                condition=Q(ends_on=None) | Q(ends_on__gt=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class ModerationDecisionQuerySet(OfCommunity["ModerationDecision"]):
    """Decisions: rule and date are on the idea's page; the reason is for author and moderators."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("idea.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)


class ModerationDecision(models.Model):
    """قرار إشراف / décision de modération: what was done to a text, under which rule, and why."""

    class Action(models.TextChoices):
        PUBLISH = "publish", _("read and published")
        HIDE = "hide", _("hidden")
        RESTORE = "restore", _("restored")
        ACCEPT_LATE = "accept_late", _("taken in although late")
        REFUSE_LATE = "refuse_late", _("not taken in, late")
        KEEP = "keep", _("left as it is")
        UPHOLD = "uphold", _("appeal refused: stays hidden")
        REOPEN = "reopen", _("decision undone")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("idea"),
    )
    comment = models.ForeignKey(
        "participation.Comment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("comment"),
    )
    case = models.ForeignKey(
        "participation.ModerationCase",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("moderation case"),
    )
    action = models.CharField(_("decision"), max_length=12, choices=Action)
    rule = models.ForeignKey(
        "participation.ModerationRule",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("rule"),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150)
    office = models.CharField(_("office"), max_length=30, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)

    objects = ModerationDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participation_hiding_has_rule",
                condition=~Q(action="hide") | (Q(rule__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="participation_refusal_has_reason",
                condition=~Q(action="refuse_late") | ~Q(reason=""),
            ),
            models.CheckConstraint(name="participation_decision_on_one_text", condition=ONE_TEXT),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.idea_id or self.comment_id}"


class ModerationCaseQuerySet(OfCommunity["ModerationCase"]):
    """Cases: counted in public, read by moderators."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("idea.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)

    def waiting(self) -> Self:
        """Those in which somebody must decide."""
        return self.filter(state__in=["reported", "appealed"])


class ModerationCase(models.Model):
    """ملف إشراف / dossier de modération: reported, decided, appealed once at most, closed.

    A service clock of 24 hours runs from the report and again from the appeal (programme.md 6).
    """

    class State(models.TextChoices):
        REPORTED = "reported", _("reported, to decide")
        DECIDED = "decided", _("decided")
        APPEALED = "appealed", _("appealed, to decide")
        CLOSED = "closed", pgettext_lazy("case", "closed")

    class Origin(models.TextChoices):
        FLAGS = "flags", _("flagged by readers")
        READING = "reading", _("found by a moderator")

    class Outcome(models.TextChoices):
        NONE = "", _("not decided")
        KEPT = "kept", _("left as it is")
        HIDDEN = "hidden", pgettext_lazy("text", "hidden under a rule")
        UPHELD = "upheld", _("appeal refused: stays hidden")
        REVERSED = "reversed", _("appeal granted: shown again")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("idea"),
    )
    comment = models.ForeignKey(
        "participation.Comment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("comment"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.REPORTED)
    origin = models.CharField(_("origin"), max_length=7, choices=Origin)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    due_at = models.DateTimeField(_("due at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    appealed_at = models.DateTimeField(_("appealed at"), null=True, blank=True)
    appeal_text = models.CharField(_("words of the appeal"), max_length=600, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = ModerationCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation case")
        verbose_name_plural = _("moderation cases")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(name="participation_case_on_one_text", condition=ONE_TEXT),
            models.CheckConstraint(
                name="participation_case_appeal_has_words",
                condition=Q(appealed_at=None) | ~Q(appeal_text=""),
            ),
            models.UniqueConstraint(
                name="participation_case_one_open_of_idea",
                fields=["idea"],
                condition=Q(state__in=["reported", "appealed"]),
            ),
            models.UniqueConstraint(
                name="participation_case_one_open_of_comment",
                fields=["comment"],
                condition=Q(state__in=["reported", "appealed"]),
            ),
        ]
        indexes = [
            models.Index(
                name="participation_case_queue",
                fields=["community", "due_at"],
                condition=Q(state__in=["reported", "appealed"]),
            ),
            models.Index(name="participation_case_count", fields=["community", "opened_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id or self.comment_id}: {self.state}"
