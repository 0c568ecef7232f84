"""Forms of the moderation rules: their words, and the days from which they hold or end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.kernel.localized import LocalizedText
from infitah.participation.forms.fields import WrittenField
from infitah.participation.forms.seen import SeenForm
from infitah.participation.models import ModerationRule

LONGEST = 300


def day_field(label: object, help_text: object) -> forms.DateField:
    """Return a day, by the browser's own picker."""
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day: 2026-03-02.")},
    )


class ModerationRuleForm(SeenForm):
    """The words of a rule in Arabic and in French, and its first day."""

    text_ar = WrittenField(
        label=_("Rule in Arabic"),
        help_text=_("One sentence; it is public wherever an idea is hidden under it."),
        most=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ar", "dir": "auto", "data-counter": ""}),
        error_messages={"required": _("Write the rule in Arabic.")},
    )
    text_fr = WrittenField(
        label=_("Rule in French"),
        most=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "fr", "dir": "auto", "data-counter": ""}),
    )
    starts_on = day_field(_("In force from"), _("Today at the earliest."))

    def __init__(self, *args: Any, rule: ModerationRule | None = None, **options: Any) -> None:
        if rule is not None:
            words = {"text_ar": rule.text.ar, "text_fr": rule.text.text_of("fr")}
            options["initial"] = words | options.get("initial", {})
        super().__init__(*args, **options)
        if rule is not None:
            self.fields["starts_on"].help_text = _("Tomorrow at the earliest.")
            self.look_again()

    def text(self) -> LocalizedText:
        """Return the words as they were typed."""
        return LocalizedText(ar=self.cleaned_data["text_ar"], fr=self.cleaned_data["text_fr"])


class CloseRuleForm(forms.Form):
    """The end of a rule."""

    ends_on = day_field(
        _("First day without the rule"), _("Tomorrow at the earliest. What it hid stays hidden.")
    )
