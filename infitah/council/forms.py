"""Input of the council's acts: convening it, its deliberations, what happens to them afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.council import rules
from infitah.council.models import CouncilSession
from infitah.council.operations import AdoptedText
from infitah.design.direction import in_page_language
from infitah.design.entry import DayField, LocalizedForm, in_languages
from infitah.proceedings.models import VoteEvent

MOST = 60_000


class StepForm(forms.Form):
    """Which step is recorded, and on what day it happened."""

    STEPS = (
        ("sent", _("sent to the governor")),
        ("posted", _("posted at the seat of the council")),
        ("visa", _("visa granted")),
        ("silent_visa", _("visa by silence: the period has passed")),
        ("in_force", _("in force without a visa: the time to object has passed")),
    )

    step = forms.ChoiceField(label=_("What happened"), choices=STEPS, widget=forms.RadioSelect)
    on = DayField(
        label=_("Day"), help_text=_("The day on which it happened, not that of its entry here.")
    )


class ConveneCouncilForm(LocalizedForm):
    """A session of the council: its kind, on whose initiative, when the members were called."""

    texts = {"title": in_languages(_("Title of the session"))}
    kind = forms.ChoiceField(
        label=_("Kind of session"), choices=CouncilSession.Kind.choices, widget=forms.RadioSelect
    )
    called_by = forms.ChoiceField(
        label=_("Held on the initiative"),
        choices=CouncilSession.CalledBy.choices,
        widget=forms.RadioSelect,
    )
    convened_on = DayField(
        label=_("Day of the convocation"),
        help_text=_("The day on which the members were called, not that of the sitting."),
    )

    def asked(self) -> dict[str, Any]:
        """Return what the act is asked for."""
        return {
            "title": self.text_of("title"),
            "kind": rules.SessionKind(self.cleaned_data["kind"]),
            "called_by": rules.CalledBy(self.cleaned_data["called_by"]),
            "convened_on": self.cleaned_data["convened_on"],
        }


class VoteChoice(forms.ModelChoiceField):
    """A choice among votes, by question and counts."""

    def label_from_instance(self, obj: Any) -> str:
        counts = f"{obj.in_favour} / {obj.against} / {obj.abstained}"
        return f"{in_page_language(obj.question)} ({counts})"


class DeliberationForm(LocalizedForm):
    """A deliberation: the vote that adopted it, its number, title and text."""

    texts = {
        "title": in_languages(_("Title of the deliberation"), most=300),
        "text": in_languages(
            _("Text of the deliberation"),
            is_long=True,
            most=MOST,
            rows=14,
            help_text=_("Leave an empty line between articles."),
        ),
    }
    vote = VoteChoice(
        label=_("Vote that adopted it (for / against / abstained)"),
        queryset=VoteEvent.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the vote by which the council adopted it.")},
    )
    number = forms.IntegerField(
        label=_("Number of the council in this year"), min_value=1, max_value=9999
    )
    is_visa_required = forms.BooleanField(
        label=_("It is in force only with the governor's visa"), required=False
    )

    def __init__(self, *args: Any, votes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]

    def adopted(self) -> AdoptedText:
        """Return the text for the act."""
        return AdoptedText(
            number=self.cleaned_data["number"],
            title=self.text_of("title"),
            text=self.text_of("text"),
            is_visa_required=self.cleaned_data["is_visa_required"],
        )
