"""Input of the council's acts: convening it, its deliberations, what happens to them afterwards."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.core.models import StoredFile
from infitah.council import rules
from infitah.council.models import CouncilSession, Objection
from infitah.council.operations import AdoptedText, ObjectionLetter
from infitah.council.queries import OwnText
from infitah.design.entry import DayField, LineField, LocalizedForm, in_languages, needed_if
from infitah.proceedings.models import VoteEvent
from infitah.proceedings.queries import vote_words

MOST = 60_000
MOST_REASON = 4000
LETTER = 60
FILES = ".pdf,image/jpeg,image/png,image/webp"


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

    def __init__(self, *args: Any, open_steps: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = {*open_steps, self.data.get("step")}  # what was chosen stays, to be refused
        choices = [(step, words) for step, words in self.STEPS if step in shown]
        self.fields["step"].choices = choices  # type: ignore[attr-defined]

    def field_of(self, name: str | None) -> str:
        """Return beside which field a refusal stands: a day that is named, else the step."""
        return "on" if name else "step"


class ConveneCouncilForm(LocalizedForm):
    """A session of the council: its kind, on whose initiative, when the members were called."""

    texts = {"title": in_languages(_("Title of the session"))}
    kind = forms.ChoiceField(
        label=_("Kind of session"), choices=CouncilSession.Kind.choices, widget=forms.RadioSelect
    )
    called_by = needed_if(
        forms.ChoiceField(
            label=_("Held on the initiative"),
            choices=CouncilSession.CalledBy.choices,
            widget=forms.RadioSelect,
            required=False,
            help_text=_("An ordinary session is held as the law provides: nobody asks for it."),
        ),
        _("the session is extraordinary"),
    )
    convened_on = DayField(
        label=_("Day of the convocation"),
        help_text=_(
            "The day on which the convocation went out to the members: today or before. The days "
            "until the sitting are counted from it."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask on whose initiative an extraordinary session is held."""
        data = super().clean() or {}
        is_missing = not data.get("called_by") and "called_by" not in self.errors
        if is_missing and rules.has_caller(data.get("kind", "")):
            self.add_error("called_by", _("Say on whose initiative the session is held."))
        return data

    def asked(self) -> dict[str, Any]:
        """Return what the act is asked for."""
        return {
            "title": self.text_of("title"),
            "kind": rules.SessionKind(self.cleaned_data["kind"]),
            "called_by": rules.CalledBy(self.cleaned_data["called_by"] or rules.CalledBy.LAW),
            "convened_on": self.cleaned_data["convened_on"],
        }


class VoteChoice(forms.ModelChoiceField):
    """A choice among votes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=VoteEvent.objects.none(),
            empty_label=None,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        return vote_words(obj)


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
        error_messages={"required": _("Choose the vote by which the council adopted it.")},
    )
    number = forms.IntegerField(
        label=_("Number of the council in this year"), min_value=1, max_value=9999
    )
    is_visa_required = forms.BooleanField(
        label=_("It is in force only with the governor's visa"), required=False
    )

    def __init__(
        self, *args: Any, votes: Any, own_texts: Iterable[OwnText] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own_texts = own_texts
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a deliberation on a text that is kept ready elsewhere, where it is not quoted."""
        data = super().clean() or {}
        if not data.get("vote"):
            return data
        text = self.text_of("text")
        for own in self.own_texts:
            if own.is_of(data["vote"]) and not own.is_quoted_in(text):
                words = _(
                    "This vote is on a text that is bound by its fingerprint, which is not quoted "
                    "here: record the deliberation on its own page (%(page)s), named above."
                )
                self.add_error("text_ar", words % {"page": own.act.label})
        return data

    def adopted(self) -> AdoptedText:
        """Return the text for the act."""
        return AdoptedText(
            number=self.cleaned_data["number"],
            title=self.text_of("title"),
            text=self.text_of("text"),
            is_visa_required=self.cleaned_data["is_visa_required"],
        )


class ObjectionForm(LocalizedForm):
    """The governor's letter: its number, when it came, the reason it gives, a scan of it."""

    texts = {
        "reason": in_languages(
            _("Reason that the letter gives"),
            is_long=True,
            most=MOST_REASON,
            rows=5,
            help_text=_("It is published: no name and no data of a private person."),
        )
    }
    letter_number = LineField(label=_("Number of the letter"), max_length=LETTER)
    received_on = DayField(
        label=_("Received on"), help_text=_("The day on which the letter reached the president.")
    )
    file = forms.FileField(
        label=_("The letter, as PDF or picture"),
        required=False,
        help_text=_("10 MB at most. It is published."),
        widget=forms.FileInput(attrs={"accept": FILES}),
    )

    def __init__(
        self, *args: Any, kept: StoredFile | None = None, refusal: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kept, self.refusal = kept, refusal
        self.order_fields(("letter_number", "received_on", "reason_ar", "reason_fr", "file"))

    def clean(self) -> dict[str, Any]:
        """Show why a file was not taken in."""
        data = super().clean() or {}
        if self.refusal:
            self.add_error("file", self.refusal)
        return data

    def asked(self) -> dict[str, Any]:
        """Return what the act is asked for."""
        letter = ObjectionLetter(
            number=self.cleaned_data["letter_number"],
            received_on=self.cleaned_data["received_on"],
            reason=self.text_of("reason"),
            document=self.kept,
        )
        return {"letter": letter}


class ExaminationForm(forms.Form):
    """What the council decided when it examined the text anew, and by which vote."""

    outcome = forms.ChoiceField(
        label=_("What the council decided"),
        choices=Objection.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the council decided.")},
    )
    vote = VoteChoice(
        label=_("Vote on it (for / against / abstained)"),
        error_messages={"required": _("Choose the vote by which the council decided.")},
    )

    def __init__(self, *args: Any, votes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Return what the act is asked for."""
        outcome = rules.Examination(self.cleaned_data["outcome"])
        return {"vote": self.cleaned_data["vote"], "outcome": outcome}


class ReferralForm(forms.Form):
    """When the governor went to the court, and the number of the case."""

    on = DayField(label=_("Referred to the court on"))
    case_number = LineField(label=_("Number of the case"), required=False, max_length=LETTER)

    def asked(self) -> dict[str, Any]:
        """Return what the act is asked for."""
        return {
            "referred_on": self.cleaned_data["on"],
            "case_number": self.cleaned_data["case_number"],
        }


class RulingForm(forms.Form):
    """What the court ruled, and when."""

    ruling = forms.ChoiceField(
        label=_("What the court ruled"),
        choices=Objection.Ruling.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the court ruled.")},
    )
    on = DayField(label=_("Day of the ruling"))

    def asked(self) -> dict[str, Any]:
        """Return what the act is asked for."""
        ruling = rules.Ruling(self.cleaned_data["ruling"])
        return {"ruled_on": self.cleaned_data["on"], "ruling": ruling}
