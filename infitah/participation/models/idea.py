"""Ideas: what citizens give, with a number that never changes."""

import uuid
from typing import Self

from django.db import models
from django.db.models import FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer
from infitah.participation import rules

YEAR_STEP = 1_000_000_000  # beyond the largest number of a year (kernel.references)


class IdeaQuerySet(OfCommunity["Idea"]):
    """Vocabulary of ideas."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those whose text `viewer` may read: the one rule of every page, list, feed and file.

        Anybody: shown ones and those of the tray. A moderator: held and waiting ones too. An
        author on a proved device: their own. Withdrawn ones have no text for anybody.
        """
        here = self.filter(community_id=viewer.community_id).exclude(
            state=rules.IdeaState.WITHDRAWN
        )
        if viewer.may("idea.read"):
            return here
        readable = Q(state__in=sorted(rules.PUBLIC_STATES))
        if viewer.participant_id is not None:
            readable |= Q(author_id=viewer.participant_id)
        return here.filter(readable, consultation__announced_at__isnull=False)

    def numbered(self, viewer: Viewer) -> Self:
        """Every idea of the community: its number and state are public, its text may not be."""
        return self.filter(
            community_id=viewer.community_id, consultation__announced_at__isnull=False
        )

    def shown(self) -> Self:
        return self.filter(state=rules.IdeaState.VISIBLE)

    def awaiting_answer(self) -> Self:
        return self.exclude(answers__is_current=True)

    def answered(self, code: str) -> Self:
        """Those whose answer in force has this code."""
        return self.filter(answers__is_current=True, answers__code=code)

    def with_answers(self) -> Self:
        """Join the answer in force of each as `in_force`; one row an idea, answered or not."""
        return self.annotate(
            in_force=FilteredRelation("answers", condition=Q(answers__is_current=True))
        )

    def with_purged_author(self) -> Self:
        """Those that still hold a name although their author's identity was erased."""
        return self.filter(author__purged_at__isnull=False).exclude(author_name_sealed="")

    def in_tray(self) -> Self:
        return self.filter(state=rules.IdeaState.LATE)


class Idea(models.Model):
    """فكرة / idée: a statement of 20 to 140 characters on an axis, given in a consultation.

    Gets its number when it counts: after the code is confirmed, or at the desk (decisions C11).
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received, being read")
        VISIBLE = "visible", _("open to all readers")
        HELD = "held", _("hidden under a rule")
        LATE = "late", _("received after closing")
        REFUSED = "refused", _("received after closing, not taken in")
        WITHDRAWN = "withdrawn", _("withdrawn by its author")

    class Source(models.TextChoices):
        ONLINE = "online", _("on this site")
        DESK = "desk", _("at the desk")
        WORKSHOP = "workshop", _("in a workshop")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="ideas",
        verbose_name=_("community"),
    )
    consultation = models.ForeignKey(
        "participation.Consultation",
        on_delete=models.PROTECT,
        related_name="ideas",
        verbose_name=_("consultation"),
    )
    axis = models.ForeignKey(
        "community.Axis", on_delete=models.PROTECT, related_name="ideas", verbose_name=_("axis")
    )
    commune = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune"),
    )
    reference = models.CharField(_("reference"), max_length=30, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    position = models.PositiveBigIntegerField(_("order of numbers"))
    statement = models.CharField(_("idea in one sentence"), max_length=rules.STATEMENT_MAX)
    statement_key = models.CharField(_("key against doubles"), max_length=64, blank=True)
    detail = models.TextField(_("detail"), max_length=rules.DETAIL_MAX, blank=True)
    language = models.CharField(_("language"), max_length=16)
    source = models.CharField(_("given"), max_length=8, choices=Source)
    table = models.ForeignKey(
        "participation.WorkshopTable",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("table of a workshop"),
    )
    dots = models.PositiveSmallIntegerField(_("dots on paper"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State)
    state_before_hiding = models.CharField(
        _("state before it was hidden"), max_length=9, blank=True
    )
    is_late = models.BooleanField(_("received after closing"), default=False)
    author = models.ForeignKey(
        "community.Participant",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("author"),
    )
    author_name_sealed = models.TextField(_("sealed name"), blank=True)
    attachment = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("attachment"),
    )
    attachment_alt = models.CharField(
        _("what the image shows"), max_length=rules.ALT_MAX, blank=True
    )
    submission_key = models.UUIDField(_("key of the sending"), default=uuid.uuid4, unique=True)
    submitted_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    receipt_queued_at = models.DateTimeField(_("receipt sent at"), null=True, blank=True)
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["-position"]
        constraints = [
            models.UniqueConstraint(
                name="participation_idea_number", fields=["community", "year", "number"]
            ),
            models.UniqueConstraint(
                name="participation_idea_not_doubled",
                fields=["consultation", "author", "statement_key"],
                condition=Q(author__isnull=False) & ~Q(statement_key=""),
            ),
            models.CheckConstraint(
                name="participation_withdrawn_has_no_text",
                condition=~Q(state="withdrawn")
                | Q(
                    statement="",
                    detail="",
                    statement_key="",
                    author_name_sealed="",
                    attachment=None,
                    withdrawn_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="participation_late_state_is_late",
                condition=~Q(state__in=["late", "refused"]) | Q(is_late=True),
            ),
        ]
        indexes = [
            models.Index(
                name="participation_idea_list", fields=["consultation", "state", "-position"]
            ),
            models.Index(
                name="participation_idea_axis",
                fields=["consultation", "axis", "state", "-position"],
            ),
            models.Index(
                name="participation_idea_language",
                fields=["consultation", "language", "state", "-position"],
            ),
            models.Index(
                name="participation_idea_receipt",
                fields=["id"],
                condition=Q(receipt_queued_at=None),
            ),
            models.Index(name="participation_idea_queue", fields=["community", "-position"]),
            models.Index(
                name="participation_idea_state", fields=["community", "state", "-position"]
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def was_mistyped(self) -> bool:
        """Taken back by the service that typed it: what has an author goes back by them alone."""
        return self.state == rules.IdeaState.WITHDRAWN and self.author_id is None

    def get_absolute_url(self) -> str:
        return reverse("participation:idea", args=[self.consultation.slug, self.reference])
