"""Fields and forms that every desk shares: clean lines, days, texts in several languages.

No model, no clock; what a form means is said by the app that asks.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from infitah.core.errors import OperationRefused
from infitah.kernel.dates import read_date
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import MAX_PASTE, arabic_letters, clean_line, clean_text

Label = str | Promise
Record = TypeVar("Record")
LINE, LINES = 200, 2000
UNREADABLE = "\ufffd"
"""What stands where bytes were no UTF-8."""


class LineField(forms.CharField):
    """One line of text as it was typed, without what nobody can see.

    Shapes of Arabic letters become the letters, so that the words can be found and read aloud. The
    length is judged after that, and the browser cuts nothing in silence: a longer paste comes back
    whole. What is long beyond measure, or no UTF-8, is refused with a sentence.
    """

    default_error_messages = {
        "unreadable": _("Some characters could not be read. Delete them and write them again."),
        "pasted": ngettext_lazy(
            "This is far too long: one character.", "This is far too long: %(n)s characters.", "n"
        ),
    }

    def __init__(self, *, max_length: int | None = LINE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("dir", "auto")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes: dict[str, Any] = super().widget_attrs(widget)
        return {name: value for name, value in attributes.items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if len(text) > MAX_PASTE:
            raise ValidationError(
                self.error_messages["pasted"], code="pasted", params={"n": len(text)}
            )
        if UNREADABLE in text:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return self.tidied(arabic_letters(text))

    def tidied(self, text: str) -> str:
        """Return the text without what nobody can see."""
        return clean_line(text)


class LinesField(LineField):
    """Several lines of text."""

    widget = forms.Textarea(attrs={"rows": 3})

    def tidied(self, text: str) -> str:
        """Return the text without what nobody can see, its lines kept."""
        return clean_text(text)


class DayField(forms.DateField):
    """A day, by the browser's own picker; typed in any digits, year or day first, without one."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Write the day as year-month-day: 2026-03-02.")}

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        found = read_date(value)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def one_way(field: forms.Field) -> forms.Field:
    """Return an unrequired field as one of several ways: no “optional” stands beside its label.

    The form asks for one of them, and the page says so above.
    """
    field.is_one_way = True  # type: ignore[attr-defined]
    return field


def needed_if(field: forms.Field, condition: Label) -> forms.Field:
    """Return a field whose label says when it is needed, where it would say that it is optional.

    `condition` goes on after "needed if"; the form itself asks for the field then.
    """
    field.needed_if = condition  # type: ignore[attr-defined]
    return field


def needed_before(field: forms.Field, moment: Label) -> forms.Field:
    """Return a field that may wait, but not longer than until `moment`; its label says so.

    `moment` goes on after "needed before"; the act that comes then asks for the field.
    """
    field.needed_before = moment  # type: ignore[attr-defined]
    return field


def of_row(field: forms.Field, row: Label) -> forms.Field:
    """Return a field of one row among several; the summary of errors names the row before it."""
    field.row = row  # type: ignore[attr-defined]
    return field


LANGUAGE_NAMES: dict[str, Label] = {"ar": _("Arabic"), "fr": _("French"), "zgh": _("Amazigh")}


def in_languages(
    label: Label,
    languages: tuple[str, ...] = ("ar", "fr"),
    *,
    is_required: bool = True,
    is_long: bool = False,
    most: int = 0,
    rows: int = 3,
    help_text: Label = "",
) -> dict[str, forms.Field]:
    """Return one field a language, named by it; Arabic comes first and may be required."""
    kind = LinesField if is_long else LineField
    fields: dict[str, forms.Field] = {}
    for language in languages:
        field = kind(
            label=format_lazy(
                "{label} ({language})", label=label, language=LANGUAGE_NAMES[language]
            ),
            required=is_required and language == "ar",
            max_length=most or (LINES if is_long else LINE),
            help_text=help_text if language == languages[0] else "",
        )
        field.widget.attrs["lang"] = language
        if is_long:
            field.widget.attrs["rows"] = rows
        fields[language] = field
    return fields


class LocalizedForm(forms.Form):
    """A form with texts in several languages: `texts` names them, `text_of` puts them together."""

    texts: dict[str, dict[str, forms.Field]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        added = {
            f"{name}_{language}": field
            for name, fields in self.texts.items()
            for language, field in fields.items()
        }
        self.fields = {**{key: deepcopy(field) for key, field in added.items()}, **self.fields}

    def text_of(self, name: str) -> LocalizedText:
        """Return the text called `name` as it was typed."""
        return LocalizedText(
            **{
                language: self.cleaned_data.get(f"{name}_{language}", "")
                for language in self.texts[name]
            }
        )

    @classmethod
    def initial_of(cls, **texts: LocalizedText) -> dict[str, str]:
        """Return the initial values of the texts, one a language."""
        return {
            f"{name}_{language}": text.text_of(language)
            for name, text in texts.items()
            for language in cls.texts[name]
        }

    def cleaned_data_of(self, *names: str) -> dict[str, Any]:
        """Return what was typed in these fields, by name, for the act."""
        return {name: self.cleaned_data[name] for name in names}

    def field_of(self, name: str | None) -> str | None:
        """Return the field that shows an error of `name`: its Arabic one for a text."""
        return _beside(self, name)


@runtime_checkable
class PlacesRefusals(Protocol):
    """A form that knows beside which of its fields a refusal about `name` stands."""

    def field_of(self, name: str | None) -> str | None:
        """Return the field, or None for the whole form."""


@dataclass(frozen=True)
class CarriedOut(Generic[Record]):
    """An act that was not refused: it is true, whatever the act returned."""

    record: Record


def carried_out(form: forms.Form, act: Callable[[], Record]) -> CarriedOut[Record] | None:
    """Return what the act returned, if the form was valid and the act was not refused.

    Otherwise None, and the form says why not.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return CarriedOut(act())
    except OperationRefused as refused:
        find = form.field_of if isinstance(form, PlacesRefusals) else partial(_beside, form)
        form.add_error(find(refused.field), refused.message)
        return None


def _beside(form: forms.Form, name: str | None) -> str | None:
    """Return the field called `name`, the Arabic one of a text called so, or None."""
    return next((one for one in (name, f"{name}_ar") if one in form.fields), None)


def status_of(*shown: forms.Form) -> int:
    """Return 422 if one of the forms came back with something to mend."""
    return 422 if any(form.is_bound for form in shown) else 200
