"""Programmes as tables: the row that an import reads and an export writes; what a file would do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from infitah.community.queries import principles, units
from infitah.design.direction import in_page_language, page_language
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.kernel.money import Money
from infitah.programme.models import Commitment, Cycle, Milestone
from infitah.programme.rules import importing
from infitah.programme.rules.cells import Fault, Found, Note, fold
from infitah.programme.rules.importing import (
    NOT_STATED,
    TEXTS,
    Limits,
    PlannedCommitment,
    PlannedMilestone,
    Reading,
    Vocabulary,
)

VALUES = ("transparency", "accountability", "participation", "digitisation")
MOVING = frozenset(
    {"planned_start", "planned_end", "milestone_state", "done_on", "reason_ar", "reason_fr"}
)
"""Columns that carrying out changes; a difference in them is no change of the adopted text."""
JOINED = "|"

NO_TABLE = gettext_lazy(
    "This page takes one kind of file: a table saved as CSV. In your spreadsheet, save it as "
    "“CSV UTF-8 (comma delimited)” and send that file."
)
FAULTS = {
    Fault.ENCODING: NO_TABLE,
    Fault.EMPTY: gettext_lazy("The file has no row under its head."),
    Fault.TOO_LONG: gettext_lazy("The file has more rows than %(value)s. Cut it in two."),
    Fault.NO_COLUMN: gettext_lazy("This column is missing from the head of the file."),
    Fault.MISSING: gettext_lazy("This cell is empty and must not be."),
    Fault.CELL: gettext_lazy("This cell is too long."),
    Fault.DATE: gettext_lazy("“%(value)s” is no day. Write 2026-01-31 or 31/01/2026."),
    Fault.NUMBER: gettext_lazy("“%(value)s” is not a number that fits here."),
    Fault.AMOUNT: gettext_lazy("“%(value)s” is no amount in dirhams. Write 1250000,50."),
    Fault.CHOICE: gettext_lazy("“%(value)s” is not known here. Accepted: %(accepted)s"),
    Fault.DIFFERS: gettext_lazy("“%(value)s” differs from the first row of this commitment."),
    Fault.ORDER: gettext_lazy("The last day is before the first: from %(first)s to %(last)s."),
    Fault.FUTURE: gettext_lazy("“%(value)s” is a day to come: nothing was done then."),
    Fault.WEIGHTS: gettext_lazy("The weights of this commitment make %(value)s, not 100."),
    Fault.AFTER: gettext_lazy("“%(value)s” is not the number of an earlier milestone of it."),
    Fault.EXAMPLE: gettext_lazy(
        "This row still holds the example of the model file: write over it, or delete it."
    ),
}
NOTES = {
    Note.LOWERED: gettext_lazy(
        "The file says “confirmed”. Here nothing is confirmed without evidence and a second "
        "person: it is entered as said to be done."
    ),
    Note.UNSTATED: gettext_lazy("Empty: the page will say that the file does not state it."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A fault or a note of a file, in words: its row, its column, a sentence."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What would become of one commitment of a file; `standing` is new, same or different."""

    planned: PlannedCommitment
    standing: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do, with nothing written: its rows, faults and notes."""

    reading: Reading
    rows: tuple[PreviewRow, ...]
    faults: tuple[Told, ...]
    notes: tuple[Told, ...]

    def count(self, standing: str) -> int:
        """Return how many commitments of the file are new, the same or different."""
        return sum(row.standing == standing for row in self.rows)

    @property
    def new(self) -> int:
        """How many commitments would be made."""
        return self.count("new")

    @property
    def same(self) -> int:
        """How many stand already, with the same text."""
        return self.count("same")

    @property
    def different(self) -> int:
        """How many stand already with another text, which stays."""
        return self.count("different")

    @property
    def may_be_imported(self) -> bool:
        """Whether confirming would make something."""
        return not self.faults and self.new == len(self.rows) > 0


def vocabulary_of(cycle: Cycle) -> Vocabulary:
    """Return the words that a file may use for a cycle: short names, and names in ar and fr.

    Axes are those of the cycle. Three queries.
    """
    axes = [one.axis for one in cycle.axes.select_related("axis")]
    values: dict[str, str] = {}
    labelled: dict[str, str] = {}
    for language in ("en", "ar", "fr"):
        with override(language):
            labelled |= {fold(str(state.label)): state.value for state in Milestone.State}
            values |= {fold(str(words)): value for value, words in _value_words().items()}
    return Vocabulary(
        axes=_named(axes),
        principles=_named(principles(cycle.community)),
        units=_named(units(cycle.community)),
        states=labelled | {state.value: state.value for state in Milestone.State},
        values=values | {value: value for value in VALUES},
    )


def accepted_words(cycle: Cycle) -> dict[str, tuple[str, ...]]:
    """Return what a file may write in the columns of a closed list, in the page's language.

    Short names and English words are read too. Three queries.
    """
    axes = [in_page_language(one.axis.name) for one in cycle.axes.select_related("axis")]
    services = tuple(in_page_language(one.name) for one in units(cycle.community))
    return {
        "axis": tuple(axes),
        "principles": tuple(in_page_language(one.name) for one in principles(cycle.community)),
        "values": tuple(str(words) for words in _value_words().values()),
        "lead_unit": services,
        "milestone_unit": services,
        "milestone_state": tuple(str(state.label) for state in Milestone.State),
        "is_without_cost": (_("yes"), _("no")),
    }


def _value_words() -> dict[str, str]:
    return {
        "transparency": _("transparency"),
        "accountability": _("accountability"),
        "participation": _("citizen participation"),
        "digitisation": _("digitisation"),
    }


def _named(records: Iterable[object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for record in records:
        slug, name = str(getattr(record, "slug", "")), getattr(record, "name", LocalizedText())
        found |= {fold(name.text_of(language)): slug for language in ("ar", "fr")}
        found[fold(slug)] = slug
    found.pop("", None)
    return found


def preview_of(cycle: Cycle, content: bytes, today: date) -> Preview:
    """Return what a file would do to a cycle; nothing is written. 7 queries at most."""
    limits = Limits((cycle.starts_on, cycle.ends_on), today)
    reading = importing.read_programme(content, vocabulary_of(cycle), limits)
    standing = _standing(cycle)
    return Preview(
        reading=reading,
        rows=tuple(_preview_row(one, standing) for one in reading.commitments),
        faults=_all_told(cycle, reading.faults),
        notes=tuple(_told(one, NOTES) for one in reading.notes),
    )


def _place(found: Found) -> int:
    return found.row


def _all_told(cycle: Cycle, faults: Iterable[Found]) -> tuple[Told, ...]:
    ordered = sorted(faults, key=_place)
    is_asked = any(one.kind is Fault.CHOICE for one in ordered)
    known = accepted_words(cycle) if is_asked else {}
    return tuple(_told(one, FAULTS, known.get(one.column, ())) for one in ordered)


def _told(found: Found, sentences: Mapping[Any, object], known: Sequence[str] = ()) -> Told:
    words = str(sentences[found.kind])
    if found.kind is Fault.ORDER:
        first, last = (_day(one) for one in found.value.split("/"))
        words %= {"first": first, "last": last}
    elif "%(" in words:
        words %= {"value": found.value, "accepted": _(", ").join(known) or _("none yet")}
    return Told(found.row, found.column, words)


def _day(written: str) -> str:
    return format_date(date.fromisoformat(written), page_language())


def _standing(cycle: Cycle) -> dict[str, tuple[str, list[dict[str, str]]]]:
    """Return the imported commitments by their key in the file: reference and fixed cells."""
    held = cycle.commitments.exclude(source_key="").select_related("axis", "lead_unit")
    found = held.prefetch_related("principles", "milestones__unit", "milestones__depends_on")
    return {one.source_key: (one.reference, _fixed(rows_of(one))) for one in found}


def _fixed(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [{column: cell for column, cell in row.items() if column not in MOVING} for row in rows]


def _preview_row(
    planned: PlannedCommitment, standing: Mapping[str, tuple[str, list[dict[str, str]]]]
) -> PreviewRow:
    if planned.key not in standing:
        return PreviewRow(planned, "new")
    reference, rows = standing[planned.key]
    is_same = rows == _fixed(rows_of_plan(planned))
    return PreviewRow(planned, "same" if is_same else "different", reference)


def rows_of(
    commitment: Commitment, reasons: Mapping[int, LocalizedText] | None = None
) -> list[dict[str, str]]:
    """Return the cells of a commitment, one row a milestone, in the columns of an import.

    `reasons` by milestone are those last given. No query where axis, unit, principles and
    milestones with their units are fetched.
    """
    head = _head(
        key=commitment.source_key or commitment.reference,
        texts={name: getattr(commitment, name) for name in TEXTS},
        axis=commitment.axis.slug,
        principles=[one.slug for one in commitment.principles.all()],
        values=commitment.values,
        sdg=commitment.sdg,
        unit=commitment.lead_unit.slug if commitment.lead_unit else "",
        budget=commitment.budget,
        is_without_cost=commitment.is_without_cost,
        span=(commitment.starts_on, commitment.ends_on),
    )
    known = reasons or {}
    ordered = sorted(commitment.milestones.all(), key=lambda one: one.number)
    return [head | _tail(one, known.get(one.pk, LocalizedText())) for one in ordered]


def _tail(one: Milestone, reason: LocalizedText) -> dict[str, str]:
    return _milestone_cells(
        title=one.title,
        unit=one.unit.slug if one.unit else "",
        weight=one.weight,
        after=one.depends_on.number if one.depends_on else None,
        announced=(one.announced_start, one.announced_end),
        planned=(one.planned_start, one.planned_end),
        state=one.state,
        done_on=one.done_on,
        reason=reason,
    )


def rows_of_plan(planned: PlannedCommitment) -> list[dict[str, str]]:
    """Return the same cells of a commitment that a file plans. No query."""
    head = _head(
        key=planned.key,
        texts=planned.texts,
        axis=planned.axis,
        principles=planned.principles,
        values=planned.values,
        sdg=planned.sdg,
        unit=planned.lead_unit,
        budget=planned.budget,
        is_without_cost=planned.is_without_cost,
        span=planned.span,
    )
    return [head | _planned_tail(one) for one in planned.milestones]


def _planned_tail(one: PlannedMilestone) -> dict[str, str]:
    return _milestone_cells(
        title=one.title,
        unit=one.unit,
        weight=one.weight,
        after=one.after,
        announced=one.announced,
        planned=one.planned,
        state=one.state,
        done_on=one.done_on,
        reason=one.reason,
    )


def _head(
    *,
    key: str,
    texts: Mapping[str, LocalizedText],
    axis: str,
    principles: Sequence[str],
    values: Sequence[str],
    sdg: Sequence[int],
    unit: str,
    budget: int | None,
    is_without_cost: bool,
    span: tuple[date, date],
) -> dict[str, str]:
    cells = {"key": key}
    for name in TEXTS:
        for language in ("ar", "fr"):
            text = texts[name].text_of(language)
            cells[f"{name}_{language}"] = "" if text == NOT_STATED.text_of(language) else text
    return cells | {
        "axis": axis,
        "principles": JOINED.join(sorted(principles)),
        "values": JOINED.join(values),
        "sdg": JOINED.join(str(goal) for goal in sdg),
        "lead_unit": unit,
        "budget": "" if budget is None else f"{Money(budget).dirhams:.2f}",
        "is_without_cost": "1" if is_without_cost else "0",
        "starts_on": span[0].isoformat(),
        "ends_on": span[1].isoformat(),
    }


def _milestone_cells(
    *,
    title: LocalizedText,
    unit: str,
    weight: int,
    after: int | None,
    announced: tuple[date, date],
    planned: tuple[date, date],
    state: str,
    done_on: date | None,
    reason: LocalizedText,
) -> dict[str, str]:
    return {
        "milestone_title_ar": title.text_of("ar"),
        "milestone_title_fr": title.text_of("fr"),
        "milestone_unit": unit,
        "weight": str(weight),
        "after": "" if after is None else str(after),
        "announced_start": announced[0].isoformat(),
        "announced_end": announced[1].isoformat(),
        "planned_start": planned[0].isoformat(),
        "planned_end": planned[1].isoformat(),
        "milestone_state": state,
        "done_on": done_on.isoformat() if done_on else "",
        "reason_ar": reason.text_of("ar"),
        "reason_fr": reason.text_of("fr"),
    }
