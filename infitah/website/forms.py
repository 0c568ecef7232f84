"""Forms of the back office: pages with a fitting short name, the strip in three languages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Page

from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import clean_line
from infitah.website import rules

TAKEN = _("This address belongs to a part of the site.")
HOME_DEPTH = 2  # homes stand right below the root


def may_stand_below(parent: Page, slug: str) -> bool:
    """Return whether a page below `parent` may have the short name `slug`."""
    return rules.may_be_slug(slug, is_first_level=parent.depth == HOME_DEPTH)


class StandardPageForm(WagtailAdminPageForm):
    """The form of a page: the short name may be left empty, it is then spelled from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if "slug" in self.fields and not given.get("slug") and "slug" not in self.errors:
            given["slug"] = self.instance.free_slug(self.parent_page, given.get("title") or "")
        cleaned: dict[str, Any] = super().clean()
        if not may_stand_below(self.parent_page, cleaned.get("slug") or ""):
            self.add_error("slug", TAKEN)
        return cleaned


class StandardCopyForm(CopyForm):
    """The form that copies a page: the copy too may not take an address of an app."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if not may_stand_below(parent, cleaned.get("new_slug") or ""):
            self.add_error("new_slug", TAKEN)
        return cleaned


class StripForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of the strip in each language, and when it stands."""

    text_ar = forms.CharField(
        label=_("Arabic"), max_length=200, widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    text_fr = forms.CharField(
        label=_("French"), max_length=200, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    text_zgh = forms.CharField(
        label=_("Amazigh"), max_length=200, required=False, widget=forms.TextInput({"dir": "ltr"})
    )

    class Meta:
        fields = ["since", "until"]
        widgets = {"since": AdminDateTimeInput, "until": AdminDateTimeInput}

    field_order = ["text_ar", "text_fr", "text_zgh", "since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in self.instance.text.as_json().items():
            self.fields[f"text_{code}"].initial = words

    @property
    def text(self) -> LocalizedText:
        """The words that were given, without what nobody can see."""
        given = {code: self.cleaned_data.get(f"text_{code}", "") for code in ("ar", "fr", "zgh")}
        return LocalizedText(**{code: clean_line(words) for code, words in given.items()})
