"""Fields that the desk's forms of a cycle share: cleaned text, days, records by their name."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from infitah.design.direction import in_page_language
from infitah.kernel.localized import LocalizedText


class NamedChoice(forms.ModelChoiceField):
    """A choice among records, each by its name in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        return in_page_language(getattr(obj, "name", None) or obj.title)


class PersonChoice(NamedChoice):
    """A choice among people, each with the office or the seat that they hold beside the name."""

    def label_from_instance(self, obj: Any) -> str:
        name = super().label_from_instance(obj)
        held = [str(one.office_words) for one in obj.appointments.all()]
        seats = [
            f"{one.role_words}{_(', ')}{in_page_language(one.body.name)}"
            for one in obj.mandates.all()
        ]
        return " · ".join([name, *(held or seats)[:1]])


class NamedChoices(forms.ModelMultipleChoiceField):
    """Several records, each by its name in the language of the page."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return in_page_language(getattr(obj, "name", None) or obj.title)


class IdeaChoices(forms.ModelMultipleChoiceField):
    """Ideas by number and words."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.reference} · {obj.statement}"


class RevisedForm(forms.Form):
    """A form of a record that somebody else may change meanwhile: it holds what was seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def fell_behind(self, revision: int) -> bool:
        """Tell whether the record has changed since; the form then follows it, words kept."""
        if not self.is_bound or self.data.get("revision") == str(revision):
            return False
        data = QueryDict(mutable=True)
        data.update(self.data)  # type: ignore[arg-type]
        data["revision"] = str(revision)
        self.data = data
        return True


def both(values: dict[str, Any], name: str) -> LocalizedText:
    """Return the text called `name` in Arabic and French as it was typed."""
    return LocalizedText(ar=values.get(f"{name}_ar", ""), fr=values.get(f"{name}_fr", ""))


def initial_of(name: str, text: LocalizedText) -> dict[str, str]:
    """Return the initial values of a text in Arabic and French."""
    return {f"{name}_{language}": text.text_of(language) for language in ("ar", "fr")}
