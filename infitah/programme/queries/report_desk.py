"""The annual report before it is frozen: of which years, as it would read, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.programme.models import (
    AnnualReport,
    Assessment,
    Cycle,
    Milestone,
    StatusChange,
)
from infitah.programme.queries.reasons import frozen_word
from infitah.programme.queries.report import ReportPage, report_page
from infitah.programme.queries.report_content import report_content
from infitah.programme.rules import reporting
from infitah.programme.rules.reporting import Gap
from infitah.programme.rules.states import DUE_STATES

Row = Mapping[str, Any]
PLACES: Mapping[Gap, tuple[str, tuple[str, ...]]] = {
    Gap.CLAIMED: ("programme_desk:confirm", ("evidence.confirm", "progress.report")),
    Gap.LATE_UNEXPLAINED: ("programme_desk:report", ("progress.report",)),
    Gap.NO_WORD: ("programme_desk:word", ("progress.report",)),
    Gap.NO_FINDING: ("programme_desk:findings", ("assessment.write",)),
    Gap.UNANSWERED: ("participation_desk:answers", ("answer.give",)),
}
"""The page of the desk on which each gap is filled, and the rights that open it."""


def cycles_to_report(viewer: Viewer) -> QuerySet[Cycle]:
    """Return the adopted cycles, newest first, for who makes their reports. One query."""
    if not viewer.may("report.publish"):
        return Cycle.objects.none()
    return Cycle.objects.visible_to(viewer).exclude(state=Cycle.State.PREPARING)


def report_years(cycle: Cycle, today: date) -> list[int]:
    """Return the years of which a report of a cycle may be made, the first one first. Two queries.

    From its first year until the last milestone is confirmed; at least one year.
    """
    due = [state.value for state in DUE_STATES]
    steps = Milestone.objects.filter(commitment__cycle=cycle, commitment__state__in=due)
    is_open = steps.exclude(state=Milestone.State.VERIFIED).exists()
    changed = StatusChange.objects.filter(milestone__in=steps).aggregate(on=Max("on"))["on"]
    last = reporting.last_year(cycle.ends_on, filter(None, [changed]), today, is_open=is_open)
    return [*range(cycle.starts_on.year, max(last, cycle.starts_on.year) + 1)]


def report_draft(cycle: Cycle, *, year: int, counted_on: date) -> ReportPage:
    """Return the report of `year` as it would be frozen now; nothing is written.

    `cycle.community` must be fetched; the queries of `report_content`.
    """
    content = report_content(cycle, year=year, counted_on=counted_on)
    since = content["since"]
    is_again = isinstance(since, dict) and since["year"] == year
    number = int(str(since["version"])) + 1 if isinstance(since, dict) and is_again else 1
    report = AnnualReport(
        community=cycle.community,
        cycle=cycle,
        year=year,
        number=number,
        counted_on=counted_on,
        content=content,
    )
    return report_page(report)


@dataclass(frozen=True, slots=True)
class MissingView:
    """One thing that is missing in a report, in words, and where at the desk it is done."""

    sentence: str
    title: LocalizedText
    reference: str
    url: str


def missing_in(page: ReportPage, viewer: Viewer) -> list[MissingView]:
    """Return what is missing in a report or worth doing before it is published. One query.

    Without an address where another office does it.
    """
    content: Row = page.content
    rows = content["commitments"]
    open_now = set(
        Milestone.objects.filter(commitment__cycle=page.report.cycle)
        .exclude(state=Milestone.State.VERIFIED)
        .values_list("reference", flat=True)
    )
    found = reporting.missing(
        [_facts(row, page.report.year, open_now) for row in rows],
        {one["slug"]: one["ideas"] - sum(one["answers"].values()) for one in _consultations(page)},
    )
    titles = {row["reference"]: row["title"] for row in rows}
    titles |= {step["reference"]: step["title"] for row in rows for step in row["milestones"]}
    titles |= {one["slug"]: one["name"] for one in _consultations(page)}
    return [_view(one, titles, page.report.year, viewer) for one in found]


def _consultations(page: ReportPage) -> list[Row]:
    return [one.row for one in page.consultations]


def _facts(row: Row, year: int, open_now: set[str]) -> reporting.CommitmentFacts:
    committee = Assessment.Kind.COMMITTEE.value
    return reporting.CommitmentFacts(
        reference=row["reference"],
        milestones=tuple(
            reporting.MilestoneFacts(
                reference=step["reference"],
                knot=step["knot"],
                is_open=step["reference"] in open_now,
                has_reason=bool(step["reason"] or frozen_word(row["updates"], step["reference"])),
            )
            for step in row["milestones"]
        ),
        words=sum(one["month"].startswith(str(year)) for one in row["updates"]),
        findings=sum(
            one["kind"] == committee and str(one["published_on"]).startswith(str(year))
            for one in row["findings"]
        ),
    )


def _view(
    one: reporting.Missing, titles: Mapping[str, Row], year: int, viewer: Viewer
) -> MissingView:
    name, rights = PLACES[one.gap]
    may = any(viewer.may(right) for right in rights)
    return MissingView(
        sentence=_words(one, year),
        title=LocalizedText.from_json(titles[one.reference]),
        reference="" if one.gap == Gap.UNANSWERED else one.reference,
        url=reverse(name, args=[one.reference]) if may else "",
    )


def _words(one: reporting.Missing, year: int) -> str:
    if one.gap == Gap.UNANSWERED:
        words = ngettext("%(n)s idea without answer", "%(n)s ideas without answer", one.n)
        return words % {"n": one.n}
    sentences = {
        Gap.CLAIMED: _("said to be done, and no second person has looked at the evidence"),
        Gap.LATE_UNEXPLAINED: _("late, and no reason was given"),
        Gap.NO_WORD: _("the service said nothing of it in %(year)s") % {"year": year},
        Gap.NO_FINDING: _("no finding of the follow-up committee in %(year)s") % {"year": year},
    }
    return sentences[one.gap]
