"""How carrying out is told: the owner's monthly word, the committee's finding, the public's."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.core.fields import LocalizedTextField


class MonthlyLink(models.Model):
    """رابط التحيين الشهري / lien de mise à jour: asks the owner of a commitment once a month.

    Signed, for one month, used once; the address is sealed (law 09-08).
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.PROTECT,
        related_name="links",
        verbose_name=_("commitment"),
    )
    month = models.DateField(_("month asked about (its first day)"))
    number = models.PositiveSmallIntegerField(_("number in the month"), default=1)
    token_digest = models.CharField(_("digest of the link"), max_length=64, unique=True)
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("expires at"))
    opened_by = models.CharField(_("digest of the device that used it"), max_length=64, blank=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("link for a monthly update")
        verbose_name_plural = _("links for monthly updates")
        ordering = ["-month", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="programme_link_number", fields=["commitment", "month", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.month:%Y-%m}"


class ProgressUpdate(models.Model):
    """تحيين شهري / mise à jour mensuelle: what the owner says of a commitment."""

    class Standing(models.TextChoices):
        ON_TIME = "on_time", pgettext_lazy("commitment", "on time")
        LATE = "late", pgettext_lazy("commitment", "late")
        BLOCKED = "blocked", pgettext_lazy("commitment", "blocked")
        DONE = "done", _("said to be done")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.PROTECT,
        related_name="updates",
        verbose_name=_("commitment"),
    )
    milestone = models.ForeignKey(
        "programme.Milestone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="updates",
        verbose_name=_("milestone"),
    )
    link = models.OneToOneField(
        "programme.MonthlyLink",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="update",
        verbose_name=_("link"),
    )
    month = models.DateField(_("month (its first day)"))
    standing = models.CharField(_("standing"), max_length=7, choices=Standing)
    note = models.CharField(_("note"), max_length=600, blank=True)
    language = models.CharField(_("language"), max_length=16, default="ar")
    given_by = models.CharField(_("given by"), max_length=150)
    office = models.CharField(_("office"), max_length=30, blank=True)
    given_at = models.DateTimeField(_("given at"))
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)

    class Meta:
        verbose_name = _("monthly update")
        verbose_name_plural = _("monthly updates")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_update_blocked_has_note",
                condition=~Q(standing="blocked") | ~Q(note=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.month:%Y-%m}: {self.standing}"


class Rating(models.Model):
    """تقييم عمومي / avis du public: does a citizen see the commitment in life; one a person."""

    class Sight(models.TextChoices):
        YES = "yes", _("I see it")
        PARTLY = "partly", _("I see part of it")
        NO = "no", _("I do not see it")

    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.CASCADE,
        related_name="ratings",
        verbose_name=_("commitment"),
    )
    participant = models.ForeignKey(
        "community.Participant",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("participant"),
    )
    sight = models.CharField(_("answer"), max_length=6, choices=Sight)
    rated_at = models.DateTimeField(_("rated at"))

    class Meta:
        verbose_name = _("rating by a citizen")
        verbose_name_plural = _("ratings by citizens")
        constraints = [
            models.UniqueConstraint(
                name="programme_rating_once", fields=["commitment", "participant"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.sight}"


class Assessment(models.Model):
    """تقييم الالتزام / évaluation: a grade with its reasons, by the council or by its committee.

    Completion in the five levels of the OGP's independent review; both grades are shown.
    """

    class Kind(models.TextChoices):
        SELF = "self", _("by the council itself")
        COMMITTEE = "committee", _("by the follow-up committee")
        INDEPENDENT = "independent", _("by an independent reviewer")

    class Level(models.TextChoices):
        NO_EVIDENCE = "no_evidence", _("no evidence")
        NOT_STARTED = "not_started", _("not started")
        LIMITED = "limited", _("limited")
        SUBSTANTIAL = "substantial", _("substantial")
        COMPLETE = "complete", _("complete")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("assessment", "draft")
        PUBLISHED = "published", _("published")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    commitment = models.ForeignKey(
        "programme.Commitment",
        on_delete=models.PROTECT,
        related_name="assessments",
        verbose_name=_("commitment"),
    )
    kind = models.CharField(_("by whom"), max_length=11, choices=Kind)
    level = models.CharField(_("completion"), max_length=12, choices=Level)
    text = LocalizedTextField(_("reasons"))
    lessons = LocalizedTextField(_("lessons"), blank=True)
    interests = LocalizedTextField(_("declaration of interests"), blank=True)
    session = models.ForeignKey(
        "proceedings.Session",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("meeting of the committee"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    assessed_on = models.DateField(_("assessed on"))
    assessed_by = models.CharField(_("assessed by"), max_length=150)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    reply = LocalizedTextField(_("reply of the council"), blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)

    class Meta:
        verbose_name = _("assessment of a commitment")
        verbose_name_plural = _("assessments of commitments")
        ordering = ["commitment_id", "-assessed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_assessment_published_has_day",
                condition=~Q(state="published") | Q(published_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind}: {self.level}"


class AnnualReport(models.Model):
    """تقرير سنوي لتقديم الحساب / rapport annuel de redevabilité: frozen records of a year.

    A correction is a new version; content, hash and documents of a version never change.
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
        related_name="reports",
        verbose_name=_("cycle"),
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("version"))
    counted_on = models.DateField(_("as it stood on"))
    content = models.JSONField(_("frozen content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    reason = models.CharField(_("reason of a new version"), max_length=300, blank=True)
    made_by = models.CharField(_("made by"), max_length=150)
    made_at = models.DateTimeField(_("made at"))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    documents_at = models.DateTimeField(_("documents made at"), null=True, blank=True)
    pdf_ar = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("PDF in Arabic"),
    )
    pdf_fr = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("PDF in French"),
    )
    deliberation = models.ForeignKey(
        "council.Deliberation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("presented to the council by"),
    )
    register_number = models.PositiveBigIntegerField(_("number in the register"), null=True)

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="programme_report_version", fields=["cycle", "year", "number"]
            ),
            models.CheckConstraint(
                name="programme_report_version_has_reason",
                condition=Q(number=1) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} v{self.number}"
