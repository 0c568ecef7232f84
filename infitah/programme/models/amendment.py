"""What a session of the council changes in a commitment before it votes on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.core.fields import LocalizedTextField


class Amendment(models.Model):
    """تعديل / amendement: a change moved at a sitting, beside the text of the committee."""

    class Outcome(models.TextChoices):
        MOVED = "moved", _("moved, to be voted")
        CARRIED = "carried", _("carried")
        LOST = "lost", _("lost")
        WITHDRAWN = "withdrawn", _("withdrawn by its mover")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.PROTECT,
        related_name="amendments",
        verbose_name=_("commitment"),
    )
    version = models.ForeignKey(
        "programme.CommitmentVersion",
        on_delete=models.PROTECT,
        related_name="amendments",
        verbose_name=_("text that it changes"),
    )
    made = models.ForeignKey(
        "programme.CommitmentVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="made_by_amendments",
        verbose_name=_("text that it led to"),
    )
    item = models.ForeignKey(
        "proceedings.AgendaItem",
        on_delete=models.PROTECT,
        related_name="amendments",
        verbose_name=_("agenda item"),
    )
    vote = models.ForeignKey(
        "proceedings.VoteEvent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("vote"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    mover = models.CharField(_("moved by"), max_length=200)
    field = models.CharField(_("part of the text"), max_length=40)
    before = LocalizedTextField(_("text before"), blank=True)
    after = LocalizedTextField(_("text after"))
    reason = LocalizedTextField(_("reason"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, default=Outcome.MOVED)
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["commitment_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="programme_amendment_number", fields=["commitment", "number"]
            ),
            models.CheckConstraint(
                name="programme_amendment_decided_by_vote",
                condition=~Q(outcome__in=["carried", "lost"]) | Q(vote__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.number}: {self.outcome}"


class CarriedIdea(models.Model):
    """فكرة مؤجلة إلى هذه الدورة / idée reportée: left by a cycle, taken up by this one."""

    cycle = models.ForeignKey(
        "programme.Cycle",
        on_delete=models.PROTECT,
        related_name="carried_ideas",
        verbose_name=_("cycle"),
    )
    idea = models.ForeignKey(
        "participation.Idea",
        on_delete=models.PROTECT,
        related_name="carried_to",
        verbose_name=_("idea"),
    )
    carried_on = models.DateField(_("carried over on"))

    class Meta:
        verbose_name = _("idea carried over")
        verbose_name_plural = _("ideas carried over")
        ordering = ["cycle_id", "idea_id"]
        constraints = [
            models.UniqueConstraint(name="programme_idea_carried_once", fields=["cycle", "idea"])
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} < {self.idea_id}"
