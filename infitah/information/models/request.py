"""Requests for information (طلب الحصول على المعلومات): law 31-13, arts. 14 to 21."""

import uuid
from datetime import date, time
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity
from infitah.core.clock import CASABLANCA
from infitah.core.viewer import Viewer
from infitah.information import rules
from infitah.kernel.references import LAST_NUMBER

TEXT_MAX, TITLE_MAX, PLACE_MAX = 4000, 160, 120
FIGURED = [
    *("community", "received_on", "id", "channel", "phase", "outcome", "urgent_case", "is_urgent"),
    *("is_extended", "answered_on", "silent_from", "working_days", "delivered_on", "published_on"),
]
"""Columns that figures are counted from."""


class InformationRequestQuerySet(OfCommunity["InformationRequest"]):
    """Vocabulary of requests."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that `viewer` may open: the one rule of every page, list, letter and file.

        The officers who handle requests: all of the community. The requester: the one whose token
        the link carries. What the public reads of it is the published record, not the request.
        """
        here = self.filter(community_id=viewer.community_id)
        if viewer.may("information.read"):
            return here
        return here.filter(token__in=sorted(viewer.tokens))

    def unanswered(self) -> Self:
        return self.filter(phase__in=sorted(rules.UNANSWERED))

    def to_act_on(self) -> Self:
        """Those that wait for the office, the most urgent first."""
        waits = [rules.Party.OFFICER, rules.Party.SECOND_READER]
        return self.filter(turn__in=waits).order_by(F("due_on").asc(nulls_last=True), "pk")


class InformationRequest(models.Model):
    """طلب معلومات / demande d'information: what is asked, and where its acts have brought it.

    `phase` to `turn_by` are projections of the acts, written with each and checked by replay. The
    person stands apart (`Requester`).
    """

    class Channel(models.TextChoices):
        WEB = "web", _("on this site")
        DESK = "desk", _("at the counter")
        POST = "post", _("by post")
        MAIL = "mail", _("by e-mail")
        CHAFAFIYA = "chafafiya", _("on the national portal")

    class Access(models.TextChoices):
        """The wanted way of access (نموذج الطلب), part 5 of the commission's model form."""

        EMAIL = "email", _("by e-mail")
        COPY = "copy", _("a copy, collected at the counter")
        ELECTRONIC = "electronic", _("an electronic copy, collected at the counter")
        CONSULT = "consult", _("to be consulted on the spot")
        POST = "post", _("by post")

    class UrgentCase(models.TextChoices):
        """The legal cases of urgency (law 31-13, art. 17)."""

        LIFE = "life", _("the life of persons")
        SAFETY = "safety", _("the safety of persons")
        FREEDOM = "freedom", _("the freedom of persons")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="information_requests",
        verbose_name=_("community"),
    )
    reference = models.CharField(_("reference"), max_length=30, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    token = models.CharField(_("name in the follow link"), max_length=32, unique=True)
    code_digest = models.CharField(_("digest of the follow code"), max_length=64)
    submission_key = models.UUIDField(_("key against doubles"), unique=True, default=uuid.uuid4)
    channel = models.CharField(_("channel"), max_length=9, choices=Channel)
    external_number = models.CharField(_("number elsewhere"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=3)
    text = models.TextField(_("information asked for"), max_length=TEXT_MAX)
    period = models.CharField(_("period"), max_length=PLACE_MAX, blank=True)
    place = models.CharField(_("place"), max_length=PLACE_MAX, blank=True)
    access = models.CharField(_("wanted way of access"), max_length=10, choices=Access)
    urgent_case = models.CharField(
        _("urgent, because of"), max_length=7, choices=UrgentCase, blank=True
    )
    unit = models.ForeignKey(
        "community.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("service that holds it"),
    )
    public_title = models.CharField(_("public title"), max_length=TITLE_MAX, blank=True)
    is_name_public = models.BooleanField(_("the name may be public"), default=False)
    received_at = models.DateTimeField(_("received at"))
    received_on = models.DateField(_("received on"))
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)
    receipt_queued_at = models.DateTimeField(_("receipt queued at"), null=True, blank=True)
    silence_told_on = models.DateField(_("silence told on"), null=True, blank=True)

    # What follows is projected from the acts.
    phase = models.CharField(_("where it stands"), max_length=12)
    remedy = models.CharField(_("complaint"), max_length=12)
    outcome = models.CharField(_("outcome"), max_length=14, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_latest = models.DateField(_("due on at the latest"), null=True, blank=True)
    reply_due_on = models.DateField(_("last day of the answer"), null=True, blank=True)
    silent_from = models.DateField(_("silence is a refusal from"), null=True, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    is_extended = models.BooleanField(_("extended"), default=False)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    answered_on = models.DateField(_("first answered on"), null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(_("working days taken"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    deferred_until = models.DateField(_("publication deferred until"), null=True, blank=True)
    turn = models.CharField(_("who must act"), max_length=13)
    turn_by = models.DateField(_("must act by"), null=True, blank=True)
    refresh_on = models.DateField(_("stands otherwise from"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    objects = InformationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for information")
        verbose_name_plural = _("requests for information")
        constraints = [
            models.UniqueConstraint(
                name="information_request_number", fields=["community", "year", "number"]
            ),
            models.CheckConstraint(
                name="information_request_number_fits", condition=Q(number__lte=LAST_NUMBER)
            ),
            models.CheckConstraint(
                name="information_request_due_order",
                condition=Q(due_latest=None) | Q(due_latest__gte=F("due_on")),
            ),
        ]
        indexes = [
            models.Index(
                name="information_request_queue", fields=["community", "turn", "due_on", "id"]
            ),
            models.Index(name="information_request_newest", fields=["community", "-id"]),
            models.Index(name="information_request_due", fields=["community", "due_on", "id"]),
            models.Index(name="information_request_refresh", fields=["refresh_on"]),
            models.Index(name="information_request_answered", fields=["community", "-answered_on"]),
            models.Index(name="information_request_remedy", fields=["community", "remedy", "-id"]),
            models.Index(
                name="information_request_elsewhere", fields=["community", "external_number"]
            ),
            # All that figures count, so that a year is counted without reading a request.
            models.Index(name="information_request_figures", fields=FIGURED),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def has_hour(self) -> bool:
        """Whether its hour is known: of what a clerk enters later only the day is."""
        return self.received_at.astimezone(CASABLANCA).time() != time.min

    def days_left(self, today: date) -> int | None:
        """Return the days until the office is bound; negative when it is late, None if not."""
        return (self.due_on - today).days if self.due_on else None
