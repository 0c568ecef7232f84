"""Figures and the register of requests as rows for programs: codes, numbers, definitions."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.core.viewer import Viewer
from infitah.information.queries.figures.rows import RequestRow, public_rows
from infitah.information.queries.figures.told import All, told_of
from infitah.information.rules import figures

Cell = str | int | bool | None
FIGURE_COLUMNS: Final = (
    *("community", "first_day", "last_day", "counted_on", "figure", "law_code"),
    *("name_ar", "name_fr", "number", "of_figure", "of", "percent"),
    *("definition_ar", "definition_fr"),
)
REQUEST_COLUMNS: Final = (
    *("reference", "channel", "received_on", "last_day", "urgent_asked", "urgent", "extended"),
    *("extension_ground", "state", "answered_on", "working_days", "in_time", "outcome"),
    *("grounds", "complaint", "ruling", "published_on", "record"),
)


def figure_rows(
    community: Community, counted: figures.Tally, span: figures.Span, today: date
) -> Iterator[Sequence[Cell]]:
    """Yield a row a figure, in the order of FIGURE_COLUMNS. No query."""
    return rows_of(community.key, told_of(counted), span, today)


def rows_of(key: str, told: All, span: figures.Span, today: date) -> Iterator[Sequence[Cell]]:
    """Yield a row a figure of those told."""
    for one in told.values():
        yield (
            key,
            span.first.isoformat(),
            span.last.isoformat(),
            today.isoformat(),
            one.code,
            one.law_code,
            one.name.ar,
            one.name.fr,
            one.value.number,
            one.of,
            one.value.of,
            one.value.percent,
            one.definition.ar,
            one.definition.fr,
        )


def request_rows(
    community: Community, span: figures.Span, *, viewer: Viewer, today: date
) -> Iterator[Sequence[Cell]]:
    """Yield a row a request, the oldest first, in the order of REQUEST_COLUMNS.

    In constant memory; the queries of `public_rows`. Addresses are the permanent ones, which hold
    in every language.
    """
    for row in public_rows(community, span, viewer=viewer, today=today):
        yield (*cells_of(row), url_of(community, f"/d/{row.reference}") if row.record_url else None)


def cells_of(row: RequestRow) -> Sequence[Cell]:
    """Return the cells of a request, all but the address of its published answer."""
    life = row.life
    level, ruling = row.complaint()
    is_due = life.answered_on is not None and life.is_past(row.today)
    return (
        row.reference,
        life.channel,
        life.received_on.isoformat(),
        _day(row.due_on),
        life.asked_urgent,
        life.is_urgent,
        life.is_extended,
        life.extension,
        row.fate.value,
        _day(life.answered_on),
        life.working_days,
        not life.is_late if is_due else None,
        life.outcome,
        " ".join(sorted(life.grounds)),
        level,
        ruling,
        _day(life.published_on),
    )


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
