"""Input of the acts on a deliberation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StepForm(forms.Form):
    """Which step is recorded, and on what day it happened."""

    STEPS = (
        ("sent", _("sent to the governor")),
        ("posted", _("posted at the seat of the council")),
        ("visa", _("visa granted")),
        ("silent_visa", _("visa by silence: the period has passed")),
    )

    step = forms.ChoiceField(label=_("What happened"), choices=STEPS, widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The day on which it happened, not that of its entry here."),
    )
