"""Comments with one level of replies, and the flags that readers raise."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer
from infitah.participation import rules
from infitah.participation.models.voice import ONE_STATEMENT


class CommentQuerySet(OfCommunity["Comment"]):
    """Vocabulary of comments."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those whose text `viewer` may read: the one rule of every page, list, feed and file.

        Anybody: shown ones under something that anybody may read. A moderator: held ones too. An
        author on a proved device: their own. Withdrawn ones have no text for anybody.
        """
        here = self.filter(community_id=viewer.community_id).exclude(state=Comment.State.WITHDRAWN)
        if viewer.may("idea.read"):
            return here
        readable = Q(state=Comment.State.VISIBLE)
        if viewer.participant_id is not None:
            readable |= Q(author_id=viewer.participant_id)
        subject = Q(paragraph__isnull=False) | Q(idea__state__in=["visible", "late", "refused"])
        announced = Q(consultation__announced_at__isnull=False)
        return here.filter(readable, subject, announced)

    def shown(self) -> Self:
        return self.filter(state=Comment.State.VISIBLE)


class Comment(models.Model):
    """تعليق / commentaire: what somebody says of an idea or a paragraph, or replies to it."""

    class State(models.TextChoices):
        # In Arabic and French a comment is masculine, an idea feminine.
        RECEIVED = "received", pgettext_lazy("comment", "received, being read")
        VISIBLE = "visible", pgettext_lazy("comment", "open to all readers")
        HELD = "held", pgettext_lazy("comment", "hidden under a rule")
        WITHDRAWN = "withdrawn", pgettext_lazy("comment", "withdrawn by its author")

    class Stance(models.TextChoices):
        NONE = "", _("neither for nor against")
        FOR = "for", _("in favour")
        AGAINST = "against", _("against")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name=_("consultation"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("idea"),
    )
    paragraph = models.ForeignKey(
        "participation.Paragraph",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("paragraph"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("reply to"),
    )
    number = models.PositiveIntegerField(_("number under its subject"))
    author = models.ForeignKey(
        "community.Participant",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    office = models.CharField(_("office that replies"), max_length=30, blank=True)
    text = models.TextField(_("text"), max_length=rules.COMMENT_MAX, blank=True)
    stance = models.CharField(_("stance"), max_length=7, choices=Stance, blank=True)
    language = models.CharField(_("language"), max_length=16)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.VISIBLE)
    submission_key = models.UUIDField(_("key of the sending"), default=uuid.uuid4, unique=True)
    submitted_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    flags_open = models.PositiveIntegerField(_("flags not decided"), default=0)
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="participation_comment_number_of_idea", fields=["idea", "number"]
            ),
            models.UniqueConstraint(
                name="participation_comment_number_of_paragraph", fields=["paragraph", "number"]
            ),
            models.CheckConstraint(
                name="participation_comment_on_one_statement", condition=ONE_STATEMENT
            ),
            models.CheckConstraint(
                name="participation_comment_withdrawn_has_no_text",
                condition=~Q(state="withdrawn") | Q(text="", withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="participation_comment_queue", fields=["community", "state", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id or self.paragraph_id}/{self.number}"


class Flag(models.Model):
    """تبليغ / signalement: a reader says that a text breaks a rule; once a person and text."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("idea"),
    )
    comment = models.ForeignKey(
        "participation.Comment",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("comment"),
    )
    rule = models.ForeignKey(
        "participation.ModerationRule",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("rule"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    flagger = models.CharField(_("digest of who flagged"), max_length=64)
    network = models.CharField(_("digest of the network"), max_length=64, blank=True)
    flagged_at = models.DateTimeField(_("flagged at"))
    case = models.ForeignKey(
        "participation.ModerationCase",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("moderation case"),
    )

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.UniqueConstraint(name="participation_flag_of_idea", fields=["flagger", "idea"]),
            models.UniqueConstraint(
                name="participation_flag_of_comment", fields=["flagger", "comment"]
            ),
            models.CheckConstraint(
                name="participation_flag_of_one_text",
                condition=Q(idea__isnull=False, comment=None) | Q(idea=None, comment__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id or self.comment_id}: {self.rule_id}"
