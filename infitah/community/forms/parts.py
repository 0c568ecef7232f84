"""Fields that several forms share; those of every app come from the design system."""

from typing import Any

from django import forms

from infitah.design.entry import (
    DayField,
    LineField,
    LinesField,
    LocalizedForm,
    in_languages,
)

__all__ = [
    "ColourField",
    "ColourInput",
    "DayField",
    "LineField",
    "LinesField",
    "LocalizedForm",
    "in_languages",
]


class ColourInput(forms.ColorInput):
    """The browser's picker; it always holds a value, so HTML forbids `required` on it."""

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class ColourField(forms.CharField):
    """A colour as #RRGGBB."""

    widget = ColourInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=7, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # a picker has no length
