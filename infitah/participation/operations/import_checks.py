"""Holding the rows of an export against the consultation that takes them: faults by row."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.utils.translation import gettext as _

from infitah.community.models import Axis, Community
from infitah.core.errors import OperationRefused
from infitah.kernel.references import Reference
from infitah.kernel.text import clean_line, clean_text
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, WorkshopTable
from infitah.participation.operations.drafts import check_detail, check_statement

LETTER: Final = "I"
MOST_FAULTS: Final = 50
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell of a row of the file."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Known:
    """What an import finds in the consultation: axes, communes, tables, by their names."""

    consultation: Consultation
    axes: Mapping[str, Axis]
    communes: Mapping[str, Community]
    tables: Mapping[tuple[str, str], WorkshopTable]
    packed: frozenset[tuple[str, str]] = frozenset()


def known_of(consultation: Consultation, packed: Sequence[Mapping[str, str]] = ()) -> Known:
    """Return what the rows of an import may name, with its own tables `packed`. Three queries."""
    topics = consultation.topics.select_related("axis")
    communes = Community.objects.filter(parent_id=consultation.community_id)
    tables = WorkshopTable.objects.filter(workshop__consultation=consultation)
    return Known(
        consultation=consultation,
        axes={topic.axis.slug: topic.axis for topic in topics},
        communes={one.key: one for one in communes},
        tables={
            (table.workshop.slug, str(table.number)): table
            for table in tables.select_related("workshop")
        },
        packed=frozenset((one["workshop"], one["table"]) for one in packed),
    )


def reference_of(text: str) -> Reference | None:
    """Return the number of an idea that a cell states, None for what is none."""
    try:
        found = Reference.parse(text)
    except ValueError:
        return None
    return found if found.letter == LETTER and str(found) == text else None


def faults_of_row(number: int, row: Mapping[str, str], known: Known) -> list[Fault]:
    """Return what is wrong with a row, cell by cell. No query."""
    faults = [
        Fault(number, column, sentence())
        for column, (is_right, sentence) in _CHECKS.items()
        if not is_right(row, known)
    ]
    for column, check in (("statement", check_statement), ("detail", check_detail)):
        try:
            check(clean(column, row[column]))
        except OperationRefused as refused:
            faults.append(Fault(number, column, refused.message))
    return faults


def clean(column: str, text: str) -> str:
    """Return a text as a form would keep it; cleaning what was cleaned changes nothing."""
    return clean_line(text) if column == "statement" else clean_text(text)


def number_in(text: str, most: int) -> bool:
    """Return whether a cell is empty or a whole number up to `most`."""
    return not text or (text.isascii() and text.isdigit() and len(text) < 7 and int(text) <= most)


def is_standing(row: Mapping[str, str]) -> bool:
    """Return whether the hour of a workshop is one, and its cancelling is whole or none."""
    try:
        time.fromisoformat(row["hour"] or "00:00")
    except ValueError:
        return False
    reason = clean_line(row["cancel_reason"])
    is_cancelled = rules.instant(row["cancelled_at"]) is not None
    return is_cancelled == bool(row["cancelled_at"]) == bool(reason) and (
        len(reason) <= rules.REASON_MAX
    )


def _table_stands(row: Mapping[str, str], known: Known) -> bool:
    named = (row["workshop"], row["table"])
    return named == ("", "") or named in known.tables or named in known.packed


def _is_late_state(row: Mapping[str, str]) -> bool:
    return row["state"] in {rules.IdeaState.LATE, rules.IdeaState.REFUSED}


Check = Callable[[Mapping[str, str], Known], bool]
_CHECKS: Final[Mapping[str, tuple[Check, Callable[[], str]]]] = {
    "reference": (
        lambda row, _known: reference_of(row["reference"]) is not None,
        lambda: _("This is not the number of an idea, such as SFR-2023-I-0042."),
    ),
    "submitted_at": (
        lambda row, _known: rules.instant(row["submitted_at"]) is not None,
        lambda: _("Write the date and time with their offset: 2023-06-14T11:00:00+01:00."),
    ),
    "state": (
        lambda row, _known: row["state"] in rules.PUBLIC_STATES,
        lambda: _("The state is visible, late or refused."),
    ),
    "axis": (
        lambda row, known: row["axis"] in known.axes,
        lambda: _("This axis is not asked about in the consultation."),
    ),
    "commune": (
        lambda row, known: not row["commune"] or row["commune"] in known.communes,
        lambda: _("This commune is not one of the community."),
    ),
    "language": (
        lambda row, _known: LANGUAGE.fullmatch(row["language"]) is not None,
        lambda: _("Write the code of a language: ar, fr, zgh."),
    ),
    "source": (
        lambda row, _known: row["source"] in Idea.Source.values,
        lambda: _("The source is online, desk or workshop."),
    ),
    "table": (_table_stands, lambda: _("This table of a workshop is not in the package.")),
    "dots": (
        lambda row, _known: number_in(row["dots"], rules.MOST_DOTS),
        lambda: _("Write a whole number from 0 to %(most)s.") % {"most": rules.MOST_DOTS},
    ),
    "is_late": (
        lambda row, _known: (
            row["is_late"] in {"0", "1"} and not (row["is_late"] == "0" and _is_late_state(row))
        ),
        lambda: _("Write 1 for what came after closing, else 0."),
    ),
}
