"""Input of the desk's page of the national portal."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import DayField, LineField
from infitah.information.models.report import SOURCE_MAX
from infitah.kernel.text import western_digits


class MonthField(LineField):
    """A month, by the browser's own picker; typed as year-month without one."""

    widget = forms.DateInput(attrs={"type": "month", "dir": "ltr"}, format="%Y-%m")

    def clean(self, value: Any) -> Any:
        """Return the first day of the month."""
        text = western_digits(super().clean(value))
        try:
            return date.fromisoformat(f"{text}-01")
        except ValueError as wrong:
            raise ValidationError(
                _("Write the month as year-month: 2026-03."), code="invalid"
            ) from wrong


class PortalForm(forms.Form):
    """What the national portal tells of a month."""

    month = MonthField(label=_("Month"), max_length=10)
    received = forms.IntegerField(
        label=_("Requests received, as the portal counts them"), min_value=0, max_value=1_000_000
    )
    answered = forms.IntegerField(
        label=_("Requests answered, as the portal counts them"), min_value=0, max_value=1_000_000
    )
    source = LineField(
        label=_("Where it was read"),
        max_length=SOURCE_MAX,
        help_text=_("The page of chafafiya.ma, or the letter that gave the numbers."),
    )
    counted_on = DayField(label=_("Read on"))
