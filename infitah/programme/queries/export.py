"""The commitments of a cycle as rows for programs and spreadsheets: one row a milestone."""

from collections.abc import Iterator
from datetime import date

from infitah.core.viewer import Viewer
from infitah.programme.models import Cycle
from infitah.programme.queries.commitments import cards, commitments
from infitah.programme.rules import progress

COLUMNS = (
    "commitment",
    "title_ar",
    "title_fr",
    "axis",
    "state",
    "progress_confirmed",
    "progress_claimed",
    "milestone",
    "milestone_title_ar",
    "milestone_title_fr",
    "weight",
    "announced_start",
    "announced_end",
    "planned_end",
    "done_on",
    "milestone_state",
    "days_late",
)


def commitment_rows(cycle: Cycle, viewer: Viewer, today: date) -> Iterator[dict[str, str | int]]:
    """Yield a row a milestone, in the order of COLUMNS; a day not known is empty. Two queries."""
    for card in cards(commitments(viewer).filter(cycle=cycle), today):
        row = card.commitment
        for one in row.milestones.all():
            yield {
                "commitment": row.reference,
                "title_ar": row.title.text_of("ar"),
                "title_fr": row.title.text_of("fr"),
                "axis": row.axis.slug,
                "state": row.state,
                "progress_confirmed": card.progress.verified,
                "progress_claimed": card.progress.claimed,
                "milestone": one.reference,
                "milestone_title_ar": one.title.text_of("ar"),
                "milestone_title_fr": one.title.text_of("fr"),
                "weight": one.weight,
                "announced_start": one.announced_start.isoformat(),
                "announced_end": one.announced_end.isoformat(),
                "planned_end": one.planned_end.isoformat(),
                "done_on": one.done_on.isoformat() if one.done_on else "",
                "milestone_state": one.state,
                "days_late": progress.days_late(one.step, today),
            }
