"""The milestones and indicators of a draft, typed as tables; an empty row is none."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.design.entry import DayField, Label, LineField, in_languages, needed_if, of_row
from infitah.kernel.localized import LocalizedText
from infitah.programme.forms.commitment import moment_of, renewed
from infitah.programme.forms.parts import NamedChoice
from infitah.programme.models import Commitment, Indicator, Milestone
from infitah.programme.operations import IndicatorRow, MilestoneRow
from infitah.programme.queries.drafts import Choices

SPARE, MOST = 3, 20
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")


class NumberField(LineField):
    """A number in any digits, with a comma or a point; two decimals at most."""

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).translate(DIGITS).replace(",", ".").replace(" ", "")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= 10**12:
            raise ValidationError(_("Write a number in digits: 64 or 12,5."), code="invalid")
        return number.quantize(Decimal("0.01"))


class TableForm(forms.Form):
    """Rows of one kind; each field is named by its column and its row, from 1."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    needed: ClassVar[tuple[str, ...]] = ()
    row_words: ClassVar[Label] = ""

    def __init__(self, *args: Any, commitment: Commitment, choices: Choices, **kwargs: Any):
        self.commitment, self.choices = commitment, choices
        held = self.held(commitment)
        self.known, self.size = len(held), min(len(held) + SPARE, MOST)
        initial = {"seen_at": commitment.changed_at.isoformat()}
        for number, one in enumerate(held, start=1):
            initial |= {f"{name}_{number}": value for name, value in self.values_of(one).items()}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        for number in range(1, self.size + 1):
            for name, field in self.columns(number).items():
                self.fields[f"{name}_{number}"] = of_row(field, self._row(number))
                if name in self.needed:
                    needed_if(field, _("the row is used"))
            if number <= len(held):
                self.fields[f"out_{number}"] = forms.BooleanField(
                    label=_("Take it out"), required=False
                )

    def _row(self, number: int) -> Label:
        return format_lazy("{words} {number}", words=self.row_words, number=number)

    def held(self, commitment: Commitment) -> Sequence[Any]:
        """Return the records that the rows begin with."""
        raise NotImplementedError

    def values_of(self, one: Any) -> dict[str, Any]:
        """Return the initial values of a row."""
        raise NotImplementedError

    def columns(self, number: int) -> dict[str, forms.Field]:
        """Return the fields of a row."""
        raise NotImplementedError

    def rows_shown(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Yield each row with its number, for the page; what a row needs is not called optional."""
        for number in range(1, self.size + 1):
            for name in self.needed if number <= self.known else ():
                self.fields[f"{name}_{number}"].required = True
            names = [f"{name}_{number}" for name in self.columns(number)]
            yield number, [self[name] for name in [*names, f"out_{number}"] if name in self.fields]

    def filled(self) -> list[int]:
        """Return the rows in which something stands and that are not taken out, by number."""
        return [number for number in range(1, self.size + 1) if self._is_filled(number)]

    def _is_filled(self, number: int) -> bool:
        if self.cleaned_data.get(f"out_{number}"):
            return False
        names = [f"{name}_{number}" for name in self.columns(number)]
        return any(self.cleaned_data.get(name) not in (None, "") for name in names) or any(
            name in self.errors for name in names
        )

    def value(self, name: str, number: int) -> Any:
        """Return what was typed in a cell."""
        return self.cleaned_data.get(f"{name}_{number}")

    def need(self, number: int, **words: object) -> None:
        """Ask for the cells of a filled row that are empty, each beside its field."""
        for name, sentence in words.items():
            key = f"{name}_{number}"
            if self.cleaned_data.get(key) in (None, "") and key not in self.errors:
                self.add_error(key, str(sentence))

    def seen(self) -> datetime:
        """Return the moment of the last change that the officer saw."""
        return moment_of(self.cleaned_data.get("seen_at", ""))

    def renew(self) -> None:
        """Let the next sending be of what stands now: the officer has been shown it."""
        self.data = renewed(self.data, self.commitment.changed_at)

    def field_of(self, name: str | None) -> str | None:
        """Return the field of the page for one that an act named by the place of its row."""
        column, _sign, place = (name or "").rpartition("_")
        if not place.isdecimal() or not 0 < int(place) <= len(self.filled()):
            return None
        return f"{column}_{self.filled()[int(place) - 1]}"

    def _text(self, name: str, number: int) -> LocalizedText:
        return LocalizedText(
            ar=self.value(f"{name}_ar", number) or "", fr=self.value(f"{name}_fr", number) or ""
        )


class MilestonesForm(TableForm):
    """The milestones of a draft: title, days, weight, unit, and the one it comes after."""

    needed = ("title_ar", "from", "until", "weight")
    row_words = _("Milestone")

    def held(self, commitment: Commitment) -> Sequence[Milestone]:
        return list(commitment.milestones.all())

    def values_of(self, one: Milestone) -> dict[str, Any]:
        return {
            "title_ar": one.title.ar,
            "title_fr": one.title.fr,
            "from": one.announced_start,
            "until": one.announced_end,
            "weight": one.weight,
            "unit": one.unit_id,
            "after": one.depends_on.number if one.depends_on else "",
        }

    def columns(self, number: int) -> dict[str, forms.Field]:
        title = in_languages(_("Title"), is_required=False)
        unit = NamedChoice(label=_("Unit in charge"), queryset=self.choices.units, required=False)
        earlier = [(place, str(place)) for place in range(1, number)]
        return {
            "title_ar": title["ar"],
            "title_fr": title["fr"],
            "from": DayField(label=pgettext_lazy("period", "From"), required=False),
            "until": DayField(label=_("Last day"), required=False),
            "weight": forms.IntegerField(
                label=_("Weight, of 100"), required=False, min_value=1, max_value=100
            ),
            "unit": unit,
            "after": forms.TypedChoiceField(
                label=_("Comes after milestone"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "—"), *earlier],
            ),
        }

    def clean(self) -> dict[str, Any]:
        for number in self.filled():
            self.need(
                number,
                title_ar=_("Write the title in Arabic, or empty the row."),
                **{"from": _("Give the first day.")},
                until=_("Give the last day."),
                weight=_("Give its weight, of 100."),
            )
        return self.cleaned_data

    def rows(self) -> list[MilestoneRow]:
        """Return the rows that were typed, for the act."""
        filled = self.filled()
        places = {number: place for place, number in enumerate(filled, start=1)}
        return [
            MilestoneRow(
                title=self._text("title", number),
                span=(self.value("from", number), self.value("until", number)),
                weight=self.value("weight", number),
                unit=self.value("unit", number),
                after=places.get(self.value("after", number) or 0),
            )
            for number in filled
        ]

    @property
    def weight(self) -> int:
        """The weights as they stand in the form, to be compared with 100."""
        found = (self[f"weight_{number}"].value() for number in range(1, self.size + 1))
        return sum(int(value) for value in found if str(value or "").isdecimal())


class IndicatorsForm(TableForm):
    """The indicators of a draft; the baseline may wait for its first measure."""

    needed = ("name_ar", "unit_ar", "target", "target_on")
    row_words = _("Indicator")

    def held(self, commitment: Commitment) -> Sequence[Indicator]:
        return list(commitment.indicators.all())

    def values_of(self, one: Indicator) -> dict[str, Any]:
        return {
            "name_ar": one.name.ar,
            "name_fr": one.name.fr,
            "unit_ar": one.unit.ar,
            "unit_fr": one.unit.fr,
            "baseline": _plain(one.baseline),
            "baseline_on": one.baseline_on,
            "target": _plain(one.target),
            "target_on": one.target_on,
        }

    def columns(self, number: int) -> dict[str, forms.Field]:
        name = in_languages(_("What is measured"), is_required=False)
        unit = in_languages(_("Counted in"), is_required=False, most=60)
        return {
            "name_ar": name["ar"],
            "name_fr": name["fr"],
            "unit_ar": unit["ar"],
            "unit_fr": unit["fr"],
            "baseline": _number(
                pgettext_lazy("indicator", "Where it stands today"), _("Empty: not measured yet.")
            ),
            "baseline_on": needed_if(
                DayField(label=_("Measured on"), required=False), _("a measure is given")
            ),
            "target": _number(_("Target")),
            "target_on": DayField(label=_("To be reached on"), required=False),
        }

    def clean(self) -> dict[str, Any]:
        for number in self.filled():
            self.need(
                number,
                name_ar=_("Say in Arabic what is measured, or empty the row."),
                unit_ar=_("Say in Arabic what is counted: days, people, per cent."),
                target=_("Give the target."),
                target_on=_("Give the day of the target."),
            )
            if self.value("baseline", number) is not None:
                self.need(number, baseline_on=_("Give the day of this measure."))
        return self.cleaned_data

    def rows(self) -> list[IndicatorRow]:
        """Return the rows that were typed, for the act."""
        return [
            IndicatorRow(
                name=self._text("name", number),
                unit=self._text("unit", number),
                baseline=self._baseline(number),
                target=(self.value("target_on", number), self.value("target", number)),
            )
            for number in self.filled()
        ]

    def _baseline(self, number: int) -> tuple[date, Decimal] | None:
        value = self.value("baseline", number)
        return None if value is None else (self.value("baseline_on", number), value)


def _number(label: object, help_text: object = "") -> NumberField:
    return NumberField(
        label=label,
        required=False,
        max_length=20,
        help_text=help_text,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal"}),
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")
