"""Forms of the law's wordings: a wording from today on, and confirming the one that holds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import LineField, LocalizedForm, in_languages
from infitah.information.operations.wordings import TEXT_MOST


class WordingForm(LocalizedForm):
    """A wording in place of the one that holds."""

    texts = {"text": in_languages(_("Text of the wording"), is_long=True, most=TEXT_MOST)}
    article = LineField(
        label=_("Article"),
        help_text=_("The number of the law and of its article, with a colon between them."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": "31-13:16"}),
    )
    source = LineField(
        label=_("Source"), help_text=_("Official Bulletin, its number and date."), max_length=300
    )
    is_offered = forms.BooleanField(label=_("Offer it in forms"), required=False)


class ConfirmForm(forms.Form):
    """In which official text a wording was read."""

    source = LineField(
        label=_("Source"), help_text=_("Official Bulletin, its number and date."), max_length=300
    )
