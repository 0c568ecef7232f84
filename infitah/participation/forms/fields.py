"""Fields for text that people type: cleaned, bounded, and given back as it was typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from infitah.kernel.text import (
    MAX_PASTE,
    arabic_letters,
    clean_line,
    clean_text,
    western_digits,
)

UNREADABLE = "\ufffd"
"""What stands where bytes were no UTF-8."""


class WrittenField(forms.CharField):
    """Free text; what nobody can see is taken out before it is measured.

    Shapes of Arabic letters become the letters, so that the words can be found and read aloud.
    `most` bounds it without the browser's silent cut: a longer paste is kept and said to be
    longer. Bytes in another encoding than UTF-8 are refused with a sentence.
    """

    default_error_messages = {
        "required": _("Write something here."),
        "unreadable": _("Some characters could not be read. Delete them and write them again."),
        "pasted": ngettext_lazy(
            "This is far too long: one character.", "This is far too long: %(n)s characters.", "n"
        ),
    }

    def __init__(self, *, most: int = 0, least: int = 0, is_line: bool = False, **options: Any):
        super().__init__(**options)
        self.is_line = is_line
        self.max_length, self.min_length = most or None, least or None  # for the counter only

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if len(text) > MAX_PASTE:
            raise ValidationError(
                self.error_messages["pasted"], code="pasted", params={"n": len(text)}
            )
        if UNREADABLE in text:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        text = arabic_letters(text)
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
