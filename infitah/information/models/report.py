"""What is kept of figures: yearly reports, counts of the national portal, exports."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infitah.community.models.scope import OfCommunity, PublicRecords
from infitah.core.fields import LocalizedTextField
from infitah.core.viewer import Viewer

REMARKS_MAX, REASON_MAX, SOURCE_MAX = 4000, 300, 300


class YearlyReport(models.Model):
    """تقرير الحق في المعلومات / rapport annuel d'accès à l'information: frozen figures of a year.

    Law 31-13 (which figures a community owes to whom is to be verified). Frozen by the act that
    publishes it; a correction is a new version with its reason, and both stay.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="information_reports",
        verbose_name=_("community"),
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("frozen content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    remarks = LocalizedTextField(_("remarks"), blank=True)
    reason = models.CharField(_("reason of a new version"), max_length=REASON_MAX, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=150)
    signed_office = models.CharField(_("office"), max_length=30)
    signed_on = models.DateField(_("signed on"))
    published_at = models.DateTimeField(_("published at"))
    register_number = models.PositiveBigIntegerField(_("number in the register"))
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

    objects = PublicRecords["YearlyReport"].as_manager()

    class Meta:
        verbose_name = _("yearly report on access to information")
        verbose_name_plural = _("yearly reports on access to information")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="information_report_version", fields=["community", "year", "number"]
            ),
            models.CheckConstraint(
                name="information_report_version_has_reason",
                condition=Q(number=1) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} v{self.number}"


class PortalCount(models.Model):
    """عداد البوابة الوطنية / compteur du portail national: what chafafiya.ma told of one month.

    Typed by an officer from the portal, with the day on which it said so; the portal's numbers are
    shown beside ours, never in their place.
    """

    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    month = models.DateField(_("month (its first day)"))
    received = models.PositiveIntegerField(_("received on the portal"))
    answered = models.PositiveIntegerField(_("answered on the portal"))
    source = models.CharField(_("where it was read"), max_length=SOURCE_MAX)
    counted_on = models.DateField(_("read on"))
    entered_by = models.CharField(_("entered by"), max_length=150)
    entered_at = models.DateTimeField(_("entered at"))
    register_number = models.PositiveBigIntegerField(_("number in the register"))

    objects = PublicRecords["PortalCount"].as_manager()

    class Meta:
        verbose_name = _("count of the national portal")
        verbose_name_plural = _("counts of the national portal")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                name="information_portal_count_month", fields=["community", "month"]
            ),
            models.CheckConstraint(
                name="information_portal_count_first_day", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="information_portal_count_has_source", condition=~Q(source="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class RegisterExportQuerySet(OfCommunity["RegisterExport"]):
    """Exports, seen by who may read requests."""

    def visible_to(self, viewer: Viewer) -> Self:
        if not viewer.may("information.read"):
            return self.none()
        return self.filter(community_id=viewer.community_id)

    def waiting(self) -> Self:
        """Those that the worker has still to make."""
        return self.filter(made_at=None, tries__lt=RegisterExport.MOST_TRIES)


class RegisterExport(models.Model):
    """نسخة من سجل الطلبات / copie du registre des demandes: a file of a span, made by the worker.

    Days, codes and outcomes of requests (law.md 1.9), nothing of who asks; erased after a while.
    """

    MOST_TRIES = 3

    class Form(models.TextChoices):
        CSV = "csv", _("table (CSV)")
        XLSX = "xlsx", _("spreadsheet (XLSX)")
        PDF = "pdf", _("printable sheets (PDF)")

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    community = models.ForeignKey(
        "community.Community",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    form = models.CharField(_("form"), max_length=4, choices=Form)
    language = models.CharField(_("language"), max_length=3)
    asked_by = models.CharField(_("asked by"), max_length=150)
    asked_at = models.DateTimeField(_("asked at"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    rows = models.PositiveIntegerField(_("requests"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    stored = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )

    objects = RegisterExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of the register of requests")
        verbose_name_plural = _("exports of the register of requests")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="information_export_days_in_order", condition=Q(last__gte=F("first"))
            ),
            models.CheckConstraint(
                name="information_export_made_has_file",
                condition=Q(made_at=None) | Q(stored__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="information_export_waiting", fields=["id"], condition=Q(made_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.last} {self.form}"
