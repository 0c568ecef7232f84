"""Reading a running programme from a table: one row a milestone, the same columns as our export.

Bytes in, a plan and its faults out: no Django, no database, no clock (programme.md 9: export =
import). Arabic digits, ISO and dd/mm/yyyy dates, `;` or `,`, with or without a byte-order mark.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from infitah.kernel.dates import read_date
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import clean_line, clean_text
from infitah.programme.rules.cells import (
    Fault,
    Found,
    Note,
    Row,
    fold,
    read_amount,
    read_whole,
    table_of,
)

MAX_ROWS: Final = 5_000
MAX_CELL: Final = 6_000

TEXTS: Final = (
    "title",
    "problem",
    "description",
    "contribution",
    "expected_result",
    "verifiability",
    "value_argument",
    "partners",
    "civil_partner",
    "budget_source",
)
"""Texts of a commitment; the file has a column `_ar` and one `_fr` of each."""
STATED_TEXTS: Final = TEXTS[1:6]
"""Texts that a commitment must have: where the file has none, that very thing is said."""
NOT_STATED: Final = LocalizedText(
    ar="لم يرد في الملف المستورد", fr="Non précisé dans le fichier importé"
)

EXAMPLE_MARKS: Final = LocalizedText(ar="(مثال يحذف)", fr="(exemple à effacer)")
"""How the texts of the model file begin; a row that still begins so is no row of a programme."""

COMMITMENT_COLUMNS: Final = (
    "key",
    *(f"{name}_{language}" for name in TEXTS for language in ("ar", "fr")),
    "axis",
    "principles",
    "values",
    "sdg",
    "lead_unit",
    "budget",
    "is_without_cost",
    "starts_on",
    "ends_on",
)
MILESTONE_COLUMNS: Final = (
    "milestone_title_ar",
    "milestone_title_fr",
    "milestone_unit",
    "weight",
    "after",
    "announced_start",
    "announced_end",
    "planned_start",
    "planned_end",
    "milestone_state",
    "done_on",
    "reason_ar",
    "reason_fr",
)
COLUMNS: Final = (*COMMITMENT_COLUMNS, *MILESTONE_COLUMNS)
"""What an import reads; our export has these and more, which are computed and not read."""
NEEDED: Final = (
    *("title_ar", "axis", "milestone_title_ar", "weight", "announced_start", "announced_end"),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a file may use: as it writes them in small letters, to our own key."""

    axes: Mapping[str, str]
    principles: Mapping[str, str]
    units: Mapping[str, str]
    states: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """A milestone as the file gives it; days are inclusive, `after` is a number before its own."""

    row: int
    title: LocalizedText
    unit: str
    weight: int
    after: int | None
    announced: tuple[date, date]
    planned: tuple[date, date]
    state: str
    done_on: date | None
    reason: LocalizedText


@dataclass(frozen=True, slots=True)
class PlannedCommitment:
    """A commitment as the file gives it; `budget` in centimes, units and axis by their key."""

    row: int
    key: str
    texts: Mapping[str, LocalizedText]
    axis: str
    principles: tuple[str, ...]
    values: tuple[str, ...]
    sdg: tuple[int, ...]
    lead_unit: str
    budget: int | None
    is_without_cost: bool
    span: tuple[date, date]
    milestones: tuple[PlannedMilestone, ...]


@dataclass(slots=True)
class Reading:
    """What a file says, and what is wrong with it; with a fault nothing is taken in."""

    rows: int = 0
    commitments: list[PlannedCommitment] = field(default_factory=list)
    faults: list[Found] = field(default_factory=list)
    notes: list[Found] = field(default_factory=list)

    @property
    def milestones(self) -> int:
        """How many milestones the file holds."""
        return sum(len(one.milestones) for one in self.commitments)


@dataclass(frozen=True, slots=True)
class Limits:
    """The days of the cycle, last one included, and today: nothing was done after it."""

    span: tuple[date, date]
    today: date


_SEPARATORS = re.compile(r"[|;,،؛]+")
YES: Final = frozenset({"1", "yes", "oui", "نعم", "true", "vrai"})
NO: Final = frozenset({"", "0", "no", "non", "لا", "false", "faux"})
PLANNED, CLAIMED, VERIFIED = "planned", "claimed", "verified"
WITH_REASON: Final = frozenset({"blocked", "returned"})


def _faults_of_table(columns: list[str], rows: list[Row]) -> list[Found]:
    faults = [Found(Fault.NO_COLUMN, 1, name) for name in NEEDED if name not in columns]
    if "key" not in columns and "commitment" not in columns:
        faults.append(Found(Fault.NO_COLUMN, 1, "key"))
    if not rows and not faults:
        faults.append(Found(Fault.EMPTY, 1))
    if len(rows) > MAX_ROWS:
        faults.append(Found(Fault.TOO_LONG, MAX_ROWS + 2, value=str(MAX_ROWS)))
    return faults


