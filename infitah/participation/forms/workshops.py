"""Forms of workshops: announcing one, typing the notes of a table, taking back a wrong one."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from infitah.community.models import Axis, Community
from infitah.community.queries import communes_of
from infitah.design.direction import in_page_language
from infitah.design.entry import DayField
from infitah.kernel.localized import LANGUAGES, LocalizedText
from infitah.participation import rules
from infitah.participation.forms.fields import HourField, ShortNameField, WrittenField
from infitah.participation.forms.giving import read_key
from infitah.participation.forms.note_lines import LINES, Placed, placed
from infitah.participation.forms.seen import SeenForm
from infitah.participation.models import Consultation, Workshop, WorkshopTable
from infitah.participation.operations.notes import Note, RowFault, faults_of_note
from infitah.participation.operations.workshops import WorkshopText

MORE = 10
"""Rows that the button adds."""
LINES_MOST = 30_000
"""Characters typed in lines at once: more than all rows can hold."""


class WorkshopForm(SeenForm):
    """A workshop: names, day, place, and how many tables work on each axis."""

    name_ar = WrittenField(label=_("Name in Arabic"), most=120, is_line=True)
    name_fr = WrittenField(label=_("Name in French"), most=120, is_line=True, required=False)
    held_on = DayField(
        label=_("Day of the workshop"),
        help_text=_("It decides whether its notes are in time, whenever they are typed."),
    )
    hour = HourField(label=_("Hour at which it begins"), required=False)
    place_ar = WrittenField(label=_("Place in Arabic"), most=200, is_line=True)
    place_fr = WrittenField(label=_("Place in French"), most=200, is_line=True, required=False)
    present = forms.IntegerField(
        label=_("People present"),
        help_text=_("After the workshop: how many came."),
        required=False,
        min_value=0,
        max_value=rules.MOST_PRESENT,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
    )
    slug = ShortNameField()

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        workshop: Workshop | None = None,
        **options: Any,
    ) -> None:
        self.workshop = workshop
        options.setdefault("initial", _initial(workshop) if workshop else {})
        super().__init__(*args, **options)
        if workshop is not None:
            del self.fields["slug"]
        asked = Axis.objects.filter(topics__consultation=consultation)
        self.axes = list(asked.order_by("topics__position", "pk"))
        for axis in self.axes:
            self.fields[f"tables_{axis.pk}"] = forms.IntegerField(
                label=in_page_language(axis.name),
                min_value=0,
                max_value=rules.MOST_TABLES,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
            )
        if workshop is not None:
            self.look_again()

    def general(self) -> list[forms.BoundField]:
        """Return the fields of the workshop itself, but its short name: that comes last."""
        apart = {"slug", "seen"}
        return [one for one in self if one.name not in apart and not one.name.startswith("tables_")]

    def of_tables(self) -> list[forms.BoundField]:
        """Return the fields that ask how many tables work on each axis."""
        return [field for field in self if field.name.startswith("tables_")]

    def text(self) -> WorkshopText:
        """Return what was stated, for the act."""
        values = self.cleaned_data
        return WorkshopText(
            slug=self.workshop.slug if self.workshop else values["slug"],
            name=LocalizedText(ar=values["name_ar"], fr=values["name_fr"]),
            held_on=values["held_on"],
            place=LocalizedText(ar=values["place_ar"], fr=values["place_fr"]),
            axes=[axis for axis in self.axes for _one in range(values[f"tables_{axis.pk}"] or 0)],
            present=values["present"],
            hour=values["hour"],
        )

    def field_of(self, name: str | None) -> str | None:
        """Return the field beside which a refusal stands; that of the tables at the first axis."""
        if name == "tables" and self.axes:
            name = f"tables_{self.axes[0].pk}"
        return name if name in self.fields else None


def _initial(workshop: Workshop) -> dict[str, object]:
    initial: dict[str, object] = {
        "held_on": workshop.held_on,
        "hour": workshop.hour,
        "present": workshop.present,
    }
    for code in LANGUAGES[:2]:
        initial[f"name_{code}"] = workshop.name.text_of(code)
        initial[f"place_{code}"] = workshop.place.text_of(code)
    return initial


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one row on the page, and the earlier row that says the same, if one does.

    `meant` and `counted` are the ticks that a row asks for which seems to hold personal data, or
    has more dots than people.
    """

    number: int
    statement: forms.BoundField
    dots: forms.BoundField
    detail: forms.BoundField
    commune: forms.BoundField | None
    like: int | None
    meant: forms.BoundField | None
    counted: forms.BoundField | None
    is_sure: bool
    """False where a number was read as dots that may as well begin the note."""

    @property
    def has_more(self) -> bool:
        """Whether a detail or a commune is typed or wrong: then that part stands open."""
        parts = [self.detail, *([self.commune] if self.commune else [])]
        return any(part.value() or part.errors for part in parts)


