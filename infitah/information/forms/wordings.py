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
        help_text=_("As law and article, such as 31-13:16."),
        required=False,
        max_length=60,
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
