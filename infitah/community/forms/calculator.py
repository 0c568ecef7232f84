"""The public calculator of deadlines."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.community.forms.parts import DayField

LAST_YEAR = 2100


class DeadlineForm(forms.Form):
    """When was the request received, and how."""

    date = DayField(label=_("Day on which the request was received"))
    urgent = forms.BooleanField(
        label=_("Urgent: needed to protect the life, safety or freedom of persons"),
        required=False,
    )
    extended = forms.BooleanField(
        label=_("The administration has extended the period once"), required=False
    )

    def clean_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["date"]
        if day.year > LAST_YEAR:
            raise forms.ValidationError(_("Choose a day before the year 2100."))
        return day
