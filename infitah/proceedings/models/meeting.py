"""Sessions, their sittings, the agenda and the roll call."""

from collections.abc import Mapping
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.community.models import Body
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer
from infitah.proceedings import rules


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions are public from the day of their convocation."""

    def of(self, community: models.Model) -> Self:
        return self.filter(community=community)

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(community_id=viewer.community_id)

    def newest_first(self) -> Self:
        return self.order_by("-convened_on", "-pk")


MEETING_STATES: Final[Mapping[str, Promise]] = {
    rules.SessionState.CONVENED.value: _("meeting convened"),
    rules.SessionState.OPEN.value: _("meeting open"),
    rules.SessionState.CLOSED.value: _("meeting closed"),
    rules.SessionState.CANCELLED.value: _("meeting cancelled"),
}


class Session(models.Model):
    """دورة أو اجتماع / session ou réunion: what a body is convened for; 113-14:33, 36."""

    class State(models.TextChoices):
        CONVENED = rules.SessionState.CONVENED.value, _("session convened")
        OPEN = rules.SessionState.OPEN.value, _("session open")
        CLOSED = rules.SessionState.CLOSED.value, _("session closed")
        CANCELLED = rules.SessionState.CANCELLED.value, _("session cancelled")

    RUNNING: ClassVar = frozenset({State.CONVENED, State.OPEN})
    """States in which sittings and items may still be added."""

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="sessions",
        verbose_name=_("community"),
    )
    body = models.ForeignKey(
        "community.Body",
        on_delete=models.PROTECT,
        related_name="sessions",
        verbose_name=_("body"),
    )
    term = models.ForeignKey(
        "community.Term",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("term"),
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    title = LocalizedTextField(_("title"))
    convened_on = models.DateField(_("convened on"))
    convened_by = models.CharField(_("convened by"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.CONVENED
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    cancel_reason = LocalizedTextField(_("why it was cancelled"), blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-convened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="proceedings_session_closed_has_day",
                condition=~Q(state="closed") | Q(closed_on__isnull=False),
            ),
        ]
        indexes = [models.Index(name="proceedings_session_newest", fields=["body", "-convened_on"])]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # in the place of Django's
        """Return its state: the council holds sessions, any other body meetings; `body` fetched."""
        words = dict(Session.State.choices) if self.is_of_council else MEETING_STATES
        return str(words[self.state])

    @property
    def is_of_council(self) -> bool:
        """Whether the council holds it: its law binds what no other body owes; `body` fetched."""
        return self.body.kind == Body.Kind.COUNCIL

    @property
    def is_running(self) -> bool:
        """Whether sittings and items may still be added."""
        return self.state in Session.RUNNING


class Sitting(models.Model):
    """جلسة / séance: one day of a session, valid with its quorum; 113-14:42.

    `seats` and `quorum_needed` are written at the roll call and never change. `change_reason` is
    that of its last change of day, hour or place, or of its cancellation.
    """

    class State(models.TextChoices):
        PLANNED = rules.SittingState.PLANNED.value, _("planned")
        HELD = rules.SittingState.HELD.value, _("held")
        NO_QUORUM = rules.SittingState.NO_QUORUM.value, _("put off, without quorum")
        CANCELLED = rules.SittingState.CANCELLED.value, pgettext_lazy("sitting", "cancelled")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    session = models.ForeignKey(
        "proceedings.Session",
        on_delete=models.PROTECT,
        related_name="sittings",
        verbose_name=_("session"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("hour"), null=True, blank=True)
    place = LocalizedTextField(_("place"))
    is_public = models.BooleanField(_("public"), default=True)
    call = models.PositiveSmallIntegerField(_("number of the convocation"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    seats = models.PositiveSmallIntegerField(_("members in office"), null=True, blank=True)
    quorum_needed = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    change_reason = LocalizedTextField(_("why it was changed or cancelled"), blank=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["session_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="proceedings_sitting_position", fields=["session", "position"]
            ),
            models.CheckConstraint(
                name="proceedings_sitting_call", condition=Q(call__gte=1, call__lte=3)
            ),
            models.CheckConstraint(
                name="proceedings_sitting_called_has_quorum",
                condition=~Q(state__in=["held", "no_quorum"])
                | Q(seats__isnull=False, quorum_needed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session.reference} ({self.held_on.isoformat()})"


class AgendaItem(models.Model):
    """نقطة في جدول الأعمال / point de l'ordre du jour; 113-14:35, 38, 39.

    Where its sitting is called again, the item of the new sitting `repeats` the first one.
    """

    class Origin(models.TextChoices):
        PRESIDENT = "president", _("the president")
        MEMBERS = "members", pgettext_lazy("origin", "members")
        GOVERNOR = "governor", _("the governor")
        PETITION = "petition", _("a petition")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    sitting = models.ForeignKey(
        "proceedings.Sitting",
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("sitting"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title = LocalizedTextField(_("title"))
    origin = models.CharField(
        _("put on the agenda by"), max_length=10, choices=Origin.choices, default=Origin.PRESIDENT
    )
    is_public = models.BooleanField(_("dealt with in public"), default=True)
    repeats = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated",
        verbose_name=_("item of the first convocation"),
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["sitting_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="proceedings_item_position", fields=["sitting", "position"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class Attendance(models.Model):
    """حضور / présence: what the roll call says of a seat at a sitting.

    Corrected once votes were taken, it keeps what was first recorded, and why that was wrong.
    """

    class Presence(models.TextChoices):
        PRESENT = rules.Presence.PRESENT.value, _("present")
        ABSENT = rules.Presence.ABSENT.value, _("absent")
        EXCUSED = rules.Presence.EXCUSED.value, _("excused")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    sitting = models.ForeignKey(
        "proceedings.Sitting",
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("sitting"),
    )
    mandate = models.ForeignKey(
        "community.Mandate",
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("seat"),
    )
    presence = models.CharField(_("presence"), max_length=8, choices=Presence.choices)
    first_presence = models.CharField(
        _("presence first recorded"), max_length=8, choices=Presence.choices, blank=True
    )
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)
    correction_reason = LocalizedTextField(_("why it was corrected"), blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["sitting_id", "mandate__seat", "mandate_id"]
        constraints = [
            models.UniqueConstraint(
                name="proceedings_attendance_once", fields=["sitting", "mandate"]
            ),
            models.CheckConstraint(
                name="proceedings_attendance_corrected_keeps_first",
                condition=Q(first_presence="", corrected_on=None)
                | (~Q(first_presence="") & Q(corrected_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id}: {self.get_presence_display()}"
