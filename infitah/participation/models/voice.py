"""What citizens say of a statement without writing: supports and votes, and their counts.

A statement is an idea (first round) or a paragraph of a draft text (second round).
"""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity

ONE_STATEMENT = Q(idea__isnull=False, paragraph=None) | Q(idea=None, paragraph__isnull=False)
"""A row is about an idea or about a paragraph, never both."""


class Support(models.Model):
    """مساندة / soutien: a participant stands behind an idea; once, and it can be taken back."""

    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.CASCADE,
        related_name="supports",
        verbose_name=_("idea"),
    )
    participant = models.ForeignKey(
        "community.Participant",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("participant"),
    )
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                name="participation_support_once", fields=["idea", "participant"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} + {self.participant_id}"


class StatementVote(models.Model):
    """تصويت على فكرة / vote sur un énoncé: agree, disagree or pass; one a person and statement.

    Never shown one by one to anybody; counts are shown after closing (programme.md 7.4).
    """

    class Choice(models.IntegerChoices):
        AGREE = 1, _("agree")
        PASS = 0, _("pass")
        DISAGREE = -1, _("disagree")

    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.CASCADE,
        related_name="statement_votes",
        verbose_name=_("consultation"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="statement_votes",
        verbose_name=_("idea"),
    )
    paragraph = models.ForeignKey(
        "participation.Paragraph",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="statement_votes",
        verbose_name=_("paragraph"),
    )
    participant = models.ForeignKey(
        "community.Participant",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("participant"),
    )
    choice = models.SmallIntegerField(_("choice"), choices=Choice)
    voted_at = models.DateTimeField(_("voted at"))

    class Meta:
        verbose_name = _("vote on a statement")
        verbose_name_plural = _("votes on statements")
        constraints = [
            # Null is unlike null: each constraint holds for its own kind of statement.
            models.UniqueConstraint(
                name="participation_vote_on_idea_once", fields=["participant", "idea"]
            ),
            models.UniqueConstraint(
                name="participation_vote_on_paragraph_once", fields=["participant", "paragraph"]
            ),
            models.CheckConstraint(
                name="participation_vote_on_one_statement", condition=ONE_STATEMENT
            ),
            models.CheckConstraint(
                name="participation_vote_choice_known", condition=Q(choice__in=[-1, 0, 1])
            ),
        ]
        indexes = [
            models.Index(
                name="participation_vote_of_person", fields=["consultation", "participant"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea_id or self.paragraph_id}: {self.choice}"


class StatementTally(models.Model):
    """عداد الآراء / compteur d'un énoncé: votes, supports, comments, kept by the acts."""

    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.CASCADE,
        related_name="statement_tallies",
        verbose_name=_("consultation"),
    )
    idea = models.OneToOneField(
        "participation.Idea",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tally",
        verbose_name=_("idea"),
    )
    paragraph = models.OneToOneField(
        "participation.Paragraph",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tally",
        verbose_name=_("paragraph"),
    )
    agree = models.IntegerField(_("agree"), default=0)
    disagree = models.IntegerField(_("disagree"), default=0)
    passed = models.IntegerField(_("pass"), default=0)
    supports = models.IntegerField(_("supports"), default=0)
    comments = models.IntegerField(_("comments shown"), default=0)

    class Meta:
        verbose_name = _("count of a statement")
        verbose_name_plural = _("counts of statements")
        constraints = [
            models.CheckConstraint(
                name="participation_tally_of_one_statement", condition=ONE_STATEMENT
            ),
            models.CheckConstraint(
                name="participation_statement_tally_not_negative",
                condition=Q(agree__gte=0, disagree__gte=0, passed__gte=0)
                & Q(supports__gte=0, comments__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agree}/{self.disagree}/{self.passed}"

    @property
    def votes(self) -> int:
        """How many voted on the statement, passes included."""
        return self.agree + self.disagree + self.passed


class VoiceTally(models.Model):
    """عداد المشاركين / compteur des votants: how many people voted in a consultation."""

    consultation = models.OneToOneField(
        "participation.Consultation",
        on_delete=models.CASCADE,
        related_name="voice",
        verbose_name=_("consultation"),
    )
    voters = models.IntegerField(_("people who voted"), default=0)

    class Meta:
        verbose_name = _("count of voters")
        verbose_name_plural = _("counts of voters")
        constraints = [
            models.CheckConstraint(
                name="participation_voters_not_negative", condition=Q(voters__gte=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.voters}"


class PendingActQuerySet(OfCommunity["PendingAct"]):
    """Vocabulary of acts that wait for a code; only the bearer of the key ever sees one."""

    def waiting(self, now: datetime) -> Self:
        return self.filter(expires_at__gt=now)

    def expired(self, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class PendingAct(models.Model):
    """فعل في انتظار التأكيد / acte à confirmer: what somebody began before proving an address.

    A vote, a support, a comment, a rating: done when the code is confirmed, else erased a day
    later. `payload` holds what was typed.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("community"),
    )
    key = models.UUIDField(_("key of the sending"), default=uuid.uuid4, unique=True)
    kind = models.CharField(_("kind"), max_length=30)
    subject = models.CharField(_("subject"), max_length=60)
    payload = models.JSONField(_("what was typed"), default=dict)
    interface = models.CharField(_("language of the pages"), max_length=3, default="ar")
    back = models.CharField(_("page to return to"), max_length=300, blank=True)
    code_token = models.CharField(_("name of the code"), max_length=32, blank=True)
    started_at = models.DateTimeField(_("started at"))
    expires_at = models.DateTimeField(_("erased at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = PendingActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act to be confirmed")
        verbose_name_plural = _("acts to be confirmed")
        indexes = [models.Index(name="participation_pending_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
