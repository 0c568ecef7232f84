"""Reasons that everybody reads: why something announced is taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.participation.forms.desk import reason_field

PUBLIC = _("One sentence; it stands in the public register.")


class PublicReasonForm(forms.Form):
    """Why a consultation or a workshop is cancelled, or a table taken out."""

    reason = reason_field(reader=PUBLIC)


class WithdrawNoteForm(forms.Form):
    """Why a note, or an idea of a visitor, is taken back."""

    reason = reason_field(reader=PUBLIC, label=_("What was typed wrongly"))
