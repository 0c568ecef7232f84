"""Input of the acts on a milestone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.kernel.text import clean_text

DATE = {"type": "date"}
SHA256 = r"^[0-9a-f]{64}$"


class ReportForm(forms.Form):
    """What happened to a milestone, on what day, and what shows it."""

    STEPS = (
        ("start", _("work began, or goes on")),
        ("block", _("work is blocked")),
        ("claim", _("it is done")),
    )

    step = forms.ChoiceField(label=_("What happened"), choices=STEPS, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=DATE))
    reason = forms.CharField(
        label=_("Reason, in Arabic"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For blocked work: what stands in the way, in words that a citizen reads."),
    )
    title = forms.CharField(
        label=_("Evidence: what it is, in Arabic"),
        required=False,
        max_length=200,
        help_text=_("Only when it is done: the page, minutes or photograph that shows it."),
    )
    url = forms.URLField(label=_("Evidence: its address"), required=False, assume_scheme="https")
    sha256 = forms.RegexField(
        label=_("Evidence: SHA-256 of the capture"),
        regex=SHA256,
        required=False,
        help_text=_("64 characters, 0 to 9 and a to f."),
    )

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])

    def clean(self) -> dict[str, object]:
        """Ask for what the chosen step needs, each beside its field."""
        data = super().clean() or {}
        if data.get("step") == "block" and not data.get("reason"):
            self.add_error("reason", _("Say why, in words that a citizen understands."))
        if data.get("step") == "claim":
            for name in ("title", "url", "sha256"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Evidence needs a title, an address and a hash."))
        return data


class ConfirmForm(forms.Form):
    """What the second person finds."""

    FINDINGS = (
        ("verify", _("the evidence shows that it is done")),
        ("return", _("the evidence does not show it")),
    )

    finding = forms.ChoiceField(label=_("Finding"), choices=FINDINGS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason, in Arabic"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is sent back: what is missing."),
    )

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])
