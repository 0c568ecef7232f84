"""The annual accountability report: frozen from records, published with its hash, then drawn.

A published version never changes: what is found wrong becomes a new version with its reason. Its
documents are made by the worker from the frozen content alone, outside any transaction.
"""

from datetime import date, datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core import files
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import bump, next_reference, post_event
from infitah.core.viewer import Actor
from infitah.council.models import Deliberation
from infitah.ledger import operations as ledger
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.operations import Teller
from infitah.programme.models import AnnualReport, Cycle
from infitah.programme.queries.report_content import report_content
from infitah.programme.queries.report_desk import report_years
from infitah.programme.queries.report_pdf import bound_digest, report_pdf
from infitah.programme.rules import reporting, texts

tell_report = Teller("programme.report_", ("programme",))
LETTER = "M"
AT_ONCE = 2
REASON_MIN = 10


class ReportRefused(OperationRefused):
    """The report cannot be made or published so."""


@transaction.atomic
def make_report(
    *,
    cycle: Cycle,
    year: int,
    counted_on: date,
    by: Actor,
    now: datetime,
    today: date,
    reason: str = "",
) -> AnnualReport:
    """Freeze the report of `year` as the records stood at the end of `counted_on`; nobody sees it.

    The first version gets its permanent number (letter M, the year of the report); a version that
    was not published is replaced, one that was is followed by a new one with a `reason`. Raises
    ReportRefused before the adoption, for a day or year that cannot be, or without that reason.
    """
    cycle = (
        Cycle.objects.select_for_update(of=("self",)).select_related("community").get(pk=cycle.pk)
    )
    check_report(cycle=cycle, year=year, counted_on=counted_on, today=today)
    earlier = AnnualReport.objects.filter(cycle=cycle, year=year)
    published = earlier.filter(published_on__isnull=False).order_by("-number").first()
    if published is not None and len(reason.strip()) < REASON_MIN:
        raise ReportRefused(
            _("A report of this year is published: say why a new version is made."),
            field="reason",
        )
    draft = earlier.filter(published_on=None).first()
    content = report_content(cycle, year=year, counted_on=counted_on)
    values = {
        "counted_on": counted_on,
        "content": content,
        "sha256": texts.content_digest(content),
        "reason": reason.strip() if published else "",
        "made_by": by.key,
        "made_at": now,
    }
    if draft is not None:
        AnnualReport.objects.filter(pk=draft.pk).update(**values)
        return AnnualReport.objects.get(pk=draft.pk)
    return AnnualReport.objects.create(
        community=cycle.community,
        cycle=cycle,
        year=year,
        number=reporting.newest([published.number] if published else []),
        reference=_reference(cycle, year),
        **values,
    )


def _reference(cycle: Cycle, year: int) -> str:
    key = cycle.community.key
    return str(next_reference(community_key=key, year=year, letter=LETTER))


def check_report(*, cycle: Cycle, year: int, counted_on: date, today: date) -> None:
    """Raise ReportRefused where a report of `year` cannot be made of a day; change nothing."""
    if cycle.state == Cycle.State.PREPARING:
        raise ReportRefused(_("The council has not adopted this programme: nothing to report."))
    years = report_years(cycle, today)
    fault = reporting.year_fault(year, counted_on, (years[0], years[-1]), today)
    sentences = {
        "year": _("No report of this programme is made for this year."),
        "early": _("The report of a year is counted on a day of that year or later."),
        "future": _("This day is still to come: a report tells what was, not what will be."),
    }
    if fault:
        field = "year" if fault == "year" else "counted_on"
        raise ReportRefused(sentences[fault], field=field, code=fault)


@transaction.atomic
def publish_report(*, reference: str, by: Actor, now: datetime, on: date) -> AnnualReport:
    """Publish a frozen report: its hash enters the register, its documents follow.

    Twice changes nothing. Raises ReportRefused for a hash that is not that of the content.
    """
    held = _locked(reference)
    if held.published_on is not None:
        return held
    if texts.content_digest(held.content) != held.sha256:
        raise ReportRefused(_("The content of this report is not what was frozen."), code="hash")
    entry = ledger.record(
        community_key=held.community.key,
        act="programme.report_published",
        subject=held.reference,
        by=by,
        public={
            "cycle": held.cycle.slug,
            "year": held.year,
            "version": held.number,
            "counted_on": held.counted_on.isoformat(),
            "content_sha256": held.sha256,
            "sha256": bound_digest(held),
        },
        occurred_on=on,
        now=now,
    )
    held.published_on, held.register_number = on, entry.number
    held.save(update_fields=["published_on", "register_number"])
    post_event(
        kind="programme.report_published",
        community_key=held.community.key,
        subject=held.reference,
        payload={"year": held.year, "version": held.number},
        dedupe_key=f"programme.report_published:{held.reference}",
        now=now,
    )
    bump(held.community.key, "programme")
    return held


@transaction.atomic
def present_report(
    *, reference: str, deliberation: Deliberation, by: Actor, now: datetime, on: date
) -> AnnualReport:
    """Say by which deliberation the council took note of a published report.

    Raises ReportRefused for one that is not published, or a deliberation of another community
    or from before the publication.
    """
    held = _locked(reference)
    is_later = held.published_on is not None and deliberation.adopted_on >= held.published_on
    if deliberation.community_id != held.community_id or not is_later:
        raise ReportRefused(
            _("The council takes note of a report after its publication."), field="deliberation"
        )
    held.deliberation = deliberation
    held.save(update_fields=["deliberation"])
    public: dict[str, JSON] = {"deliberation": deliberation.reference}
    tell_report(held, "presented", public, on=on, by=by, now=now)
    return held


def _locked(reference: str) -> AnnualReport:
    held = AnnualReport.objects.select_for_update(of=("self",))
    return held.select_related("community", "cycle").get(reference=reference)


def has_reports_to_draw(_now: datetime) -> bool:
    """Return whether a published report waits for its documents. One look-up."""
    return _waiting().exists()


def _waiting():  # type: ignore[no-untyped-def]
    return AnnualReport.objects.filter(published_on__isnull=False, documents_at=None)


def draw_reports(*, now: datetime) -> bool:
    """Make the PDFs of published reports, oldest first; return whether more may wait.

    Called by the worker outside any transaction. A process that dies leaves staged files that
    are swept; the next one makes them again, from the same frozen content.
    """
    waiting = _waiting().select_related("community", "cycle").order_by("pk")[:AT_ONCE]
    done = 0
    for report in waiting:
        draw_report(report=report, now=now)
        done += 1
    return done == AT_ONCE


def draw_report(*, report: AnnualReport, now: datetime) -> None:
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
    _bind(report.reference, staged, now)


@transaction.atomic
def _bind(reference: str, staged: dict[str, StoredFile], now: datetime) -> None:
    held = _locked(reference)
    if held.documents_at is not None:
        return  # another worker was quicker; the staged files are swept
    for stored in staged.values():
        files.bind(
            key=str(stored.key),
            community_key=held.community.key,
            subject=reference,
            is_public=True,
            now=now,
        )
    held.pdf_ar, held.pdf_fr, held.documents_at = staged["ar"], staged["fr"], now
    held.save(update_fields=["pdf_ar", "pdf_fr", "documents_at"])
    bump(held.community.key, "programme")
