"""The yearly report on access to information: signed, frozen and published by one act, then drawn.

A published version never changes: a correction is a new version with its reason, and both stay.
Its sheets are made by the worker from the frozen content alone, outside any transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import files
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import bump, next_reference, post_event
from infitah.core.viewer import Actor
from infitah.information.models import YearlyReport
from infitah.information.operations.casework import KIND
from infitah.information.queries.figures import years_of
from infitah.information.queries.figures.report import Signature, report_content
from infitah.information.queries.figures.sheets import bound_digest, report_pdf
from infitah.information.rules import figures
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import has_letters
from infitah.ledger import operations as ledger
from infitah.ledger.models import Entry
from infitah.ledger.rules.bound import text_digest

LETTER: Final = "M"
AT_ONCE: Final = 2
REASON_MIN: Final = 10


class ReportRefused(OperationRefused):
    """The report cannot be published so."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the person who signs a report says: remarks, the figures looked at, why again.

    `version` is the one that the page offered to publish: the same one sent twice is one report.
    """

    remarks: LocalizedText
    checked: Collection[str]
    version: int = 1
    reason: str = ""


def _entered(
    community: Community,
    reference: str,
    year: int,
    number: int,
    digest: str,
    *,
    by: Actor,
    now: datetime,
) -> Entry:
    """Record the report with the hash of its figures; return its entry in the register."""
    today = local_day(now)
    return ledger.record(
        community_key=community.key,
        act="information.report_published",
        subject=reference,
        by=by,
        public={
            "year": year,
            "version": number,
            "counted_on": today.isoformat(),
            "content_sha256": digest,
            "sha256": bound_digest(reference, digest),
        },
        occurred_on=today,
        now=now,
    )


@transaction.atomic
def publish_yearly_report(
    *, community: Community, year: int, said: Statement, by: Actor, now: datetime
) -> YearlyReport:
    """Freeze the figures of a year as they stand now, sign and publish them.

    The same version sent again changes nothing. Raises ReportRefused for a year that is not over
    or has no figures, while one of the twelve figures was not looked at, or for another version
    without its reason.
    """
    community = Community.objects.select_for_update(of=("self",)).get(pk=community.pk)
    today = local_day(now)
    earlier = YearlyReport.objects.of(community).filter(year=year).order_by("-number")
    newest = earlier.defer("content").first()
    if newest is not None and _is_same(newest, said, by):
        return newest
    number = newest.number + 1 if newest is not None else 1
    _check(community, year, said, number, today)
    signed = Signature(by.key, by.office, today)
    reason = said.reason.strip() if number > 1 else ""
    content = report_content(
        community, year, remarks=said.remarks, signed=signed, version=number, reason=reason
    )
    reference = str(next_reference(community_key=community.key, year=today.year, letter=LETTER))
    digest = text_digest(content)
    entry = _entered(community, reference, year, number, digest, by=by, now=now)
    made = YearlyReport.objects.create(
        community=community,
        reference=reference,
        year=year,
        number=number,
        content=content,
        sha256=digest,
        remarks=said.remarks,
        reason=reason,
        signed_by=by.key,
        signed_office=by.office,
        signed_on=today,
        published_at=now,
        register_number=entry.number,
    )
    post_event(
        kind="information.report_published",
        community_key=community.key,
        subject=reference,
        payload={"year": year, "version": number},
        dedupe_key=f"information.report_published:{reference}",
        now=now,
    )
    bump(community.key, KIND)
    return made


def _is_same(report: YearlyReport, said: Statement, by: Actor) -> bool:
    """Return whether this very sheet was published already: sent twice, it is one report."""
    is_theirs = report.signed_by == by.key and report.number == said.version
    return is_theirs and report.remarks == said.remarks


def _check(community: Community, year: int, said: Statement, number: int, today: date) -> None:
    if not figures.Span.of_year(year).is_over(today):
        raise ReportRefused(
            _("This year is not over: it has a draft, and no report yet."), code="not_over"
        )
    if year not in years_of(community, today):
        raise ReportRefused(_("No request for information was received in this year."), code="none")
    if set(figures.TWELVE) - set(said.checked):
        raise ReportRefused(
            _("Open the list behind each of the twelve figures, then tick it."), field="checked"
        )
    if number > 1 and (not has_letters(said.reason) or len(said.reason.strip()) < REASON_MIN):
        raise ReportRefused(
            _("A report of this year is published: say why a new version is made."),
            field="reason",
        )


def has_yearly_reports_to_draw(_now: datetime) -> bool:
    """Return whether a published report waits for its sheets. One look-up."""
    return _waiting().exists()


def _waiting() -> QuerySet[YearlyReport]:
    return YearlyReport.objects.filter(documents_at=None)


def draw_yearly_reports(*, now: datetime) -> bool:
    """Make the PDFs of published reports, the oldest first; return whether more may wait.

    Called by the worker outside any transaction; a process that dies leaves staged files that are
    swept, and the next one makes them again from the same frozen content.
    """
    waiting = list(_waiting().select_related("community").order_by("pk")[:AT_ONCE])
    for report in waiting:
        draw_yearly_report(report=report, now=now)
    return len(waiting) == AT_ONCE


def draw_yearly_report(*, report: YearlyReport, now: datetime) -> None:
    """Make both PDFs of one report and bind them to it."""
    ledger.sign_head(community_key=report.community.key, now=now)
    staged = {
        language: files.stage(
            BytesIO(report_pdf(report, language)),
            community_key=report.community.key,
            name=f"{report.reference}-{language}.pdf",
            now=now,
        )
        for language in ("ar", "fr")
    }
    _bind(report.pk, staged, now)


@transaction.atomic
def _bind(pk: int, staged: dict[str, StoredFile], now: datetime) -> None:
    held = YearlyReport.objects.select_for_update(of=("self",)).select_related("community")
    report = held.get(pk=pk)
    if report.documents_at is not None:
        return  # another worker was quicker; the staged files are swept
    for stored in staged.values():
        files.bind(
            key=str(stored.key),
            community_key=report.community.key,
            subject=report.reference,
            is_public=True,
            now=now,
        )
    report.pdf_ar, report.pdf_fr, report.documents_at = staged["ar"], staged["fr"], now
    report.save(update_fields=["pdf_ar", "pdf_fr", "documents_at"])
    bump(report.community.key, KIND)
