"""Reasoned answers to ideas, from a closed list; each correction is a new one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.core.fields import LocalizedTextField
from infitah.participation import rules


class IdeaAnswer(models.Model):
    """جواب معلل عن فكرة / réponse motivée: code, reason, and what the idea led to."""

    class Code(models.TextChoices):
        KEPT = "kept", _("kept")
        KEPT_PARTLY = "kept_partly", _("kept in part")
        MERGED = "merged", _("merged with another idea")
        EXISTING = "existing", _("done or under way already")
        OTHER_BODY = "other_body", _("in the power of another body")
        NOT_LAWFUL = "not_lawful", _("not lawful")
        NO_BUDGET = "no_budget", _("no budget")
        NEXT_CYCLE = "next_cycle", _("left for the next cycle")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name=_("idea"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    is_current = models.BooleanField(_("in force"), default=True)
    code = models.CharField(_("answer"), max_length=12, choices=Code)
    text = LocalizedTextField(_("reason"))
    personal_line = LocalizedTextField(_("line for this idea alone"), blank=True)
    theme = models.ForeignKey(
        "participation.Theme",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("theme"),
    )
    merged_into = models.ForeignKey(
        "participation.Idea",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_answers",
        verbose_name=_("merged with"),
    )
    other_body = LocalizedTextField(_("the body in charge"), blank=True)
    article = models.CharField(_("article of law"), max_length=rules.ARTICLE_MAX, blank=True)
    link = models.CharField(
        _("reference or address of what it led to"), max_length=rules.LINK_MAX, blank=True
    )
    answered_on = models.DateField(_("answered on"))
    answered_at = models.DateTimeField(_("recorded at"))
    answered_by = models.CharField(_("answered by"), max_length=150)
    office = models.CharField(_("office"), max_length=30, blank=True)
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)

    class Meta:
        verbose_name = _("answer to an idea")
        verbose_name_plural = _("answers to ideas")
        ordering = ["idea_id", "number"]
        constraints = [
            models.UniqueConstraint(name="participation_answer_number", fields=["idea", "number"]),
            models.UniqueConstraint(
                name="participation_answer_one_in_force",
                fields=["idea"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="participation_answer_merged_names_idea",
                condition=~Q(code="merged") | Q(merged_into__isnull=False),
            ),
        ]
        indexes = [models.Index(name="participation_answer_code", fields=["community", "code"])]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.code}"

    @property
    def star(self) -> str:
        """The star of the look that goes with the answer."""
        return rules.star_of_answer(self.code)


class AnswerTally(models.Model):
    """عداد الأجوبة / compteur des réponses: shown ideas answered, by code and days waited.

    Kept by the acts themselves, so that no page counts answers again. `days` are those from the
    day from which an idea could be answered until its first answer.
    """

    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.CASCADE,
        related_name="answer_tallies",
        verbose_name=_("consultation"),
    )
    code = models.CharField(_("answer"), max_length=12, choices=IdeaAnswer.Code)
    days = models.PositiveIntegerField(_("days waited"))
    answered = models.IntegerField(_("ideas answered so"), default=0)

    class Meta:
        verbose_name = _("count of answers")
        verbose_name_plural = _("counts of answers")
        constraints = [
            models.UniqueConstraint(
                name="participation_answer_tally_once", fields=["consultation", "code", "days"]
            ),
            models.CheckConstraint(
                name="participation_answer_tally_not_negative", condition=Q(answered__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.code}: {self.answered}"