class NotesForm(forms.Form):
    """The notes of a table, row by row; rows without anything typed are no notes.

    Lines typed all at once become rows first: `read` says which, so that they are looked at
    before they get their numbers.
    """

    def __init__(
        self, data: QueryDict | None = None, *, table: WorkshopTable, asked: str = ""
    ) -> None:
        found = placed(data) if data is not None else Placed(QueryDict())
        super().__init__(found.data if data is not None else None)
        self.read, self.too_many = found.read, found.too_many
        self.present = table.workshop.present
        self.rows_shown = self._rows(asked)
        self.communes = _communes(table.workshop.community)
        self.fields[LINES] = _lines_field()
        for row in range(1, self.rows_shown + 1):
            self._add_row(row)

    def _rows(self, asked: str) -> int:
        typed = str(self.data.get("rows", asked))
        rows = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
        rows += MORE if "more" in self.data else 0
        return min(max(rows, rules.ROWS_AT_FIRST, *self.read), rules.MOST_ROWS)

    def _add_row(self, row: int) -> None:
        number = {"number": row}
        self.fields[f"statement_{row}"] = WrittenField(
            label=_("Note %(number)s") % number,
            most=rules.STATEMENT_MAX,
            is_line=True,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        )
        self.fields[f"dots_{row}"] = forms.IntegerField(
            label=_("Dots on note %(number)s") % number,
            required=False,
            min_value=0,
            max_value=rules.MOST_DOTS,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"),
                _("Write a whole number from 0 to %(most)s.") % {"most": rules.MOST_DOTS},
            ),
        )
        self.fields[f"detail_{row}"] = WrittenField(
            label=_("Detail of note %(number)s") % number,
            most=rules.DETAIL_MAX,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        )
        if self.communes:
            self.fields[f"commune_{row}"] = forms.ChoiceField(
                label=_("Commune of note %(number)s") % number,
                required=False,
                choices=[("", "—"), *((key, name) for key, (name, _one) in self.communes.items())],
                error_messages={"invalid_choice": _("Choose a commune of the list.")},
            )
        self.fields[f"meant_{row}"] = forms.BooleanField(
            label=_("Publish note %(number)s as it is") % number, required=False
        )
        self.fields[f"counted_{row}"] = forms.BooleanField(
            label=_("Dots of note %(number)s counted again") % number,
            required=False,
        )

    @cached_property
    def key(self) -> uuid.UUID:
        """The key of this sending: the one that came with the form, else a fresh one."""
        return read_key(self.data.get("key", "")) or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        if self.too_many:
            self.add_error(LINES, _words_of_too_many(self.too_many))
        for row in range(1, self.rows_shown + 1):
            has_more = any(
                self.cleaned_data.get(f"{name}_{row}") not in {None, ""}
                for name in ("dots", "detail", "commune")
            )
            empty = not self.cleaned_data.get(f"statement_{row}", "-")
            if has_more and empty:
                self.add_error(f"statement_{row}", _("Type the note, or empty the whole row."))
        notes = self.notes()
        self.add_faults([one for note in notes for one in faults_of_note(note, self.present)])
        return self.cleaned_data

    def notes(self) -> list[Note]:
        """Return the rows in which something was typed, for the act."""
        values = self.cleaned_data
        return [
            Note(
                row=row,
                statement=values[f"statement_{row}"],
                detail=values.get(f"detail_{row}", ""),
                dots=values.get(f"dots_{row}"),
                commune=self._commune(values.get(f"commune_{row}", "")),
                is_meant=values.get(f"meant_{row}", False),
                is_counted=values.get(f"counted_{row}", False),
            )
            for row in range(1, self.rows_shown + 1)
            if values.get(f"statement_{row}")
        ]

    def _commune(self, key: str) -> Community | None:
        return self.communes[key][1] if key else None

    def add_faults(self, faults: Sequence[RowFault]) -> None:
        """Say what is wrong beside the field of each row."""
        for fault in faults:
            name = f"{fault.field}_{fault.row}"
            if name in self.fields:
                self.add_error(name, fault.message)

    def each_row(self) -> Iterator[Row]:
        """Yield the rows for the page, those that say what an earlier one says marked."""
        numbers = range(1, self.rows_shown + 1)
        typed = [str(self[f"statement_{row}"].value() or "") for row in numbers]
        like = rules.alike_rows(typed)
        for row in numbers:
            earlier = like.get(row - 1)
            yield Row(
                number=row,
                statement=self[f"statement_{row}"],
                dots=self[f"dots_{row}"],
                detail=self[f"detail_{row}"],
                commune=self[f"commune_{row}"] if self.communes else None,
                like=None if earlier is None else earlier + 1,
                meant=self._asked(f"meant_{row}"),
                counted=self._asked(f"counted_{row}"),
                is_sure=row not in self.read or self.read[row].is_sure,
            )

    def _asked(self, name: str) -> forms.BoundField | None:
        """Return a tick where it is asked for, or was given; never before there is a reason."""
        return self[name] if name in self.errors or self[name].value() else None


def _lines_field() -> WrittenField:
    return WrittenField(
        label=_("One note a line"),
        help_text=_(
            "Enter ends a note. Its dots stand in front: 7 and then the note. Without a number "
            "it has none. Before a note that begins with a number of its own, type a hyphen."
        ),
        most=LINES_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )


def _words_of_too_many(count: int) -> str:
    return ngettext(
        "One line has no row: %(most)s notes are sent in one go. Keep it for the next sending.",
        "%(n)s lines have no row: %(most)s notes are sent in one go. Keep them for the next one.",
        count,
    ) % {"n": count, "most": rules.MOST_ROWS}


def _communes(community: Community) -> Mapping[str, tuple[str, Community]]:
    return {
        one.key: (in_page_language(one.name), one)
        for one in communes_of(community).order_by("hcp_code")
    }
