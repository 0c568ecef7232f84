"""Days on which the information officer or the deputy is away; why is never asked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import DayField, Label


class AbsenceForm(forms.Form):
    """Who is away, from which day, and when they are back."""

    who = forms.ChoiceField(
        label=_("Who is away"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is away.")},
    )
    away_on = DayField(label=_("First day away"), error_messages={"required": _("Choose the day.")})
    back_on = DayField(label=_("First day back"), error_messages={"required": _("Choose the day.")})

    def __init__(self, *args: Any, people: Sequence[tuple[str, Label]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].choices = people  # type: ignore[attr-defined]
