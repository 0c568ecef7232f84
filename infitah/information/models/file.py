"""Files of a case: what services gave, what was redacted, letters, proofs (law 31-13, art. 8)."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.community.models.scope import OfCommunity
from infitah.core.viewer import Viewer
from infitah.information.models.request import InformationRequest


class CaseFileQuerySet(OfCommunity["CaseFile"]):
    """Files of a case: the office sees all, the requester what left with the answer or letters."""

    def visible_to(self, viewer: Viewer) -> Self:
        here = self.filter(request__in=InformationRequest.objects.visible_to(viewer))
        if viewer.may("information.read"):
            return here
        mine = Q(role__in=[CaseFile.Role.LETTER, CaseFile.Role.REQUESTER])
        given = Q(is_given=True, request__delivered_on__isnull=False)
        return here.filter(mine | given, removed_at=None)

    def in_place(self) -> Self:
        return self.filter(removed_at=None)

    def given(self) -> Self:
        return self.in_place().filter(is_given=True)


class CaseFile(models.Model):
    """وثيقة الملف / pièce du dossier: a stored file and its part in the case.

    A redacted file is a new one that names its original; nothing is ever overwritten.
    """

    class Role(models.TextChoices):
        SOURCE = "source", _("document of a service")
        REDACTED = "redacted", _("redacted copy")
        LETTER = "letter", pgettext_lazy("sent to somebody", "letter")
        PROOF = "proof", _("proof")
        REQUESTER = "requester", _("joined by the requester")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    request = models.ForeignKey(
        "information.InformationRequest",
        on_delete=models.PROTECT,
        related_name="files",
        verbose_name=_("request"),
    )
    file = models.OneToOneField(
        "core.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    original = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("redacted from"),
    )
    task = models.ForeignKey(
        "information.ServiceTask",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("task"),
    )
    role = models.CharField(_("part in the case"), max_length=9, choices=Role)
    title = models.CharField(_("title"), max_length=160, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    sheets = models.JSONField(_("size and text of each page"), default=list, blank=True)
    is_given = models.BooleanField(_("given with the answer"), default=False)
    findings = models.JSONField(_("hidden content found"), default=list, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    accepted_by = models.CharField(_("findings accepted by"), max_length=150, blank=True)
    accepted_reason = models.CharField(
        _("why the findings are accepted"), max_length=300, blank=True
    )
    added_at = models.DateTimeField(_("added at"))
    added_by = models.CharField(_("added by"), max_length=150, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.CharField(_("removed by"), max_length=150, blank=True)

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a request")
        verbose_name_plural = _("files of requests")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="information_redacted_names_original",
                condition=~Q(role="redacted") | Q(original__isnull=False),
            ),
            models.CheckConstraint(
                name="information_removed_is_not_given",
                condition=Q(removed_at=None) | Q(is_given=False),
            ),
        ]
        indexes = [
            models.Index(
                name="information_file_unchecked",
                fields=["id"],
                condition=Q(checked_at=None, removed_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.title or f"F{self.pk}"


class RedactionBoxQuerySet(OfCommunity["RedactionBox"]):
    """Boxes, seen by the office alone."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("information.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)

    def accepted(self) -> Self:
        return self.filter(state=RedactionBox.State.ACCEPTED)


class RedactionBox(models.Model):
    """مستطيل حجب / rectangle d'occultation: a part of a page that is hidden, with its exception.

    Sides are fractions of the page as it is shown, from its top left corner: 0 to 1.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        DISMISSED = "dismissed", _("set aside")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    document = models.ForeignKey(
        "information.CaseFile",
        on_delete=models.PROTECT,
        related_name="boxes",
        verbose_name=_("document"),
    )
    page = models.PositiveIntegerField(_("page"))
    left = models.FloatField(_("left side"))
    top = models.FloatField(_("upper side"))
    right = models.FloatField(_("right side"))
    bottom = models.FloatField(_("lower side"))
    exception = models.CharField(_("exception of article 7"), max_length=3, blank=True)
    found = models.CharField(_("what was found"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State)
    drawn_by = models.CharField(_("drawn by"), max_length=150, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    objects = RedactionBoxQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction box")
        verbose_name_plural = _("redaction boxes")
        ordering = ["document", "page", "pk"]
        constraints = [
            models.CheckConstraint(
                name="information_box_within_page",
                condition=Q(left__gte=0, top__gte=0, right__lte=1, bottom__lte=1)
                & Q(left__lt=F("right"), top__lt=F("bottom")),
            ),
            models.CheckConstraint(
                name="information_box_accepted_has_code",
                condition=~Q(state="accepted") | (~Q(exception="") & ~Q(decided_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} p{self.page} {self.exception}".strip()


class RedactionRunQuerySet(OfCommunity["RedactionRun"]):
    """Runs, seen by the office alone."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("information.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)


class RedactionRun(models.Model):
    """تنفيذ الحجب / exécution de l'occultation: boxes burnt into a copy, with what the check said.

    A run that fails leaves no copy: nothing unchecked can be given.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    document = models.ForeignKey(
        "information.CaseFile",
        on_delete=models.PROTECT,
        related_name="runs",
        verbose_name=_("document"),
    )
    result = models.OneToOneField(
        "information.CaseFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="made_by",
        verbose_name=_("redacted copy"),
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    pages_done = models.PositiveIntegerField(_("pages done"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    boxes = models.JSONField(_("boxes burnt"), default=list)
    report = models.JSONField(_("report of the check"), default=dict, blank=True)
    asked_by = models.CharField(_("asked by"), max_length=150)
    asked_at = models.DateTimeField(_("asked at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = RedactionRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction run")
        verbose_name_plural = _("redaction runs")
        ordering = ["document", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="information_run_done_has_copy",
                condition=Q(state="done", result__isnull=False)
                | (~Q(state="done") & Q(result=None)),
            ),
            models.UniqueConstraint(
                name="information_run_one_at_a_time",
                fields=["document"],
                condition=Q(state__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.state}"
