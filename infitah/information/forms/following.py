"""What a requester may do on the page of a request: clarify, take back, complain."""

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import LinesField
from infitah.information.models.request import TEXT_MAX


class ClarifyForm(forms.Form):
    """A word to the officer who asked what is meant."""

    words = LinesField(
        label=_("Your answer to the officer"),
        max_length=TEXT_MAX,
        error_messages={"required": _("Write what you meant.")},
    )


class WithdrawForm(forms.Form):
    """Taking the request back: the number stays, the days end."""

    sure = forms.BooleanField(
        label=_("I take this request back: no answer is owed any more"),
        error_messages={"required": _("Tick this box to take the request back.")},
    )


class ComplainForm(forms.Form):
    """A complaint, written beforehand from the facts; every word may be changed."""

    words = LinesField(
        label=_("Your complaint"),
        help_text=_("It is written from the facts of the case. Change whatever you like."),
        max_length=TEXT_MAX,
        error_messages={"required": _("Write what you complain about.")},
        widget=forms.Textarea(attrs={"rows": 12}),
    )
