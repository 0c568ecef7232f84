"""Votes: the event with its counts, and the named votes behind it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infitah.core.fields import LocalizedTextField
from infitah.proceedings import rules


class StandingVotes(models.Manager["VoteEvent"]):
    """The votes that count: a struck record stands on its page and decides nothing any more."""

    def get_queryset(self) -> models.QuerySet["VoteEvent"]:
        return super().get_queryset().filter(struck_on=None)


class VoteEvent(models.Model):
    """تصويت / scrutin: one question put to a sitting, with its counts and result; 113-14:43.

    Named: the counts are the sum of the votes. Secret: no vote is ever stored. Of a vote entered
    afterwards the counts may be unknown: they are then zero and never shown. A record made by
    mistake is struck, with its reason; the right one names the record that it `replaces`.
    `objects` are the votes that stand, `records` all that was recorded.
    """

    class Method(models.TextChoices):
        NAMED = rules.Method.NAMED.value, _("roll call")
        SHOW_OF_HANDS = rules.Method.SHOW_OF_HANDS.value, _("show of hands")
        SECRET = rules.Method.SECRET.value, _("secret vote")

    class Majority(models.TextChoices):
        OF_CAST = rules.Majority.OF_CAST.value, _("absolute majority of the votes cast")
        OF_MEMBERS = (
            rules.Majority.OF_MEMBERS.value,
            _("absolute majority of the members in office"),
        )

    class Result(models.TextChoices):
        CARRIED = rules.Result.CARRIED.value, _("carried")
        LOST = rules.Result.LOST.value, _("lost")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    item = models.ForeignKey(
        "proceedings.AgendaItem",
        on_delete=models.PROTECT,
        related_name="votes",
        verbose_name=_("agenda item"),
    )
    question = LocalizedTextField(_("question"))
    method = models.CharField(_("way of voting"), max_length=14, choices=Method.choices)
    majority = models.CharField(_("majority"), max_length=10, choices=Majority.choices)
    in_favour = models.PositiveSmallIntegerField(_("for"))
    against = models.PositiveSmallIntegerField(_("against"))
    abstained = models.PositiveSmallIntegerField(_("abstained"))
    are_counts_known = models.BooleanField(_("its counts are known"), default=True)
    casting_vote = models.CharField(
        _("casting vote of the chair"),
        max_length=8,
        blank=True,
        choices=[(rules.Choice.FOR.value, _("for")), (rules.Choice.AGAINST.value, _("against"))],
    )
    result = models.CharField(_("result"), max_length=8, choices=Result.choices)
    taken_on = models.DateField(_("taken on"))
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    struck_reason = LocalizedTextField(_("why it was struck"), blank=True)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("record that it replaces"),
    )

    objects = StandingVotes()
    records = models.Manager["VoteEvent"]()

    class Meta:
        verbose_name = _("vote event")
        verbose_name_plural = _("vote events")
        ordering = ["item_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="proceedings_vote_has_voters",
                condition=Q(in_favour__gt=0)
                | Q(against__gt=0)
                | Q(abstained__gt=0)
                | Q(are_counts_known=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.in_favour}/{self.against}/{self.abstained}"

    @property
    def counts(self) -> rules.Counts:
        """Return the counts as the rules know them."""
        return rules.Counts(self.in_favour, self.against, self.abstained)


class Vote(models.Model):
    """صوت / voix: what one member said in a named vote; never stored for a secret one."""

    class Choice(models.TextChoices):
        FOR = rules.Choice.FOR.value, _("for")
        AGAINST = rules.Choice.AGAINST.value, _("against")
        ABSTAIN = rules.Choice.ABSTAIN.value, _("abstained")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    event = models.ForeignKey(
        "proceedings.VoteEvent",
        on_delete=models.PROTECT,
        related_name="named",
        verbose_name=_("vote event"),
    )
    mandate = models.ForeignKey(
        "community.Mandate",
        on_delete=models.PROTECT,
        related_name="votes",
        verbose_name=_("seat"),
    )
    choice = models.CharField(_("choice"), max_length=8, choices=Choice.choices)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["event_id", "mandate__seat", "mandate_id"]
        constraints = [
            models.UniqueConstraint(name="proceedings_vote_once", fields=["event", "mandate"])
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id}: {self.get_choice_display()}"
