"""A request that a clerk types for somebody: at the counter, from a letter, a mail, the portal."""

import uuid
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import DayField, LineField, needed_if
from infitah.information.forms.asking import PersonForm, WhatForm, read_key
from infitah.information.models import InformationRequest
from infitah.information.operations import Entry, Typed

Channel = InformationRequest.Channel
FACE_TO_FACE = frozenset({Channel.WEB, Channel.DESK})


class EntryForm(PersonForm, WhatForm):
    """Everything on one page, in the order of the commission's model form."""

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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.data and self.data.get("channel") not in FACE_TO_FACE:
            # A letter counts with what it holds: the act asks for the rest afterwards.
            for name in ("first_name", "address", "document"):
                self.fields[name].required = False

    @cached_property
    def key(self) -> uuid.UUID:
        """The key of this entry, so that saving twice is one request."""
        return read_key(self.data.get("key", "")) or uuid.uuid4()

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