def read_programme(content: bytes, words: Vocabulary, limits: Limits) -> Reading:
    """Return what a file says of a programme, with every fault by row and column.

    Rows of one commitment have the same `key` (else the same number in `commitment`); its own
    columns stand in its first row and may be repeated. Linear in the rows.
    """
    columns, rows, faults = table_of(content)
    reading = Reading(rows=len(rows), faults=faults or _faults_of_table(columns, rows))
    if reading.faults:
        return reading
    groups: dict[str, list[Row]] = {}
    for row in rows:
        key = clean_line(row.get("key") or row.get("commitment"))
        if not key or len(key) > 40:
            reading.faults.append(
                Found(Fault.MISSING if not key else Fault.CELL, row.number, "key")
            )
            continue
        groups.setdefault(key, []).append(row)
    for key, members in groups.items():
        made = _Reader(words, limits, reading).commitment(key, members)
        reading.commitments.append(made)
    return reading


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the rows of one commitment; faults and notes go to the reading."""

    words: Vocabulary
    limits: Limits
    reading: Reading

    def fault(self, kind: Fault, row: int, column: str = "", value: str = "") -> None:
        self.reading.faults.append(Found(kind, row, column, clean_line(value)[:80]))

    def note(self, kind: Note, row: int, column: str) -> None:
        self.reading.notes.append(Found(kind, row, column))

    def commitment(self, key: str, rows: list[Row]) -> PlannedCommitment:
        head = rows[0]
        self._check_repeats(rows)
        span = (
            self._date(head, "starts_on") or self.limits.span[0],
            self._date(head, "ends_on") or self.limits.span[1],
        )
        if span[1] <= span[0]:
            span = self._turned(head, "ends_on", *span)
        milestones = tuple(self._milestones(rows))
        if sum(one.weight for one in milestones) != 100:
            total = str(sum(one.weight for one in milestones))
            self.fault(Fault.WEIGHTS, head.number, "weight", total)
        return PlannedCommitment(
            row=head.number,
            key=key,
            texts=self._texts(head),
            axis=self._word(head, "axis", self.words.axes, is_needed=True),
            principles=self._words_of(head, "principles", self.words.principles),
            values=self._words_of(head, "values", self.words.values),
            sdg=self._goals(head),
            lead_unit=self._word(head, "lead_unit", self.words.units),
            budget=self._amount(head),
            is_without_cost=self._yes(head),
            span=span,
            milestones=milestones,
        )

    def _check_repeats(self, rows: list[Row]) -> None:
        head = rows[0]
        for row in rows[1:]:
            for column in COMMITMENT_COLUMNS[1:]:
                repeated = row.get(column).strip()
                if repeated and repeated != head.get(column).strip():
                    self.fault(Fault.DIFFERS, row.number, column, repeated)

    def _texts(self, row: Row) -> dict[str, LocalizedText]:
        texts = {name: self._text(row, name) for name in TEXTS}
        if not texts["title"].ar:
            self.fault(Fault.MISSING, row.number, "title_ar")
        unstated = [name for name in STATED_TEXTS if not texts[name].ar]
        for name in unstated:
            texts[name] = LocalizedText(ar=NOT_STATED.ar, fr=texts[name].fr or NOT_STATED.fr)
        if unstated:
            self.note(Note.UNSTATED, row.number, " ".join(f"{name}_ar" for name in unstated))
        return texts

    def _text(self, row: Row, name: str) -> LocalizedText:
        return LocalizedText(
            ar=self._clean(row, f"{name}_ar", name), fr=self._clean(row, f"{name}_fr", name)
        )

    def _clean(self, row: Row, column: str, name: str) -> str:
        cell = row.get(column)
        if clean_line(cell[:60]).startswith((EXAMPLE_MARKS.ar, EXAMPLE_MARKS.fr)):
            self.fault(Fault.EXAMPLE, row.number, column)
        if len(cell) > MAX_CELL:
            self.fault(Fault.CELL, row.number, column, cell)
            return ""
        return clean_line(cell) if name.endswith("title") else clean_text(cell)

    def _date(self, row: Row, column: str, *, is_needed: bool = False) -> date | None:
        cell = row.get(column).strip()
        if not cell:
            if is_needed:
                self.fault(Fault.MISSING, row.number, column)
            return None
        found = read_date(cell)
        if found is None:
            self.fault(Fault.DATE, row.number, column, cell)
        return found

    def _word(
        self, row: Row, column: str, known: Mapping[str, str], *, is_needed: bool = False
    ) -> str:
        word = fold(row.get(column))
        if not word:
            if is_needed:
                self.fault(Fault.MISSING, row.number, column)
            return ""
        if word not in known:
            self.fault(Fault.CHOICE, row.number, column, row.get(column))
        return known.get(word, "")

    def _words_of(self, row: Row, column: str, known: Mapping[str, str]) -> tuple[str, ...]:
        found = []
        for part in _SEPARATORS.split(row.get(column)):
            word = fold(part)
            if word and word not in known:
                self.fault(Fault.CHOICE, row.number, column, part)
            elif word:
                found.append(known[word])
        return tuple(dict.fromkeys(found))

    def _goals(self, row: Row) -> tuple[int, ...]:
        found = []
        for part in re.split(r"[\s|;,،؛]+", row.get("sdg").strip()):
            goal = read_whole(part) if part else None
            if part and (goal is None or not 1 <= goal <= 17):
                self.fault(Fault.NUMBER, row.number, "sdg", part)
            elif goal is not None:
                found.append(goal)
        return tuple(dict.fromkeys(found))

    def _amount(self, row: Row) -> int | None:
        cell = row.get("budget").strip()
        amount = read_amount(cell) if cell else None
        if cell and amount is None:
            self.fault(Fault.AMOUNT, row.number, "budget", cell)
        return amount

    def _yes(self, row: Row) -> bool:
        word = fold(row.get("is_without_cost"))
        if word not in YES | NO:
            self.fault(Fault.CHOICE, row.number, "is_without_cost", word)
        return word in YES

    def _milestones(self, rows: list[Row]) -> Iterator[PlannedMilestone]:
        for number, row in enumerate(rows, start=1):
            yield self._milestone(row, number)

    def _milestone(self, row: Row, number: int) -> PlannedMilestone:
        title, weight = self._text(row, "milestone_title"), read_whole(row.get("weight"))
        if not title.ar:
            self.fault(Fault.MISSING, row.number, "milestone_title_ar")
        if weight is None or not 1 <= weight <= 100:
            self.fault(Fault.NUMBER, row.number, "weight", row.get("weight"))
        state, done_on = self._standing(row)
        announced = self._span(row, "announced_start", "announced_end")
        planned = self._planned(row, announced)
        reason = self._text(row, "reason")
        if state in WITH_REASON and not reason.ar:
            self.fault(Fault.MISSING, row.number, "reason_ar")
        return PlannedMilestone(
            row=row.number,
            title=title,
            unit=self._word(row, "milestone_unit", self.words.units),
            weight=weight or 0,
            after=self._after(row, number),
            announced=announced,
            planned=planned,
            state=state,
            done_on=done_on,
            reason=reason,
        )

    def _span(self, row: Row, first: str, last: str) -> tuple[date, date]:
        ends = self._date(row, last, is_needed=True) or self.limits.span[1]
        starts = self._date(row, first, is_needed=True) or ends
        return (starts, ends) if starts <= ends else self._turned(row, last, starts, ends)

    def _turned(self, row: Row, column: str, starts: date, ends: date) -> tuple[date, date]:
        """Tell two days in the wrong order, and return them in the right one to be shown."""
        self.fault(Fault.ORDER, row.number, column, f"{starts.isoformat()}/{ends.isoformat()}")
        return ends, starts

    def _planned(self, row: Row, announced: tuple[date, date]) -> tuple[date, date]:
        starts = self._date(row, "planned_start") or announced[0]
        ends = self._date(row, "planned_end") or max(announced[1], starts)
        return (starts, ends) if starts <= ends else self._turned(row, "planned_end", starts, ends)

    def _standing(self, row: Row) -> tuple[str, date | None]:
        """Return state and day: what the file calls confirmed is here only said to be done."""
        state = self._word(row, "milestone_state", self.words.states) or PLANNED
        done_on = self._date(row, "done_on")
        if state == VERIFIED:
            self.note(Note.LOWERED, row.number, "milestone_state")
            state = CLAIMED
        if state != CLAIMED:
            return state, None
        if done_on is None and not row.get("done_on").strip():
            self.fault(Fault.MISSING, row.number, "done_on")
        if done_on is not None and done_on > self.limits.today:
            self.fault(Fault.FUTURE, row.number, "done_on", row.get("done_on"))
        return state, done_on

    def _after(self, row: Row, number: int) -> int | None:
        cell = fold(row.get("after")).rsplit("-m", 1)[-1].removeprefix("m")
        if not cell:
            return None
        found = read_whole(cell)
        if found is None or not 1 <= found < number:
            self.fault(Fault.AFTER, row.number, "after", row.get("after"))
            return None
        return found
