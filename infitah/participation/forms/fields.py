"""Fields for text that people type: cleaned, bounded, and given back as it was typed."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import LineField
from infitah.kernel.text import clean_line, clean_text, western_digits


class WrittenField(LineField):
    """Free text, of one line or several; the act judges its length, the page only counts.

    `least` and `most` are the bounds that the counter of characters tells while one writes.
    """

    default_error_messages = {"required": _("Write something here.")}

    def __init__(self, *, most: int = 0, least: int = 0, is_line: bool = False, **options: Any):
        super().__init__(max_length=None, **options)
        self.is_line = is_line
        self.max_length, self.min_length = most or None, least or None  # for the counter only

    def tidied(self, text: str) -> str:
        return clean_line(text) if self.is_line else clean_text(text)


class ShortNameField(forms.CharField):
    """The short name of a record in its address; left empty it is spelled from the name."""

    def __init__(self, **options: Any):
        super().__init__(
            required=False,
            help_text=_(
                "Left empty it is made from the name. Else small Latin letters, digits, hyphens."
            ),
            label=_("Short name in the address"),
            max_length=60,
            widget=forms.TextInput(attrs={"dir": "ltr"}),
            validators=[
                RegexValidator(
                    r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small Latin letters and hyphens only.")
                )
            ],
            **options,
        )


class HourField(forms.TimeField):
    """An hour of the day, by the browser's own picker; typed in any digits without one."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": _("Write the hour as 09:30.")}

    def to_python(self, value: Any) -> Any:
        return super().to_python(western_digits(value) if isinstance(value, str) else value)
