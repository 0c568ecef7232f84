"""The commitments of a cycle as rows for programs and spreadsheets: one row a milestone."""

from collections.abc import Iterator
from datetime import date

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.programme.models import Commitment, Cycle
from infitah.programme.queries.commitments import cards, commitments
from infitah.programme.queries.importing import rows_of
from infitah.programme.rules import importing, progress

FIRST_COLUMNS = (
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
COLUMNS = (
    *FIRST_COLUMNS,
    *(column for column in importing.COLUMNS if column not in FIRST_COLUMNS),
)
"""What an import reads is here too: a file of ours can be imported as it is."""
WITH_CELLS = ("principles", "milestones__unit", "milestones__depends_on", "milestones__changes")


def commitment_rows(cycle: Cycle, viewer: Viewer, today: date) -> Iterator[dict[str, str | int]]:
    """Yield a row a milestone, in the order of COLUMNS; a day not known is empty. 6 queries."""
    found = commitments(viewer).filter(cycle=cycle).prefetch_related(*WITH_CELLS)
    for card in cards(found, today):
        row = card.commitment
        cells = rows_of(row, reasons_of(row))
        for one, cell in zip(row.milestones.all(), cells, strict=True):
            yield cell | {
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


def reasons_of(commitment: Commitment) -> dict[int, LocalizedText]:
    """Return the reason last given for each milestone, for being late or blocked. No query."""
    return {
        one.pk: change.reason
        for one in commitment.milestones.all()
        for change in one.changes.all()
        if change.reason
    }
