"""A report as a table: a row a milestone, under the names of its columns."""

from collections.abc import Iterable
from typing import Final

from infitah.programme.models import AnnualReport
from infitah.programme.queries.report import report_page

REPORT_COLUMNS: Final = (
    "report",
    "counted_on",
    "commitment",
    "commitment_title_ar",
    "commitment_title_fr",
    "milestone",
    "milestone_title_ar",
    "milestone_title_fr",
    "weight",
    "announced_end",
    "planned_end",
    "done_on",
    "state",
    "late_days",
    "evidence",
    "evidence_confirmed",
    "evidence_not_enough",
)


def report_rows(report: AnnualReport) -> Iterable[tuple[object, ...]]:
    """Yield a row a milestone of a report, from its frozen content. No query."""
    page = report_page(report)
    for one in page.commitments:
        for step in one.milestones:
            evidence = step.evidence
            yield (
                report.reference,
                page.content["counted_on"],
                one.row["reference"],
                one.title.text_of("ar"),
                one.title.text_of("fr"),
                step.row["reference"],
                step.title.text_of("ar"),
                step.title.text_of("fr"),
                step.row["weight"],
                step.row["announced_end"],
                step.row["planned_end"] or "",
                step.row["done_on"] or "",
                step.row["state"],
                step.row["late_days"],
                len(evidence),
                sum(proof["confirmed_on"] is not None for proof in evidence),
                step.not_enough,
            )
