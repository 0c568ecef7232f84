"""The yearly report on access to information: what is frozen of it, and how it is read again.

A published report is told from its frozen content alone, with the words of its day; what was
counted otherwise since stands beside it as a note.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Appointment, Community
from infitah.core.viewer import Viewer
from infitah.information.models import YearlyReport
from infitah.information.queries.figures.counting import tally_of
from infitah.information.queries.figures.page import FiguresPage, address_in, figures_page
from infitah.information.queries.figures.portal import PortalMonth, portal_months
from infitah.information.queries.figures.told import Told, told_in, told_of
from infitah.information.queries.letters.paper import signer_of
from infitah.information.rules import figures
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.ledger.queries import Bearer

FORMAT: Final = "infitah-information-report/1"
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs a report, in which office, on which day."""

    key: str
    office: str
    on: date


def report_content(
    community: Community,
    year: int,
    *,
    remarks: LocalizedText,
    signed: Signature,
    version: int = 1,
    reason: str = "",
) -> dict[str, object]:
    """Return what a report of `year` freezes, as it stands on the day of the signature.

    At most twelve queries.
    """
    span = figures.Span.of_year(year)
    counted = tally_of(community, span, signed.on)
    signer = signer_of(community, signed.key, signed.office, signed.on)
    return {
        "format": FORMAT,
        "community": {"key": community.key, "institution": community.institution.as_json()},
        "year": year,
        "version": version,
        "reason": reason,
        "first_day": span.first.isoformat(),
        "last_day": span.last.isoformat(),
        "counted_on": signed.on.isoformat(),
        "figures": [one.as_json() for one in told_of(counted).values()],
        "working_days": {str(days): n for days, n in sorted(counted.days.items())},
        "portal": [_portal(one) for one in portal_months(community, span)],
        "remarks": remarks.as_json(),
        "signature": {
            "name": signer.person.name.as_json() if signer else {"ar": ""},
            "office": _office(signer).as_json(),
            "on": signed.on.isoformat(),
        },
    }


def _office(signer: Appointment | None) -> LocalizedText:
    words = {}
    for language in ("ar", "fr"):
        with override(language):
            words[language] = str(signer.office_words) if signer else ""
    return LocalizedText(**words)


def _portal(one: PortalMonth) -> dict[str, object]:
    return {
        "month": one.month.isoformat(),
        "received": one.received,
        "answered": one.answered,
        "source": one.source,
        "counted_on": one.counted_on.isoformat() if one.counted_on else None,
        "ours": one.ours,
        "ours_answered": one.ours_answered,
    }


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is counted otherwise today than in the report."""

    name: LocalizedText
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as its page and its sheets tell it."""

    content: Content
    page: FiguresPage
    told: Mapping[str, Told]
    remarks: LocalizedText
    signer: LocalizedText
    office: LocalizedText
    portal: tuple[PortalMonth, ...]

    @property
    def counted_on(self) -> date:
        """The day as of which everything in it was counted."""
        return self.page.today


def report_page(content: Content) -> ReportPage:
    """Return a report from what was frozen of it, or would be. No query."""
    told = told_in(content["figures"])
    span = figures.Span(_day(content["first_day"]), _day(content["last_day"]))
    counted_on = _day(content["counted_on"])
    signature = content["signature"]
    address = address_in(content["year"])
    return ReportPage(
        content=content,
        page=figures_page(told, span, today=counted_on, address=address),
        told=told,
        remarks=LocalizedText.from_json(content["remarks"]),
        signer=LocalizedText.from_json(signature["name"]),
        office=LocalizedText.from_json(signature["office"]),
        portal=tuple(_month(row) for row in content["portal"]),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _month(row: Content) -> PortalMonth:
    return PortalMonth(
        month=_day(row["month"]),
        ours=row["ours"],
        ours_answered=row["ours_answered"],
        received=row["received"],
        answered=row["answered"],
        source=row["source"],
        counted_on=_day(row["counted_on"]) if row["counted_on"] else None,
    )


def moved_since(community: Community, page: ReportPage, today: date) -> list[Moved]:
    """Return the figures that are counted otherwise today, as cases were answered or reopened.

    One query while nothing happened, six more after.
    """
    now = told_of(tally_of(community, page.page.span, today))
    return [
        Moved(one.name, _words(one), _words(now[code]))
        for code, one in page.told.items()
        if code in now and now[code].value.number != one.value.number
    ]


def _words(one: Told) -> str:
    return "—" if one.value.number is None else str(one.value.number)


def reports_of(viewer: Viewer, year: int | None = None) -> list[YearlyReport]:
    """Return the published reports, the newest year and version first. One query."""
    found = YearlyReport.objects.visible_to(viewer)
    if year is not None:
        found = found.filter(year=year)
    shown = found.select_related("community", "pdf_ar", "pdf_fr").defer("content")
    return list(shown.order_by("-year", "-number"))


def report_of(viewer: Viewer, year: int, number: int | None = None) -> YearlyReport | None:
    """Return the report of a year in a version, else in its newest one. One query."""
    found = YearlyReport.objects.visible_to(viewer).filter(year=year)
    if number is not None:
        found = found.filter(number=number)
    return found.select_related("community", "pdf_ar", "pdf_fr").order_by("-number").first()


def report_title(year: int) -> str:
    """Return what the report of a year is called, in the language of the page."""
    return _("Yearly report on access to information, %(year)s") % {"year": year}


def url_of_report(report: YearlyReport) -> str:
    """Return the address of a version of a report. No query."""
    return reverse("information:report-version", args=[report.year, report.number])


def report_address_of(reference: Reference, viewer: Viewer) -> str | None:
    """Return the path without language of a report, or None. One query."""
    found = YearlyReport.objects.visible_to(viewer).filter(reference=str(reference))
    place = found.values_list("year", "number").first()
    return "information/figures/{}/report/{}/".format(*place) if place else None


def report_bearers(viewer: Viewer, sha256: str) -> list[Bearer]:
    """Return the reports whose frozen content bears this hash. One query."""
    found = YearlyReport.objects.visible_to(viewer).filter(sha256=sha256).defer("content")
    return [
        Bearer(
            kind="report",
            title=report_title(one.year),
            reference=one.reference,
            address=url_of_report(one),
            since=one.signed_on,
            subjects=(one.reference,),
            mark=sha256,
            sha256=sha256,
            number=one.number,
        )
        for one in found
    ]
