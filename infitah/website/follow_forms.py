"""Input of following by mail."""

from collections.abc import Iterable

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PreferencesLinkForm(forms.Form):
    """The address to which the link to one's preferences is sent."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


class PreferencesForm(forms.Form):
    """What is followed, whether mails come at all, and in which language."""

    LANGUAGES = (("ar", "العربية"), ("fr", "Français"))

    topics = forms.MultipleChoiceField(
        label=_("What you follow"), required=False, widget=forms.CheckboxSelectMultiple
    )
    mails = forms.ChoiceField(
        label=_("The daily mail"),
        choices=(
            ("on", _("at most one a day, only when there is news")),
            ("off", _("no mail at all")),
        ),
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"), choices=LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: object, topics: Iterable[tuple[str, str | Promise]], **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        field = self.fields["topics"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(topics)
