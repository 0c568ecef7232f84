"""The two-year cycle and what was decided for it: principles, axes, timetable, rounds."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.programme.rules import states


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Cycles are public from the day on which they are opened."""

    def of(self, community: models.Model) -> Self:
        return self.filter(community=community)

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(community_id=viewer.community_id)


class Cycle(models.Model):
    """دورة البرنامج / cycle: two years of an openness programme (PACTO, national method)."""

    class State(models.TextChoices):
        PREPARING = states.CycleState.PREPARING.value, _("in preparation")
        ADOPTED = states.CycleState.ADOPTED.value, _("adopted")
        ASSESSED = states.CycleState.ASSESSED.value, _("assessed")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="cycles",
        verbose_name=_("community"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=20)
    title = LocalizedTextField(_("title"))
    intention = LocalizedTextField(_("what the council wants"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    opened_on = models.DateField(_("opened on"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PREPARING
    )
    committee = models.ForeignKey(
        "community.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cycles",
        verbose_name=_("follow-up committee"),
    )
    deliberation = models.ForeignKey(
        "council.Deliberation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cycles",
        verbose_name=_("adopted by"),
    )
    sha256 = models.CharField(_("SHA-256 of the adopted programme"), max_length=64, blank=True)
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("follows"),
    )
    is_imported = models.BooleanField(_("imported while it ran"), default=False)
    revision = models.PositiveIntegerField(_("number of changes"), default=0)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(name="programme_cycle_slug", fields=["community", "slug"]),
            models.CheckConstraint(
                name="programme_cycle_ends_after", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="programme_cycle_adopted_is_bound",
                condition=Q(state="preparing") | (Q(deliberation__isnull=False) & ~Q(sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.slug}"


class CyclePrinciple(models.Model):
    """مبدأ الدورة / principe du cycle: a principle that this cycle works by."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    cycle = models.ForeignKey(
        "programme.Cycle",
        on_delete=models.PROTECT,
        related_name="principles",
        verbose_name=_("cycle"),
    )
    principle = models.ForeignKey(
        "community.Principle",
        on_delete=models.PROTECT,
        related_name="cycles",
        verbose_name=_("principle"),
    )

    class Meta:
        verbose_name = _("principle of a cycle")
        verbose_name_plural = _("principles of cycles")
        ordering = ["cycle_id", "principle__position"]
        constraints = [
            models.UniqueConstraint(
                name="programme_cycle_principle_once", fields=["cycle", "principle"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.principle_id}"


class CycleAxis(models.Model):
    """محور الدورة / axe du cycle: an axis chosen for a cycle, with its openness challenge."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    cycle = models.ForeignKey(
        "programme.Cycle",
        on_delete=models.PROTECT,
        related_name="axes",
        verbose_name=_("cycle"),
    )
    axis = models.ForeignKey(
        "community.Axis",
        on_delete=models.PROTECT,
        related_name="cycles",
        verbose_name=_("axis"),
    )
    challenge = LocalizedTextField(_("openness challenge"))

    class Meta:
        verbose_name = _("axis of a cycle")
        verbose_name_plural = _("axes of cycles")
        ordering = ["cycle_id", "axis__position"]
        constraints = [
            models.UniqueConstraint(name="programme_cycle_axis_once", fields=["cycle", "axis"])
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.axis_id}"


class TimetableEntry(models.Model):
    """موعد / échéance: a dated step of a cycle, done or announced; both days are included.

    `announced_*` are the days announced first; they are empty as long as the step never moved.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        TRAINING = "training", _("training")
        WORKSHOP = "workshop", _("co-creation workshop")
        CONSULTATION = "consultation", _("consultation")
        COMMITTEE = "committee", _("meeting of the follow-up committee")
        SESSION = "session", _("session of the council")
        EXECUTION = "execution", _("carrying out")
        REPORT = "report", _("report")

    class Precision(models.TextChoices):
        DAY = "day", _("to the day")
        MONTH = "month", _("to the month")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    cycle = models.ForeignKey(
        "programme.Cycle",
        on_delete=models.PROTECT,
        related_name="timetable",
        verbose_name=_("cycle"),
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    text = LocalizedTextField(_("text"))
    record = models.CharField(_("reference of the record"), max_length=40, blank=True)
    is_estimated = models.BooleanField(_("estimated date"), default=False)
    announced_start = models.DateField(_("start announced first"), null=True, blank=True)
    announced_end = models.DateField(_("end announced first"), null=True, blank=True)
    struck_on = models.DateField(_("struck out on"), null=True, blank=True)
    reason = LocalizedTextField(_("reason of the change"), blank=True)
    revision = models.PositiveIntegerField(_("number of changes"), default=0)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("timetable entry")
        verbose_name_plural = _("timetable entries")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="programme_timetable_slug", fields=["cycle", "slug"]),
            models.CheckConstraint(
                name="programme_timetable_ends_after", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="programme_timetable_announced_whole",
                condition=Q(announced_start=None, announced_end=None)
                | Q(announced_end__gte=F("announced_start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on.isoformat()} {self.text}"


class RoundQuerySet(models.QuerySet["Round"]):
    """A round whose consultation was cancelled before it opened waits for another."""

    def held(self) -> Self:
        return self.filter(consultation__cancelled_at=None)


class Round(models.Model):
    """جولة استشارة / tour de consultation: a consultation that belongs to a cycle."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    cycle = models.ForeignKey(
        "programme.Cycle",
        on_delete=models.PROTECT,
        related_name="rounds",
        verbose_name=_("cycle"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    consultation = models.OneToOneField(
        "participation.Consultation",
        on_delete=models.PROTECT,
        related_name="round",
        verbose_name=_("consultation"),
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["cycle_id", "number"]
        constraints = [
            models.UniqueConstraint(name="programme_round_number", fields=["cycle", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}/{self.number}"


class AdoptionItem(models.Model):
    """نقطة عرض البرنامج على المجلس / point portant le programme: the item that decides on it.

    Named by the secretary; the item of a sitting that is called again counts with the first.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    cycle = models.ForeignKey(
        "programme.Cycle",
        on_delete=models.PROTECT,
        related_name="adoption_items",
        verbose_name=_("cycle"),
    )
    item = models.OneToOneField(
        "proceedings.AgendaItem",
        on_delete=models.PROTECT,
        related_name="adoption_item",
        verbose_name=_("agenda item"),
    )

    class Meta:
        verbose_name = _("item on the adoption of a programme")
        verbose_name_plural = _("items on the adoption of programmes")
        ordering = ["cycle_id", "pk"]

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.item_id}"
