"""Forms of the acts on mails that came in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import LineField, needed_if
from infitah.information.forms.desk_acts import words_field
from infitah.information.models import IncomingMail

Why = IncomingMail.Why


class AttachForm(forms.Form):
    """To which case a mail belongs."""

    reference = LineField(
        label=_("Number of the request"),
        help_text=_("For example SFR-2026-R-0042."),
        max_length=30,
        error_messages={"required": _("Write the number of the request.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class SetAsideForm(forms.Form):
    """Why a mail is no request; the register keeps the reason."""

    why = forms.ChoiceField(
        label=_("Why it is set aside"),
        choices=[one for one in Why.choices if one[0] != Why.MACHINE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is set aside.")},
    )
    words = needed_if(
        LineField(label=_("Reason in a few words"), max_length=300, required=False),
        _("it is another reason"),
    )


class SaidByMailForm(forms.Form):
    """What of a mail is kept as the clarification: all of it, without the older mails below."""

    words = words_field(
        _("What the requester said"),
        help_text=_("As it stands in the mail, without the older mails quoted below it."),
        required=_("Write what was said."),
    )


class NothingForm(forms.Form):
    """An act that asks nothing more."""
