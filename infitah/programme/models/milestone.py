"""Milestones, every change of their state, and the evidence behind what is said to be done."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.core.fields import LocalizedTextField
from infitah.programme.rules import states
from infitah.programme.rules.progress import TOLD_DONE, Step

if TYPE_CHECKING:
    from infitah.programme.models.execution import ProgressUpdate


class Milestone(models.Model):
    """مرحلة إنجاز / jalon: a dated, weighted part of a commitment; done only when confirmed.

    `announced_*` are the days adopted first; they stay when the plan changes.
    """

    class State(models.TextChoices):
        PLANNED = states.MilestoneState.PLANNED.value, pgettext_lazy("milestone", "planned")
        STARTED = states.MilestoneState.STARTED.value, _("under way")
        BLOCKED = states.MilestoneState.BLOCKED.value, _("blocked")
        CLAIMED = (
            states.MilestoneState.CLAIMED.value,
            pgettext_lazy("milestone", "said to be done, to be confirmed"),
        )
        RETURNED = states.MilestoneState.RETURNED.value, _("sent back: evidence not enough")
        VERIFIED = (
            states.MilestoneState.VERIFIED.value,
            pgettext_lazy("milestone", "done and confirmed"),
        )

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.PROTECT,
        related_name="milestones",
        verbose_name=_("commitment"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    reference = models.CharField(_("reference"), max_length=26, unique=True)
    title = LocalizedTextField(_("title"))
    unit = models.ForeignKey(
        "community.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("unit in charge"),
    )
    weight = models.PositiveSmallIntegerField(_("weight, of 100"))
    announced_start = models.DateField(_("start announced first"))
    announced_end = models.DateField(_("end announced first"))
    planned_start = models.DateField(_("planned start"))
    planned_end = models.DateField(_("planned end"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dependants",
        verbose_name=_("after"),
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["commitment_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="programme_milestone_number", fields=["commitment", "number"]
            ),
            models.CheckConstraint(
                name="programme_milestone_weight", condition=Q(weight__gte=1, weight__lte=100)
            ),
            models.CheckConstraint(
                name="programme_milestone_ends_after",
                condition=Q(planned_end__gte=F("planned_start"))
                & Q(announced_end__gte=F("announced_start")),
            ),
            models.CheckConstraint(
                name="programme_milestone_told_done_has_day",
                condition=~Q(state__in=["claimed", "verified"]) | Q(done_on__isnull=False),
            ),
        ]
        indexes = [models.Index(name="programme_milestone_due", fields=["announced_end", "state"])]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def step(self) -> Step:
        """Return what the rules of progress need to know."""
        state = states.MilestoneState(self.state)
        return Step(state, self.weight, self.announced_end, self.done_on)

    @property
    def sent_back(self) -> "StatusChange | None":
        """The finding that sent it back, with its reason, until it is said to be done again.

        One query of a milestone that was sent back, none where its changes were fetched.
        """
        if self.state != Milestone.State.RETURNED:
            return None
        found = [one for one in self.changes.all() if one.after == Milestone.State.RETURNED]
        return found[-1] if found else None

    @property
    def last_word(self) -> "ProgressUpdate | None":
        """What its owner said of it last, where its state has not changed since.

        Two queries, none where its changes and words were fetched.
        """
        word = next(iter(self.updates.all()), None)
        if word is None or self.step.state in TOLD_DONE:
            return None
        is_older = any(one.at >= word.given_at for one in self.changes.all())
        return None if is_older else word


class StatusChange(models.Model):
    """تغيير حالة / changement d'état: one step of a milestone with its reason; never deleted."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    milestone = models.ForeignKey(
        "programme.Milestone",
        on_delete=models.PROTECT,
        related_name="changes",
        verbose_name=_("milestone"),
    )
    before = models.CharField(_("before"), max_length=8, choices=Milestone.State.choices)
    after = models.CharField(_("after"), max_length=8, choices=Milestone.State.choices)
    reason = LocalizedTextField(_("reason"), blank=True)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("recorded at"))
    office = models.CharField(_("office"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        ordering = ["milestone_id", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class Evidence(models.Model):
    """إثبات / preuve: what shows that a milestone is done, dated and hashed by us.

    The one who confirms is never the one who claimed, nor the owner of the commitment.
    """

    class Kind(models.TextChoices):
        URL = "url", _("web page")
        FILE = "file", _("document")
        RECORD = "record", _("record of this site")
        DELIBERATION = "deliberation", _("deliberation")
        EVENT = "event", _("meeting or training")
        DATASET = "dataset", _("data")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    milestone = models.ForeignKey(
        "programme.Milestone",
        on_delete=models.PROTECT,
        related_name="evidence",
        verbose_name=_("milestone"),
    )
    reference = models.CharField(_("reference"), max_length=26, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = LocalizedTextField(_("title"))
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )
    record = models.CharField(_("reference of the record"), max_length=40, blank=True)
    capture = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what was captured"),
    )
    alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    # Empty until the worker has captured the address; nothing is confirmed before.
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    capture_tries = models.PositiveSmallIntegerField(_("tries to capture it"), default=0)
    capture_fault = models.CharField(_("why it was not captured"), max_length=20, blank=True)
    captured_on = models.DateField(_("captured on"))
    is_uploaded = models.BooleanField(_("the copy of its address was uploaded"), default=False)
    claimed_by = models.CharField(_("added by"), max_length=150)
    verified_by = models.CharField(_("confirmed by"), max_length=150, blank=True)
    verified_on = models.DateField(_("confirmed on"), null=True, blank=True)
    returned_on = models.DateField(_("found not enough on"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["milestone_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_evidence_second_person",
                condition=Q(verified_by="") | ~Q(verified_by=F("claimed_by")),
            ),
            models.CheckConstraint(
                name="programme_evidence_verified_has_day",
                condition=Q(verified_by="", verified_on=None)
                | (~Q(verified_by="") & Q(verified_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="programme_evidence_verified_has_hash",
                condition=Q(verified_by="") | ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="programme_evidence_points_somewhere",
                condition=(Q(kind="url") & ~Q(url=""))
                | Q(kind="file", file__isnull=False)
                | (Q(kind__in=["record", "deliberation"]) & ~Q(record=""))
                | (Q(kind__in=["event", "dataset"]) & (~Q(record="") | ~Q(url=""))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"
