"""A form of a record that others change too: what changed meanwhile is told, never erased."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from infitah.design.text import day

MARK = 10
"""Hexadecimal digits of the mark of one field: it tells versions of one text apart."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A field that somebody else changed: what it holds now, and whether both wrote in it."""

    label: str
    row: str
    stands: str
    is_typed: bool


class SeenForm(forms.Form):
    """A form that keeps a mark of each value that its reader saw.

    Sent after somebody else changed the record, it comes back: what was typed stands, what was
    left as it was follows the change, and `meanwhile` says field by field what holds now. Sent
    again, it goes through. Subclasses call `look_again` once their fields are made.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        self.meanwhile: list[Meanwhile] = []
        super().__init__(*args, **options)

    def look_again(self) -> None:
        """Compare what was seen with what stands, and carry on from what stands."""
        stands = {name: self._mark(name, self._standing(name)) for name in self._others()}
        self.initial["seen"] = json.dumps(stands, separators=(",", ":"), sort_keys=True)
        saw = _read(self.data.get(self.add_prefix("seen"))) if self.is_bound else {}
        changed = [name for name in stands if saw and saw.get(name) != stands[name]]
        if not changed:
            return
        data = QueryDict(mutable=True)
        data.update(self.data)  # type: ignore[arg-type]
        self.data = data
        for name in changed:
            self._follow(name, saw.get(name, ""))
        data[self.add_prefix("seen")] = self.initial["seen"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.meanwhile:
            self.add_error(
                None,
                _(
                    "Somebody else changed this while you were writing: nothing is saved yet. "
                    "Look at what stands now, then save again."
                ),
            )
        return values

    def _others(self) -> list[str]:
        return [name for name in self.fields if name != "seen"]

    def _standing(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def _mark(self, name: str, value: Any) -> str:
        """Return the mark of a value, the same for a record's and for what a browser sends."""
        field = self.fields[name]
        try:
            held = field.to_python(value)
        except ValidationError:
            held = value
        words = "" if held in (None, False) else str(held)
        return sha256(words.encode()).hexdigest()[:MARK]

    def _typed(self, name: str) -> Any:
        widget = self.fields[name].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _follow(self, name: str, saw: str) -> None:
        """Tell of one changed field; what was not written in takes what stands."""
        field, standing = self.fields[name], self._standing(name)
        typed = self._mark(name, self._typed(name))
        is_typed = typed not in (saw, self._mark(name, standing))
        if not is_typed:
            _put(self.data, self.add_prefix(name), field, standing)
        self.meanwhile.append(
            Meanwhile(
                str(field.label), str(getattr(field, "row", "")), _shown(field, standing), is_typed
            )
        )


def _read(sent: str | None) -> Mapping[str, str]:
    """Return the marks that came with a form; none from one that says nothing of them."""
    try:
        found = json.loads(sent or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _put(data: Any, name: str, field: forms.Field, value: Any) -> None:
    """Put a value where a browser would have sent it."""
    if isinstance(field, forms.BooleanField):
        data.pop(name, None)
        if value:
            data[name] = "on"
        return
    if isinstance(field, forms.ChoiceField):
        data[name] = "" if value is None else str(value)
        return
    data[name] = field.widget.format_value(field.prepare_value(value)) or ""


def _shown(field: forms.Field, value: Any) -> str:
    """Return a value in words of the page."""
    if isinstance(field, forms.BooleanField):
        return str(
            pgettext("value of a tick", "yes") if value else pgettext("value of a tick", "no")
        )
    if isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        chosen = {str(one): words for one, words in offered}
        return str(chosen.get(str(value), value))
    if isinstance(value, date):
        return str(day(value))
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value)
