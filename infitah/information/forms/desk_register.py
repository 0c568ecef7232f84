"""Input of the desk's page of the register: which days, in which form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import DayField
from infitah.information.models import RegisterExport
from infitah.information.rules.figures import Span


class RegisterForm(forms.Form):
    """Of which days the register is wanted, and in which form."""

    first = DayField(label=_("From"))
    last = DayField(label=_("Until"))
    form = forms.ChoiceField(
        label=_("In which form"),
        choices=RegisterExport.Form.choices,
        widget=forms.RadioSelect,
    )

    def span(self) -> Span:
        """Return the days asked for."""
        return Span(self.cleaned_data["first"], self.cleaned_data["last"])
