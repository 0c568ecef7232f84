"""The owner's monthly word: by the link of a mail on a phone, or at the desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infitah.core.models import StoredFile
from infitah.design.entry import DayField, LineField, LinesField, needed_if
from infitah.programme.rules.updates import NOTE_MAX, Standing

COPIES = "image/png,image/jpeg,image/webp,application/pdf"
FILES = "image/png,image/jpeg,image/webp,application/pdf,.csv,.txt,.docx,.xlsx,.odt,.ods"
SHOWING = ("file", "url", "title", "on")
"""What goes with a milestone that is done."""
STANDINGS = [(one.value, one.value) for one in Standing]


class WordForm(forms.Form):
    """On time, late, blocked or done, by the button that is pressed; everything else is optional.

    The choice of milestones is a list of pairs; `kept` is the file of an earlier try.
    """

    milestone = forms.ChoiceField(
        label=_("About"),
        required=False,
        error_messages={"invalid_choice": _("Choose a milestone of this commitment.")},
    )
    note = needed_if(
        LinesField(
            label=_("A word for the public"),
            required=False,
            max_length=NOTE_MAX,
            help_text=_(
                "When it is late or blocked: what stands in the way. Nothing is asked when it is "
                "on time."
            ),
        ),
        _("work is blocked"),
    )
    file = forms.FileField(
        label=_("A photograph or a document that shows it"),
        required=False,
        help_text=_("10 MB at most. It is published as evidence, without its place and device."),
        widget=forms.FileInput(attrs={"accept": FILES}),
    )
    url = forms.URLField(
        label=_("Or the address of a page that shows it"),
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text=_("A page of another site needs its picture or PDF above."),
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    title = LineField(
        label=_("What it shows, in one sentence"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Also for who cannot see a photograph."),
    )
    on = DayField(label=_("Done on"), required=False)
    standing = forms.ChoiceField(
        choices=STANDINGS,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Press one of the buttons."),
            "invalid_choice": _("Press one of the buttons."),
        },
    )

    def __init__(
        self,
        *args: Any,
        milestones: list[tuple[str, str]],
        kept: StoredFile | None = None,
        refusal: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kept, self.refusal = kept, refusal
        if not milestones:
            for name in ("milestone", *SHOWING):
                del self.fields[name]
            return
        whole = ("", _("the commitment as a whole"))
        self.fields["milestone"].choices = [whole, *milestones]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask what evidence shows; the rules of the word itself are the operation's."""
        data = super().clean() or {}
        if self.refusal and "file" in self.fields:
            self.add_error("file", self.refusal)
        if (
            "title" in self.fields
            and data.get("standing") == Standing.DONE
            and (self.kept or data.get("url"))
            and not data.get("title")
        ):
            self.add_error("title", ValidationError(_("Say what it shows."), code="title"))
        return data

    @property
    def has_more(self) -> bool:
        """Whether the part "it is done" stands open: it was pressed, or something in it typed."""
        names = [name for name in SHOWING if name in self.fields]
        return bool(
            self.kept
            or self["standing"].value() == Standing.DONE
            or any(name in self.errors for name in names)
            or any(self[name].value() for name in names if name != "file")
        )


class AskLinkForm(forms.Form):
    """Asking for a new link by the number of the commitment; it goes to the stored address only."""

    reference = LineField(
        label=_("Number of the commitment"),
        max_length=40,
        help_text=_("It stands in the mail and on the page of the commitment: SFR-2023-C-0001."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        error_messages={"required": _("Write the number of the commitment.")},
    )


class OwnerForm(forms.Form):
    """Where the monthly question goes, and in which language."""

    address = forms.EmailField(
        label=_("E-mail address of the owner"),
        required=False,
        help_text=_("Kept sealed, never published. Empty: nobody is asked."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={
            "invalid": _("This is not an e-mail address: check it for a missing letter.")
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=(("ar", _("Arabic")), ("fr", _("French"))),
        widget=forms.RadioSelect,
        help_text=_("An owner with an account gets them in the language of their desk."),
    )
