"""The public calculator of deadlines."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.community.forms.parts import DayField
from infitah.community.rules.deadlines import REMEDIES, REPLY
from infitah.design.entry import one_way

LAST_YEAR = 2100
RULES = (
    (REPLY, _("the answer of the administration, from the receipt of the request")),
    (
        REMEDIES[0],
        _("my complaint to the president of the council, from the answer or the last day of it"),
    ),
    (REMEDIES[1], _("the answer of the president, from the receipt of the complaint")),
    (
        REMEDIES[2],
        _("my complaint to the commission (CDAI), from that answer or the last day of it"),
    ),
    (REMEDIES[3], _("the answer of the commission, from the receipt of the complaint")),
    (REMEDIES[4], _("going to the administrative court, from that answer or the last day of it")),
)


class DeadlineForm(forms.Form):
    """What is counted, from which day."""

    date = DayField(label=_("Day from which it counts"))
    rule = one_way(
        forms.ChoiceField(
            label=_("What do you want to count?"), choices=RULES, initial=REPLY, required=False
        )
    )
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

    def clean_rule(self) -> str:
        return self.cleaned_data["rule"] or REPLY
