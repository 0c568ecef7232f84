"""A warning before a text with a telephone, a card or an address becomes public; never a block."""

from typing import Any

from django import forms

from infitah.participation.operations import words_of_personal
from infitah.participation.rules import Personal, personal_in


class WarningForm(forms.Form):
    """A form whose texts everybody will read; sending it once more goes on.

    `warned` comes back with the form: what was warned of already is not said again.
    """

    published: tuple[str, ...] = ()
    """Names of the fields that become public."""

    cleaned_data: dict[str, Any]

    @property
    def found(self) -> tuple[Personal, ...]:
        """What the texts seem to hold of a person, once the form is valid."""
        if not self.is_bound or not self.is_valid():
            return ()
        return personal_in(*(str(self.cleaned_data.get(name, "")) for name in self.published))

    @property
    def warning(self) -> str:
        """The sentence to be shown before going on, empty where there is none or it was shown."""
        found = self.found
        warned = str(self.data.get("warned", "")).split(",")
        return words_of_personal(found) if set(found) - set(warned) else ""

    @property
    def warned_fields(self) -> list[forms.BoundField]:
        """The fields that the warning means, so that the page can name them and lead to them."""
        return [
            self[name]
            for name in self.published
            if name in self.fields and personal_in(str(self.cleaned_data.get(name, "")))
        ]

    @property
    def warned(self) -> str:
        """What the page warns of, for the next sending."""
        return ",".join(self.found)
