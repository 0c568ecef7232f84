"""Keeping requests in the officers' word index and reports in everybody's, after their acts."""

from datetime import datetime
from typing import Final

from infitah.core.models import Outbox
from infitah.information import rules
from infitah.information.models import YearlyReport
from infitah.information.queries import report_search
from infitah.information.queries.desk_words import KIND
from infitah.searchindex import operations as searchindex

CHANGES: Final = (rules.ActKind.SUBMITTED, rules.ActKind.REGISTERED, rules.ActKind.WITHDRAWN)
"""The acts after which a request reads otherwise."""


def index_report(*, event: Outbox, now: datetime) -> None:
    """Have the worker index the reports of a year anew: the newest version stands alone."""
    year = YearlyReport.objects.filter(reference=event.subject).values("year")
    versions = YearlyReport.objects.filter(community__key=event.community_key, year__in=year)
    for reference in versions.values_list("reference", flat=True):
        searchindex.mark_dirty(
            community_key=event.community_key, kind=report_search.KIND, subject=reference
        )


def index_request(*, event: Outbox, now: datetime) -> None:
    """Have the worker index a request anew; called after the commit of an act."""
    searchindex.mark_dirty(community_key=event.community_key, kind=KIND, subject=event.subject)
