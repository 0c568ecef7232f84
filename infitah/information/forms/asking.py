"""The three screens of asking: what, who, read and send (law 31-13, art. 14)."""

import uuid
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infitah.design.entry import LineField, LinesField, needed_if, one_way
from infitah.information import rules
from infitah.information.models import InformationRequest, Requester
from infitah.information.models.request import PLACE_MAX, TEXT_MAX
from infitah.information.operations import RequestRefused, Typed, check_text
from infitah.kernel.text import western_digits

Access = InformationRequest.Access
NAME_MAX, ADDRESS_MAX, PHONE_MAX, NUMBER_MAX = 60, 200, 20, 20


def read_key(text: str) -> uuid.UUID | None:
    """Return the key of a sending, None for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class WhatForm(forms.Form):
    """The first screen: which information, and three small boxes that narrow it."""

    text = LinesField(
        label=_("Which information or document do you want?"),
        help_text=_(
            "In your own words, as precisely as you can. You need not say why: nobody may ask."
        ),
        max_length=TEXT_MAX,
        error_messages={"required": _("Say in a sentence which information you want.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    period = LineField(
        label=_("From when to when"),
        help_text=_("For example: 2024 and 2025."),
        max_length=PLACE_MAX,
        required=False,
    )
    place = LineField(
        label=_("Place or commune"),
        max_length=PLACE_MAX,
        required=False,
    )
    access = forms.ChoiceField(
        label=_("How you want to get it"),
        choices=[("", _("as suits you best")), *Access.choices],
        help_text=_(
            "As suits you best: by e-mail if you give an address on the next page, else a paper "
            "copy that you collect at the counter."
        ),
        required=False,
    )

    @cached_property
    def key(self) -> uuid.UUID:
        """The key of this sending: the one that came with the form, else a fresh one."""
        return read_key(self.data.get("key", "")) or self.initial.get("key") or uuid.uuid4()

    @property
    def has_more(self) -> bool:
        """Whether one of the small boxes holds something: then they stand open."""
        names = ("period", "place", "access")
        return any(self[name].value() or name in self.errors for name in names)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            check_text(text)
        except RequestRefused as refused:
            raise ValidationError(refused.message) from refused
        return text

    def what(self) -> dict[str, str]:
        """Return what was typed, for the act."""
        return {name: self.cleaned_data[name] for name in ("text", "period", "place", "access")}


class PersonForm(forms.Form):
    """The person as art. 14 and the commission's model form ask, and nothing else."""

    status = forms.ChoiceField(
        label=_("Capacity"),
        choices=Requester.Status.choices,
        initial=Requester.Status.CITIZEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are a citizen or a resident.")},
    )
    first_name = LineField(
        label=_("First name"),
        max_length=NAME_MAX,
        error_messages={"required": _("Write the first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = LineField(
        label=_("Family name"),
        max_length=NAME_MAX,
        error_messages={"required": _("Write the family name.")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    address = LineField(
        label=_("Personal address"),
        max_length=ADDRESS_MAX,
        error_messages={"required": _("Write the personal address: the law asks for it.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    document = LineField(
        label=_("Number of the national card, or of the residence document"),
        help_text=_("One or two letters and digits, such as CD123456. It is sealed at once."),
        max_length=NUMBER_MAX,
        error_messages={"required": _("Write the number: the model form asks for it.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For the receipt and the answer. Without one, you follow by number and code."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "invalid": _("This is not an e-mail address: check it for a missing letter.")
        },
    )
    phone = LineField(
        label=_("Telephone"),
        max_length=PHONE_MAX,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
    )
    is_urgent = forms.BooleanField(
        label=_("It is urgent: the life, safety or freedom of persons depends on it"),
        required=False,
    )
    urgent_case = needed_if(
        forms.ChoiceField(
            label=_("What depends on it"),
            choices=[("", "—"), *InformationRequest.UrgentCase.choices],
            required=False,
        ),
        _("it is urgent"),
    )

    def clean_document(self) -> str:
        number: str = self.cleaned_data["document"]
        is_resident = self.data.get("status") == Requester.Status.RESIDENT
        if not rules.is_document(number, is_resident=is_resident):
            raise ValidationError(
                _("A card number is one or two letters followed by digits, such as CD123456.")
            )
        return number

    def clean_phone(self) -> str:
        number: str = western_digits(self.cleaned_data["phone"])
        digits = sum(one.isdecimal() for one in number)
        if number and not 8 <= digits <= 15:
            raise ValidationError(_("This is not a telephone number: count its digits."))
        return number

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not values.get("is_urgent"):
            values["urgent_case"] = ""
        elif not values.get("urgent_case"):
            self.add_error("urgent_case", _("Choose what depends on it: the law names three."))
        return values

    def who(self) -> dict[str, str]:
        """Return what was typed, for the act."""
        names = ("status", "first_name", "family_name", "address", "document", "email", "phone")
        return {name: self.cleaned_data[name] for name in (*names, "urgent_case")}


class WhoForm(PersonForm):
    """The second screen; a wish to be answered by e-mail needs the address."""

    def __init__(self, *args: Any, access: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.access = access

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.access == Access.EMAIL and not values.get("email") and "email" not in self.errors:
            self.add_error("email", _("You want it by e-mail: write the address."))
        return values

    @classmethod
    def initial_of(cls, typed: Typed) -> dict[str, Any]:
        """Return what the screen starts with: what was typed before."""
        if not typed.status:
            return {}
        values = {name: getattr(typed, name) for name in cls.base_fields if name != "is_urgent"}
        return values | {"is_urgent": bool(typed.urgent_case)}


class SendForm(forms.Form):
    """The third screen: the language of the answer, the two undertakings, the code."""

    language = forms.ChoiceField(
        label=_("Language of the answer"),
        choices=[("ar", "العربية"), ("fr", "Français")],
        widget=forms.RadioSelect,
    )
    undertaking = forms.BooleanField(
        label=_("I undertake to use the information lawfully, unaltered, and to name its source"),
        error_messages={"required": _("Tick this box: the law asks it of whoever uses it.")},
    )
    consent = forms.BooleanField(
        label=_("I agree that my data are kept sealed to handle this request"),
        error_messages={"required": _("Tick this box to go on: we may not keep it otherwise.")},
    )
    code = one_way(
        forms.CharField(
            label=_("The code of six digits"),
            help_text=_("It was sent to your address a moment ago. It is good for 15 minutes."),
            widget=forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
            ),
            required=False,
        )
    )

    def __init__(self, *args: Any, needs_code: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not needs_code:
            del self.fields["code"]

    @property
    def is_without_email(self) -> bool:
        """Whether it is sent without the address: the code did not come."""
        return "without_email" in self.data

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if "code" not in self.fields or self.is_without_email:
            return values | {"code": ""}
        digits = "".join(
            one for one in western_digits(str(values.get("code", ""))) if one.isdecimal()
        )
        if len(digits) != 6:
            self.add_error("code", _("The code has six digits."))
        return values | {"code": digits}


class FollowForm(forms.Form):
    """Following by number and code: both stand on the receipt."""

    reference = LineField(
        label=_("Number of the request"),
        help_text=_("For example SFR-2026-R-0042."),
        max_length=30,
        error_messages={"required": _("Write the number: it stands on the receipt.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    code = LineField(
        label=_("Follow code"),
        help_text=_("Eight letters and digits, on the receipt."),
        max_length=20,
        error_messages={"required": _("Write the code: it stands on the receipt.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def clean_reference(self) -> str:
        return western_digits(self.cleaned_data["reference"]).upper().replace(" ", "")

    def clean_code(self) -> str:
        typed = western_digits(self.cleaned_data["code"]).upper()
        return "".join(one for one in typed if one.isalnum())
