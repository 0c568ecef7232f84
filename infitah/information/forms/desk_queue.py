"""What an officer asks the queue for: a plain question in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.design.entry import Label, LineField
from infitah.information import rules
from infitah.information.models import InformationRequest
from infitah.information.queries.desk_words import PARTIES

ALL = ("", pgettext_lazy("of requests", "All"))
ASKED = ("q", "turn", "unit", "channel")


class QueueForm(forms.Form):
    """Narrowing the queue; what cannot be is no filter."""

    q = LineField(
        label=_("Number or words"),
        required=False,
        max_length=120,
        help_text=_("A number is looked for in every state; words in the state chosen below."),
    )
    turn = forms.ChoiceField(label=_("Whose turn"), required=False)
    unit = forms.ChoiceField(label=_("Service"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices: dict[str, list[tuple[str, Label]]] = {
            "turn": [(one.value, PARTIES[one]) for one in rules.Party],
            "unit": [*units],
            "channel": [*InformationRequest.Channel.choices],
        }
        for name, some in choices.items():
            self.fields[name].choices = [ALL, *some]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """Return what was asked, "" for what is no filter."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ASKED}
