"""A request that a clerk types for somebody: at the counter, from a letter, a mail, the portal."""

import uuid
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import DayField, Label, LineField, needed_if
from infitah.information.forms.asking import PersonForm, WhatForm, read_key
from infitah.information.models import InformationRequest
from infitah.information.operations import Entry, RequestRefused, Typed, check_text

Channel = InformationRequest.Channel
FACE_TO_FACE = frozenset({Channel.WEB, Channel.DESK})
NO_TEXT = _("Write in a sentence which information is asked for.")
CLERKS_WORDS: dict[str, Label] = {
    "text": _("Which information or document is asked for"),
    "access": _("How the requester wants to get it"),
    "status": _("The requester is"),
}
CLERKS_HINTS: dict[str, Label] = {
    "text": _("In the requester's own words. Why it is wanted is never asked."),
    "email": _("For the receipt and the answer. Without one, the number and the code serve."),
}


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line that is read back: what it is, and what was typed, in words or as a day."""

    label: Label
    words: Label = ""
    day: date | None = None


class EntryForm(PersonForm, WhatForm):
    """Everything on one page, in the order of the commission's model form, in the clerk's words."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[one for one in Channel.choices if one[0] != Channel.WEB],
        initial=Channel.DESK,
        widget=forms.RadioSelect,
    )
    received_on = DayField(
        label=_("Day on which it came"),
        help_text=_("The day of the stamp, of the mail, or of the portal: the days count from it."),
        error_messages={"required": _("Choose the day.")},
    )
    number = needed_if(
        LineField(label=_("Number given by the portal"), max_length=40, required=False),
        _("it came from the portal"),
    )
    language = forms.ChoiceField(
        label=_("Language of the answer"),
        choices=[("ar", "العربية"), ("fr", "Français")],
        initial="ar",
        widget=forms.RadioSelect,
    )
    is_dictated = forms.BooleanField(
        label=_("Dictated by somebody who cannot write, and read back"),
        required=False,
    )
    field_order = [
        *("channel", "received_on", "number", "text", "period", "place", "access"),
        *("status", "first_name", "family_name", "address", "document", "email", "phone"),
        *("is_urgent", "urgent_case", "language", "is_dictated"),
    ]

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        for name, words in CLERKS_WORDS.items():
            self.fields[name].label = words  # type: ignore[assignment]
        for name, words in CLERKS_HINTS.items():
            self.fields[name].help_text = words  # type: ignore[assignment]
        self.fields["text"].error_messages["required"] = NO_TEXT
        self.fields["access"].choices = [  # type: ignore[attr-defined]
            ("", _("as suits the office best")),
            *InformationRequest.Access.choices,
        ]
        if self.data and self.data.get("channel") not in FACE_TO_FACE:
            # A letter counts with what it holds: the act asks for the rest afterwards.
            for name in ("first_name", "address", "document"):
                self.fields[name].required = False

    @cached_property
    def key(self) -> uuid.UUID:
        """The key of this entry, so that saving twice is one request."""
        return read_key(self.data.get("key", "")) or uuid.uuid4()

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            check_text(text)
        except RequestRefused as refused:
            raise ValidationError(NO_TEXT) from refused
        return text

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean_document(self) -> str:
        return super().clean_document() if self.cleaned_data["document"] else ""

    def entry(self) -> Entry:
        """Return what was typed, for the act."""
        values = self.cleaned_data
        received: date = values["received_on"]
        return Entry(
            key=self.key,
            typed=Typed(**self.what(), **self.who()),
            language=values["language"],
            channel=values["channel"],
            received_on=received,
            number=values["number"],
            is_dictated=values["is_dictated"],
        )

    def read_lines(self) -> list[ReadLine]:
        """Return what was typed as it is read aloud: choices by their names, ticks as a yes."""
        filled = [(name, self.cleaned_data.get(name)) for name in self.fields]
        return [self._line(name, value) for name, value in filled if value]

    def _line(self, name: str, value: Any) -> ReadLine:
        field = self.fields[name]
        label: Label = field.label or ""
        if isinstance(value, date):
            return ReadLine(label, day=value)
        if isinstance(field, forms.BooleanField):
            return ReadLine(label, _("Yes"))
        if isinstance(field, forms.ChoiceField):
            return ReadLine(label, dict(field.choices)[value])  # type: ignore[arg-type]
        return ReadLine(label, str(value))
